import type { EventType, Instant, VisitEvent } from '../../messages/index.ts';
import { acts as arrival } from './arrival.ts';
import { acts as assignment } from './assignment.ts';
import { acts as attestation } from './attestation.ts';
import { acts as completion } from './completion.ts';
import { acts as corrections } from './corrections.ts';
import { acts as ending } from './ending.ts';
import { all, always, listActors, whenever } from './history.ts';
import { acts as inspection } from './inspection.ts';
import { acts as instructions } from './instructions.ts';
import { type ActRow, type ActTable, type Author, type Invariant, invariant } from './invariant.ts';
import { acts as materials } from './materials.ts';
import { closing, isAssigned, owed } from './model-state.ts';
import { acts as start } from './start.ts';
import { acts as work } from './work.ts';

/** The acts that are done at any time. */
const own = {
  ClientImpactEscalated: { by: 'P+' },
  ConductBreachReported: { by: 'CK' },
  OffContractRequestDeclined: { by: 'P' },
  OffContractActPerformed: { by: 'P' },
} satisfies ActTable;

/**
 * Every act of PROTOCOL §2, by its event: author, place, and the instant of the visit that it makes. One that is missing does
 * not compile: it goes into the table of its chapter.
 * @since 0.5.0
 */
export const acts: Readonly<Record<EventType, { [Key in keyof ActRow]: ActRow[Key] }>> = {
  ...assignment,
  ...arrival,
  ...instructions,
  ...inspection,
  ...materials,
  ...start,
  ...work,
  ...completion,
  ...ending,
  ...own,
  ...corrections,
  ...attestation,
};

/** The acts whose time may be corrected. */
const correctable: readonly EventType[] = [
  'ProviderArrived',
  'WorkStarted',
  'CompletionReported',
  'Completed',
  'VisitClosed',
];

const doneWhere = (where: ActRow['where']) =>
  (Object.keys(acts) as EventType[]).filter((type) => acts[type].where === where);

function findAuthor({ type }: VisitEvent): Author | undefined {
  return Object.hasOwn(acts, type) ? acts[type].by : undefined;
}

/** An act of the provider, recorded by any role. */
function isProviderAct(event: VisitEvent): boolean {
  const author = findAuthor(event);
  return author === 'P' || author === 'P+' || (author === 'PC' && event.data.by.role === 'provider');
}

/** The acts that a provider may still record while a reassignment is pending. */
const unfrozen: readonly EventType[] = ['ClientImpactEscalated', 'TransitIssueReported'];

/** The acts that a provider may still record under an instruction to cancel or reschedule. */
const leaving: readonly EventType[] = [
  'VisitClosed',
  'ClientImpactEscalated',
  'OffContractRequestDeclined',
  'BelongingsShown',
  'FarewellGiven',
  'PhotosSubmitted',
];

/** Every act is one of the protocol. Clause 0-02. @since 0.1.0 */
export const actsOfTheProtocol = invariant(
  'acts-of-the-protocol',
  '0-02',
  'Every act is one of the protocol.',
  (_state, history) => history.every((event) => findAuthor(event) !== undefined),
);

/**
 * An act of the provider is by the one assigned, and was recorded by them or, where it may be, by the contact center.
 * Clause 0-02.
 * @since 0.1.0
 */
export const providerActsAreHis = invariant(
  'provider-acts-are-his',
  '0-02',
  'An act of the provider is by the one assigned, and was recorded by them or, where it may be, by the contact center.',
  (_state, history) =>
    always(history, (event, before) => {
      const author = findAuthor(event);
      if (author !== 'P' && author !== 'P+') return true;
      const { by, recordedBy } = event.data;
      const typist = recordedBy === undefined || (author === 'P+' && recordedBy.role === 'contact-center');
      return isAssigned(by, before) && typist;
    }),
);

/** An act of the contact center is by one of its operators, who recorded it themselves. Clause 0-02. @since 0.1.0 */
export const centerActsAreIts = invariant(
  'center-acts-are-its',
  '0-02',
  'An act of the contact center is by one of its operators, who recorded it themselves.',
  (_state, history) =>
    history.every((event) => {
      const { by, recordedBy } = event.data;
      return findAuthor(event) !== 'C' || (by.role === 'contact-center' && recordedBy === undefined);
    }),
);

/**
 * An act of the client is by the client, who recorded it themselves or, without an id of their own, had the provider
 * record it. Clause 0-02.
 * @since 0.1.0
 */
export const clientActsAreHis = invariant(
  'client-acts-are-his',
  '0-02',
  'An act of the client is by the client, who recorded it themselves or, without an id of their own, had the provider record it.',
  (_state, history) =>
    always(history, (event, before) => {
      if (findAuthor(event) !== 'K') return true;
      const { by, recordedBy } = event.data;
      const recorded = recordedBy === undefined || (by.id === 'client' && isAssigned(recordedBy, before));
      return by.role === 'client' && recorded;
    }),
);

/**
 * The visit is closed by the provider assigned or by the contact center, in their own name. Clause 1.1-10.
 * @since 0.1.0
 */
