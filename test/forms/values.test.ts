import {
  type EnteredData,
  formOf,
  formsEn,
  formsEsCR,
  type RowsField,
  rowFields,
  shownFields,
  valuesOf,
} from 'auxilio/forms';
import { sampleData } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';

const at = '2026-03-09T14:05:00.000Z';
const values = <T extends CommandType>(type: T, words = formsEsCR) =>
  valuesOf(type, { ...sampleData[type], at } as unknown as Partial<EnteredData<T>>, words);

describe('the values that a form starts from', () => {
  it('are named by the inputs: of a group', () => {
    expect(values('ReassignProvider')).toEqual({
      'provider.id': ['prov-2'],
      'provider.name': ['Luis Soto'],
      'provider.title': ['don'],
      arriveBy: ['2026-03-09T09:30'],
      at: ['2026-03-09T08:05'],
    });
  });

  it('of a contact, a choice and answers', () => {
    expect(values('PauseWork')).toEqual({
      kind: ['break'],
      'notice.at': ['2026-03-09T08:05'],
      'notice.reference': ['Llamada 7'],
      'notice.operatorId': ['op-1'],
      returnExpected: ['2026-03-09T09:30'],
      at: ['2026-03-09T08:05'],
    });
    expect(values('HandOverSite')).toMatchObject({ structuralConditionPreserved: ['yes'], tidy: ['yes'] });
    expect(valuesOf('HandOverSite', { tidy: false }, formsEn)).toEqual({ tidy: ['no'] });
  });

  it('of rows, with the numbers of the language', () => {
    expect(values('RequestExtraMaterials')).toMatchObject({
      'materials.0.item': ['tubo'],
      'materials.0.quantity': ['1,5'],
      'materials.0.unit': ['m'],
      'materials.0.kind': ['PVC'],
      'materials.0.quality': ['SDR 26'],
    });
    expect(values('RequestExtraMaterials', formsEn)).toMatchObject({ 'materials.0.quantity': ['1.5'] });
    const tests = [
      { name: 'fuga', passed: true },
      { name: 'presión', passed: false },
    ];
    expect(valuesOf('TestQuality', { tests }, formsEn)).toEqual({
      'tests.0.name': ['fuga'],
      'tests.0.passed': ['yes'],
      'tests.1.name': ['presión'],
      'tests.1.passed': ['no'],
    });
  });

  it('of lists and choices: as many as there are, or none', () => {
    expect(values('GiveInstruction')).toMatchObject({ waives: ['client-present', 'conformity'] });
    expect(values('SettleDiscrepancy')).toMatchObject({ taken: ['0'] });
    expect(valuesOf('ClearArea', { moved: ['balde', 'silla'] }, formsEn)).toEqual({ moved: ['balde', 'silla'] });
    expect(valuesOf('ClearArea', { moved: [] }, formsEn)).toEqual({ 'moved.none': ['yes'] });
    expect(valuesOf('ExplainWork', { materials: [] }, formsEn)).toEqual({ 'materials.none': ['yes'] });
  });

  it('of photographs and a position', () => {
    expect(values('TakePhotos')).toMatchObject({
      'photos.0.photoId': ['f-1'],
      'photos.0.sha256': ['a'.repeat(64)],
      'photos.0.takenAt': ['2026-03-09T08:05'],
      'photos.0.shot': ['antes'],
    });
    expect(values('DocumentPhotos')).toMatchObject({ photoIds: ['f-1'] });
    const position = { latitude: 9.93, longitude: -84.08 };
    expect(valuesOf('RecordArrival', { position }, formsEn)).toEqual({
      'position.latitude': ['9.93'],
      'position.longitude': ['-84.08'],
    });
  });

  it('have the seconds that a time has, and an instant where its local time is ambiguous', () => {
    const atOf = (time: string, timeZone = 'America/Costa_Rica') =>
      valuesOf('StartWork', { at: time }, formsEn, { timeZone }).at;
    expect(atOf('2026-03-09T14:05:07.000Z')).toEqual(['2026-03-09T08:05:07']);
    expect(atOf('2026-03-09T14:05:00.250Z')).toEqual(['2026-03-09T08:05:00.250']);
    const both = ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'].flatMap(
      (time) => atOf(time, 'America/New_York') ?? [],
    );
    expect(both).toContain('2026-11-01T01:30');
    expect(both.filter((text) => text.endsWith('Z'))).toHaveLength(1);
    expect(atOf('nunca')).toEqual(['nunca']);
  });

  it('leave out what is absent', () => {
    expect(valuesOf('ReportStart', {}, formsEn)).toEqual({});
    expect(valuesOf('ReportStart', { call: null } as never, formsEn)).toEqual({});
  });
});

