/** The ways to decide a case: the acts that each would record, and what it means. */
import type { VisitEvent } from 'auxilio';
import { useMemo } from 'preact/hooks';
import { instant, t } from './app.ts';
import { type Case, isSame, type Meaning, type Taking, takingOf } from './case.ts';
import { type By, longPlan, type Plan, plainPlan, type Recorder } from './plan.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

/** The ways to decide: take all but what is there twice, take nothing, or what is marked. */
export type Way = 'all' | 'none' | 'marked';

export function wayText(way: Way, count: number): string {
  const words = t();
  return { all: words.takeAll, none: words.takeNone, marked: words.takeMarked(count) }[way];
}

export type Option = Readonly<{ plan: Plan | null; isLong: boolean; meaning: Meaning | null }>;

/** The plan that takes acts: the long one where taking, as the log stands, would change nothing from `none`, what taking nothing means. */
export function optionOf(
  events: readonly VisitEvent[],
  recorder: Recorder,
  taking: readonly Taking[],
  none: Meaning | undefined,
  by: By,
): Option {
  const plain = plainPlan(events, taking, by);
  const takesSome = taking.some(({ taken }) => taken.length > 0);
  const isIdle = takesSome && (plain === null || isSame(plain.meaning, none));
  const long = isIdle ? longPlan(events, recorder, taking, by) : null;
  const isLong = long !== null && !isSame(long.meaning, none);
  const plan = isLong ? long : plain;
  return { plan, isLong, meaning: plan?.meaning ?? null };
}

/** The plan of each way. */
export function usePlans(log: Log, found: Case, marked: ReadonlySet<number>): Readonly<Record<Way, Option>> {
  const { events } = log;
  const actorId = session.value?.actorId ?? '';
  return useMemo(() => {
    const by = { text: '-', at: instant(), operator: { role: 'contact-center', id: actorId } as const };
    const untaken = takingOf(found, () => false);
    const none = plainPlan(events, untaken, by)?.meaning;
    const option = (isTaken: Parameters<typeof takingOf>[1]) =>
      optionOf(events, found, takingOf(found, isTaken), none, by);
    return {
      all: option(({ kind }) => kind !== 'twin'),
      none: option(() => false),
      marked: option((act) => marked.has(found.acts.findIndex((one) => one.act === act))),
    };
  }, [events, found, marked, actorId]);
}
