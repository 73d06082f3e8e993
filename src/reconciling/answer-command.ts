import type { NonEmpty } from '../kernel/decision.ts';
import type { Actor, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { keptMetadata } from '../messages/kept-metadata.ts';
import { type Decision, decide, type Policy, type Violation, type VisitState } from '../visit/index.ts';
import { createEvent } from '../visit/visit.ts';
import type { FirstOutcome } from './batch.ts';
import { type Fold, indexEvent, type LogIndex } from './log-index.ts';
import { firstOutcome, quoteAct } from './repeats.ts';
import { foldOwnView, isRecordedBy, type Recording, tellsOfReports } from './trial.ts';
import { type Candidates, findTwin, twinCandidates } from './twins.ts';

/** The log as it stands while a batch is reconciled, and all that a command of it is judged on. */
export type Reconciling = LogIndex &
  Recording & {
    readonly reported: ReportedAct[];
    readonly policy: Policy;
    /** The fold of what the recorder knew, from the first act that is reported. */
    own: Fold | null;
    readonly twins: Candidates;
  };

/** Starts a batch of one recorder on the index of a log, which grows with the batch. */
export function startReconciling(
  index: LogIndex,
  { basedOn, policy }: { readonly basedOn: number; readonly policy: Policy },
  recorder: Actor,
): Reconciling {
  const twins = twinCandidates(index, basedOn, recorder);
  return { ...index, basedOn, policy, recorder, reported: [], own: null, twins };
}

/** The answer to a command: the first of the four that applies (PROTOCOL §10). */
type CommandAnswer =
  | { readonly outcome: 'repeated'; readonly first: FirstOutcome }
  | { readonly outcome: 'twin'; readonly twinOf: number }
  | { readonly outcome: 'accepted'; readonly event: VisitEvent }
  | { readonly outcome: 'refused'; readonly violations: NonEmpty<Violation> };

/**
 * Answers a command on the log as it stands.
 *
 * @throws TypeError for one that the rules cannot read
 */
export function answerCommand(batch: Reconciling, command: VisitCommand): CommandAnswer {
  const { ids, twins, fold, policy } = batch;
  const { commandId = '' } = command.metadata;
  if (ids.has(commandId)) {
    const first = firstOutcome(batch, command);
    if (first !== null) return { outcome: 'repeated', first };
    return { outcome: 'refused', violations: [{ rule: 'id-reused', clause: '0-02', facts: { commandId } }] };
  }
  const twin = findTwin(twins, command, policy);
  if (twin !== undefined) return { outcome: 'twin', twinOf: twin + 1 };
  const decision = decideReadable(command, fold.state, policy);
  if (!decision.ok) return { outcome: 'refused', violations: decision.rejection.violations };
  const [{ type, data }] = decision.events as readonly [VisitEvent];
  return {
    outcome: 'accepted',
    event: { type, data, metadata: { commandId, ...keptMetadata(command.metadata) } } as VisitEvent,
  };
}

/** Decides on a command; refuses one that the rules cannot read. */
function decideReadable(command: VisitCommand, visit: VisitState, policy: Policy): Decision {
  const decision = decide(command, visit, policy);
  if (!decision.ok && decision.rejection.violations[0].rule === 'well-formed') throw new TypeError('malformed');
  return decision;
}

/** Appends an event to the log as it stands. */
export function appendEvent(batch: Reconciling, event: VisitEvent): void {
  if (batch.own !== null && isRecordedBy(batch.recorder, event)) batch.own.step(event);
  indexEvent(batch, event);
}

/** The reason why an act is reported. */
type Reported = Extract<CommandAnswer, { outcome: 'twin' | 'refused' }>;

/** Reports an act that is not appended: as the event that it became on what its recorder knew. */
export function reportAct(batch: Reconciling, command: VisitCommand, reason: Reported): ReportedAct {
  batch.own ??= foldOwnView(batch, tellsOfReports);
  const { log, policy } = batch;
  const { state } = batch.own;
  const lawfulThen = decideReadable(command, state, policy).ok;
  const event = createEvent(command, state);
  const { commandId = '' } = command.metadata;
  const violations = reason.outcome === 'twin' ? [] : reason.violations.map(({ rule, clause }) => ({ rule, clause }));
  const twinOf = reason.outcome === 'twin' ? { twinOf: reason.twinOf } : {};
  const act = {
    ...event,
    commandId,
    on: log.length,
    violations,
    lawfulThen,
    ...twinOf,
    ...keptMetadata(command.metadata),
  } as ReportedAct;
  keepReported(batch, act);
  return act;
}

/** Adds a reported act to the batch, for the acts after it. */
export function keepReported(batch: Reconciling, act: ReportedAct): void {
  batch.own?.step(quoteAct(act));
  batch.reported.push(act);
  batch.ids.add(act.commandId);
  batch.twins.delete(Number(act.twinOf) - 1);
}
