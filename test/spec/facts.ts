import type { VisitState } from '../../src/visit/index.ts';
import type { ModelStep, ModelWord } from './itf.ts';
import { instant, wordOf } from './translate.ts';

/** Two readings of one thing that differ. */
export type Difference = { readonly what: string; readonly expected: unknown; readonly got: unknown };

export function compare(what: string, expected: unknown, got: unknown): Difference | undefined {
  return JSON.stringify(expected) === JSON.stringify(got) ? undefined : { what, expected, got };
}

export const sorted = (words: Iterable<string>) => [...words].sort();

const total = (items: readonly { readonly quantity: number }[]) => items.reduce((sum, item) => sum + item.quantity, 0);

function photosOf(state: VisitState) {
  const photos = Object.entries(state.photos.byId);
  return {
    taken: sorted(photos.map(([id]) => id)),
    sent: sorted(photos.filter(([, photo]) => photo.sentAt !== null).map(([id]) => id)),
    documented: sorted(photos.filter(([, photo]) => photo.documentedAt !== null).map(([id]) => id)),
  };
}

function closingOf({ closing }: VisitState) {
  return {
    tests: closing.tests ?? '',
    conformed: closing.conformedAt !== null,
    handedOver: closing.handedOverAt !== null,
    belongings: closing.belongingsShownAt === null ? '' : closing.belongingsConfirmed ? 'confirmed' : 'disputed',
    completionCall: closing.completionReportedAt !== null,
    ended: closing.completedAt === null ? (closing.outcome ?? '') : 'completed',
  };
}

const timeOf = (step: number) => (step === 0 ? null : instant(step));

/** The facts that the model says in steps, as instants; a time says nothing where its fact does not stand. */
function timesOf(visit: { readonly [fact: string]: unknown }) {
  const at = (fact: string, holds: unknown) => (holds === true ? timeOf(Number(visit[fact])) : null);
  const intervals = visit.intervals as readonly { readonly from: number; readonly to: number }[];
  return {
    arrivedAt: at('arrivedAt', visit.arrived),
    startedAt: at('startedAt', visit.started),
    calledAt: at('calledAt', visit.completionCall),
    endedAt: at('endedAt', visit.ended !== ''),
    intervals: intervals.map(({ from, to }) => ({ from: timeOf(from), to: timeOf(to) })),
  };
}

type Reported = { readonly id: string; readonly position: string; readonly kind: string; readonly taken: boolean };

const reportedWord = ({ id, position, kind, taken }: Reported) => `${id} ${position} ${kind} ${taken}`;

/** Times, former providers and discrepancies. */
function correctionsOf({ arrival, work, closing, ...state }: VisitState) {
  const acts = state.discrepancies.flatMap(({ discrepancyId: id, acts }) =>
    acts.map(({ type, taken }, index) => reportedWord({ id, position: `${index}`, kind: type, taken })),
  );
  return {
    caseNumber: state.caseNumber,
    former: sorted(state.formerProviders),
    reported: sorted(acts),
    arrivedAt: arrival.arrivedAt,
    startedAt: work.startedAt,
    calledAt: closing.completionReportedAt,
    endedAt: closing.completedAt ?? closing.closedAt,
    intervals: work.intervals.map(({ from, to }) => ({ from, to })),
  };
}

type Attestation = ModelWord & { readonly at: number };

/** A client's last word on a fact, as fields in the order of their names: one that is `undefined` is there, too. */
const fields = (word: object) => Object.entries(word).sort(([a], [b]) => (a < b ? -1 : 1));

/** The library's state in the model's words, fact by fact. */
function factsOf(state: VisitState): { readonly [fact: string]: unknown } {
  const { transit, arrival, identity, inspection, materials, work } = state;
  return {
    visit: state.visitId,
    provider: state.provider?.id,
    service: state.service,
    place: state.place,
    shots: sorted(state.requiredShots),
    instruction: state.instruction ?? '',
    changeTold: transit.changeTold,
    issueReported: transit.issueReportedAt !== null,
    arrived: arrival.arrivedAt !== null,
    credential: arrival.credentialShownAt !== null,
    absent: arrival.absentSince !== null,
    identity: identity.validatedAt !== null,
    rejected: identity.rejectedAt !== null,
    representative: identity.representativeAllowed,
    announced: inspection.announcedAt !== null,
    located: inspection.faultLocatedAt !== null,
    inspected: inspection.areaInspectedAt !== null,
    assessed: inspection.assessedAt !== null,
    explained: inspection.explainedAt !== null,
    ...photosOf(state),
    materials: materials.status,
    asked: total(materials.requested),
    supplied: materials.supplied === null ? -1 : total(materials.supplied),
    awaited: materials.awaited,
    tools: work.toolsShownAt !== null,
    cleared: work.areaClearedAt !== null,
    startCall: work.startReportedAt !== null,
    started: work.startedAt !== null,
    onBreak: work.onBreak,
    away: work.away,
    ...closingOf(state),
    ...correctionsOf(state),
    attestations: state.attestations.map(fields),
  };
}

/** The first fact of which the model and the library say different things. */
export function compareFacts(visit: { readonly [fact: string]: unknown }, state: VisitState): Difference | undefined {
  const reported = sorted((visit.reported as readonly Reported[]).map(reportedWord));
  const attestations = (visit.attestations as readonly Attestation[]).map(({ at, ...word }) =>
    fields({ ...wordOf(word), at: instant(at) }),
  );
  const told: typeof visit = { ...visit, ...timesOf(visit), reported, attestations };
  for (const [fact, got] of Object.entries(factsOf(state))) {
    const expected = told[fact];
    const words = Array.isArray(expected) && fact !== 'intervals' && fact !== 'attestations';
    const different = compare(fact, words ? sorted(expected) : expected, got);
    if (different !== undefined) return different;
  }
  return undefined;
}

/** Since which step each of the model's debts, or waivers, has been there without a gap. */
export type Since = ReadonlyMap<string, number>;

export function sinceOf(before: Since, now: readonly string[], step: number): Since {
  return new Map(sorted(now).map((word) => [word, before.get(word) ?? step]));
}

/** The step of which a settlement's debts are: the one in which what it takes was reported. */
export function reportedIn(step: number, { command, visit }: ModelStep): number {
  if (command.act !== 'SettleDiscrepancy') return step;
  const acts = visit.reported as readonly (Reported & { readonly at: number })[];
  return acts.find(({ id }) => id === command.kind)?.at ?? step;
}

export const sinceWords = (since: Since) => [...since].map(([word, step]) => `${word} since ${instant(step)}`);
