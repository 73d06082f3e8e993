import type { VisitEvent, VisitState } from 'auxilio';

/** A visit: its events, and the state after each of them. */
type Told = { readonly events: readonly VisitEvent[]; readonly states: readonly VisitState[] };

type Step = (event: VisitEvent) => boolean;
type DataOf<T extends VisitEvent['type']> = Extract<VisitEvent, { type: T }>['data'];

/** An event of a type, and of some data. */
function an<T extends VisitEvent['type']>(type: T, where: (data: DataOf<T>) => boolean = () => true): Step {
  return (event) => event.type === type && where(event.data as DataOf<T>);
}

/** True if the visit has these events in order, with any others between them. */
const inOrder =
  (...steps: readonly Step[]) =>
  ({ events }: Told) => {
    let next = 0;
    for (const event of events) if (steps[next]?.(event)) next += 1;
    return next === steps.length;
  };

const never =
  (step: Step) =>
  ({ events }: Told) =>
    !events.some(step);

const both =
  (...all: readonly ((told: Told) => boolean)[]) =>
  (told: Told) =>
    all.every((one) => one(told));

const secondVisit = ({ kind }: { kind: string }) => kind === 'second-visit';
const unsolvable = an('TransitIssueReported', ({ resolvable }) => resolvable === false);
const started = an('WorkStarted');
const completed = an('Completed');

