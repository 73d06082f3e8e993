import { decide, defaultPolicy, replay } from 'auxilio';
import { formOf, formsEn, formsEsCR, readForm } from 'auxilio/forms';
import { actors, fact, visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { createdTypes } from '../../src/visit/creators.ts';

const at = '2026-03-17T08:40';

const missingOf = (type: CommandType, values: Record<string, unknown>, options = {}) => {
  const read = readForm(type, { at, ...values }, formsEn, options);
  return read.ok ? [] : read.missing.map(({ name, clauses }) => [name, ...clauses].join(' '));
};

/** The data of each act for which a rule refuses it where they are left blank, by hand from PROTOCOL §2. */
const refused: { readonly [T in CommandType]?: readonly string[] } = {
  ReportTransitIssue: ['issue 1.2-02'],
  ReportClientAbsence: ['call 1.1-09'],
  ValidateIdentity: ['fullNameGiven 1.1-07', 'documentShown 1.1-07'],
  RejectIdentity: ['call 1.1-09'],
  InspectArea: ['clientPresent 1.1-17'],
  SubmitPhotos: ['channel 1.1-20'],
  SupplyMaterials: ['suppliedBy 1.1-31'],
  RejectMaterials: ['mismatches 1.1-35'],
  ReportMaterialsRefusal: ['call 1.1-38'],
  ReportStart: ['call 1.1-26'],
  TestQuality: ['withClient 1.1-47'],
  HandOverSite: ['structuralConditionPreserved 1.1-45'],
  ShowBelongings: ['clientConfirmed 1.1-53'],
  ReportCompletion: ['caseNumber 1.3-04', 'call 1.3-02'],
};

describe('a form that was left blank', () => {
  it.each(createdTypes)('%s names what is missing, in the order of the form', (type) => {
    const { fields } = formOf(type, formsEn);
    const read = readForm(type, {}, formsEn);
    const missing = read.ok ? [] : read.missing;
    const names = missing.map(({ name }) => name);
    const all = fields.flatMap((field) => (field.kind === 'group' ? [field, ...field.fields] : [field]));
    expect(names).toEqual(all.flatMap(({ name }) => (names.includes(name) ? [name] : [])));
    const needed = missing.filter(({ name }) => !all.find((field) => field.name === name)?.required);
    expect(needed.map(({ name, clauses }) => [name, ...clauses].join(' '))).toEqual(refused[type] ?? []);
    if (!read.ok)
      expect(read.problems.map(({ name, code }) => [name, code])).toEqual(names.map((name) => [name, 'required']));
  });

  it('says so in the language of the form, with the label of each field', () => {
    expect(readForm('SupplyMaterials', { at }, formsEsCR)).toEqual({
      ok: false,
      problems: [{ name: 'suppliedBy', code: 'required', message: 'Falta este dato.' }],
      missing: [{ name: 'suppliedBy', label: '¿Quién trajo los materiales?', clauses: ['1.1-31'] }],
    });
    expect(readForm('ReportStart', { at }, formsEn)).toMatchObject({
      problems: [{ name: 'call', message: 'This is missing.' }],
    });
  });

  it('is missing; what was entered wrongly is a problem of its own', () => {
    const read = readForm('ExplainWork', { at, 'materials.0.item': 'Tubo', 'materials.0.quantity': 'dos' }, formsEn);
    expect(read).toMatchObject({
      problems: [
        { name: 'method', code: 'required' },
        { name: 'materials.0.quantity', code: 'not-a-number' },
      ],
      missing: [{ name: 'method', clauses: [] }],
    });
    expect(readForm('StartWork', { at: 'ayer' }, formsEn)).toMatchObject({ ok: false, missing: [] });
  });
});

describe('a field is missing only where the act is refused without it', () => {
  it('by the answers before it', () => {
    expect(missingOf('ReportTransitIssue', { issue: 'delay' })).toEqual([]);
    expect(missingOf('ReportTransitIssue', { issue: 'breakdown' })).toEqual(['resolvable 1.2-03']);
    expect(missingOf('ReportTransitIssue', { issue: 'breakdown', resolvable: 'no' })).toEqual([]);
    expect(missingOf('ReportTransitIssue', { issue: 'other', resolvable: 'yes' })).toEqual([
      'exceedsResponseTime 1.2-05',
      'detail 1.2-02',
    ]);
    expect(missingOf('PauseWork', { kind: 'break' })).toEqual([]);
    expect(missingOf('PauseWork', { kind: 'second-visit' })).toEqual(['notice 1.1-48']);
    expect(missingOf('ResumeWork', { kind: 'second-visit' })).toEqual(['notice 1.1-49']);
    const photos = { photoIds: ['f-1'] };
    expect(missingOf('SubmitPhotos', { ...photos, channel: 'app' })).toEqual([]);
    expect(missingOf('SubmitPhotos', { ...photos, channel: 'email' })).toEqual(['appUnavailableReason 1.1-21']);
  });

  it('in a row or a call that was begun, by the name of its input', () => {
    expect(missingOf('ReportStart', { 'call.reference': '7' })).toEqual(['call.at']);
    const read = readForm('RejectMaterials', { at, 'mismatches.3.item': 'Tubo' }, formsEsCR);
    expect(read).toMatchObject({
      missing: [{ name: 'mismatches.3.reasons', label: '¿En qué no coincide?', clauses: ['1.1-35'] }],
    });
  });

  it('of a photograph, by the field in which the device puts it', () => {
    expect(readForm('TakePhotos', { at, 'photos.0.shot': 'Tablero' }, formsEn)).toMatchObject({
      missing: ['photoId', 'sha256', 'takenAt'].map((key) => ({ name: `photos.0.${key}`, label: expect.any(String) })),
    });
  });

  it('a no is an answer, which decide judges', () => {
    const read = readForm('HandOverSite', { at, structuralConditionPreserved: 'no' }, formsEn);
    expect(read).toMatchObject({ ok: true, data: { structuralConditionPreserved: false } });
    const { state } = visitAt('working');
    const data = { ...(read.ok ? read.data : { at: '' }), visitId: 'visita-1' };
    const decision = decide({ type: 'HandOverSite', data, metadata: { actor: actors.provider } }, state);
    expect(decision).toMatchObject({ ok: false });
  });

  it('of a rule that is waived nothing is missing', () => {
    const waived = {
      about: 'visit',
      decision: 'proceed',
      text: 'Siga',
      waives: ['structure-preserved'],
    };
    const { waivers } = replay([fact('InstructionGiven', waived, actors.operator)], visitAt('working').state);
    expect(missingOf('HandOverSite', {}, { waivers })).toEqual([]);
    expect(missingOf('TestQuality', { 'tests.0.name': 'agua', 'tests.0.passed': 'yes' }, { waivers })).toEqual([
      'withClient 1.1-47',
    ]);
    const policy = { ...defaultPolicy, waive: [{ rule: 'identified', reason: 'Conocido' } as const] };
    expect(missingOf('ValidateIdentity', { person: 'client' }, { waivers: [...waivers, ...policy.waive] })).toEqual([]);
    expect(() => missingOf('HandOverSite', {}, { waivers: [{ rule: 'arrived' }] })).toThrow('Unknown waivable rule');
    expect(() => missingOf('HandOverSite', {}, { waivers: [null] })).toThrow('Unknown waivable rule');
    expect(() => missingOf('HandOverSite', {}, { waivers: 'all' })).toThrow('takes waivers');
  });
});