describe('the fields of a row', () => {
  it('have the names under which they are entered', () => {
    const [, materials] = formOf('ExplainWork', formsEsCR).fields;
    expect(rowFields(materials as RowsField, 2).map(({ name, kind }) => [name, kind])).toEqual([
      ['materials.2.item', 'text'],
      ['materials.2.quantity', 'quantity'],
      ['materials.2.unit', 'text'],
      ['materials.2.kind', 'text'],
      ['materials.2.quality', 'text'],
    ]);
  });
});

describe('a field', () => {
  const field = (type: CommandType, name: string) => {
    const { fields } = formOf(type, formsEn);
    const all = fields.flatMap((one) => ('fields' in one ? [one, ...one.fields] : [one]));
    return all.find((one) => one.name === name);
  };

  it('has a hint where there is one, and the box for none where that says something', () => {
    expect(field('SupplyMaterials', 'items')).toMatchObject({ hint: expect.any(String), none: 'There are none' });
    expect(field('ClearArea', 'moved')).not.toHaveProperty('hint');
    expect(field('ShowBelongings', 'disputed')).not.toHaveProperty('none');
    expect(field('LocateFault', 'where')).not.toHaveProperty('hint');
  });

  it('says of a time if it is past', () => {
    expect(field('AssignVisit', 'arriveBy')).toMatchObject({ kind: 'instant', past: false });
    expect(field('ReportStart', 'call.at')).toMatchObject({ kind: 'instant', past: true });
    expect(field('EscalateClientImpact', 'noticedAt')).toMatchObject({ past: true });
  });

  it('offers another text where one makes sense', () => {
    expect(field('PerformOffContractAct', 'activity')).toMatchObject({ kind: 'choice', open: true, maxLength: 200 });
    expect(field('SubmitPhotos', 'channel')).toMatchObject({ open: false });
  });

  it('of photographs has those that a person enters', () => {
    expect(field('TakePhotos', 'photos')).toMatchObject({ from: 'camera', fields: [{ name: 'shot' }] });
    expect(field('SubmitPhotos', 'photoIds')).toMatchObject({ from: 'visit', fields: [] });
  });
});

describe('the fields that are shown', () => {
  const shown = (entered: Record<string, unknown>) =>
    shownFields(formOf('ReportTransitIssue', formsEn), entered).map(({ name }) => name);

  it('are those without a condition, and those whose condition holds', () => {
    expect(shown({})).toEqual(['issue', 'expectedArrival', 'detail', 'at']);
    expect(shown({ issue: ' breakdown ' })).toContain('resolvable');
    expect(shown({ issue: 'breakdown', resolvable: 'no' })).not.toContain('exceedsResponseTime');
    for (const yes of ['yes', 'true', true, ['no', 'on']]) {
      expect(shown({ issue: 'other', resolvable: yes })).toContain('exceedsResponseTime');
    }
  });

  it('do not hang on a field that is not shown', () => {
    expect(shown({ issue: 'delay', resolvable: 'yes' })).toEqual(['issue', 'expectedArrival', 'detail', 'at']);
  });
});
