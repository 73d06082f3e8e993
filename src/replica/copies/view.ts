/** A visit as its phone shows it: what is confirmed, and what its user did since. */
import type { Actor, EventOf, Id, Instant, VisitEvent } from '../../messages/index.ts';
import { type DiscrepancyCase, discrepancies } from '../../reconciling/discrepancies.ts';
import { indexLog } from '../../reconciling/log-index.ts';
import { quoteAct } from '../../reconciling/repeats.ts';
import { foldOwnView } from '../../reconciling/trial.ts';
import { type Policy, replay, type VisitState } from '../../visit/index.ts';
import { hasEnded } from '../../visit/state.ts';
import { createEvent } from '../../visit/visit.ts';
import { idOf, isKnown, readable, unsentPhotos } from './confirming.ts';
import type { Copy, Head, Lead, Problem, Queued, ReplicaPhoto, SyncFailure, WaitingCommand } from './copy.ts';
import { countLosses, type Losses } from './losses.ts';
import { deriveVisitVerdict, type ReplicaVerdict } from './verdict.ts';

/**
 * A visit on the device. `confirmed` is the state of the events that the server has recorded, as far as they are here; `local`
 * that of what the user knows: those events, their reported acts until they are settled, and what waits.
 *
 * @since 0.5.0
 */
export type ReplicaVisit = Readonly<{
  visitId: Id;
  confirmed: VisitState;
  local: VisitState;
  /** The events that the server has recorded, as far as they are here. */
  events: readonly VisitEvent[];
  /** Of a former provider: the later events about their own acts. */
  own: readonly VisitEvent[];
  /** The commands that the server has not confirmed, in their order, those that are withheld included. */
  pending: readonly WaitingCommand[];
  photos: readonly ReplicaPhoto[];
  /** The open reports of the visit as one case: roots and consequences, and what settling them would change. */
  readonly discrepancies: DiscrepancyCase;
  /** The device that leads it, the only one that records acts; `null` if none does. */
  lead: Lead | null;
  /** The reason why the last sync of it failed; `null` if it did not. */
  failure: SyncFailure | null;
  /** The verdict on what was recorded of it here. */
  verdict: ReplicaVerdict;
  /** True if an event comes from a later release: nothing can be judged until the application is upgraded. */
  needsUpgrade: boolean;
}>;

/** The person who looks at a visit, the policy that judges it, and the losses on the device. */
type Viewer = Readonly<{ actor: Actor; policy: Policy; losses: Losses }>;

/** Shows a copy as its user knows it. */
export function viewCopy(copy: Copy, { actor, policy, losses }: Viewer): ReplicaVisit {
  const { visitId, events, own, queue, failure } = copy;
  const confirmed = replay(readable(events));
  const local = foldLocal(copy, actor);
  let found: DiscrepancyCase | undefined;
  return {
    visitId,
    confirmed,
    local: local.freeze(),
    events,
    own,
    pending: queue.map(({ place: _, ...waiting }) => waiting),
    photos: [...copy.photos.values()],
    get discrepancies() {
      found ??= discrepancies(readable(events), { policy });
      return found;
    },
    lead: copy.lead,
    failure,
    verdict: deriveVisitVerdict(summarizeCopy(copy), countLosses(losses, visitId)),
    needsUpgrade: !events.every(isKnown),
  };
}

/** True if a log settles a report. */
export const isSettled = (log: readonly VisitEvent[], { data }: EventOf<'ReportDiscrepancy'>): boolean =>
  log.some((event) => event.type === 'DiscrepancySettled' && event.data.discrepancyId === data.discrepancyId);

/** Folds what the user knows: each waiting command is taken as the event that it would become where it was recorded. */
export function foldLocal(copy: Copy, recorder: Actor): ReturnType<typeof foldOwnView> {
  const { queue } = copy;
  const [log, own] = [readable(copy.events), readable(copy.own)];
  const { reports } = indexLog(log);
  const fold = foldOwnView({ log, basedOn: log.length, recorder, reported: [], reports });
  for (const event of own) {
    if (event.type !== 'DiscrepancyReported') fold.step(event);
    else if (!isSettled(own, event)) for (const act of event.data.acts) fold.step(quoteAct(act));
  }
  for (const { command, withheld } of queue) {
    if (withheld !== undefined) continue;
    fold.step(createEvent(command, fold.state));
  }
  return fold;
}

/** True if a visit has ended for its user: it did, or it is another provider's by now. */
export const isOver = (visit: VisitState, { role, id }: Actor): boolean =>
  hasEnded(visit) || (role === 'provider' && visit.provider !== null && visit.provider.id !== id);

/** Summarises a copy. */
export const deriveHead = (copy: Copy, actor: Actor, changedAt: Instant): Head => ({
  ...summarizeCopy(copy),
  changedAt,
  hasEnded: isOver(replay(readable(copy.events)), actor),
});

function summarizeCopy(copy: Copy): Omit<Head, 'changedAt' | 'hasEnded'> {
  const { visitId, events, own, nextPlace, wanted, lead, queue, undone, photos, failure } = copy;
  const waiting = queue.filter(({ withheld }) => withheld === undefined);
  const all = [...photos.values()];
  const unsent = unsentPhotos(copy);
  const refused = unsent.filter((photo) => photo.refused !== undefined);
  return {
    visitId,
    version: events.length,
    nextPlace,
    waiting: waiting.length,
    withheld: queue.length - waiting.length,
    quarantined: queue.filter(({ withheld }) => withheld?.reason === 'quarantined').length,
    oldestWaitingAt: waiting[0]?.recordedAt ?? null,
    photosWaiting: unsent.length - refused.length,
    photosRefused: refused.length,
    photosLost: all.filter(({ lost }) => lost).length,
    problems: [...queue.flatMap(problemOfAct), ...refused.flatMap(problemOfPhoto), ...all.flatMap(problemOfLost)],
    bytes: all.filter(({ droppedAt }) => droppedAt === undefined).map(({ sha256 }) => sha256),
    wanted,
    lead,
    failure,
    own: own.length,
    ...(undone.length > 0 && { undone }),
  };
}

const problemOfAct = (queued: Queued): Problem[] =>
  queued.withheld === undefined
    ? []
    : [{ what: 'act', commandId: idOf(queued), type: queued.command.type, ...queued.withheld }];

const problemOfPhoto = ({ sha256, refused }: ReplicaPhoto): Problem[] =>
  refused === undefined ? [] : [{ what: 'photo', sha256, ...refused }];

const problemOfLost = ({ sha256, lost }: ReplicaPhoto): Problem[] => (lost ? [{ what: 'lost-photo', sha256 }] : []);
