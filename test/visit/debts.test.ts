import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Debt, DebtKind, DebtTopic } from '../../src/visit/index.ts';
import { absence, call, needed, operator, otherProvider, photo, substitution } from '../scenarios/commands.ts';
import { materialsAt, stateOf, working } from '../scenarios/moments.ts';

const center = (type: VisitEvent['type'], data: object) => fact(type, data, operator);
const about = (topic: string, decision = 'other') =>
  center('InstructionGiven', { about: topic, decision, text: 'siga' });
const issue = (minutes: number, data: object) => fact('TransitIssueReported', { at: minute(minutes), ...data });
const told = (topics: string[], reached = true) => center('ClientNotified', { about: topics, reached });
const reassigned = center('ProviderReassigned', { ...substitution.data, at: minute(70) });
const explained = (minutes: number, materials: readonly object[]) =>
  fact('WorkExplained', { at: minute(minutes), method: 'cambiar', materials });

type Row = {
  readonly kind: DebtKind;
  readonly about?: DebtTopic;
  readonly clause: Debt['clause'];
  readonly past: () => VisitEvent[];
  /** Each act that opens it; dated at minute 50. */
  readonly opens: readonly VisitEvent[];
  readonly discharges: readonly VisitEvent[];
  /** The act that opens it after a discharge, if different from the first. */
  readonly anew?: VisitEvent;
  /** Similar acts that neither open nor discharge it. */
  readonly stays: readonly VisitEvent[];
};

const at = minute(50);
const assigned = () => eventsAfter('AssignVisit');
const identified = () => eventsAfter('ValidateIdentity');

const rows: readonly Row[] = [
  {
    kind: 'give-instruction',
    about: 'client-absence',
    clause: '1.1-10',
    past: identified,
    opens: [fact('ClientAbsenceReported', { at, call })],
    discharges: [
      about('client-absence', 'wait'),
      fact('ClientReturned'),
      fact('IdentityValidated', { person: 'representative' }),
      reassigned,
    ],
    stays: [about('identity'), about('visit', 'proceed'), fact('IdentityValidated', { person: 'client' })],
  },
  {
    kind: 'give-instruction',
    about: 'identity',
    clause: '1.1-10',
    past: identified,
    opens: [fact('IdentityRejected', { at, reason: 'other', call })],
    discharges: [
      about('identity', 'proceed'),
      fact('IdentityValidated', { person: 'client' }),
      fact('IdentityValidated', { person: 'representative' }),
      reassigned,
    ],
    stays: [about('client-absence'), about('visit', 'proceed'), fact('ClientReturned')],
  },
  {
    kind: 'take-up-escalation',
    clause: '2.2-08',
    past: working,
    opens: [
      fact('ClientImpactEscalated', { at, what: 'sin agua' }),
      fact('BelongingsShown', { at, items: [], clientConfirmed: false }),
      fact('BelongingsShown', { at, items: [] }),
    ],
    discharges: [about('escalation')],
    stays: [about('visit', 'proceed'), fact('BelongingsShown', { items: [], clientConfirmed: true }), reassigned],
  },
  {
    kind: 'coordinate-materials',
    clause: '1.1-39',
    past: working,
    opens: [fact('MaterialsChangeRefused', { at, call })],
    discharges: [
      center('MaterialsCoordinated', { outcome: 'client-will-supply' }),
      center('MaterialsCoordinated', { outcome: 'cancel' }),
      about('materials', 'wait'),
      fact('MaterialsSupplied', { suppliedBy: 'client' }),
    ],
    stays: [about('visit', 'proceed'), fact('MaterialsAccepted'), explained(60, []), reassigned],
  },
  {
    kind: 'document-photos',
    clause: '1.1-22',
    past: () => advance(eventsAfter('TakePhotos'), command('TakePhotos', { photos: [photo('f-2')] })),
    opens: [fact('PhotosSubmitted', { at, photoIds: ['f-1'], channel: 'app' })],
    discharges: [center('PhotosDocumented', { photoIds: ['f-1'] })],
    anew: fact('PhotosSubmitted', { photoIds: ['f-1', 'f-2'], channel: 'app' }),
    stays: [center('StartDocumented', {}), fact('PhotosTaken', { photos: [photo('f-9')] }), reassigned],
  },
  {
    kind: 'document-start',
    clause: '1.1-27',
    past: () => eventsBefore('ReportStart', { without: ['SubmitPhotos'] }),
    opens: [fact('StartReported', { at, call })],
    discharges: [center('StartDocumented', { reference: 'L-1' })],
    stays: [center('PhotosDocumented', { photoIds: [] }), fact('WorkStarted'), reassigned],
  },
  {
    kind: 'notify-delay',
    clause: '1.2-10',
    past: assigned,
    opens: [
      issue(50, { issue: 'breakdown', resolvable: true, exceedsResponseTime: true }),
      issue(50, { issue: 'other', detail: 'derrumbe', resolvable: true, exceedsResponseTime: true }),
    ],
    discharges: [told(['delay']), told(['provider-change', 'delay'])],
    stays: [told(['delay'], false), told(['provider-change']), fact('ProviderArrived'), reassigned],
  },
  {
    kind: 'notify-delay',
    clause: '1.2-15',
    past: assigned,
    opens: [issue(50, { issue: 'delay' }), issue(50, { issue: 'delay', resolvable: true, exceedsResponseTime: false })],
    discharges: [told(['delay'])],
    stays: [told(['delay'], false), center('TransitIssueAcknowledged', {})],
  },
  {
    kind: 'reassign-provider',
    clause: '1.2-12',
    past: assigned,
    opens: [
      issue(50, { issue: 'breakdown', resolvable: false }),
      issue(50, { issue: 'other', detail: 'x', resolvable: false }),
    ],
    discharges: [reassigned, about('visit', 'proceed')],
    stays: [about('visit', 'wait'), about('visit', 'reassign'), about('identity', 'proceed'), fact('ProviderArrived')],
  },
  {
    kind: 'notify-provider-change',
    clause: '1.2-13',
    past: assigned,
    opens: [{ ...reassigned, data: { ...reassigned.data, at } } as VisitEvent],
    discharges: [told(['provider-change']), told(['delay', 'provider-change'])],
    stays: [told(['provider-change'], false), told(['delay']), fact('ProviderArrived', {}, otherProvider)],
  },
  {
    kind: 'supply-materials',
    clause: '1.1-32',
    past: () => eventsBefore('ExplainWork'),
    opens: [
      explained(50, needed),
      fact('ExtraMaterialsRequested', { at, materials: needed }),
      fact('ExtraMaterialsRequested', { at, materials: [] }),
    ],
    discharges: [fact('MaterialsSupplied', { suppliedBy: 'client' }), explained(60, [])],
    stays: [fact('MaterialsChangeRefused'), center('MaterialsCoordinated', { outcome: 'cancel' }), reassigned],
  },
  {
    kind: 'supply-materials',
    clause: '1.1-36',
    past: materialsAt.supplied,
    opens: [fact('MaterialsRejected', { at, mismatches: [] })],
    discharges: [fact('MaterialsSupplied', { suppliedBy: 'client' }), explained(60, [])],
    stays: [explained(60, needed), about('materials', 'wait')],
  },
];

