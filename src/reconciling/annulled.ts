import type { Instant, VisitEvent } from '../messages/index.ts';
import { isIgnored } from '../visit/act.ts';
import type { VisitState } from '../visit/index.ts';
import { actOfEvent } from '../visit/table.ts';
import { incrementalFold } from '../visit/visit.ts';

/** The facts that an annulment takes back and that the contact center may record for a provider. */
const factOf = {
  ProviderArrived: ({ arrival }: VisitState) => arrival.arrivedAt,
  ClientAbsenceReported: ({ arrival }: VisitState) => arrival.absentSince,
  CompletionReported: ({ closing }: VisitState) => closing.completionReportedAt,
  Completed: ({ closing }: VisitState) => closing.completedAt,
} satisfies { readonly [type: string]: (visit: VisitState) => Instant | null };

type FactType = keyof typeof factOf;

const factTypes = Object.keys(factOf) as readonly FactType[];

/** The indexes of the events on which each fact rests. */
type Grounds = Record<FactType, number[]>;

const noGrounds = (): Grounds => ({
  ProviderArrived: [],
  ClientAbsenceReported: [],
  CompletionReported: [],
  Completed: [],
});

/** Finds the events of a log that were annulled, or undone by an annulment (PROTOCOL §4, *Mistakes*): their indexes. */
export function annulledEvents(log: readonly VisitEvent[]): readonly number[] {
  if (!log.some(({ type }) => type === 'ActAnnulled')) return [];
  const { state, step } = incrementalFold();
  const grounds = noGrounds();
  const annulled: number[] = [];
  for (const [index, event] of log.entries()) {
    const rests = restsOn(event, state);
    step(event);
    if (rests !== null && factOf[rests](state) !== null) grounds[rests].push(index);
    for (const type of factTypes) {
      if (factOf[type](state) !== null) continue;
      if (event.type === 'ActAnnulled') annulled.push(...grounds[type]);
      grounds[type] = [];
    }
  }
  return annulled;
}

/** The fact that rests on an event; null if it changes nothing, or nothing that can be annulled. */
function restsOn(event: VisitEvent, visit: VisitState): FactType | null {
  const act = actOfEvent(event.type);
  const type = factTypes.find((one) => one === event.type);
  return act === undefined || type === undefined || isIgnored(act, event, visit) ? null : type;
}
