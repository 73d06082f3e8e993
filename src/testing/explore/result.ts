import type { CommandType, Role, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { RuleId } from '../../visit/rules.ts';
import type { Phase } from '../../visit/state.ts';
import type { Recorder } from './inputs.ts';

/** One accepted act of a path: its type, data and actor. @since 0.2.0 */
export type Step = { readonly command: CommandType; readonly variant: string; readonly role: Role };

/** A shortest way to a state, as commands that the visit accepted and as the events that they became. @since 0.2.0 */
export type Path = {
  readonly steps: readonly Step[];
  readonly commands: readonly VisitCommand[];
  readonly events: readonly VisitEvent[];
};

/** The number of states with a fault, and a shortest path to each of the first few. @since 0.2.0 */
export type StateReport = { readonly total: number; readonly paths: readonly Path[] };

/** An invariant that does not hold after a path. @since 0.2.0 */
export type Broken = { readonly invariant: string; readonly total: number; readonly path: Path };

/** A command that was accepted from a person who may not record it, and a shortest path to its state. @since 0.2.0 */
export type Overreach = Step & { readonly recorder: Exclude<Recorder, 'allowed'>; readonly path: Path };

/** A state with a name, and a shortest way there. @since 0.2.0 */
export type NamedState = { readonly name: string; readonly path: Path };

/** An event that leads from one phase to another. @since 0.2.0 */
export type Arrow = { readonly from: Phase; readonly to: Phase; readonly event: VisitEvent['type'] };

/** The answer of an exploration. Plain JSON. @since 0.2.0 */
export type Exploration = {
  /** The abstract states that were reached. */
  readonly states: number;
  /** The pairs of a state and another one that an accepted act leads to. */
  readonly transitions: number;
  /** The length of the longest of the shortest paths. */
  readonly depth: number;
  /** True if everything was searched: `limit` was not reached. */
  readonly complete: boolean;
  /** States that have not ended, and in which nothing that anybody may do leads to another state. */
  readonly stuck: StateReport;
  /** States that have not ended, and from which neither end can be reached. */
  readonly cannotEnd: StateReport;
  /** States that have not ended, and from which the visit can no longer be completed. */
  readonly cannotComplete: StateReport;
  /**
   * The acts that were tried and never accepted, and the rules of the acts that were tried that never refused; `well-formed` is
   * not asked for, since every command of a search can be read.
   */
  readonly neverFired: { readonly acts: readonly CommandType[]; readonly rules: readonly RuleId[] };
  /** The invariants that do not hold after some path, with the first such path. */
  readonly broken: readonly Broken[];
  /** The acts accepted from actors who may not record them. Must be empty. */
  readonly unauthorizedAccepted: readonly Overreach[];
  /** The acts that were not tried. */
  readonly leftOut: readonly CommandType[];
  /** The number of paths on which the invariants were checked. */
  readonly pathsChecked: number;
  /** A shortest way to every phase that was reached, and to a few states that have a name. */
  readonly named: readonly NamedState[];
  /** Every change of phase that was seen. */
  readonly arrows: readonly Arrow[];
};
