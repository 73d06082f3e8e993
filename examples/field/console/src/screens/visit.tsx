import type { CommandType, OpenAct, VisitState, WaivableRule } from 'auxilio';
import { explain, guide, script, worked } from 'auxilio/core';
import { type BoardWait, boardProjection, waitingVisit } from 'auxilio/service';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { goTo, hrefOf, route } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { ActForm } from '../act-form.tsx';
import { instant, named, now, policy, t, useLanguage, when } from '../app.ts';
import { ClaimButton } from '../claim.tsx';
import { heardText, Unseen } from '../contact.tsx';
import { Disagreements } from '../disagreements.tsx';
import { DossierBox } from '../dossier-box.tsx';
import { HeldUpBox, heldUpIn } from '../held-up.tsx';
import { useKeys } from '../keys.ts';
import { letterOf } from '../letters.ts';
import { Notes } from '../notes.tsx';
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
  const { state, visitId } = log;
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
  const [act, setAct] = useState<CommandType | null>((route.value.command as CommandType | undefined) ?? null);
  const chosen = open.find(({ command }) => command === act);
  const unsettled = state.debts.filter(({ kind }) => kind === 'settle-discrepancy').length;
  const [waives, setWaives] = useState<readonly WaivableRule[]>([]);
  const heldUp = heldUpIn(state, (violation) => explain(violation, language, 'contact-center'));
  function waive(rules: readonly WaivableRule[]) {
    setWaives(rules);
    setAct('GiveInstruction');
  }
  function leave() {
    setWaives([]);
    setAct(null);
  }
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
    w: heldUp === null || heldUp.waivable.length === 0 ? undefined : () => waive(heldUp.waivable),
    Escape: () => (act === null ? goTo('') : leave()),
  });
  return (
    <main class="screen visit">
      <Header log={log} />
      {unsettled > 0 && !isReader && (
        <a class="case-link" href={hrefOf('case', visitId)}>
          <Icon name="warn" /> {t().discrepancyOpen(unsettledActs(log))} · {t().decideCase} <kbd>D</kbd>
        </a>
      )}
      <Unseen log={log} />
      <div class="columns">
        <div class="column">
          <Disagreements visitId={visitId} isReader={isReader} />
          <Debts log={log} />
          <Facts log={log} />
          <Photos log={log} />
          {!isReader && <Notes visitId={visitId} />}
        </div>
        <Timeline log={log} />
        {isReader ? (
          <DossierBox log={log} />
        ) : (
          <div class="column acts">
            {chosen === undefined ? (
              <>
                <HeldUpBox state={state} waive={waive} />
                <Acts open={open} byProvider={byProvider} suggested={suggested} choose={setAct} />
                <Courtesy state={state} />
              </>
            ) : (
              <ActForm key={chosen.command} log={log} line={chosen} waives={waives} close={leave} />
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
      {session.value?.role !== 'payer' && <ClaimButton visitId={visitId} />}
    </header>
  );
}

function Debts({ log }: { log: Log }) {
  const words = t();
  const waits = waitsOf(log, now.value);
  return (
    <section aria-labelledby="debts">
      <h2 id="debts">{words.pending}</h2>
      {waits.length === 0 && <p class="hint">{words.nothingPending}</p>}
      <ul class="debts">
        {waits.map((wait) => {
          const { limitMs, ageMs, overdue } = wait;
          const notes = [limitMs ? words.limit(lengthOf(limitMs)) : '', words.owedBy(wait.of)].filter(Boolean);
          return (
            <li key={`${wait.for} ${wait.about ?? ''}`} class={overdue ? 'late' : ''}>
              <b>{words.waits(wait)}</b>
              <span>
                {lengthOf(ageMs)} <small>{notes.length > 0 && `· ${notes.join(' · ')}`}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The debts of a visit, the oldest first. */
function waitsOf({ visitId, state, events }: Log, at: number): readonly BoardWait[] {
  const row = boardProjection.row({ streamName: visitId, state, events });
  return row === null ? [] : waitingVisit(row, new Date(at).toISOString(), policy).waits;
}

function Facts({ log }: { log: Log }) {
  const words = t();
  const { state } = log;
  const { provider, arriveBy, arrival, instructions } = state;
  const { workedMs, running } = worked(state, new Date(now.value).toISOString());
  return (
    <section>
      <h2>{words.provider}</h2>
      <dl class="facts">
        <dt class="hidden">{words.provider}</dt>
        <dd>
          <b>{provider?.name}</b> <small>{provider?.id}</small>
          <p>{heardText(log)}</p>
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

/** The phrases of courtesy, which fit anywhere. */
function Courtesy({ state }: { state: VisitState }) {
  const words = t();
  const operator = session.value?.name ?? '';
  const options = { role: 'contact-center', language: useLanguage(), now: instant(), policy, operator } as const;
  const said = script(state, options).flatMap(({ command, say }) => (command === null ? say : []));
  if (said.length === 0) return null;
  return (
    <details class="detail-acts">
      <summary>{words.courtesy}</summary>
      {said.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </details>
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
