import type { Violation } from 'auxilio';
import { explain } from 'auxilio/core';
import { useMemo, useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { lengthOf } from '../../../ui/time.ts';
import { record } from '../api.ts';
import { clock, instant, named, namedEvent, say, t, useLanguage, when } from '../app.ts';
import { type Case, caseOf, isSame, type Meaning, meaningOf, takingOf } from '../case.ts';
import { CaseClock } from '../case-clock.tsx';
import { Evidence } from '../case-evidence.tsx';
import { headlineOf } from '../case-headline.ts';
import { paymentText } from '../changes.ts';
import { claim } from '../claim.tsx';
import { Unseen } from '../contact.tsx';
import { useKeys } from '../keys.ts';
import { longPlan, type Plan, plainPlan, type Step } from '../plan.ts';
import { goTo, hrefOf } from '../route.ts';
import { session } from '../session.ts';
import { type Log, readAgain, useLog } from '../visit-log.ts';
import { Header } from './visit.tsx';

export function CaseScreen({ visitId }: { visitId: string }) {
  const log = useLog(visitId);
  const words = t();
  if (log === null) return <main class="opening">{words.loading}</main>;
  if ('ok' in log) {
    return (
      <main class="opening">
        <p role="alert">
          {words.noVisit} {log.title}
        </p>
      </main>
    );
  }
  return <Opened log={log} />;
}

function Opened({ log }: { log: Log }) {
  const words = t();
  const found = useMemo(() => caseOf(log.events), [log.events]);
  useKeys({ Escape: () => goTo(''), v: () => goTo('visit', log.visitId) });
  return (
    <main class="screen case">
      <Header log={log} />
      {found === null ? (
        <div class="empty">
          <p>{words.caseDecided}</p>
          <a class="button" href={hrefOf('')}>
            {words.waiting}
          </a>
        </div>
      ) : (
        <Decided key={found.reports.join(' ')} log={log} found={found} />
      )}
    </main>
  );
}

/** The ways to decide: take all but what is there twice, take nothing, or what is marked. */
type Way = 'all' | 'none' | 'marked';

function Decided({ log, found }: { log: Log; found: Case }) {
  const words = t();
  const [way, setWay] = useState<Way | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  return (
    <>
      <Unseen log={log} />
      <p class="headline">{headlineOf(found)}</p>
      <div class="case-columns">
        <div class="column">
          <CaseClock found={found} />
          <Evidence found={found} visitId={log.visitId} />
        </div>
        <div class="column">
          <Why found={found} />
          <Decision
            log={log}
            found={found}
            way={way}
            setWay={setWay}
            marked={marked}
            ask={() => {
              setAsking(!isAsking);
              if (!isAsking) void claim(log.visitId);
            }}
            isAsking={isAsking}
          />
          <Detail found={found} marked={marked} setMarked={setMarked} choose={() => setWay('marked')} />
          <a href={hrefOf('visit', log.visitId)}>
            {words.wholeVisit} <kbd>V</kbd>
          </a>
        </div>
      </div>
    </>
  );
}

/** Why the roots were refused: each reason once, with the acts that it concerns. */
function Why({ found: { acts } }: { found: Case }) {
  const words = t();
  const language = useLanguage();
  const reasons = new Map<string, string[]>();
  for (const { act } of acts) {
    if (act.kind !== 'root') continue;
    for (const violation of act.violations) {
      const text = explain({ ...violation, facts: {} } as Violation, language, 'contact-center');
      reasons.set(text, [...(reasons.get(text) ?? []), namedEvent(act.type)]);
    }
  }
  if (reasons.size === 0) return null;
  return (
    <section>
      <h2>{words.whyAsked}</h2>
      <ul class="reasons">
        {[...reasons]
          .sort(byCount)
          .slice(0, 2)
          .map(([text, names]) => (
            <li key={text}>
              {text} <small>{names.length > 3 ? words.actsCount(names.length) : names.join(', ')}</small>
            </li>
          ))}
      </ul>
    </section>
  );
}

const byCount = ([, one]: [string, string[]], [, other]: [string, string[]]) => other.length - one.length;

type DecisionProps = Readonly<{
  log: Log;
  found: Case;
  way: Way | null;
  setWay: (way: Way | null) => void;
  marked: ReadonlySet<number>;
  isAsking: boolean;
  ask: () => void;
}>;

/** What each decision means, the reason, and one confirmation. */
function Decision({ log, found, way, setWay, marked, isAsking, ask }: DecisionProps) {
  const words = t();
  const [chips, setChips] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const reasons = words.reasons().split('\n');
  const plans = usePlans(log, found, marked);
  const reason = [...chips, text.trim()].filter(Boolean).join('. ');
  const chosen = way === null ? null : plans[way];
  const run = useRun(log, chosen?.plan ?? null);

  function toggle(chip: string) {
    setMissing(false);
    setChips(chips.includes(chip) ? chips.filter((one) => one !== chip) : [...chips, chip]);
  }
  function confirm() {
    if (way === null || run.isBusy) return;
    if (reason === '') setMissing(true);
    else void run.start(reason);
  }
  useKeys({
    t: () => setWay('all'),
    n: () => setWay('none'),
    p: ask,
    Enter: confirm,
    ...Object.fromEntries(reasons.map((chip, place) => [place + 1, () => toggle(chip)])),
    ...(way !== null && { Escape: () => setWay(null) }),
  });

  return (
    <section class="decision">
      <h2>{words.decide}</h2>
      <div class="ways">
        <Choice way="all" letter="T" label={words.takeAll} option={plans.all} chosen={way} choose={setWay} />
        <Choice way="none" letter="N" label={words.takeNone} option={plans.none} chosen={way} choose={setWay} />
        {way === 'marked' && (
          <Choice
            way="marked"
            letter=""
            label={words.takeMarked(marked.size)}
            option={plans.marked}
            chosen={way}
            choose={setWay}
          />
        )}
        <div class="way">
          <button type="button" aria-pressed={isAsking} onClick={ask}>
            <Icon name="call" /> {words.askThem} <kbd>P</kbd>
          </button>
          <small>{words.askMeaning}</small>
        </div>
      </div>
      {isAsking && <Questions found={found} />}
      <fieldset class="field">
        <legend>{words.reason}</legend>
        <div class="choices">
          {reasons.map((chip, place) => (
            <button
              type="button"
              class="chip"
              key={chip}
              aria-pressed={chips.includes(chip)}
              onClick={() => toggle(chip)}
            >
              <kbd>{place + 1}</kbd> {chip}
            </button>
          ))}
        </div>
        <textarea
          aria-label={words.reasonText}
          placeholder={words.reasonText}
          rows={2}
          maxLength={1000}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setMissing(false);
          }}
        />
        {isMissing && (
          <p class="problem" role="alert">
            {words.reasonMissing}
          </p>
        )}
      </fieldset>
      {chosen !== null && chosen.plan !== null && chosen.isLong && <Steps plan={chosen.plan} done={run.done} />}
      {run.problem !== null && (
        <p class="problem" role="alert">
          {run.problem}
        </p>
      )}
      <button
        type="button"
        class="primary confirm"
        disabled={chosen === null || chosen.plan === null || run.isBusy}
        onClick={confirm}
      >
        {way === null ? words.chooseFirst : words.confirm(wayText(way, marked.size))} {way !== null && <kbd>↵</kbd>}
      </button>
    </section>
  );
}

