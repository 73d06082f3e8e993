import type { AttestedFact, AttestFactsData, Authored, FactWord, Instant } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { act } from './act.ts';
import { openDebt } from './debts.ts';
import { type RuleInput, rule } from './rule.ts';
import type { VisitState } from './state.ts';

/** The clause of a fact, and its time while it stands; the event that makes it is the reader's to know. */
type Attestable = readonly [clause: ClauseId, standing: (visit: VisitState) => Instant | null];

/** The facts on which a client gives their word, in the order of the protocol (PROTOCOL §4, *What the client says himself*). */
const attestable: Readonly<Record<AttestedFact, Attestable>> = {
  arrival: ['1.1-01', ({ arrival }) => arrival.arrivedAt],
  absence: ['1.1-09', ({ arrival }) => arrival.absenceReportedAt],
  identity: ['1.1-08', ({ identity }) => identity.validatedAt],
  inspection: ['1.1-17', ({ inspection }) => inspection.areaInspectedAt],
  explanation: ['1.1-29', ({ inspection }) => inspection.explainedAt],
  supply: ['1.1-31', ({ materials }) => materials.suppliedAt],
  acceptance: ['1.1-33', ({ materials }) => (materials.status === 'accepted' ? materials.acceptedAt : null)],
  tools: ['1.1-40', ({ work }) => work.toolsShownAt],
  start: ['1.1-43', ({ work }) => work.startedAt],
  tests: ['1.1-47', ({ closing }) => closing.testedAt],
  conformity: ['1.1-50', ({ closing }) => closing.conformedAt],
  handover: ['1.1-45', ({ closing }) => closing.handedOverAt],
  belongings: ['1.1-53', ({ closing }) => closing.belongingsShownAt],
  end: ['1.3-02', ({ closing }) => closing.completedAt ?? closing.closedAt],
};

/** All facts on which a client gives their word, in the order of the protocol. */
export const attestedFacts = /* @__PURE__ */ Object.keys(attestable) as readonly AttestedFact[];

/** The time that stands for a fact; null while it does not stand, and for a name that is no fact. */
export const standingTime = (visit: VisitState, fact: string): Instant | null =>
  Object.hasOwn(attestable, fact) ? attestable[fact as AttestedFact][1](visit) : null;

/** The clause of a fact: of an end, the one by which the visit was closed if that is how it stands. */
export const clauseOfFact = ({ closing }: VisitState, fact: AttestedFact): ClauseId =>
  fact === 'end' && closing.completedAt === null && closing.closedAt !== null
    ? '1.1-10'
    : (attestable[fact]?.[0] ?? '0-02');

type Word = Pick<FactWord, 'fact' | 'recorded'>;

/** True of words on the same fact and time: they are about one thing. */
export const isOn =
  ({ fact, recorded }: Word) =>
  (other: Word) =>
    other.fact === fact && other.recorded === recorded;

/** The facts that stand, each with its time, in the order of the protocol. */
export const listStanding = (visit: VisitState): readonly Word[] =>
  attestedFacts.flatMap((fact) => {
    const recorded = standingTime(visit, fact);
    return recorded === null ? [] : { fact, recorded };
  });

type Attested = { readonly facts: readonly Word[] };

const notStanding = (visit: VisitState, { facts }: Attested) =>
  // `in` fails on a value that is no object: the rule cannot read it.
  facts.filter((word) => !('fact' in word) || standingTime(visit, word.fact) !== word.recorded);

/** Each fact that is named stands, with that time. */
const factsStand = rule(
  'facts-stand',
  '0-02',
  (visit, { data }: RuleInput<Attested>) => notStanding(visit, data).length === 0,
  { facts: (visit, { data }) => ({ facts: notStanding(visit, data).map(({ fact }) => fact) }) },
);

/** True if a word counts as the client's: it is theirs, and no provider recorded it for them. */
export const isClientsWord = ({ by, recordedBy }: Authored) => by.role === 'client' && recordedBy?.role !== 'provider';

/** The words that deny a fact, if they count as the client's. */
const deniedIn = (data: AttestFactsData & Authored): readonly FactWord[] =>
  isClientsWord(data) ? data.facts.filter(({ agrees }) => !agrees) : [];

/** The client's own word on facts of the record. No act waits for it (PROTOCOL §4, *What the client says himself*). */
const AttestFacts = act('AttestFacts', 'FactsAttested', {
  by: 'K alone',
  clauses: ['1.1-50'],
  unprovenClauses: () => ['1.1-50'],
  schemaVersion: 2,
  deviations: (data, visit) =>
    deniedIn(data).map(({ fact, recorded, what = null }) => ({
      clause: clauseOfFact(visit, fact),
      facts: { denied: fact, recorded, what },
    })),
  afterEnd: () => true,
  reads: { facts: [{}] },
  needs: [factsStand],
  effect: (visit, { data }) => {
    const { facts, at } = data;
    if (!isClientsWord(data)) return;
    for (const { fact, recorded, agrees, what } of facts) {
      const word = { fact, recorded, agrees, ...(what !== undefined && { what }), at };
      const index = visit.attestations.findIndex(isOn(word));
      if (index < 0) visit.attestations.push(word);
      else visit.attestations[index] = word;
    }
    if (deniedIn(data).length > 0) openDebt(visit, 'take-up-escalation', '2.2-08', at);
  },
  witnesses: (visit, { at }) => {
    const isNew = (word: Word) => !visit.attestations.some(isOn(word));
    const standing = listStanding(visit);
    const [unsaid, said] = [standing.filter(isNew), standing.filter((word) => !isNew(word))];
    const words = standing.length > 0 ? [...unsaid, ...said] : [{ fact: 'arrival', recorded: at } as const];
    return words.map((word) => ({ facts: [{ ...word, agrees: true }] }));
  },
});

/** The act of this chapter. */
export const acts = [AttestFacts];
