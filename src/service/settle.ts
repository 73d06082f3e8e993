import type { SettleDiscrepancy } from '../messages/index.ts';
import { settlement } from '../reconciling/index.ts';
import { LIMITS } from '../wire/limits.ts';
import type { Context } from './context.ts';
import type { Request } from './idempotency.ts';
import { ReconciledActError, VisitTooLongError } from './shared/sync-errors.ts';

/** The methods that alone make, or take, an act of a discrepancy, by the type of its command or event. */
const methods: ReadonlyMap<unknown, ReconciledActError['use']> = new Map([
  ['ReportDiscrepancy', 'sync'],
  ['DiscrepancyReported', 'sync'],
  ['SettleDiscrepancy', 'settle'],
  ['DiscrepancySettled', 'settle'],
]);

/** Refuses a command, or a fact, that is made or taken by a method of its own. */
export function mustBeDirect(type: unknown): void {
  const use = methods.get(type);
  if (use !== undefined) throw new ReconciledActError(String(type), use);
}

/** The request of a settlement: its events are the acts that it takes, and itself. */
export function settlementRequest(
  { policy }: Context,
  request: Request,
  { data, metadata }: SettleDiscrepancy,
): Request {
  const { commandId, streamName } = request;
  const { at, discrepancyId, taken, text } = data;
  const asked = { at, discrepancyId, taken, text, operator: metadata.actor, commandId };
  return {
    ...request,
    needsLog: true,
    judge: (_, log) => {
      const isTooLong = log().length + taken.length + 1 > LIMITS.visitEvents;
      if (isTooLong) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
      return settlement({ ...asked, log: log(), ...(policy !== undefined && { policy }) });
    },
  };
}
