import type { VisitEvent } from 'auxilio';
import { commandTypes, eventTypes, replay } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../../examples/field/phone/src/entries.ts';
import { toldIn } from '../../../examples/field/phone/src/instructed.ts';
import { decisionsOf, hasUnaware, isGuided, isInReview } from '../../../examples/field/phone/src/review.ts';
import { returnOf } from '../../../examples/field/ui/returning.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 14, minute)).toISOString();
const visitId = 'v-1';
const center = { role: 'contact-center', id: 'op-03' } as const;
const gerardo = { role: 'provider', id: 'prov-014' } as const;
const lucia = { role: 'provider', id: 'prov-022' } as const;

type Of<Type extends VisitEvent['type']> = Omit<Extract<VisitEvent, { type: Type }>['data'], 'visitId' | 'at'>;

/** An event of a minute, with the id of its command. */
const event = <Type extends VisitEvent['type']>(
  type: Type,
  minute: number,
  data: Of<Type>,
  commandId = `${type} ${minute}`,
) => ({ type, data: { visitId, at: at(minute), ...data }, metadata: { commandId } }) as unknown as VisitEvent;

const assigned = event('VisitAssigned', 0, {
  by: center,
  caseNumber: 'EXP-7',
  client: { name: 'Ana Rojas' },
  provider: { id: gerardo.id, name: 'Gerardo Ureña Solís' },
  service: 'fontanería',
  place: 'Barva',
  edition: '1',
  arriveBy: at(60),
});
const reassigned = event('ProviderReassigned', 20, {
  by: center,
  provider: { id: lucia.id, name: 'Lucía Mora Vargas' },
  arriveBy: at(90),
});
const instructed = (minute: number, decision: 'wait' | 'cancel' | 'reassign' | 'proceed', more: object = {}) =>
  event('InstructionGiven', minute, { by: center, about: 'visit', decision, text: 'Así.', ...more });

/** A report of Gerardo: two acts, and one that the center had recorded. */
const report = event('DiscrepancyReported', 40, {
  by: gerardo,
  discrepancyId: 'd-3',
  basedOn: 1,
  acts: (['ServiceAnnounced', 'FaultLocated', 'ProviderArrived'] as const).map((type, place) => ({
    type,
    data: { visitId, at: at(30 + place), by: gerardo },
    commandId: `own-${place}`,
    on: 2,
    violations: [],
    lawfulThen: true,
    ...(place === 2 && { twinOf: 2 }),
  })) as never,
});
const settled = (minute: number, taken: readonly number[]) =>
  event(
    'DiscrepancySettled',
    minute,
    { by: center, discrepancyId: 'd-3', taken: [...taken], text: 'Sí.' },
    `s-${minute}`,
  );

const visit = (events: readonly VisitEvent[], more: Partial<ReplicaVisit> = {}) =>
  ({ visitId, events, own: [], pending: [], local: replay(events), ...more }) as ReplicaVisit;

const listed = (...events: readonly VisitEvent[]) =>
  entriesOf(visit([assigned, ...events]), gerardo.id, (type) => commandTypes[eventTypes.indexOf(type)])
    .map(({ type, at: time, status, reason }) => [type, time.slice(14, 16), status, reason].filter(Boolean).join(' '))
    .reverse();

