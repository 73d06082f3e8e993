/** The ways to decide a case: the acts that each would record, and what it means. */
import { useMemo } from 'preact/hooks';
import { instant, t } from './app.ts';
import { type Case, isSame, type Meaning, takingOf } from './case.ts';
import { longPlan, type Plan, plainPlan } from './plan.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

/** The ways to decide: take all but what is there twice, take nothing, or what is marked. */
export type Way = 'all' | 'none' | 'marked';

export function wayText(way: Way, count: number): string {
  const words = t();
  return { all: words.takeAll, none: words.takeNone, marked: words.takeMarked(count) }[way];
}

export type Option = Readonly<{ plan: Plan | null; isLong: boolean; meaning: Meaning | null }>;

/** The plan of each way. The long one where taking, as the log stands, would change nothing. */
export function usePlans(log: Log, found: Case, marked: ReadonlySet<number>): Readonly<Record<Way, Option>> {
  const { events } = log;
  const actorId = session.value?.actorId ?? '';
  return useMemo(() => {
    const by = { text: '-', at: instant(), operator: { role: 'contact-center', id: actorId } as const };
    const none = plainPlan(
      events,
      takingOf(found, () => false),
      by,
    )?.meaning;
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
