import { createCommand, decide, guide, replay, type VisitState } from 'auxilio';
import { type EnteredData, formOf, formsEn, knownData, readForm, valuesOf } from 'auxilio/forms';
import { actors, fact, points, sampleData, visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import type { Actor, CommandType, Role } from '../../src/messages/index.ts';

const at = '2026-03-17T18:00:00.000Z';
const roles: readonly Role[] = ['provider', 'contact-center', 'client'];

const actorOf: { readonly [R in Role]: Actor } = {
  provider: actors.provider,
  'contact-center': actors.operator,
  client: actors.client,
};

/** The rules that refuse an act with these data. */
function rulesAgainst(type: CommandType, data: object, visit: VisitState, role: Role): readonly string[] {
  const decision = decide(createCommand(type, { visitId: visit.visitId, at, ...data } as never, actorOf[role]), visit);
  return decision.ok ? [] : decision.rejection.violations.map(({ rule }) => rule);
}

describe('the data that a visit knows', () => {
  const { state } = visitAt('working');

  it('are the assigned service, the case, the tools and the materials', () => {
    expect(knownData('AnnounceService', state)).toEqual({ service: state.service });
    expect(knownData('ReportCompletion', state)).toEqual({ caseNumber: state.caseNumber });
    expect(knownData('ShowBelongings', state)).toEqual({ items: state.work.tools });
    expect(knownData('StartWork', state)).toEqual({});
  });

  it('are those of each act', () => {
    const at1 = (point: (typeof points)[number]) => visitAt(point).state;
    const photo = { photoId: 'f-1', sha256: 'a'.repeat(64), takenAt: at };
    const taken = replay([fact('PhotosTaken', { photos: [photo, { ...photo, photoId: 'f-2' }] })], at1('inspected'));
    const sent = replay([fact('PhotosSubmitted', { photoIds: ['f-1'], channel: 'app' })], taken);
    expect(knownData('SubmitPhotos', taken)).toEqual({ photoIds: ['f-1', 'f-2'] });
    expect(knownData('SubmitPhotos', sent)).toEqual({ photoIds: ['f-2'] });
    expect(knownData('DocumentPhotos', taken)).toEqual({});
    expect(knownData('DocumentPhotos', sent)).toEqual({ photoIds: ['f-1'] });
    const filed = replay([fact('PhotosDocumented', { photoIds: ['f-1'] })], sent);
    expect(knownData('DocumentPhotos', filed)).toEqual({});
    const materials = [
      { item: 'Tubo', quantity: 2, unit: 'm', kind: 'PVC' },
      { item: 'Codo', quantity: 1 },
    ];
    const asked = replay([fact('WorkExplained', { method: 'm', materials })], at1('inspected'));
    expect(knownData('SupplyMaterials', asked)).toEqual({
      items: [
        { item: 'Tubo', quantity: 2, unit: 'm' },
        { item: 'Codo', quantity: 1 },
      ],
    });
    expect(knownData('SupplyMaterials', at1('unassigned'))).toEqual({});
    expect(knownData('PauseWork', state)).toEqual({});
    expect(knownData('PauseWork', at1('on-site'))).toEqual({ kind: 'second-visit' });
    expect(knownData('ResumeWork', at1('on-break'))).toEqual({ kind: 'break' });
    expect(knownData('ResumeWork', at1('away'))).toEqual({ kind: 'second-visit' });
    expect(knownData('ResumeWork', state)).toEqual({});
    const rescheduled = fact('InstructionGiven', { about: 'visit', decision: 'reschedule', text: 't' });
    expect(knownData('PauseWork', replay([rescheduled], state))).toEqual({ kind: 'second-visit' });
    expect(knownData('ValidateIdentity', at1('on-site'))).toEqual({ person: 'client' });
    const allowed = fact('InstructionGiven', {
      about: 'client-absence',
      decision: 'proceed-with-representative',
      text: 't',
    });
    expect(knownData('ValidateIdentity', replay([allowed], at1('absent')))).toEqual({});
    const late = fact('TransitIssueReported', { issue: 'delay' });
    expect(knownData('NotifyClient', replay([late], at1('in-transit')))).toEqual({ about: ['delay'] });
    expect(knownData('NotifyClient', state)).toEqual({});
    expect(knownData('AnnounceService', at1('unassigned'))).toEqual({});
    expect(knownData('ShowBelongings', at1('in-transit'))).toEqual({});
  });

  it('are the topic of an instruction, if there is one', () => {
    expect(knownData('GiveInstruction', state)).toEqual({ about: 'visit' });
    const absent = visitAt('absent').state;
    expect(knownData('GiveInstruction', absent)).toEqual({ about: 'client-absence' });
    const rejected = fact('IdentityRejected', { reason: 'refused', call: { at } });
    expect(knownData('GiveInstruction', replay([rejected], visitAt('on-site').state))).toEqual({ about: 'identity' });
    const impact = fact('ClientImpactEscalated', { what: 'Un corto' });
    expect(knownData('GiveInstruction', replay([impact], state))).toEqual({ about: 'escalation' });
    const harmed = replay([fact('ClientImpactEscalated', { what: 'Un corto' })], absent);
    expect(knownData('GiveInstruction', harmed)).toEqual({});
  });

  it.each(points)('are all that a guide leaves out, at %s', (point) => {
    const { state: visit } = visitAt(point);
    for (const { command, fields } of roles.flatMap((role) => guide(visit, { role }).open)) {
      const asked = new Set<string>(fields.flat());
      const required = formOf(command, formsEn).fields.filter((field) => field.required && field.name !== 'at');
      const left = required.map(({ name }) => name).filter((name) => !asked.has(name));
      expect([command, Object.keys(knownData(command, visit))]).toEqual([command, expect.arrayContaining(left)]);
    }
  });

  it.each(points)('are read as they are, and refused by no rule, at %s', (point) => {
    const { state: visit } = visitAt(point);
    for (const role of roles) {
      for (const { command: type } of guide(visit, { role }).open) {
        const data = knownData(type, visit) as Partial<EnteredData<typeof type>>;
        const read = readForm(type, valuesOf(type, data, formsEn), formsEn);
        expect(read.ok ? [] : read.problems.filter(({ code }) => code !== 'required')).toEqual([]);
        const before = rulesAgainst(type, sampleData[type], visit, role);
        const after = rulesAgainst(type, { ...sampleData[type], ...data }, visit, role);
        expect([type, after.filter((rule) => !before.includes(rule))]).toEqual([type, []]);
      }
    }
  });
});
