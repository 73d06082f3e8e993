import { isSha256 } from '../../chain/entries.ts';
import { mustBe } from '../../kernel/known.ts';
import type {
  AttestedFact,
  ChainHead,
  Client,
  Id,
  Instant,
  Material,
  NonEmptyText,
  Provider,
  Sha256,
  TransitIssueReported,
  VisitEvent,
  WhoseWord,
} from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/clause.ts';
import { type Outcome, visitOutcome } from '../../reading/dossier.ts';
import { factsOnRecord } from '../../reading/judging/attested.ts';
import type { Entry, Reading } from '../../reading/judging/log.ts';
import { readLog } from '../../reading/judging/reader.ts';
import { isOn } from '../../visit/attestation.ts';
import type { MaterialsStatus, Phase } from '../../visit/index.ts';
import { makesLate } from '../../visit/transit.ts';

/** Phase of a visit in coarse terms; `expected` before the arrival. @since 0.10.0 */
export type ClientPhase = 'expected' | 'here' | 'working' | 'on-break' | 'awaiting-materials' | 'away' | 'ended';

/** A fact that stands, as its client sees it. @since 0.10.0 */
export type ClientFact = {
  readonly fact: AttestedFact;
  readonly clause: ClauseId;
  /** The time that stands, corrected where it was. */
  readonly recorded: Instant;
  /** The position in the log, from 1, of the event that made it; its hash, where it is sealed. */
  readonly position: number;
  readonly hash: Sha256 | null;
  readonly word: WhoseWord;
  /** The client's last word on it, and the position of its event; null without one. */
  readonly said: {
    readonly agrees: boolean;
    readonly what?: NonEmptyText;
    readonly at: Instant;
    readonly position: number;
  } | null;
};

/** A visit as its client may see it. @since 0.10.0 */
export type ClientView = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText;
  readonly client: Client;
  readonly service: NonEmptyText;
  readonly place: NonEmptyText | null;
  /** The provider now assigned, with the number of the credential that they showed; null while another one is owed. */
  readonly provider: (Provider & { readonly credentialId: NonEmptyText | null }) | null;
  readonly arriveBy: Instant;
  /** The last delay that was reported, until the arrival, another provider or another promised time; else null. */
  readonly delay: { readonly reportedAt: Instant; readonly expectedArrival: Instant | null } | null;
  readonly phase: ClientPhase;
  readonly outcome: Outcome;
  /** The method of the work, as it was last explained to the client; null before. */
  readonly method: NonEmptyText | null;
  /** The materials that the client is asked for, and whether they are still to bring them. */
  readonly materials: { readonly requested: readonly Material[]; readonly areDue: boolean };
  /** The facts that stand, in the order of the protocol. */
  readonly facts: readonly ClientFact[];
  /** The number of events of the log. */
  readonly version: number;
  /** The head of the log as it states it, not verified; null where its last event is not sealed. */
  readonly head: ChainHead | null;
};

/**
 * Selects what the client of a visit may see of it; null for a log without an assignment. It has the facts that stand and the
 * client's own words, and of other texts the method and the materials that were explained to the client, and the number of the
 * credential that they were shown. It has no instruction, discrepancy, breach or escalation.
 *
 * @throws TypeError for a log that is no array
 * @since 0.10.0
 */
export function clientView(log: readonly VisitEvent[]): ClientView | null {
  mustBe(Array.isArray(log), 'clientView takes the log, an array of events', log);
  const reading = readLog(log);
  const { visitId, caseNumber, client, service, place, arriveBy, phase, materials } = reading.state;
  if (visitId === null || caseNumber === null || client === null || service === null || arriveBy === null) return null;
  const hash = hashAt(log, log.length - 1);
  return {
    visitId,
    caseNumber,
    client,
    service,
    place,
    provider: providerSeen(reading),
    arriveBy,
    delay: delaySeen(reading),
    phase: clientPhases[phase],
    outcome: visitOutcome(reading.state),
    method: lastOf(reading, 'WorkExplained')?.data.method ?? null,
    materials: { requested: materials.requested, areDue: dueStatuses.includes(materials.status) },
    facts: factsSeen(reading, log),
    version: log.length,
    head: hash === null ? null : { count: log.length, hash },
  };
}

const clientPhases: Readonly<Record<Phase, ClientPhase>> = {
  unassigned: 'expected',
  completed: 'ended',
  closed: 'ended',
  'awaiting-reassignment': 'expected',
  away: 'away',
  'in-transit': 'expected',
  'on-break': 'on-break',
  'awaiting-materials': 'awaiting-materials',
  working: 'working',
  'on-site': 'here',
};

const dueStatuses: readonly MaterialsStatus[] = ['requested', 'rejected', 'in-dispute', 'coordinated'];

type Typed<Type extends VisitEvent['type']> = Extract<VisitEvent, { readonly type: Type }>;

/** The entries since the last assignment of a provider. */
function entriesOfProvider({ entries }: Reading): readonly Entry[] {
  const from = entries.findLastIndex(
    ({ event, isIgnored }) => !isIgnored && (event.type === 'VisitAssigned' || event.type === 'ProviderReassigned'),
  );
  return entries.slice(from + 1).filter(({ isIgnored }) => !isIgnored);
}

function lastOf<Type extends VisitEvent['type']>({ entries }: Pick<Reading, 'entries'>, type: Type) {
  return entries.findLast(({ event, isIgnored }) => !isIgnored && event.type === type)?.event as
    | Typed<Type>
    | undefined;
}

function providerSeen(reading: Reading): ClientView['provider'] {
  const { provider, arrival, phase } = reading.state;
  if (provider === null || phase === 'awaiting-reassignment') return null;
  const shown = arrival.credentialShownAt === null ? undefined : lastOf(reading, 'CredentialShown');
  return { ...provider, credentialId: shown?.data.credentialId ?? null };
}

function delaySeen(reading: Reading): ClientView['delay'] {
  if (clientPhases[reading.state.phase] !== 'expected' || providerSeen(reading) === null) return null;
  const entries = entriesOfProvider(reading);
  const amended = entries.findLastIndex(
    ({ event }) => event.type === 'AssignmentAmended' && event.data.arriveBy !== undefined,
  );
  const reported = entries
    .slice(amended + 1)
    .map(({ event }) => event)
    .findLast((event): event is TransitIssueReported => event.type === 'TransitIssueReported' && makesLate(event.data));
  return reported === undefined
    ? null
    : { reportedAt: reported.data.at, expectedArrival: reported.data.expectedArrival ?? null };
}

function factsSeen(reading: Reading, log: readonly VisitEvent[]): readonly ClientFact[] {
  return factsOnRecord(reading).map(({ index, said, ...found }) => ({
    ...found,
    position: index + 1,
    hash: hashAt(log, index),
    said: said === null ? null : wordAt(reading, found, said + 1),
  }));
}

function wordAt(
  { state }: Reading,
  found: Pick<ClientFact, 'fact' | 'recorded'>,
  position: number,
): ClientFact['said'] {
  const word = state.attestations.find(isOn(found));
  if (word === undefined) return null;
  const { agrees, what, at } = word;
  return { agrees, ...(what !== undefined && { what }), at, position };
}

function hashAt(log: readonly VisitEvent[], index: number): Sha256 | null {
  const hash = log[index]?.metadata?.hash;
  return isSha256(hash) ? hash : null;
}
