import fc from 'fast-check';
import type { CommandType } from '../../messages/index.ts';
import { recordableActs } from '../../visit/recordable.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { derivedOf } from './derived.ts';

const time = fc.nat(80).map(minute);
const reason = fc.constantFrom('a', 'constructor', 'ñandú 🚰');
const discrepancyId = fc.constantFrom('d-1', 'd-2', 'constructor');
const actor = fc.constantFrom(actors.provider, actors.otherProvider, actors.client);
const violation = fc.constantFrom(
  { rule: 'arrived', clause: '1.1-01' },
  { rule: 'assigned-provider', clause: '1.2-12' },
);

/** An act as a report quotes it, with data of the type from a table. */
function reportedAct(dataOf: Readonly<Record<string, fc.Arbitrary<object>>>): fc.Arbitrary<object> {
  return fc.constantFrom(...recordableActs).chain(({ command, event }) =>
    fc
      .record({
        own: dataOf[command] ?? fc.constant({}),
        derived: derivedOf(event),
        at: time,
        by: actor,
        said: fc.record(
          {
            commandId: fc.constantFrom('c-1', 'c-2', 'constructor'),
            on: fc.nat(9),
            violations: fc.array(violation, { maxLength: 2 }),
            lawfulThen: fc.boolean(),
            twinOf: fc.integer({ min: 1, max: 9 }),
            despite: fc.record({ by: reason, reason }),
            device: reason,
            enteredAt: time,
          },
          { requiredKeys: ['commandId', 'on', 'violations', 'lawfulThen'] },
        ),
      })
      .map(({ own, derived, at, by, said }) => ({
        type: event,
        data: { visitId, at, ...own, by, ...derived },
        ...said,
      })),
  );
}

/** Data of the corrections, from those of the acts that a report may quote. */
export const correctionsOf = (dataOf: Readonly<Record<string, fc.Arbitrary<object>>>) =>
  ({
    AnnulAct: fc.record({
      act: fc.constantFrom('ProviderArrived', 'WorkStarted', 'Completed', 'VisitClosed'),
      recorded: time,
      reason,
    }),
    CorrectTime: fc.record({
      what: fc.constantFrom('arrival', 'start', 'resumption', 'interruption', 'completion-call', 'end'),
      recorded: time,
      corrected: time,
      reason,
    }),
    ReportDiscrepancy: fc.record({
      discrepancyId,
      basedOn: fc.nat(9),
      acts: fc.array(reportedAct(dataOf), { minLength: 1, maxLength: 2 }),
    }),
    SettleDiscrepancy: fc.record({ discrepancyId, taken: fc.subarray([0, 1, 2]), text: reason }),
  }) satisfies { readonly [T in CommandType]?: fc.Arbitrary<object> };
