import type { VisitEvent } from 'auxilio';
import { useMemo, useState } from 'preact/hooks';
import { inOneLine } from '../../ui/text.ts';
import { instant, t } from './app.ts';
import type { Taking } from './case.ts';
import { meaningText } from './case-meaning.tsx';
import { useRun } from './case-run.ts';
import { plainPlan } from './plan.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

/** The acts that were decided and not taken, twins apart. They stay in their report, and a later settlement may take them. */
export function leftIn(events: readonly VisitEvent[]): readonly Taking[] {
  const settled = new Map<string, readonly number[]>();
  for (const { type, data } of events) {
    if (type === 'DiscrepancySettled')
      settled.set(data.discrepancyId, [...(settled.get(data.discrepancyId) ?? []), ...data.taken]);
  }
  return events.flatMap(({ type, data }) => {
    const before = type === 'DiscrepancyReported' ? settled.get(data.discrepancyId) : undefined;
    if (type !== 'DiscrepancyReported' || before === undefined) return [];
    const taken = data.acts.flatMap(({ twinOf }, place) =>
      twinOf === undefined && !before.includes(place) ? [place] : [],
    );
    return taken.length === 0 ? [] : [{ discrepancyId: data.discrepancyId, taken }];
  });
}

/** Another decision than the first one: to take what was left, and what that means. */
export function TakeLater({ log }: { log: Log }) {
  const words = t();
  const { events } = log;
  const [text, setText] = useState('');
  const plan = useMemo(() => {
    const operator = { role: 'contact-center', id: session.value?.actorId ?? '' } as const;
    const taking = leftIn(events);
    return taking.length === 0 ? null : plainPlan(events, taking, { text: '-', at: instant(), operator });
  }, [events]);
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
