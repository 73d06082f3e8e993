import fc from 'fast-check';
import type { Actor, VisitEvent } from '../../messages/index.ts';
import { acts } from '../../visit/table.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { dataOf } from './data.ts';
import { derivedOf } from './derived.ts';

const anyActor = fc.constantFrom<Actor>(actors.provider, actors.otherProvider, actors.operator, actors.client);

/** Any event that the schema allows, lawful or not, of the visit of the arbitraries or now and then of another. @since 0.2.0 */
export const anyEvent: fc.Arbitrary<VisitEvent> = fc.constantFrom(...acts).chain((act) =>
  fc
    .record({
      common: fc.record({
        visitId: fc.constantFrom(visitId, visitId, visitId, 'visit-2'),
        at: fc.nat(200).map(minute),
      }),
      own: dataOf[act.command],
      by: anyActor,
      recordedBy: fc.option(anyActor, { nil: undefined, freq: 4 }),
      extra: derivedOf(act.event),
    })
    .map(({ common, own, by, recordedBy, extra }) => {
      const recorder = recordedBy === undefined ? {} : { recordedBy };
      return { type: act.event, data: { ...common, ...own, by, ...recorder, ...extra } } as VisitEvent;
    }),
);
