import { useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { inOneLine, joined } from '../../ui/text.ts';
import { hour, named, t } from './app.ts';
import type { Case } from './case.ts';
import { meaningText } from './case-meaning.tsx';
import { type Option, usePlans, type Way, wayText } from './case-options.ts';
import { useRun } from './case-run.ts';
import { useKeys } from './keys.ts';
import { goBack } from './left.ts';
import type { Plan } from './plan.ts';
import { Meanwhile } from './seen.tsx';
import { useTyped } from './typed.ts';
import type { Log } from './visit-log.ts';

type DecisionProps = Readonly<{
  log: Log;
  found: Case;
  way: Way | null;
  setWay: (way: Way | null) => void;
  marked: ReadonlySet<number>;
  isAsking: boolean;
  ask: () => void;
}>;

/** The meaning of each decision, the reason, and one confirmation. */
export function Decision({ log, found, way, setWay, marked, isAsking, ask }: DecisionProps) {
  const words = t();
  const [chips, setChips] = useState<readonly string[]>([]);
  const [text, setText] = useTyped(`decision ${log.visitId}`);
  const [isMissing, setMissing] = useState(false);
  const reasons = words.reasons().split('\n');
  const plans = usePlans(log, found, marked);
  const reason = [...chips, inOneLine(text)].filter(Boolean).join('. ');
  const chosen = way === null ? null : plans[way];
  const choice = way === 'marked' ? [way, ...marked].join(' ') : (way ?? '');
  const run = useRun(log, choice, chosen?.plan ?? null);

  const isShown = chosen?.isLong === true || (run.running !== null && run.running.steps.length > 1);

  function toggle(chip: string) {
    setMissing(false);
    setChips(chips.includes(chip) ? chips.filter((one) => one !== chip) : [...chips, chip]);
  }
  async function confirm() {
    if (way === null || run.isBusy) return;
    if (reason === '') return setMissing(true);
    const isDone = await run.start(reason);
    // What was refused is decided again with the same reason, here or where another decision leads.
    setText(isDone ? '' : reason);
    setChips([]);
  }
  useKeys({
    t: { does: words.takeAll, run: () => setWay('all') },
    n: { does: words.takeNone, run: () => setWay('none') },
    p: { does: words.askThem, run: ask },
    Enter: confirm,
    ...Object.fromEntries(reasons.map((chip, place) => [place + 1, { does: chip, run: () => toggle(chip) }])),
    ...(way !== null && { Escape: () => setWay(null) }),
  });

  return (
    <section class="decision">
      <h2>{words.decide}</h2>
      {!run.isLate && <Meanwhile log={log} seen={run.seen} isBusy={run.isBusy} />}
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
      {isShown && <Steps steps={run.running?.steps ?? chosen?.plan?.steps ?? []} done={run.running?.done ?? 0} />}
      {run.problem !== null && (
        <p class="problem" role="alert">
          {run.problem}
        </p>
      )}
      {run.isLate && way !== null && (
        <Meanwhile log={log} seen={run.seen} isBusy={run.isBusy} own={joined(wayText(way, marked.size), reason)} />
      )}
      <button
        type="button"
        class="primary confirm"
        disabled={(run.running === null && (chosen === null || chosen.plan === null)) || run.isBusy}
        onClick={confirm}
      >
        {way === null ? words.chooseFirst : words.confirm(wayText(way, marked.size))} {way !== null && <kbd>↵</kbd>}
      </button>
      {run.isLate && (
        <button
          type="button"
          onClick={() => {
            setText('');
            goBack();
          }}
        >
          {words.dropOwn}
        </button>
      )}
    </section>
  );
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
      <small>{meaning === null ? words.cannotTake : meaningText(way, meaning)}</small>
    </div>
  );
}

/** The acts of a plan in their order, and how far it came. */
export function Steps({ steps, done }: { steps: Plan['steps']; done: number }) {
  const words = t();
  return (
    <div class="preview">
      <b>{words.stepsTitle}</b>
      <ol class="steps">
        {steps.map(({ commandId, type, data }, place) => (
          <li key={commandId} class={place < done ? 'done' : ''}>
            {place + 1}. {named(type)}
            {typeof data.act === 'string' && `: ${words.recordedFacts(data.act)}`} {place < done && '✓'}
          </li>
        ))}
      </ol>
      <small>{words.stepsSafe}</small>
    </div>
  );
}

/** Questions to ask by telephone; nothing is settled by them. */
function Questions({ found: { name, from, against } }: { found: Case }) {
  const words = t();
  const [cause] = against;
  return (
    <div class="script">
      <b>{words.script}</b>
      {words
        .questions(name, hour(from), cause === undefined ? null : hour(cause.data.at))
        .split('\n')
        .map((text) => (
          <p key={text}>{text}</p>
        ))}
    </div>
  );
}
