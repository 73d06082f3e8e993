import { describeData, type EnteredData, formOf, formsEn, formsEsCR, notForPeople } from 'auxilio/forms';
import { sampleData } from 'auxilio/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createdTypes } from '../../src/visit/creators.ts';

const at = '2026-03-17T14:40:00.000Z';
const items = [{ item: 'Tubo', quantity: 1.5, unit: 'm' }];
const texts = (...described: ReturnType<typeof describeData>) =>
  described.map(({ label, texts: all }) => `${label}: ${all.join(' | ')}`.replaceAll('\u202f', ' '));

describe('data in words', () => {
  it('have the labels and captions of their form', () => {
    expect(texts(...describeData('SupplyMaterials', { suppliedBy: 'client', items, at }, formsEsCR))).toEqual([
      '¿Quién trajo los materiales?: El cliente',
      'Materiales que hay ahora: Tubo (1,5 m)',
      '¿Cuándo fue?: 17 mar 2026, 8:40 a. m.',
    ]);
    const made = describeData('TestQuality', { withClient: true, tests: [{ name: 'fuga', passed: false }] }, formsEn);
    expect(texts(...made)).toEqual(['Was it tested with the client?: Yes', 'Tests: fuga (Did it work? No)']);
  });

  it('name people and contacts in a line', () => {
    const provider = { id: 'prov-1', name: 'José Núñez', title: 'don' } as const;
    expect(texts(...describeData('ReassignProvider', { provider }, formsEsCR))).toEqual([
      'Nuevo proveedor: Don José Núñez (prov-1)',
    ]);
    const call = { at, reference: '7', operatorId: 'op-1' };
    expect(texts(...describeData('ReportStart', { call }, formsEn, { timeZone: 'UTC' }))).toEqual([
      'Start call: Mar 17, 2026, 2:40 PM (7, op-1)',
    ]);
  });

  it('say of an empty list that it is so, where that says something', () => {
    expect(texts(...describeData('ClearArea', { moved: [] }, formsEsCR))).toEqual([
      '¿Qué se apartó?: No hubo que apartar nada',
    ]);
    expect(describeData('ShowBelongings', { items: ['Llave'], disputed: [] }, formsEsCR)).toHaveLength(1);
  });

  it('name photographs by their shot, acts of a report from 1, and a place by its degrees', () => {
    const photo = { photoId: 'f-1', sha256: 'a'.repeat(64), takenAt: at };
    const photos = [{ ...photo, shot: 'Tablero' }, photo];
    expect(texts(...describeData('TakePhotos', { photos }, formsEn))).toEqual(['Photos: Tablero | f-1']);
    expect(texts(...describeData('SettleDiscrepancy', { taken: [0, 2] }, formsEn))).toEqual([
      'Acts that are accepted: 1 | 3',
    ]);
    const position = { latitude: 9.5, longitude: -84 };
    expect(texts(...describeData('RecordArrival', { position }, formsEsCR))).toEqual(['Ubicación: 9,50000; -84,00000']);
    expect(describeData('RecordArrival', { position: { latitude: 9.5 } } as never, formsEn)).toEqual([]);
    const mismatches = [{ item: 'Tubo', reasons: ['kind', 'quality'] }];
    expect(texts(...describeData('RejectMaterials', { mismatches }, formsEn))).toEqual([
      'Materials that are not right: Tubo (Kind, Quality)',
    ]);
  });

  it('leave out what is blank, or of another kind', () => {
    const data = { kind: 'break', returnExpected: 5, notice: { at: 'nunca' }, at: 'ayer' };
    expect(describeData('PauseWork', data as never, formsEn).map(({ name }) => name)).toEqual(['kind']);
    expect(describeData('CloseVisit', { reason: '  ' }, formsEn)).toEqual([]);
  });

  it('keep a value that is not among the choices', () => {
    expect(texts(...describeData('SubmitPhotos', { channel: 'fax' }, formsEn))).toEqual([
      'How did you send them?: fax',
    ]);
  });

  it.each(createdTypes)('%s: every datum of a sample that has a field', (type) => {
    const data = { ...sampleData[type], at } as Partial<EnteredData<typeof type>>;
    for (const words of [formsEsCR, formsEn]) {
      const described = describeData(type, data, words);
      const names = Object.keys(data).filter((name) => !notForPeople(type).includes(name));
      expect(described.map(({ name }) => name).sort()).toEqual(names.sort());
      const order = formOf(type, words).fields.map(({ name }) => name);
      expect(described.map(({ name }) => order.indexOf(name))).toEqual(
        described.map(({ name }) => order.indexOf(name)).sort((a, b) => a - b),
      );
      expect(
        described
          .flatMap(({ texts: all }) => all)
          .every((text) => /\S/.test(text) && !/undefined|NaN|\[object/.test(text)),
      ).toBe(true);
    }
  });

  it('take any data', () => {
    fc.assert(
      fc.property(fc.constantFrom(...createdTypes), fc.jsonValue(), fc.jsonValue(), (type, one, another) => {
        const fields = formOf(type, formsEsCR).fields.map(({ name }, index) => [name, index % 2 === 0 ? one : another]);
        for (const data of [one, Object.fromEntries(fields)]) {
          const described = describeData(type, data as never, formsEsCR);
          expect(described.flatMap(({ texts: all }) => all).every((text) => typeof text === 'string')).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});
