import type { SettleDiscrepancy, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { VisitState } from '../../visit/index.ts';

/**
 * A request by which a simulated visit is recorded: a command for `handle` of a service, a batch for its `sync`, or a
 * settlement for its `settle`.
 *
 * @since 0.5.0
 */
export type SimulatedRequest =
  | { readonly kind: 'command'; readonly command: VisitCommand }
  | { readonly kind: 'batch'; readonly basedOn: number; readonly commands: readonly VisitCommand[] }
  | { readonly kind: 'settlement'; readonly command: SettleDiscrepancy };

/** A whole visit: its commands in the order in which they are recorded, the events, and the state after them. @since 0.2.0 */
export type SimulatedVisit = {
  readonly visitId: string;
  /** Each command once, live or of a batch. In the order of their instants, unless a phone was offline or a time is wrong. */
  readonly commands: readonly VisitCommand[];
  /** The log. An event has metadata if the mix has two writers or mistakes. */
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
  /** The requests that make this log, in their order; a batch whose answer was lost comes twice. @since 0.5.0 */
  readonly requests: readonly SimulatedRequest[];
};
