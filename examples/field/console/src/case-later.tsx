import { useMemo, useState } from 'preact/hooks';
import { inOneLine } from '../../ui/text.ts';
import { instant, t } from './app.ts';
import type { Taking } from './case.ts';
import { meaningText } from './case-meaning.tsx';
import { useRun } from './case-run.ts';
import { plainPlan } from './plan.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

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
  const [text, setText] = useState('');
  const plan = useMemo(() => {
    const operator = { role: 'contact-center', id: session.value?.actorId ?? '' } as const;
    const taking = leftIn(log);
    return taking.length === 0 ? null : plainPlan(log.events, taking, { text: '-', at: instant(), operator });
  }, [log]);
  const run = useRun(log, 'later', plan);
  if (plan === null) return null;
  const reason = inOneLine(text);
  return (
    <form
      class="later"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== '') void run.start(reason);
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
