import type { Actor, AttestedFact, EventType, Instant, NonEmptyText, WhoseWord } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { clauseOfFact, isClientsWord, isOn, listStanding } from '../../visit/attestation.ts';
import type { Entry, Reading } from './log.ts';

/**
 * A fact that stands, and whose word it is:
 *
 * - `denied`: the client's last word on it disagrees;
 * - `client`: the client recorded it;
 * - `both`: another did, and the client's last word agrees;
 * - `provider`, `contact-center`: they recorded it, and the client said nothing of it. An act that a settlement took is the word of
 *   the person who had reported it.
 *
 * @since 0.10.0
 */
export type FactOnRecord = {
  readonly fact: AttestedFact;
  readonly clause: ClauseId;
  /** The time that stands, corrected where it was. */
  readonly recorded: Instant;
  /** The index of the event that made it. */
  readonly index: number;
  readonly word: WhoseWord;
  /** The index of the client's last word on it; null without one. */
  readonly said: number | null;
  /**
   * The signature of the act on which the word rests: the client's last word, else the event that made the fact. `valid`,
   * `unsigned`, or the reason for which it proves nothing; only with the `signatures` of the log. @since 0.10.0
   */
  readonly signed?: string;
};

type Signatures = readonly { readonly index: number; readonly act: number | null; readonly status: string }[];

/** A fact that the client denies by their last word on it, standing or not. @since 0.10.0 */
export type DeniedFact = {
  readonly fact: AttestedFact;
  /** The time on record that is meant. */
  readonly recorded: Instant;
  /** Time of the word, the index of its event, and the client. */
  readonly at: Instant;
  readonly index: number;
  readonly by: Actor;
  readonly what?: NonEmptyText;
  /** True while the fact stands with that time. */
  readonly stands: boolean;
};

type Word = { readonly fact: AttestedFact; readonly recorded: Instant };

/** The last event in which the client gave their word on a fact and a time. */
const lastSaid = ({ entries }: Reading, word: Word): Entry | undefined =>
  entries.findLast(
    ({ event, isIgnored }) =>
      !isIgnored && event.type === 'FactsAttested' && isClientsWord(event.data) && event.data.facts.some(isOn(word)),
  );

/** The events that make each fact. */
export const madeBy: Readonly<Record<AttestedFact, readonly EventType[]>> = {
  arrival: ['ProviderArrived'],
  absence: ['ClientAbsenceReported'],
  identity: ['IdentityValidated'],
  inspection: ['AreaInspected'],
  explanation: ['WorkExplained'],
  supply: ['MaterialsSupplied'],
  acceptance: ['MaterialsAccepted'],
  tools: ['ToolsShown'],
  start: ['WorkStarted'],
  tests: ['QualityTested'],
  conformity: ['ClientConformed'],
  handover: ['SiteHandedOver'],
  belongings: ['BelongingsShown'],
  end: ['Completed', 'VisitClosed'],
};

/** The event that made a fact: the last of its kind with the time that stands. */
const findSource = ({ entries }: Reading, { fact, recorded }: Word): Entry | undefined =>
  entries.findLast(
    ({ event, at, isIgnored, isUntimed }) =>
      madeBy[fact].includes(event.type) && at === recorded && (!isIgnored || isUntimed),
  );

/** The facts that stand, in the order of the protocol, and whose word each is. */
export const factsOnRecord = (reading: Reading, signatures?: Signatures): readonly FactOnRecord[] =>
  listStanding(reading.state).flatMap((word) => {
    const source = findSource(reading, word);
    if (source === undefined) return [];
    const said = reading.state.attestations.find(isOn(word));
    const isOwn = source.vouchedBy === 'client';
    const whose = said?.agrees === false ? 'denied' : said !== undefined && !isOwn ? 'both' : source.vouchedBy;
    const clause = clauseOfFact(reading.state, word.fact);
    const saidAt = lastSaid(reading, word)?.index ?? null;
    const fact: FactOnRecord = { ...word, clause, index: source.index, word: whose, said: saidAt };
    if (signatures === undefined) return fact;
    const { status } = signatures.find(({ index, act }) => index === (saidAt ?? source.index) && act === null) ?? {};
    return { ...fact, signed: status ?? 'unsigned' };
  });

/** The facts that the client denies, in the order of the first word on each. */
export function deniedFacts(reading: Reading): readonly DeniedFact[] {
  const standing = listStanding(reading.state);
  return reading.state.attestations.flatMap(({ agrees, ...word }) => {
    const source = agrees ? undefined : lastSaid(reading, word);
    if (source === undefined) return [];
    return { ...word, index: source.index, by: source.event.data.by, stands: standing.some(isOn(word)) };
  });
}
