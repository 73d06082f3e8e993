import type { VisitState } from '../../src/visit/index.ts';
import { instant } from './translate.ts';

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
  };
}

/** The first fact of which the model and the library say different things. */
export function compareFacts(visit: { readonly [fact: string]: unknown }, state: VisitState): Difference | undefined {
  for (const [fact, got] of Object.entries(factsOf(state))) {
    const expected = visit[fact];
    const different = compare(fact, Array.isArray(expected) ? sorted(expected) : expected, got);
    if (different !== undefined) return different;
  }
  return undefined;
}

/** Since which step each of the model's debts, or waivers, has been there without a gap. */
export type Since = ReadonlyMap<string, number>;

export function sinceOf(before: Since, now: readonly string[], step: number): Since {
  return new Map(sorted(now).map((word) => [word, before.get(word) ?? step]));
}

export const sinceWords = (since: Since) => [...since].map(([word, step]) => `${word} since ${instant(step)}`);
