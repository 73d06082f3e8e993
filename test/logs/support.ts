import fc from 'fast-check';
import type { VisitEvent } from '../../src/messages/index.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same log, of another visit. */
const of = (visitId: string, events: readonly VisitEvent[]): VisitEvent[] =>
  events.map((event) => ({ ...event, data: { ...event.data, visitId } }) as VisitEvent);

/** Logs of some visits, and one interleaving of their events in a file. */
export type Woven = { readonly logs: readonly (readonly VisitEvent[])[]; readonly merged: readonly VisitEvent[] };

export const woven = (maxLength = 30): fc.Arbitrary<Woven> =>
  fc
    .array(walks(maxLength, fc.constant(undefined)), { minLength: 1, maxLength: 5 })
    .map((all) => all.map(({ events }, index) => of(`v-${index + 1}`, events)).filter(({ length }) => length > 0))
    .chain((logs) => {
      const turns = logs.flatMap((log, index) => log.map(() => index));
      return fc.shuffledSubarray(turns, { minLength: turns.length }).map((order) => {
        const left = logs.map((log) => [...log]);
        return { logs, merged: order.flatMap((index) => left[index]!.splice(0, 1)) };
      });
    });
