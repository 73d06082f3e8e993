import { type CommandType, guide, type OpenAct, worked } from 'auxilio/core';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { lengthOf } from '../../../ui/time.ts';
import { ActForm } from '../act-form.tsx';
import { instant, named, now, policy, t, useLanguage, when } from '../app.ts';
import { useKeys } from '../keys.ts';
import { letterOf } from '../letters.ts';
import { isOverdue, limitOf } from '../queue.ts';
import { goTo, hrefOf, route } from '../route.ts';
import { session } from '../session.ts';
import { Timeline } from '../timeline.tsx';
import { type Log, useLog } from '../visit-log.ts';
import { Photos } from '../visit-photos.tsx';

export function Visit({ visitId }: { visitId: string }) {
  const log = useLog(visitId);
  const words = t();
  if (log === null) return <main class="opening">{words.loading}</main>;
  if ('ok' in log) {
    return (
      <main class="screen">
        <p class="problem" role="alert">
          {words.noVisit} {log.title}
        </p>
        <a href={hrefOf('')}>{words.back}</a>
      </main>
    );
  }
  return <Opened log={log} />;
}

function Opened({ log }: { log: Log }) {
  const { state, events, visitId } = log;
  const language = useLanguage();
  const isReader = session.value?.role === 'payer';
  const center = guide(state, {
    role: 'contact-center',
    actorId: session.value?.actorId ?? '',
    language,
    now: instant(),
    policy,
  });
  const byProvider = new Set(commandsOf(guide(state, { role: 'provider', policy })));
  const open = isReader ? [] : center.open.filter(({ command }) => command !== 'SettleDiscrepancy');
  const [act, setAct] = useState<CommandType | null>((route.value.option as CommandType | undefined) ?? null);
  const chosen = open.find(({ command }) => command === act);
  const unsettled = state.debts.filter(({ kind }) => kind === 'settle-discrepancy').length;
  const choose = (command: CommandType) => () => setAct(command);
  const letters = Object.fromEntries(open.map(({ command }) => [letterOf(command), choose(command)]));
  const { suggested } = center;
  useKeys({
    ...letters,
    ...(unsettled > 0 && { d: () => goTo('case', visitId) }),
    Enter:
      suggested === 'SettleDiscrepancy'
        ? () => goTo('case', visitId)
        : suggested !== null
          ? choose(suggested)
          : undefined,
    Escape: () => (act === null ? goTo('') : setAct(null)),
  });
  return (
    <main class="screen visit">
      <Header log={log} />
      {unsettled > 0 && !isReader && (
        <a class="case-link" href={hrefOf('case', visitId)}>
          <Icon name="warn" /> {t().discrepancyOpen(unsettledActs(log))} · {t().decideCase} <kbd>D</kbd>
        </a>
      )}
      <div class="columns">
        <div class="column">
          <Debts log={log} />
          <Facts log={log} />
          <Photos log={log} />
        </div>
        <Timeline events={events} />
        {!isReader && (
          <div class="column acts">
            {chosen === undefined ? (
              <Acts open={open} byProvider={byProvider} suggested={suggested} choose={setAct} />
            ) : (
              <ActForm key={chosen.command} log={log} line={chosen} close={() => setAct(null)} />
            )}
          </div>
        )}
      </div>
    </main>
  );
}

const commandsOf = ({ open, closed }: ReturnType<typeof guide>) => [...open, ...closed].map(({ command }) => command);

const unsettledActs = ({ state, events }: Log): number => {
  const open = new Set(state.debts.flatMap(({ about }) => about ?? []));
  return events.reduce(
    (sum, event) =>
      event.type === 'DiscrepancyReported' && open.has(event.data.discrepancyId) ? sum + event.data.acts.length : sum,
    0,
  );
};

export function Header({ log: { state, visitId } }: { log: Log }) {
  const words = t();
  const { client, caseNumber, service, place, phase } = state;
  return (
    <header class="visit-head">
      <a class="back" href={hrefOf('')} aria-label={words.back}>
        <Icon name="back" />
      </a>
      <div>
        <h1>{client === null ? (caseNumber ?? visitId) : [client.title, client.name].filter(Boolean).join(' ')}</h1>
        <p>{[caseNumber, service, place].filter(Boolean).join(' · ')}</p>
      </div>
      <span class={`phase ${phase}`}>{words.phases(phase)}</span>
    </header>
  );
}

function Debts({ log: { state, visitId } }: { log: Log }) {
  const words = t();
  const { debts } = state;
  return (
    <section aria-labelledby="debts">
      <h2 id="debts">{words.pending}</h2>
      {debts.length === 0 && <p class="hint">{words.nothingPending}</p>}
      <ul class="debts">
        {debts.map((debt) => {
          const limit = limitOf(debt);
          return (
            <li key={`${visitId} ${debt.kind} ${debt.about ?? ''}`} class={isOverdue(debt, now.value) ? 'late' : ''}>
              <b>{words.debts(debt)}</b>
              <span>
                {lengthOf(Math.max(0, now.value - Date.parse(debt.since)))}
                <small>
                  {' '}
                  {limit !== null && `· ${words.limit(lengthOf(limit))}`}
                  {debt.debtor === 'client' && `· ${words.clientOwes}`}
                </small>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Facts({ log: { state } }: { log: Log }) {
  const words = t();
  const { provider, arriveBy, arrival, instructions } = state;
  const { workedMs, running } = worked(state, new Date(now.value).toISOString());
  return (
    <section>
      <h2>{words.provider}</h2>
      <dl class="facts">
        <dt class="hidden">{words.provider}</dt>
        <dd>
          <b>{provider?.name}</b> <small>{provider?.id}</small>
        </dd>
        {arrival.arrivedAt === null && arriveBy !== null && (
          <>
            <dt class="hidden">{words.when}</dt>
            <dd>{words.arriveBy(when(arriveBy))}</dd>
          </>
        )}
        <dt>{words.worked}</dt>
        <dd>
          {lengthOf(workedMs)} {running && <small>{words.stillRunning}</small>}
        </dd>
      </dl>
      {instructions !== null && <p>{instructions}</p>}
    </section>
  );
}

type ActsProps = Readonly<{
  open: readonly OpenAct[];
  byProvider: ReadonlySet<CommandType>;
  suggested: CommandType | null;
  choose: (command: CommandType) => void;
}>;

/** The acts that the center may record now: the one that is due first. */
function Acts({ open, byProvider, suggested, choose }: ActsProps) {
  const words = t();
  const own = open.filter(({ command }) => !byProvider.has(command) || command === 'CloseVisit');
  const forProvider = open.filter((line) => !own.includes(line));
  const listed = (lines: readonly OpenAct[]) => (
    <ul class="act-list">
      {lines.map(({ command }) => (
        <li key={command}>
          <button type="button" class={command === suggested ? 'primary' : ''} onClick={() => choose(command)}>
            <span>{named(command)}</span> <kbd>{letterOf(command)}</kbd>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <section>
      <h2>{words.acts}</h2>
      {listed(own.toSorted((one, other) => Number(other.command === suggested) - Number(one.command === suggested)))}
      {forProvider.length > 0 && (
        <>
          <h3>{words.otherActs}</h3>
          {listed(forProvider)}
        </>
      )}
    </section>
  );
}
