import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { witnessed } from '../../src/testing/arbitraries/from-witnesses.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import { advance, command, eventsAfter, eventsBefore, fact } from '../../src/testing.ts';
import { commandTypes, decide, initialState, replay } from '../../src/visit/index.ts';
import type { Rule } from '../../src/visit/rule.ts';
import { actOfCommand, acts } from '../../src/visit/table.ts';
import { parseCommand } from '../../src/wire.ts';

const policy = { allow: ['jardinería', 'material-purchase'] };
const at = '2026-03-17T18:00:00.000Z';
const taken = [{ photoId: 'foto-1', sha256: 'a'.repeat(64), takenAt: at }];
const reassigned: VisitEvent = {
  type: 'ProviderReassigned',
  data: {
    visitId: 'visit-1',
    at,
    provider: { id: 'proveedor-2', name: 'Luis' },
    arriveBy: at,
    by: { role: 'contact-center', id: 'op-1' },
  },
};
const states = [
  initialState(),
  ...points.map((point) => visitAt(point).state),
  replay(advance(eventsBefore('TakePhotos'), command('TakePhotos', { photos: taken }))),
  replay(
    advance(
      eventsBefore('ExplainWork'),
      command('ExplainWork', { method: 'm', materials: [{ item: 'x', quantity: 1 }] }),
    ),
  ),
  replay([...eventsBefore('RecordArrival'), reassigned]),
];

describe('the witnesses of an act', () => {
  it.each(commandTypes)('%s: are commands that the schema allows, wherever one is accepted', (type) => {
    for (const state of states) {
      for (const command of witnessed(type, state, at, policy)) {
        if (!decide(command, state, policy).ok) continue;
        expect(parseCommand(JSON.stringify(command)).ok).toBe(true);
      }
    }
  });

  // No witness makes a report: reconciling alone does.
  const elsewhere = ['AcknowledgeTransitIssue', 'ReassignProvider', 'ReportDiscrepancy', 'SettleDiscrepancy'];
  it.each(commandTypes.filter((type) => !elsewhere.includes(type)))(
    '%s: one is accepted somewhere among the named points',
    (type) => {
      const accepted = states.some((state) =>
        witnessed(type, state, at, policy).some((command) => decide(command, state, policy).ok),
      );
      // What the points do not reach is open in the walks of the laws.
      const rare = ['RecordClientReturn', 'RejectMaterials', 'DocumentPhotos', 'DocumentStart', 'ResumeWork'];
      expect(accepted || rare.includes(type)).toBe(true);
    },
  );
});

it('name a hundred photographs at most, as the schema has them (1.1-19, 1.1-22)', () => {
  const photos = Array.from({ length: 101 }, (_, n) => ({ photoId: `f-${n}`, sha256: 'a'.repeat(64), takenAt: at }));
  const all = advance(eventsBefore('TakePhotos'), command('TakePhotos', { photos }));
  const photoIds = photos.map(({ photoId }) => photoId);
  const sent = advance(all, command('SubmitPhotos', { photoIds, channel: 'app' }));
  const listed = (type: 'SubmitPhotos' | 'DocumentPhotos', events: readonly VisitEvent[]) =>
    actOfCommand(type)?.witnesses(replay(events), { at, policy: {} }) as readonly { photoIds: string[] }[];
  for (const [witness] of [listed('SubmitPhotos', all), listed('SubmitPhotos', sent), listed('DocumentPhotos', sent)])
    expect(witness?.photoIds).toEqual(photoIds.slice(0, 100));
});

it('what a witness does not say is absent, not undefined', () => {
  const materials = [
    { item: 'codo', quantity: 3 },
    { item: 'tubo', quantity: 2, unit: 'm' },
  ];
  const explained = advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'm', materials }));
  const supply = acts.find(({ command }) => command === 'SupplyMaterials');
  const witnesses = supply?.witnesses(replay(explained), { at, policy: {} });
  expect(witnesses).toStrictEqual([{ suppliedBy: 'client', items: materials }]);
});

