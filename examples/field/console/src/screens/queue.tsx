import type { WaitGroup } from 'auxilio/service';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { joined } from '../../../ui/text.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { dayOrTime, now, phaseText, stillOpen, t } from '../app.ts';
import { connection, contacts, heldBy, providers, waitingNow } from '../board.ts';
import { CallClient, CallLink, toClient } from '../calls.tsx';
import { silentMs } from '../contact.tsx';
import { countBy } from '../kept.ts';
import { useKeys } from '../keys.ts';
import { useLeft } from '../left.ts';
import type { Row, Waiting } from '../queue.ts';
import { Rows } from '../rows.tsx';
import { session } from '../session.ts';

/** The groups in the order of the queue, each with its key and its icon. */
const groups: readonly (readonly [group: WaitGroup, key: string, icon: IconName])[] = [
  ['door', 'A', 'hand'],
  ['stopped', 'D', 'pause'],
  ['owed', 'P', 'warn'],
  ['papers', 'C', 'note'],
  ['passed', 'S', 'end'],
];

/** What waits for the center, in the order of the library: a person at a door first. */
export function Queue() {
  const words = t();
  const [chosen, choose] = useLeft<WaitGroup | null>('group', null);
  const all = waitingNow.value;
  const shown = chosen === null ? all : all.filter(({ group }) => group === chosen);
  useKeys({
    t: () => choose(null),
    ...Object.fromEntries(groups.map(([group, key]) => [key.toLowerCase(), () => choose(group)])),
    g: { does: words.groupThem, run: () => goTo('causes') },
  });
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.waiting} />
        <div class="filters">
          <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
            <kbd>T</kbd> {words.all} <b>{all.length}</b>
          </button>
          {groups.map(([group, key]) => (
            <button type="button" key={group} aria-pressed={chosen === group} onClick={() => choose(group)}>
              <kbd>{key}</kbd> {words.groups(group)} <b>{countBy(all, (one) => one.group === group)}</b>
            </button>
          ))}
        </div>
        {shown.some(({ wait }) => wait.for === 'settle-discrepancy') && (
          <a href={hrefOf('causes')}>
            {words.groupThem} <kbd>G</kbd>
          </a>
        )}
      </div>
      {shown.length === 0 ? (
        <p class="empty">{connection.value === 'opening' ? words.loading : words.nobodyWaits}</p>
      ) : (
        <Rows
          items={shown}
          keyOf={({ key }) => key}
          hrefOf={hrefOfWaiting}
          headingOf={({ group }) => words.groups(group)}
          classOf={({ group }) => `entry ${group}`}
          render={(one) => <QueueRow waiting={one} />}
          beside={(one) => <CallWaiting waiting={one} />}
          label={words.waiting}
        />
      )}
    </main>
  );
}

const iconOf = (group: WaitGroup): IconName => groups.find(([name]) => name === group)?.[2] ?? 'note';

function QueueRow({ waiting: { row, wait, group, count, from } }: { waiting: Waiting }) {
  const words = t();
  const { limitMs, passed } = wait;
  const age = Math.max(0, now.value - Date.parse(from));
  const isLate = limitMs !== null && age > limitMs;
  return (
    <>
      <span class="mark">
        <Icon name={iconOf(group)} />
      </span>
      <span class="what">
        <b>{words.waits(wait)}</b>
        <small>{joined(passed && stillOpen(passed), words.several(count), subject(row))}</small>
      </span>
      <span class="who">
        {row.provider?.name}
        <Reached row={row} />
      </span>
      <Holder visitId={row.visitId} />
      <span class={isLate ? 'age late' : 'age'}>
        <b>{lengthOf(age)}</b>
        <small>{isLate ? words.overdue(lengthOf(limitMs)) : dayOrTime(from)}</small>
      </span>
    </>
  );
}

/** The screen on which something that waits is taken up. */
export const hrefOfWaiting = ({ row, wait }: Pick<Waiting, 'row' | 'wait'>): string =>
  hrefOf(wait.for === 'settle-discrepancy' ? 'case' : 'visit', row.visitId);

/** A call to the one to whom the center owes it. */
function CallWaiting({ waiting: { row, wait } }: { waiting: Waiting }) {
  const { visitId, client, caseNumber } = row;
  return toClient.has(wait.for) ? (
    <CallClient key={`${visitId} ${caseNumber}`} visitId={visitId} name={client ?? ''} />
  ) : (
    <CallProvider row={row} />
  );
}

/** A call to the provider of a row. */
export function CallProvider({ row: { visitId, provider } }: { row: Row }) {
  if (provider === null) return null;
  const number = providers.value.get(provider.id)?.number ?? null;
  return <CallLink number={number} visitId={visitId} to="provider" name={provider.name} isShort />;
}

/** The person who holds a visit. */
export function Holder({ visitId }: { visitId: string }) {
  const words = t();
  const claim = heldBy(visitId, now.value);
  if (claim === null) return <span class="holder free">{words.free}</span>;
  const isOwn = claim.actorId === session.value?.actorId;
  return <span class={isOwn ? 'holder own' : 'holder'}>{isOwn ? words.mine : claim.name}</span>;
}

/** The last contact of the provider's phone. */
export function Reached({ row: { provider, phase, isTakenOver } }: { row: Row }) {
  const words = t();
  const contact = provider === null ? undefined : contacts.value.get(provider.id);
  const age = contact === undefined ? null : now.value - Date.parse(contact.at);
  return (
    <small class={age === null || age > silentMs ? 'silent' : ''}>
      {phaseText(phase, isTakenOver)} · {age === null ? words.notHeard : words.heard(lengthOf(Math.max(0, age)))}
    </small>
  );
}

/** Whose visit it is, as the operator would say it. */
export function subject({ client, caseNumber, service, place }: Row): string {
  return joined(client, caseNumber, service, place);
}
