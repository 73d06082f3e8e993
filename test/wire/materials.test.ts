import { describe, expect, it } from 'vitest';
import { parseCommand } from './bare.ts';
import { act } from './chapter.ts';
import { command } from './samples.ts';

describe('1.1-31 to 1.1-39 materials', () => {
  act(
    'SupplyMaterials',
    ['suppliedBy', 'items'],
    [
      [{ suppliedBy: 'neighbour' }, '/data/suppliedBy', 'invalid-value'],
      [{ items: [{ item: 'tubo', quantity: -1 }] }, '/data/items/0/quantity', 'too-small'],
      [{ items: [{ item: 'tubo', quantity: 1, kind: 'PVC' }] }, '/data/items/0', 'unrecognized-key'],
    ],
  );
  act('AcceptMaterials', []);
  act(
    'RejectMaterials',
    ['mismatches'],
    [
      [{ mismatches: [{ reasons: ['kind'] }] }, '/data/mismatches/0/item', 'missing'],
      [{ mismatches: [{ item: 'tubo', reasons: [1] }] }, '/data/mismatches/0/reasons/0', 'invalid-type'],
    ],
  );

  it.each([
    [{ mismatches: [] }],
    [{ mismatches: [{ item: 'tubo' }] }],
    [{ mismatches: [{ item: 'tubo', reasons: [] }] }],
    [{ mismatches: [{ item: 'tubo', reasons: ['colour'] }] }],
  ])('1.1-35 RejectMaterials with %j is left to the rules', (changes) => {
    expect(parseCommand(command('RejectMaterials', changes)).ok).toBe(true);
  });

  act('ReportMaterialsRefusal', ['reason', 'call']);
  act('CoordinateMaterials', [], [[{ outcome: 'forget-it' }, '/data/outcome', 'invalid-value']]);
  act('RequestExtraMaterials', []);
});
