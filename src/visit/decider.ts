import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { mustBePolicy } from './policy-check.ts';
import { initialState, type VisitState } from './state.ts';
import { decide, evolve, type Rejection } from './visit.ts';

/**
 * A command as the command handlers of Emmett 0.42 ask for it: with a `now` next to the actor, which nothing reads.
 * `handle(store, streamName, { ...command, metadata: { ...command.metadata, now } })`.
 * @since 0.1.0
 */
export type HandledCommand<C extends VisitCommand = VisitCommand> = C extends VisitCommand
  ? Omit<C, 'metadata'> & { readonly metadata: C['metadata'] & { readonly now: Date } }
  : never;

/**
 * A refusal, thrown. `errorCode` is 403 when the role or the assigned provider fails, 404 when nothing is assigned (and the
 * command can be read), else 400; `rejection` holds every rule that failed.
 * @since 0.1.0
 */
export class VisitError extends Error {
  readonly errorCode: 400 | 403 | 404;
  readonly rejection: Rejection;

  constructor(rejection: Rejection, nothingAssigned: boolean) {
    super(rejection.violations.map(({ rule, clause }) => `${clause} ${rule}`).join(', '));
    this.name = 'VisitError';
    this.rejection = rejection;
    this.errorCode = toErrorCode(rejection, nothingAssigned);
  }
}

function toErrorCode({ violations }: Rejection, nothingAssigned: boolean): 400 | 403 | 404 {
  const failed = violations.map(({ rule }) => rule);
  if (failed.includes('role') || failed.includes('assigned-provider')) return 403;
  return nothingAssigned && !failed.includes('well-formed') ? 404 : 400;
}

/** A decider in the shape that event-sourcing libraries expect. @since 0.1.0 */
export type VisitDecider = {
  /**
   * The events of a lawful command; throws a `VisitError` otherwise. The last of the two shapes is the one that
   * Emmett infers.
   */
  readonly decide: {
    (command: VisitCommand, state: VisitState): VisitEvent[];
    (command: HandledCommand, state: VisitState): VisitEvent[];
  };
  readonly evolve: (state: VisitState, event: VisitEvent) => VisitState;
  readonly initialState: () => VisitState;
};

/**
 * Makes a decider that judges by a policy; without one, by `defaultPolicy`.
 *
 * @throws TypeError for a policy with a field, a threshold or a rule that is not known, or with an invalid list or
 * threshold
 * @since 0.1.0
 */
export function createVisitDecider(policy: Policy = defaultPolicy): VisitDecider {
  mustBePolicy(policy);
  return {
    decide: (command: VisitCommand | HandledCommand, state: VisitState) => {
      const decision = decide(command, state, policy);
      if (decision.ok) return [...decision.events];
      throw new VisitError(decision.rejection, state.visitId === null);
    },
    evolve,
    initialState,
  };
}

/** The decider of the default policy. @since 0.1.0 */
export const visitDecider: VisitDecider = /* @__PURE__ */ createVisitDecider();