const debtOf = (past: readonly VisitEvent[], { kind, about: topic }: Row) =>
  stateOf(past).debts.filter((debt) => debt.kind === kind && debt.about === topic);

const titled = rows.map((row) => [[row.clause, row.kind, row.about].filter(Boolean).join(' '), row] as const);

describe.each(titled)('%s', (_, row) => {
  const debtor = row.kind === 'supply-materials' ? 'client' : 'contact-center';
  const { kind, clause, past, opens, discharges, stays, anew = opens[0] } = row;
  const debt = { kind, debtor, clause, since: at, ...(row.about === undefined ? {} : { about: row.about }) };
  const owed = () => [...past(), ...opens.slice(0, 1)];

  it.each(opens)('$type opens it', (opening) => {
    expect(debtOf(past(), row)).toEqual([]);
    expect(debtOf([...past(), opening], row)).toEqual([debt]);
  });
  it.each(opens)('$type does not open it twice', (opening) => {
    const again = { ...opening, data: { ...opening.data, at: minute(58) } } as VisitEvent;
    expect(debtOf([...owed(), again], row)).toEqual([debt]);
  });
  it.each(discharges)('$type discharges it', (discharge) => {
    expect(debtOf([...owed(), discharge], row)).toEqual([]);
  });
  it.each(stays)('$type neither opens nor discharges it', (other) => {
    expect(debtOf([...owed(), other], row)).toEqual([debt]);
  });
  it('is opened anew after its discharge', () => {
    const again = { ...anew, data: { ...anew?.data, at: minute(59) } } as VisitEvent;
    expect(debtOf([...owed(), ...discharges.slice(0, 1), again], row)).toEqual([{ ...debt, since: minute(59) }]);
  });
});

describe('1.1-10 one debt for each kind and topic', () => {
  it('keeps an absence and an identity apart', () => {
    const both = advance(identified(), [command('RejectIdentity', { at, reason: 'other', call }), absence]);
    expect(stateOf(both).debts.map((debt) => [debt.kind, debt.about])).toEqual([
      ['give-instruction', 'identity'],
      ['give-instruction', 'client-absence'],
    ]);
    expect(stateOf(both, about('identity')).debts.map((debt) => debt.about)).toEqual(['client-absence']);
  });
});
