import type { Actor, VisitEvent } from 'auxilio';
import { useMemo } from 'preact/hooks';
import { inOneLine } from '../../ui/text.ts';
import { instant, t } from './app.ts';
import { nameIn, type Taking } from './case.ts';
import { Steps } from './case-decision.tsx';
import { meaningText } from './case-meaning.tsx';
import { type Option, optionOf } from './case-options.ts';
import { useRun } from './case-run.ts';
import { plainPlan, type Recorder } from './plan.ts';
import { session } from './session.ts';
import { useTyped } from './typed.ts';
import type { Log } from './visit-log.ts';

/** Those whose acts were left last. */
function recorderIn(events: readonly VisitEvent[], taking: readonly Taking[]): Recorder | null {
  const report = events.findLast(
    ({ type, data }) =>
      type === 'DiscrepancyReported' && taking.some(({ discrepancyId }) => discrepancyId === data.discrepancyId),
  );
  if (report?.type !== 'DiscrepancyReported') return null;
  const { by } = report.data;
  return typeof by.id === 'string' ? { recorder: by as Actor, name: nameIn(events, by as Actor) } : null;
}

/** The acts of reports, all of them settled, that were not taken, twins apart: a later settlement may take them. */
export function leftIn({ state, events }: Log): readonly Taking[] {
  return events.flatMap(({ type, data }) => {
    if (type !== 'DiscrepancyReported') return [];
    const { discrepancyId, acts } = data;
    const known = state.discrepancies.find((one) => one.discrepancyId === discrepancyId)?.acts ?? [];
    const taken = [...known.keys()].filter((place) => !known[place]?.taken && acts[place]?.twinOf === undefined);
    return taken.length === 0 ? [] : [{ discrepancyId, taken }];
  });
}

/** Another decision than the first one: to take what was left, and what that means. */
export function TakeLater({ log }: { log: Log }) {
  const words = t();
  const [text, setText] = useTyped(`decision ${log.visitId}`);
  const { plan, isLong } = useMemo((): Pick<Option, 'plan' | 'isLong'> => {
    const { events } = log;
    const taking = leftIn(log);
    const recorder = recorderIn(events, taking);
    if (recorder === null) return { plan: null, isLong: false };
    const operator = { role: 'contact-center', id: session.value?.actorId ?? '' } as const;
    const by = { text: '-', at: instant(), operator };
    return optionOf(events, recorder, taking, plainPlan(events, [], by)?.meaning, by);
  }, [log]);
  const run = useRun(log, 'later', plan);
  if (plan === null) {
    return text === '' ? null : (
      <p>
        {words.youWrote} <q>{text}</q>
      </p>
    );
  }
  const reason = inOneLine(text);
  return (
    <form
      class="later"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== '') void run.start(reason).then((isDone) => isDone && setText(''));
      }}
    >
      <label class="field">
        {words.laterReason}
        <textarea
          rows={2}
          maxLength={1000}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      {isLong && <Steps steps={run.running?.steps ?? plan.steps} done={run.running?.done ?? 0} />}
      {run.problem !== null && (
        <p class="problem" role="alert">
          {run.problem}
        </p>
      )}
      <button type="submit" disabled={reason === '' || run.isBusy}>
        {words.takeLater}
      </button>
      <p>{meaningText('all', plan.meaning)}</p>
    </form>
  );
}
