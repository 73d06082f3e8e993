import fc from 'fast-check';

const derived: { readonly [event: string]: fc.Arbitrary<object> } = {
  VisitAssigned: fc.constant({ edition: 'e'.repeat(64) }),
  QualityTested: fc.record({ passed: fc.boolean() }),
  VisitClosed: fc.record({ outcome: fc.constantFrom('cancelled', 'rescheduled') }),
};

/** The fields that an event has beyond the data of its command. */
export const derivedOf = (event: string): fc.Arbitrary<object> => derived[event] ?? fc.constant({});