function wayText(way: Way, count: number): string {
  const words = t();
  return { all: words.takeAll, none: words.takeNone, marked: words.takeMarked(count) }[way];
}

type Option = Readonly<{ plan: Plan | null; isLong: boolean; meaning: Meaning | null }>;

/** The plan of each way. The long one where taking, as the log stands, would change nothing. */
function usePlans(log: Log, found: Case, marked: ReadonlySet<number>): Readonly<Record<Way, Option>> {
  const { events } = log;
  const actorId = session.value?.actorId ?? '';
  return useMemo(() => {
    const by = { text: '-', at: instant(), operator: { role: 'contact-center', id: actorId } as const };
    const none = meaningOf(found.found.none);
    const optionOf = (isTaken: Parameters<typeof takingOf>[1]): Option => {
      const taking = takingOf(found, isTaken);
      const plain = plainPlan(events, taking, by);
      const takesSome = taking.some(({ taken }) => taken.length > 0);
      const isIdle = takesSome && (plain === null || isSame(plain.meaning, none));
      const long = isIdle ? longPlan(events, found, taking, by) : null;
      const isLong = long !== null && !isSame(long.meaning, none);
      const plan = isLong ? long : plain;
      return { plan, isLong, meaning: plan?.meaning ?? null };
    };
    return {
      all: optionOf(({ kind }) => kind !== 'twin'),
      none: optionOf(() => false),
      marked: optionOf((act) => marked.has(found.acts.findIndex((one) => one.act === act))),
    };
  }, [events, found, marked, actorId]);
}

type Run = Readonly<{
  start: (reason: string) => Promise<void>;
  isBusy: boolean;
  done: number;
  problem: string | null;
}>;