describe('the list of what a provider recorded', () => {
  it('has an act that a settlement took once, by whichever of several settlements', () => {
    const taken = event('ServiceAnnounced', 30, { by: gerardo, recordedBy: center, service: 'fontanería' }, 's-50');
    expect(listed(report)).toEqual(['AnnounceService 30 review', 'LocateFault 31 review']);
    expect(listed(report, taken, settled(50, [0]))).toEqual(['AnnounceService 30 taken', 'LocateFault 31 notTaken']);
    const both = listed(report, taken, settled(50, [0]), settled(55, [1]));
    expect(both).toEqual(['AnnounceService 30 taken', 'LocateFault 31 taken']);
  });

  it('has the time that stands and why, also after a correction of a correction', () => {
    const started = event('WorkStarted', 35, { by: gerardo });
    const correct = (recorded: number, corrected: number) =>
      event('TimeCorrected', 58, {
        by: center,
        what: 'start',
        recorded: at(recorded),
        corrected: at(corrected),
        reason: `era ${corrected}`,
      });
    const cleared = event('AreaCleared', 35, { by: gerardo, moved: [] });
    expect(listed(started, cleared, correct(35, 20), correct(20, 25))).toEqual([
      'StartWork 25 corrected era 25',
      'ClearArea 35 sent',
    ]);
    const annulled = event('ActAnnulled', 59, {
      by: center,
      act: 'WorkStarted',
      recorded: at(20),
      reason: 'otra casa',
    });
    expect(listed(started, correct(35, 20), annulled)).toEqual(['StartWork 20 annulled otra casa']);
  });

  it('has no act that the user has taken back, and says of one that waits whether the center may have it', () => {
    const waiting = (type: string, more: object) =>
      ({ command: { type, data: { at: at(50) }, metadata: { commandId: type } }, ...more }) as never;
    const pending = [
      waiting('ClearArea', { sentAt: at(51) }),
      waiting('ShowTools', {}),
      waiting('StartWork', { withheld: { reason: 'given-up', message: 'Me equivoqué' } }),
    ];
    const entries = entriesOf(visit([assigned], { pending }), gerardo.id, () => undefined);
    expect(entries.map(({ type, status, isTried }) => [type, status, isTried])).toEqual([
      ['ShowTools', 'waiting', false],
      ['ClearArea', 'waiting', true],
    ]);
  });

  it('says of an act that the center recorded for the user that it did, and not that it was received', () => {
    const byCenter = event('ToolsShown', 20, { by: gerardo, recordedBy: center, tools: ['llave'] }, 'c-1');
    const own = event('AreaCleared', 21, { by: gerardo, moved: [] });
    expect(listed(byCenter, own)).toEqual(['ShowTools 20 ofCenter', 'ClearArea 21 sent']);
  });

  it('has what was recorded with each act: on record, in a report, or waiting', () => {
    const shown = event('ToolsShown', 20, { by: gerardo, tools: ['llave'] });
    const command = { type: 'ClearArea', data: { at: at(50), moved: ['mesa'] }, metadata: { commandId: 'c' } };
    const entries = entriesOf(
      visit([assigned, shown, report], { pending: [{ command }] as never }),
      gerardo.id,
      (type) => commandTypes[eventTypes.indexOf(type)],
    );
    expect(entries.map(({ type, data }) => [type, data])).toMatchObject([
      ['ClearArea', { moved: ['mesa'] }],
      ['LocateFault', { at: at(31) }],
      ['AnnounceService', { at: at(30) }],
      ['ShowTools', { tools: ['llave'] }],
    ]);
  });

  it('has nothing of what the client denies, and tells nothing of it', () => {
    const own = event('AreaCleared', 21, { by: gerardo, moved: [] });
    const facts = [{ fact: 'arrival', recorded: at(20), agrees: false, what: 'llegó tarde' }] as const;
    const denied = event('FactsAttested', 30, { by: { role: 'client', id: 'cli-1' }, facts });
    expect(listed(own, denied)).toEqual(listed(own));
    expect(toldIn(visit([assigned, own, denied]), gerardo.id)).toEqual([]);
  });

  it('has no completion call when the completion is annulled', () => {
    const call = event('CompletionReported', 44, { by: gerardo });
    const annulled = event('ActAnnulled', 50, { by: center, act: 'Completed', recorded: at(45), reason: 'falta' });
    expect(listed(call, event('Completed', 45, { by: gerardo }), annulled)).toEqual([
      'ReportCompletion 44 annulled falta',
      'CompleteVisit 45 annulled falta',
    ]);
  });
});

describe('instructions and changes of the center on a phone', () => {
  const toldTo = (actorId: string, ...events: readonly VisitEvent[]) =>
    toldIn(visit([assigned, ...events]), actorId).map(({ event: { type, data }, isNew }) => [type, data.at, isNew]);

  it('leaves out what a former provider was told, but for what it lets pass', () => {
    expect(toldTo(lucia.id, instructed(15, 'reassign'), reassigned)).toEqual([]);
    const waives = instructed(10, 'proceed', { waives: ['photos-sent'] });
    const told = toldTo(lucia.id, waives, instructed(15, 'reassign'), reassigned);
    expect(told).toEqual([['InstructionGiven', at(10), true]]);
    expect(toldTo(lucia.id, reassigned, instructed(25, 'wait'))).toEqual([['InstructionGiven', at(25), true]]);
  });

  it('is new to who recorded acts without a signal since, until they record one that knows of it', () => {
    const sent = (one: VisitEvent) => ({ ...one, metadata: { ...one.metadata, recordedAt: at(60) } }) as VisitEvent;
    const log = [assigned, instructed(15, 'cancel'), sent(event('ProviderArrived', 30, { by: gerardo })), sent(report)];
    const isNew = (...later: readonly VisitEvent[]) => toldIn(visit([...log, ...later]), gerardo.id)[0]?.isNew;
    const taken = event('ServiceAnnounced', 30, { by: gerardo, recordedBy: center, service: 'fontanería' }, 's-70');
    expect([isNew(), isNew(taken, settled(70, [0]))]).toEqual([true, true]);
    expect(isNew(event('VisitClosed', 80, { by: gerardo, outcome: 'cancelled' }))).toBe(false);
    const waiting = (basedOn: number) =>
      toldIn(visit(log.slice(0, 2), { pending: [{ basedOn } as never] }), gerardo.id)[0]?.isNew;
    expect([waiting(1), waiting(2)]).toEqual([true, false]);
  });

  it('has a change beside the last instruction', () => {
    const amended = event('AssignmentAmended', 12, { by: center, place: 'Heredia' });
    expect(toldTo(gerardo.id, instructed(10, 'wait'), amended)).toEqual([
      ['InstructionGiven', at(10), true],
      ['AssignmentAmended', at(12), true],
    ]);
    const arrived = event('ProviderArrived', 14, { by: gerardo });
    expect(toldTo(gerardo.id, amended, arrived)).toEqual([['AssignmentAmended', at(12), false]]);
  });
});

