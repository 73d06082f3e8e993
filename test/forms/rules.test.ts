import { decide } from 'auxilio';
import { type EnteredData, type FormField, formOf, formsEn, shownFields, valuesOf } from 'auxilio/forms';
import { command, sampleData, visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { createdTypes } from '../../src/visit/creators.ts';

type Data = { readonly [name: string]: unknown };

const at = '2026-03-09T14:05:00.000Z';
const { state } = visitAt('working');

/** The rules that refuse an act, each with its clause. */
function violations(type: CommandType, data: Data) {
  const decision = decide(command(type as 'StartWork', data as never), state);
  return decision.ok ? [] : decision.rejection.violations;
}

/** The clauses of the rules that refuse an act with other data, and not with the first. */
function added(type: CommandType, data: Data, changed: Data): readonly string[] {
  const before = violations(type, data).map(({ rule }) => rule);
  return violations(type, changed).flatMap(({ rule, clause }) => (before.includes(rule) ? [] : clause));
}

/** Data of acts whose sample leaves a condition out. */
const variants: readonly (readonly [CommandType, Data])[] = [
  ['ReportTransitIssue', { issue: 'other', detail: 'Un derrumbe', resolvable: false, exceedsResponseTime: true }],
  ['ReportTransitIssue', { issue: 'delay', detail: 'Presa', resolvable: true, expectedArrival: at }],
  ['PauseWork', { kind: 'second-visit', notice: { at }, returnExpected: at }],
  ['ResumeWork', { kind: 'break', notice: { at } }],
  ['SubmitPhotos', { photoIds: ['f-1'], channel: 'app', appUnavailableReason: 'Sin señal' }],
  ['GiveInstruction', { about: 'visit', decision: 'wait', text: 'Espere' }],
];

const samples: { readonly [T in CommandType]: Data } = {
  ...sampleData,
  ReportCompletion: { ...sampleData.ReportCompletion, caseNumber: state.caseNumber },
};

const cases = [...createdTypes.map((type): [CommandType, Data] => [type, samples[type]]), ...variants];

/** The clauses that a field asks for with these data. */
function askedBy(field: FormField, data: Data, shown: readonly FormField[]): readonly string[] {
  const { neededWhen, clauses } = field;
  const isNeeded = neededWhen === undefined || neededWhen.is.includes(`${data[neededWhen.field]}`);
  return shown.includes(field) && isNeeded ? clauses : [];
}

const without = (data: Data, name: string) => Object.fromEntries(Object.entries(data).filter(([key]) => key !== name));

describe('a field names the clauses for which its act is refused', () => {
  it.each(cases)('%s without each field that may be absent: %j', (type, data) => {
    const form = formOf(type, formsEn);
    const shown = shownFields(form, valuesOf(type, data as Partial<EnteredData<typeof type>>, formsEn));
    for (const field of form.fields) {
      if (field.required || !Object.hasOwn(data, field.name)) continue;
      const clauses = added(type, data, without(data, field.name));
      expect([field.name, clauses]).toEqual([field.name, askedBy(field, data, shown)]);
      if (field.kind === 'yes-no' && shown.includes(field)) {
        const refused = added(type, { ...data, [field.name]: true }, { ...data, [field.name]: false });
        expect([field.name, refused]).toEqual([field.name, field.expected === 'yes' ? field.clauses : []]);
      }
    }
  });

  it.each<[CommandType, string, Data, Data]>([
    ['ReassignProvider', 'provider', {}, { provider: { id: 'prov-1', name: 'José Núñez' } }],
    ['GiveInstruction', 'about', {}, { about: 'identity' }],
    ['AnnounceService', 'service', { service: state.service }, { service: 'Cerrajería' }],
    ['TakePhotos', 'photos', { photos: [{ photoId: 'f-99', sha256: 'a'.repeat(64), takenAt: at }] }, { photos: [] }],
    ['SubmitPhotos', 'photoIds', { photoIds: Object.keys(state.photos.byId) }, { photoIds: ['f-99'] }],
    ['DocumentPhotos', 'photoIds', { photoIds: Object.keys(state.photos.byId) }, { photoIds: ['f-99'] }],
    ['RequestExtraMaterials', 'materials', {}, { materials: [] }],
    ['RejectMaterials', 'mismatches', {}, { mismatches: [] }],
    ['AnnulAct', 'act', { act: 'WorkStarted', recorded: state.work.startedAt }, { act: 'Completed' }],
    ['AnnulAct', 'recorded', { act: 'WorkStarted', recorded: state.work.startedAt }, { recorded: at }],
    ['CorrectTime', 'what', { what: 'start', recorded: state.work.startedAt }, { what: 'end' }],
    ['CorrectTime', 'recorded', { what: 'start', recorded: state.work.startedAt }, { recorded: at }],
  ])('%s by the %s that it has', (type, name, given, wrong) => {
    const data = { ...samples[type], ...given };
    const clauses = formOf(type, formsEn).fields.find((field) => field.name === name)?.clauses;
    expect(added(type, data, { ...data, ...wrong })).toEqual(clauses);
  });

  it.each(['1.1-30', '1.1-31'])('PerformOffContractAct by the activity that the contract leaves out (%s)', (clause) => {
    const activity = clause === '1.1-31' ? 'material-purchase' : 'jardinería';
    const field = formOf('PerformOffContractAct', formsEn).fields[0];
    expect(violations('PerformOffContractAct', { activity })).toMatchObject([{ clause }]);
    expect(field?.clauses).toContain(clause);
  });
});
