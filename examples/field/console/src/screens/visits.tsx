import type { Phase } from 'auxilio';
import { goTo, hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { clock, dayOrTime, now, otherDay, phaseText, t } from '../app.ts';
import { connection, contacts, heldBy, visits } from '../board.ts';
import { silentMs } from '../contact.tsx';
import { countBy } from '../kept.ts';
import { useKeys } from '../keys.ts';
import { useLeft } from '../left.ts';
import { type Aged, isLate } from '../queue.ts';
import { Rows } from '../rows.tsx';
import { CallProvider, Holder, Reached, subject } from './queue.tsx';

const filters = ['open', 'owing', 'unclaimed', 'silent', 'lateOnes'] as const;
type Filter = (typeof filters)[number];

/** The tests of the filters at a time, each made once for all visits. */
function testsAt(at: number): Readonly<Record<Filter, (one: Aged) => boolean>> {
  const instant = new Date(at).toISOString();
  const heard = new Set<string>();
  for (const [providerId, contact] of contacts.value)
    if (at - Date.parse(contact.at) <= silentMs) heard.add(providerId);
  return {
    open: () => true,
    owing: ({ oldest }) => oldest !== null,
    unclaimed: ({ row, oldest }) => oldest !== null && heldBy(row.visitId, at) === null,
    silent: ({ row: { provider, phase } }) => isAtWork(phase) && !heard.has(provider?.id ?? ''),
    lateOnes: ({ row }) => isLate(row, instant),
  };
}

/** Phases in which a phone is expected to be heard of. */
const isAtWork = (phase: Phase) =>
  phase !== 'completed' && phase !== 'closed' && phase !== 'away' && phase !== 'unassigned';

/** All visits of the board by age. */
export function Visits() {
  const words = t();
  const [chosen, choose] = useLeft<Filter>('filter', 'open');
  const all = visits.value;
  const tests = testsAt(now.value);
  const shown = chosen === 'open' ? all : all.filter(tests[chosen]);
  useKeys({ n: { does: words.newVisit, run: () => goTo('new') } });
  const countOf = (name: Filter) => (name === chosen ? shown.length : countBy(all, tests[name]));
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.visits} />
        <div class="filters">
          {filters.map((name) => (
            <button type="button" key={name} aria-pressed={chosen === name} onClick={() => choose(name)}>
              {words[name]} <b>{countOf(name)}</b>
            </button>
          ))}
        </div>
        <a href={hrefOf('new')}>
          {words.newVisit} <kbd>N</kbd>
        </a>
      </div>
      {shown.length === 0 ? (
        <p class="empty">{connection.value === 'opening' ? words.loading : words.noneHere}</p>
      ) : (
        <Rows
          items={shown}
          keyOf={({ row }) => row.visitId}
          hrefOf={({ row }) => hrefOf('visit', row.visitId)}
          classOf={() => 'entry'}
          render={(one) => <VisitRow visit={one} />}
          beside={({ row }) => <CallProvider row={row} />}
          label={words.visits}
        />
      )}
    </main>
  );
}

function VisitRow({ visit: { row, oldest } }: { visit: Aged }) {
  const words = t();
  const late = isLate(row, new Date(now.value).toISOString());
  const expected = row.phase === 'in-transit' && oldest === null ? row.arriveBy : null;
  return (
    <>
      <span class={`phase ${row.phase}`}>{phaseText(row.phase, row.isTakenOver)}</span>
      <span class="what">
        <b>{subject(row)}</b>
        <small>{row.debts.map(({ kind, about }) => words.waits({ for: kind, about })).join(' · ')}</small>
      </span>
      <span class="who">
        {row.provider?.name}
        <Reached row={row} />
      </span>
      <Holder visitId={row.visitId} />
      <span class={late ? 'age late' : 'age'}>
        {oldest !== null && <b>{lengthOf(Math.max(0, now.value - Date.parse(oldest)))}</b>}
        {late ? <small>{words.late}</small> : oldest !== null && <small>{dayOrTime(oldest)}</small>}
        {!late && expected !== null && (
          <>
            <small>{clock(expected)}</small>
            <small>{otherDay(expected)}</small>
          </>
        )}
      </span>
    </>
  );
}