describe('the witnesses of a choice', () => {
  const dataOf = (
    type: 'ValidateIdentity' | 'GiveInstruction' | 'TakePhotos' | 'SubmitPhotos' | 'ResumeWork' | 'ReassignProvider',
    events: readonly VisitEvent[],
  ) => actOfCommand(type)?.witnesses(replay(events), { at, policy: {} }) as readonly Record<string, unknown>[];

  it('have each of its sides: the client, or a representative', () => {
    const said = { fullNameGiven: true, documentShown: true };
    expect(dataOf('ValidateIdentity', eventsBefore('ValidateIdentity'))).toEqual([
      { person: 'client', ...said },
      { person: 'representative', ...said },
    ]);
  });

  it('have each of its sides: after a break, or at the second visit, with its notice', () => {
    expect(dataOf('ResumeWork', [])).toEqual([{ kind: 'break' }, { kind: 'second-visit', notice: { at } }]);
  });

  it('have a representative among the instructions only where the client is absent', () => {
    const absent = advance(eventsBefore('ValidateIdentity'), command('ReportClientAbsence', { call: { at } }));
    const decisions = (events: readonly VisitEvent[]) =>
      new Set(dataOf('GiveInstruction', events).map(({ decision }) => decision));
    expect(decisions(absent)).toEqual(new Set(['proceed', 'proceed-with-representative']));
    const present = advance(eventsBefore('StartWork'), command('ReportConductBreach', { kind: 'smoking' }));
    expect(decisions(present).has('proceed-with-representative')).toBe(false);
  });

  it('reassign only a visit that was stopped, and instruct only on what is open', () => {
    const stopped = advance(
      eventsBefore('StartWork'),
      command('GiveInstruction', { about: 'visit', decision: 'cancel', text: 'no' }),
    );
    const asked = advance(eventsAfter('StartWork'), [
      command('RequestExtraMaterials', { materials: [{ item: 'codo', quantity: 1 }] }),
      command('EscalateClientImpact', { what: 'se moja' }),
    ]);
    const instructions = (events: readonly VisitEvent[]) =>
      dataOf('GiveInstruction', events).map(({ about, decision }) => `${about}: ${decision}`);
    expect(instructions(stopped)).toEqual(['visit: proceed', 'visit: reassign']);
    expect(instructions(asked)).toEqual(['visit: proceed', 'escalation: proceed']);
  });

  it('reassign to a provider who is not the assigned one', () => {
    const before = eventsBefore('RecordArrival');
    const substitutes = [before, [...before, reassigned]].map((events) => dataOf('ReassignProvider', events));
    expect(substitutes).toMatchObject([[{ provider: { id: 'proveedor-2' } }], [{ provider: { id: 'proveedor-3' } }]]);
  });

  it('take photographs under ids that are free', () => {
    const required = eventsBefore('TakePhotos', { assignment: { requiredShots: ['antes', 'después'] } });
    const photographed = (photoId: string) => fact('PhotosTaken', { photos: [{ ...taken[0], photoId }] });
    const ids = (events: readonly VisitEvent[]) =>
      dataOf('TakePhotos', events).map(({ photos }) => (photos as { photoId: string }[]).map(({ photoId }) => photoId));
    expect(ids([])).toEqual([['foto-0']]);
    expect(ids([...required, photographed('foto-1')])).toEqual([['foto-2', 'foto-3']]);
    expect(ids([...required, photographed('foto-2')])).toEqual([['foto-1', 'foto-3']]);
  });

  it('send the photographs that were not sent, and all where each was', () => {
    const photo = (n: number) => ({ ...taken[0]!, photoId: `foto-${n}` });
    const both = advance(eventsBefore('TakePhotos'), [
      command('TakePhotos', { photos: [photo(1), photo(2)] }),
      command('SubmitPhotos', { photoIds: ['foto-1'], channel: 'app' }),
    ]);
    expect(dataOf('SubmitPhotos', both)).toEqual([{ photoIds: ['foto-2'], channel: 'app' }]);
    const sent = advance(both, command('SubmitPhotos', { photoIds: ['foto-2'], channel: 'app' }));
    expect(dataOf('SubmitPhotos', sent)).toEqual([{ photoIds: ['foto-1', 'foto-2'], channel: 'app' }]);
  });
});

describe('the witnesses of a correction', () => {
  const now = '2026-03-17T23:00:00.000Z';
  const meant = (type: 'AnnulAct' | 'CorrectTime', point: Parameters<typeof visitAt>[0] | null) => {
    const visit = point === null ? initialState() : visitAt(point).state;
    return actOfCommand(type)
      ?.witnesses(visit, { at: now, policy: {} })
      .map((data) => ('act' in data ? data.act : 'what' in data && data.what));
  };

  it('are of what stands', () => {
    expect(meant('AnnulAct', 'on-site')).toStrictEqual(['ProviderArrived']);
    expect(meant('AnnulAct', 'working')).toStrictEqual(['ProviderArrived', 'WorkStarted']);
    expect(meant('CorrectTime', 'working')).toStrictEqual(['arrival', 'start']);
  });

  it('are of the act that fails fewest rules where none stands', () => {
    expect(meant('AnnulAct', null)).toStrictEqual(['ProviderArrived', 'Completed']);
    expect(meant('CorrectTime', null)).toStrictEqual(['arrival']);
  });
});

describe('a violation', () => {
  it('cites a clause that its rule declares, with facts that are plain JSON', () => {
    for (const state of states) {
      for (const type of commandTypes) {
        for (const command of witnessed(type, state, at)) {
          const decision = decide(command, state);
          if (decision.ok) continue;
          for (const { rule, clause, facts } of decision.rejection.violations) {
            const needs = (actOfCommand(type)?.needs ?? []) as readonly Rule[];
            const declared = needs.filter(({ id }) => id === rule).flatMap(({ clauses }) => [...clauses]);
            if (declared.length > 0) expect(declared).toContain(clause);
            expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
          }
        }
      }
    }
    expect(acts).toHaveLength(commandTypes.length);
  });
});