/** Every branch that the day must show, and how to tell it. */
export const branches: readonly (readonly [string, (told: Told) => boolean])[] = [
  [
    'a representative stands in for the client',
    inOrder(
      an('ClientAbsenceReported'),
      an('InstructionGiven', ({ decision }) => decision === 'proceed-with-representative'),
      an('IdentityValidated', ({ person }) => person === 'representative'),
      completed,
    ),
  ],
  [
    'a client is waited for, and returns',
    inOrder(
      an('ClientAbsenceReported'),
      an('InstructionGiven', ({ decision }) => decision === 'wait'),
      an('ClientReturned'),
      completed,
    ),
  ],
  [
    'a visit is called off before the arrival',
    both(inOrder(an('VisitClosed', ({ outcome }) => outcome === 'cancelled')), never(an('ProviderArrived'))),
  ],
  [
    'a provider closes a visit that was cancelled at the door',
    inOrder(
      an('IdentityRejected'),
      an('VisitClosed', ({ outcome, by }) => outcome === 'cancelled' && by.role === 'provider'),
    ),
  ],
  ['a visit is rescheduled', inOrder(an('VisitClosed', ({ outcome }) => outcome === 'rescheduled'))],
  [
    'an address is amended, and the provider arrives anew',
    inOrder(
      an('ProviderArrived'),
      an('AssignmentAmended', ({ place }) => place !== undefined),
      an('ProviderArrived'),
      completed,
    ),
  ],
  [
    'photographs go by e-mail',
    inOrder(
      an('PhotosSubmitted', ({ channel, appUnavailableReason }) => channel === 'email' && !!appUnavailableReason),
      started,
    ),
  ],
  [
    'photographs are impossible, waived, and sent after the end',
    inOrder(
      an('InstructionGiven', ({ waives }) => waives?.includes('photos-sent') === true),
      started,
      completed,
      an('PhotosSubmitted'),
    ),
  ],
  [
    'no materials are needed',
    both(
      inOrder(
        an('WorkExplained', ({ materials }) => materials.length === 0),
        started,
      ),
      never(an('MaterialsSupplied')),
    ),
  ],
  [
    'materials are right at once',
    both(inOrder(an('MaterialsSupplied'), an('MaterialsAccepted'), started), never(an('MaterialsRejected'))),
  ],
  [
    'materials are rejected with reasons, and brought anew',
    inOrder(
      an('MaterialsSupplied'),
      an('MaterialsRejected', ({ mismatches }) => new Set(mismatches?.flatMap(({ reasons }) => reasons)).size === 3),
      an('MaterialsSupplied'),
      an('MaterialsAccepted'),
      started,
    ),
  ],
  [
    'a client cannot buy, and another day is agreed on',
    inOrder(
      an('MaterialsChangeRefused'),
      an('MaterialsCoordinated', ({ outcome }) => outcome === 'reschedule'),
      an('Paused', secondVisit),
    ),
  ],
  [
    'a client has days to buy before the start',
    inOrder(
      an('MaterialsCoordinated', ({ outcome }) => outcome === 'client-will-supply'),
      an('Paused', secondVisit),
      an('Resumed', secondVisit),
      an('MaterialsSupplied'),
      started,
      completed,
    ),
  ],
  [
    'material is missing in the middle of the work, and brought',
    inOrder(started, an('ExtraMaterialsRequested'), an('MaterialsSupplied'), an('MaterialsAccepted'), completed),
  ],
  [
    'material is missing in the middle of the work, and withdrawn',
    inOrder(
      started,
      an('ExtraMaterialsRequested'),
      an('WorkExplained', ({ materials }) => materials.length === 0),
      completed,
    ),
  ],
  [
    'work goes on in a second visit',
    inOrder(started, an('Paused', secondVisit), an('Resumed', secondVisit), completed),
  ],
  [
    'work stops for a break',
    inOrder(
      an('Paused', ({ kind }) => kind === 'break'),
      an('Resumed', ({ kind }) => kind === 'break'),
    ),
  ],
  [
    'a breakdown is solved in time',
    inOrder(
      an('TransitIssueReported', (data) => data.issue === 'breakdown' && data.exceedsResponseTime === false),
      an('ProviderArrived'),
    ),
  ],
  [
    'a breakdown is solved too late, and the client told at the second attempt',
    inOrder(
      an('TransitIssueReported', (data) => data.issue === 'breakdown' && data.exceedsResponseTime === true),
      an('ClientNotified', ({ reached }) => !reached),
      an('ClientNotified', ({ reached, about }) => reached && about.includes('delay')),
      an('ProviderArrived'),
    ),
  ],
  [
    'a delay is reported',
    inOrder(
      an('TransitIssueReported', ({ issue }) => issue === 'delay'),
      an('ProviderArrived'),
    ),
  ],
  [
    'something else happens on the way, and is solved',
    inOrder(an('TransitIssueReported', (data) => data.issue === 'other' && data.resolvable === true)),
  ],
  [
    'another provider takes over before the arrival',
    both(inOrder(unsolvable, an('ProviderReassigned'), started, completed), never(an('Paused'))),
  ],
  [
    'another provider takes over on the way back',
    inOrder(
      started,
      an('Paused', secondVisit),
      unsolvable,
      an('ProviderReassigned'),
      an('Resumed', secondVisit),
      completed,
    ),
  ],
  [
    'another provider takes over in the middle of the work, by instruction',
    inOrder(
      started,
      an('InstructionGiven', ({ decision }) => decision === 'reassign'),
      an('ProviderReassigned'),
      an('Resumed', secondVisit),
      completed,
    ),
  ],
  [
    'a reassignment is called off',
    both(
      inOrder(
        unsolvable,
        an('InstructionGiven', ({ about, decision }) => about === 'visit' && decision === 'proceed'),
        an('ProviderArrived'),
        completed,
      ),
      never(an('ProviderReassigned')),
    ),
  ],
  [
    'a test fails',
    inOrder(
      an('QualityTested', ({ passed }) => !passed),
      an('QualityTested', ({ passed }) => passed),
    ),
  ],
  ['a client objects', inOrder(an('ClientObjected'), an('QualityTested'), an('ClientConformed'), completed)],
  [
    'belongings are disputed, taken up and shown anew',
    inOrder(
      an('BelongingsShown', ({ clientConfirmed, disputed }) => clientConfirmed === false && disputed?.length === 1),
      an('InstructionGiven', ({ about }) => about === 'escalation'),
      an('BelongingsShown', ({ clientConfirmed }) => clientConfirmed === true),
      completed,
    ),
  ],
  [
    'a wall is left open under a waiver',
    inOrder(
      an('InstructionGiven', ({ waives }) => waives?.includes('structure-preserved') === true),
      an('SiteHandedOver', ({ structuralConditionPreserved }) => structuralConditionPreserved === false),
      completed,
    ),
  ],
  [
    'an identity is let through under a waiver',
    inOrder(
      an('IdentityRejected'),
      an('InstructionGiven', ({ waives }) => waives?.includes('identified') === true),
      an('IdentityValidated', ({ documentShown }) => documentShown === false),
      completed,
    ),
  ],
  [
    'an impact on the client is escalated and taken up',
    inOrder(
      an('ClientImpactEscalated'),
      an('InstructionGiven', ({ about }) => about === 'escalation'),
    ),
  ],
  [
    'a purchase of materials is declined',
    inOrder(an('OffContractRequestDeclined', ({ activity }) => activity === 'material-purchase')),
  ],
  [
    'another request outside the contract is declined, and an allowed one done',
    inOrder(
      an('OffContractRequestDeclined', ({ activity }) => activity === 'other'),
      an('OffContractActPerformed'),
    ),
  ],
  ['a client reports a breach of conduct', inOrder(an('ConductBreachReported', ({ by }) => by.role === 'client'))],
  [
    'the center reports one after the end',
    inOrder(completed, an('ConductBreachReported'), an('ClientImpactEscalated')),
  ],
  [
    'farewell and record of the start come after the end',
    inOrder(completed, an('FarewellGiven'), an('StartDocumented')),
  ],
  [
    'a client records his own acts',
    inOrder(an('ClientConformed', ({ by, recordedBy }) => by.id !== 'client' && !recordedBy)),
  ],
  [
    'the center records a call for the provider',
    inOrder((event) => event.data.by.role === 'provider' && event.data.recordedBy?.role === 'contact-center'),
  ],
  ['work waits for materials', ({ states }) => states.some(({ phase }) => phase === 'awaiting-materials')],
  ['a visit waits for another provider', ({ states }) => states.some(({ phase }) => phase === 'awaiting-reassignment')],
];