export const closedByProviderOrCenter = invariant(
  'closed-by-provider-or-center',
  '1.1-10',
  'The visit is closed by the provider assigned or by the contact center, in their own name.',
  (_state, history) =>
    whenever(history, ['VisitClosed'], ({ data: { by, recordedBy } }, before) => {
      return (by.role === 'contact-center' || isAssigned(by, before)) && recordedBy === undefined;
    }),
);

/**
 * A breach of conduct is reported by the contact center or by the client, never by a provider. Clause 2.2-11.
 * @since 0.1.0
 */
export const breachNeverByProvider = invariant(
  'breach-never-by-provider',
  '2.2-11',
  'A breach of conduct is reported by the contact center or by the client, never by a provider.',
  (_state, history) =>
    all(history, 'ConductBreachReported').every(({ data: { by, recordedBy } }) => {
      return (by.role === 'contact-center' || by.role === 'client') && recordedBy === undefined;
    }),
);

/**
 * No act but a report of a discrepancy is by, or recorded by, a provider other than the one then assigned. Clause
 * 1.2-12.
 * @since 0.1.0
 */
export const noOtherProvider = invariant(
  'no-other-provider',
  '1.2-12',
  'No act but a report of a discrepancy is by, or recorded by, a provider other than the one then assigned.',
  (_state, history) =>
    always(history, (event, before) => {
      if (event.type === 'DiscrepancyReported') return true;
      return listActors(event).every((actor) => actor.role !== 'provider' || isAssigned(actor, before));
    }),
);

/**
 * While a reassignment is owed the provider does nothing but escalate and report from the way. Clause 1.2-12.
 * @since 0.1.0
 */
export const frozenWhileReassignmentOwed = invariant(
  'frozen-while-reassignment-owed',
  '1.2-12',
  'While a reassignment is owed the provider does nothing but escalate and report from the way.',
  (_state, history) =>
    always(history, (event, before) => {
      return !owed(before, 'reassign-provider') || !isProviderAct(event) || unfrozen.includes(event.type);
    }),
);

/**
 * While an instruction to cancel or reschedule stands the provider does only what leads out of the visit. Clause
 * 1.1-10.
 * @since 0.1.0
 */
export const onlyLeavingWhileClosing = invariant(
  'only-leaving-while-closing',
  '1.1-10',
  'While an instruction to cancel or reschedule stands the provider does only what leads out of the visit.',
  (_state, history) =>
    always(history, (event, before) => {
      if (!closing(before) || !isProviderAct(event)) return true;
      const exit = event.type === 'Paused' && event.data.kind === 'second-visit' && before.standing === 'reschedule';
      return exit || leaving.includes(event.type);
    }),
);

/** Nothing is done off contract that the allow-list of the policy does not name. Clause 1.1-30. @since 0.1.0 */
export const offContractAsAllowed = invariant(
  'off-contract-as-allowed',
  '1.1-30',
  'Nothing is done off contract that the allow-list of the policy does not name.',
  (_state, history, policy) =>
    all(history, 'OffContractActPerformed').every(({ data }) => (policy.allow ?? []).includes(data.activity)),
);

/** Acts on site are done by a provider who has arrived and is not away. Clause 1.1-01. @since 0.1.0 */
export const onSiteActsOnSite = invariant(
  'on-site-acts-on-site',
  '1.1-01',
  'Acts on site are done by a provider who has arrived and is not away.',
  (_state, history) =>
    whenever(history, doneWhere('on site'), (_event, before) => before.stands.has('ProviderArrived') && !before.away),
);

/** Credential, tools, absence and identity are matters of a provider who has arrived. Clause 1.1-01. @since 0.1.0 */
export const doorActsAfterArrival = invariant(
  'door-acts-after-arrival',
  '1.1-01',
  'Credential, tools, absence and identity are matters of a provider who has arrived.',
  (_state, history) =>
    whenever(history, doneWhere('arrived'), (_event, before) => before.stands.has('ProviderArrived')),
);

/** The time that an event gives to the act of a type. */
function readTime(event: VisitEvent, type: EventType): Instant | null {
  if (event.type === 'TimeCorrected') return correctable.includes(type) ? event.data.corrected : null;
  return event.type === type ? event.data.at : null;
}

/** Every instant of the visit is that of an event that made it so, or was corrected to. Clause 0-02. @since 0.1.0 */
export const instantsOfTheirEvents = invariant(
  'instants-of-their-events',
  '0-02',
  'Every instant of the visit is that of an event that made it so, or was corrected to.',
  (state, history) =>
    Object.entries(acts).every(([type, { instant }]) => {
      const at = instant?.(state) ?? null;
      return at === null || history.some((event) => readTime(event, type as EventType) === at);
    }),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  actsOfTheProtocol,
  providerActsAreHis,
  centerActsAreIts,
  clientActsAreHis,
  closedByProviderOrCenter,
  breachNeverByProvider,
  noOtherProvider,
  frozenWhileReassignmentOwed,
  onlyLeavingWhileClosing,
  offContractAsAllowed,
  onSiteActsOnSite,
  doorActsAfterArrival,
  instantsOfTheirEvents,
];
