import { deepEqual } from '../../util/equality.ts';
import { timeOfFact } from './attestation-model.ts';
import { all, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant } from './invariant.ts';

/** The act of this chapter: its author. */
export const acts = {
  FactsAttested: { by: 'K alone' },
} satisfies ActTable;

/** The client's own word is recorded by the client alone. Clause 1.1-50. @since 0.10.0 */
export const attestedInPerson = invariant(
  'attested-in-person',
  '1.1-50',
  "The client's own word is recorded by the client alone.",
  (_state, history) =>
    all(history, 'FactsAttested').every(({ data: { by, recordedBy } }) => {
      return by.role === 'client' && recordedBy === undefined;
    }),
);

/** A client gives their word on facts that stand, each with its time on record. Clause 0-02. @since 0.10.0 */
export const attestedAsRecorded = invariant(
  'attested-as-recorded',
  '0-02',
  'A client gives their word on facts that stand, each with its time on record.',
  (_state, history) =>
    whenever(history, ['FactsAttested'], ({ data }, before) =>
      data.facts.every(({ fact, recorded }) => timeOfFact(before, fact) === recorded),
    ),
);

/** The visit has the last word on each fact and time, in the order of the first. Clause 1.1-50. @since 0.10.0 */
export const attestationsAsSaid = invariant(
  'attestations-as-said',
  '1.1-50',
  'The visit has the last word on each fact and time, in the order of the first.',
  ({ attestations }, history) => deepEqual(attestations, foldHistory(history).words),
);

/**
 * Absence, supply, acceptance and tests have the times of the last of their events that stand. Clause 0-02.
 * @since 0.10.0
 */
export const attestedTimesAsRecorded = invariant(
  'attested-times-as-recorded',
  '0-02',
  'Absence, supply, acceptance and tests have the times of the last of their events that stand.',
  ({ arrival, materials, closing }, history) => {
    const now = foldHistory(history);
    const acceptedAt = materials.status === 'accepted' ? materials.acceptedAt : null;
    return deepEqual(
      [arrival.absenceReportedAt, materials.suppliedAt, acceptedAt, closing.testedAt],
      (['absence', 'supply', 'acceptance', 'tests'] as const).map((fact) => timeOfFact(now, fact) ?? null),
    );
  },
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  attestedInPerson,
  attestedAsRecorded,
  attestationsAsSaid,
  attestedTimesAsRecorded,
];