describe('the return of a provider who left', () => {
  const left = (kind: 'break' | 'second-visit', returnExpected?: string) =>
    event('Paused', 50, { by: gerardo, kind, ...(returnExpected && { returnExpected }) });

  it('is what they said when they left last, and not what a former provider said', () => {
    const log = [assigned, left('second-visit', at(600)), left('break')];
    expect(returnOf(log)).toBe(at(600));
    expect(returnOf([...log, reassigned])).toBe(null);
    expect(returnOf([assigned, left('second-visit')])).toBe(undefined);
    const waiting = left('second-visit', at(900)).data;
    const pending = { command: { type: 'PauseWork', data: waiting } } as unknown as ReplicaVisit['pending'][number];
    expect(returnOf([...log, reassigned], [pending])).toBe(at(900));
  });
});

describe('a review', () => {
  it('is shown to the recorder of the acts, and to no other provider', () => {
    const log = [assigned, reassigned, report];
    expect(isInReview(visit(log), lucia.id)).toBe(false);
    const former = visit(log.slice(0, 2), { own: [report] });
    expect(isInReview(former, gerardo.id)).toBe(true);
    expect(isInReview({ ...former, own: [report, settled(50, [])] }, gerardo.id)).toBe(false);
  });

  it('keeps a visit that ended for the user under the guidance of the center', () => {
    const [begun, over] = [replay([assigned]), { ...replay([assigned]), phase: 'completed' as const }];
    const ended = (events: readonly VisitEvent[]) => visit(events, { local: over, confirmed: begun });
    expect([isGuided(ended([assigned]), gerardo.id), isGuided(ended([assigned, report]), gerardo.id)]).toEqual([
      false,
      true,
    ]);
    expect(isGuided(visit([assigned]), gerardo.id)).toBe(true);
  });

  it('ends with what the center decided and why, for whose acts they are', () => {
    const log = [assigned, reassigned, report, settled(50, []), settled(55, [0, 2])];
    expect(decisionsOf(visit(log), gerardo.id)).toEqual([
      { at: at(50), text: 'Sí.', taken: 0, all: 2 },
      { at: at(55), text: 'Sí.', taken: 1, all: 2 },
    ]);
    expect(decisionsOf(visit(log), lucia.id)).toEqual([]);
  });

  it('ends with one decision of two reports that the center decides at once', () => {
    const ofOther = <Event extends VisitEvent>(one: Event) =>
      ({ ...one, data: { ...one.data, discrepancyId: 'd-9' } }) as VisitEvent;
    const log = [assigned, reassigned, report, ofOther(report), settled(55, [0, 2]), ofOther(settled(55, []))];
    expect(decisionsOf(visit(log), gerardo.id)).toEqual([{ at: at(55), text: 'Sí.', taken: 1, all: 4 }]);
  });

  it('says that a change had not reached the user of acts that were judged after it, and of no others', () => {
    const before = visit([assigned, reassigned, report]);
    const after = visit([assigned, instructed(15, 'wait'), report, instructed(50, 'cancel')]);
    expect([hasUnaware(before, gerardo.id), hasUnaware(before, lucia.id)]).toEqual([true, false]);
    expect(hasUnaware(after, gerardo.id)).toBe(false);
    expect(hasUnaware(visit([...before.events, settled(50, [])]), gerardo.id)).toBe(false);
  });

  it('is not awaited by acts that were recorded after the cancellation was seen', () => {
    const events = [assigned, instructed(15, 'cancel'), instructed(16, 'proceed')];
    const waiting = (basedOn: number) => visit(events, { pending: [{ basedOn } as never] });
    expect([
      hasUnaware(waiting(1), gerardo.id),
      hasUnaware(waiting(2), gerardo.id),
      hasUnaware(visit(events), gerardo.id),
    ]).toEqual([true, false, false]);
  });
});
