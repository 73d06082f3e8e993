import type { NonEmpty } from '../kernel/index.ts';
import type { Actor, CommandMetadata, Id, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { type Decision, decide, type Policy, type Violation, type VisitState } from '../visit/index.ts';
import { createEvent, type incrementalFold } from '../visit/visit.ts';
import type { FirstOutcome } from './outcome.ts';
import { foldOwnView, isRecordedBy, type Recording } from './own-view.ts';
import { commandIdsIn, firstOutcome, idReused, quoted } from './repeats.ts';
import { type Candidates, findTwin, twinCandidates } from './twins.ts';

/** A fold that goes on, event by event. */
export type Fold = ReturnType<typeof incrementalFold>;

/** The log as it stands while a batch is reconciled, and all that a command of it is judged on. */
export type Reconciling = Recording & {
  readonly log: VisitEvent[];
  readonly reported: ReportedAct[];
  readonly policy: Policy;
  /** The fold of the log. */
  readonly fold: Fold;
  /** The fold of what the recorder knew, from the first act that is reported. */
  own: Fold | null;
  readonly ids: Set<Id>;
  readonly twins: Candidates;
};

/** Starts to reconcile what a recorder has recorded, on a log and its fold. */
export function startReconciling(
  { log, basedOn, policy }: { log: readonly VisitEvent[]; basedOn: number; policy: Policy },
  recorder: Actor,
  fold: Fold,
): Reconciling {
  const [ids, twins] = [commandIdsIn(log), twinCandidates(log, basedOn, recorder)];
  return { log: [...log], basedOn, policy, recorder, fold, reported: [], own: null, ids, twins };
}

/** The answer to a command: the first of the four that applies (PROTOCOL §10). */
export type CommandAnswer =
  | { readonly outcome: 'repeated'; readonly first: FirstOutcome }
  | { readonly outcome: 'twin'; readonly twinOf: number }
  | { readonly outcome: 'accepted'; readonly event: VisitEvent }
  | { readonly outcome: 'refused'; readonly violations: NonEmpty<Violation> };

/**
 * Judges a command on the log as it stands.
 *
 * @throws TypeError for one that the rules cannot read
 */
export function judgeCommand(batch: Reconciling, command: VisitCommand): CommandAnswer {
  const { twins, fold, policy } = batch;
  const first = firstOutcome(batch, command);
  if (first !== null) return { outcome: 'repeated', first };
  const reused = idReused(batch, command);
  if (reused !== null) return { outcome: 'refused', violations: [reused] };
  const twin = findTwin(twins, command, policy);
  if (twin !== undefined) return { outcome: 'twin', twinOf: twin.index + 1 };
  const decision = decideReadable(command, fold.state, policy);
  if (!decision.ok) return { outcome: 'refused', violations: decision.rejection.violations };
  const [{ type, data }] = decision.events as readonly [VisitEvent];
  return { outcome: 'accepted', event: { type, data, metadata: keptMetadata(command) } as VisitEvent };
}

type KeptMetadata = Pick<CommandMetadata, 'despite' | 'device' | 'enteredAt'> & { readonly commandId: Id };

/** The metadata of a command that are kept, on its event or in a report. */
function keptMetadata({ metadata: { commandId = '', despite, device, enteredAt } }: VisitCommand): KeptMetadata {
  if (despite === undefined && device === undefined && enteredAt === undefined) return { commandId };
  return { commandId, ...(despite && { despite }), ...(device && { device }), ...(enteredAt && { enteredAt }) };
}

/** Decides on a command; refuses one that the rules cannot read. */
function decideReadable(command: VisitCommand, visit: VisitState, policy: Policy): Decision {
  const decision = decide(command, visit, policy);
  if (!decision.ok && decision.rejection.violations[0].rule === 'well-formed') throw new TypeError('malformed');
  return decision;
}

/** Appends an event to the log as it stands. */
export function appendEvent(batch: Reconciling, event: VisitEvent): void {
  batch.fold.step(event);
  if (batch.own !== null && isRecordedBy(batch.recorder, event)) batch.own.step(event);
  batch.log.push(event);
  if (event.metadata?.commandId !== undefined) batch.ids.add(event.metadata.commandId);
}

/** The reason why an act is reported. */
type Reported = Extract<CommandAnswer, { outcome: 'twin' | 'refused' }>;

/** Reports an act that is not appended: as it was for its recorder, on what they knew. */
export function reportAct(batch: Reconciling, command: VisitCommand, reason: Reported): ReportedAct {
  batch.own ??= foldOwnView(batch);
  const { own, log, policy } = batch;
  const lawfulThen = decideReadable(command, own.state, policy).ok;
  const event = createEvent(command, own.state);
  const { commandId, ...kept } = keptMetadata(command);
  const violations = reason.outcome === 'twin' ? [] : reason.violations.map(({ rule, clause }) => ({ rule, clause }));
  const twinOf = reason.outcome === 'twin' ? { twinOf: reason.twinOf } : {};
  const act = { ...event, commandId, on: log.length, violations, lawfulThen, ...twinOf, ...kept } as ReportedAct;
  keepReported(batch, act);
  return act;
}

/** Keeps a reported act for those after it. */
export function keepReported(batch: Reconciling, act: ReportedAct): void {
  batch.own?.step(quoted(act));
  batch.reported.push(act);
  batch.ids.add(act.commandId);
  for (const twin of batch.twins) if (twin.index + 1 === act.twinOf) batch.twins.delete(twin);
}
