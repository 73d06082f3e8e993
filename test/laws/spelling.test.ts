import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { COMPOSED, inNfc, respell, reverseKeys, spellings } from '../../src/testing/laws/core.ts';
import { runs } from '../support/runs.ts';

/** A log whose items are requested in the composed form and supplied in another. */
const suppliedIn = (events: readonly VisitEvent[], spelling: string) =>
  events.map((event) => respell(event, event.type === 'MaterialsSupplied' ? spelling : COMPOSED));

describe.each([
  ['audit', audit],
  ['dossier', dossier],
] as const)('the whole answer of %s to a log', (_, read) => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(walks(), ({ events, policy = {} }) => {
        expect(read(reverseKeys(events), { policy: reverseKeys(policy) })).toEqual(read(events, { policy }));
      }),
      { numRuns: runs(100), seed: 18 },
    );
  });

  it('does not depend on the Unicode form of an item', () => {
    fc.assert(
      fc.property(walks(), ({ events, policy = {} }) => {
        const [composed, ...others] = spellings.map((spelling) =>
          inNfc(read(suppliedIn(events, spelling), { policy })),
        );
        for (const other of others) expect(other).toEqual(composed);
      }),
      { numRuns: runs(100), seed: 19 },
    );
  });
});