/** Carries out a plan, and stops at the first act that is refused; started again it goes on from there. */
function useRun(log: Log, plan: Plan | null): Run {
  const words = t();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // While it runs the log changes, and with it the plan: the one that was confirmed stays.
  const [running, setRunning] = useState<Readonly<{ steps: readonly Step[]; done: number }> | null>(null);

  async function start(reason: string): Promise<void> {
    const steps = running?.steps ?? plan?.steps.map((step) => withReason(step, reason)) ?? [];
    setBusy(true);
    setProblem(null);
    for (let done = running?.done ?? 0; done < steps.length; done += 1) {
      const step = steps[done];
      if (step === undefined) break;
      const answer = await record(step, log.visitId, step.commandId);
      if (!answer.ok) {
        const why = answer.status === 0 ? words.cannotReach : [answer.title, ...answer.details].join(' ');
        setProblem(`${steps.length > 1 ? words.stoppedAt(done, steps.length) : words.refused} ${why}`);
        setRunning({ steps, done });
        setBusy(false);
        readAgain();
        return;
      }
    }
    say(words.decided);
    goTo('');
  }
  return { start, isBusy, problem, done: running?.done ?? 0 };
}

function withReason(step: Step, reason: string): Step {
  const name = step.type === 'AnnulAct' ? 'reason' : step.type === 'ReassignProvider' ? null : 'text';
  return name === null ? step : { ...step, data: { ...step.data, [name]: reason } };
}

type ChoiceProps = Readonly<{
  way: Way;
  letter: string;
  label: string;
  option: Option;
  chosen: Way | null;
  choose: (way: Way) => void;
}>;

function Choice({ way, letter, label, option: { plan, isLong, meaning }, chosen, choose }: ChoiceProps) {
  const words = t();
  return (
    <div class="way">
      <button type="button" aria-pressed={chosen === way} disabled={plan === null} onClick={() => choose(way)}>
        {isLong ? words.inSteps(label, plan?.steps.length ?? 0) : label} {letter !== '' && <kbd>{letter}</kbd>}
      </button>
      <small>
        {meaning === null ? (
          words.cannotTake
        ) : (
          <>
            <b>
              {way === 'none' ? words.notCounted(lengthOf(meaning.workedMs)) : words.counts(lengthOf(meaning.workedMs))}
            </b>
            {' · '}
            {words.phases(meaning.phase)} · {paymentText(meaning.unmet)}
          </>
        )}
      </small>
    </div>
  );
}

/** The acts of a plan in their order, and how far it came. */
function Steps({ plan: { steps }, done }: { plan: Plan; done: number }) {
  const words = t();
  return (
    <div class="preview">
      <b>{words.stepsTitle}</b>
      <ol class="steps">
        {steps.map(({ commandId, type }, place) => (
          <li key={commandId} class={place < done ? 'done' : ''}>
            {place + 1}. {named(type)} {place < done && '✓'}
          </li>
        ))}
      </ol>
      <small>{words.stepsSafe}</small>
    </div>
  );
}

/** What to ask by telephone; nothing is settled by it. */
function Questions({ found: { name, from, against } }: { found: Case }) {
  const words = t();
  const [cause] = against;
  return (
    <div class="script">
      <b>{words.script}</b>
      {words
        .questions(name, clock(from), cause === undefined ? null : when(cause.data.at))
        .split('\n')
        .map((text) => (
          <p key={text}>{text}</p>
        ))}
    </div>
  );
}

type DetailProps = Readonly<{
  found: Case;
  marked: ReadonlySet<number>;
  setMarked: (marked: ReadonlySet<number>) => void;
  choose: () => void;
}>;

/** The acts one by one, to take some of them. */
function Detail({ found: { acts }, marked, setMarked, choose }: DetailProps) {
  const words = t();
  return (
    <details class="detail-acts">
      <summary>{words.detail}</summary>
      <ul>
        {acts.map(({ act, reported }, place) => (
          <li key={`${act.discrepancyId} ${act.position}`}>
            <label class="choice">
              <input
                type="checkbox"
                checked={marked.has(place)}
                onInput={({ currentTarget }) => {
                  const changed = new Set(marked);
                  if (currentTarget.checked) changed.add(place);
                  else changed.delete(place);
                  setMarked(changed);
                  choose();
                }}
              />
              <span>
                {clock(act.at)} {namedEvent(act.type)}{' '}
                <small>
                  {words.kinds(act.kind)}
                  {!act.lawfulThen && act.kind === 'root' && ` · ${words.refusedThen}`}
                  {reported.despite !== undefined && ` · ${words.despite(reported.despite.by)}`}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
