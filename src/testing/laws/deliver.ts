import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { reconcile, settlement } from '../../reconciling/index.ts';
import { replay } from '../../visit/index.ts';
import { type Merge, recordAll } from './merges.ts';

/** The subject of the laws of reconciling: the two functions, or those of a host that synchronises by other means. @since 0.5.0 */
export type ReconcileSubject = { readonly reconcile: typeof reconcile; readonly settlement: typeof settlement };

/** A log after all batches, and the places of the reports that they left. */
export type Delivered = { readonly log: readonly VisitEvent[]; readonly arrived: readonly VisitCommand[] };

/** Delivers the batches of a merge, one after the other, while the contact center goes on. */
export function deliver(subject: ReconcileSubject, merge: Merge): Delivered {
  const { log, commands, batches, answered, between, settled, policy } = merge;
  let { basedOn } = merge;
  let now: readonly VisitEvent[] = log;
  for (const [index, { from, to }] of batches.entries()) {
    now = recordAll(settleOpen(subject, now, merge, settled[index] ?? null), between[index] ?? [], policy);
    now = [...now, ...reconciled(subject, { log: now, basedOn, policy }, commands.slice(from, to)).events];
    if (answered[index] === true) basedOn = now.length;
  }
  return { log: now, arrived: batches.length === 0 ? [] : commands };
}

type Log = Pick<Delivered, 'log'>;

/** Settles the reports of a log whose debt is open, where that may be done. */
function settleOpen(
  subject: ReconcileSubject,
  log: readonly VisitEvent[],
  merge: Merge,
  how: Merge['settled'][number],
) {
  let now = log;
  for (const { discrepancyId } of how === null ? [] : listReports({ log })) {
    if (!replay(now).debts.some(({ about }) => about === discrepancyId)) continue;
    const taken = how === 'taken' ? listUntaken({ log: now }, discrepancyId) : [];
    const answer = settle(subject, { log: now }, merge, discrepancyId, taken);
    if (answer.ok) now = [...now, ...answer.events];
  }
  return now;
}

/** The positions of the acts of a discrepancy that no settlement has taken. */
export function listUntaken({ log }: Log, discrepancyId: string): number[] {
  const discrepancy = replay(log).discrepancies.find((one) => one.discrepancyId === discrepancyId);
  return (discrepancy?.acts ?? []).flatMap(({ taken }, position) => (taken ? [] : position));
}

type Arrival = Pick<Merge, 'log' | 'basedOn' | 'policy'>;

export function reconciled(
  subject: ReconcileSubject,
  { log, basedOn, policy }: Arrival,
  commands: readonly VisitCommand[],
) {
  const answer = subject.reconcile({ log, basedOn, commands, ...(policy && { policy }) });
  if (!answer.ok) throw new Error(`an error: ${JSON.stringify(answer.error)}`);
  if (answer.outcomes.length !== commands.length) throw new Error('an outcome is missing');
  return answer;
}

export const listReports = ({ log }: Log) =>
  log.flatMap((event, index) => (event.type === 'DiscrepancyReported' ? [{ index, ...event.data }] : []));

/** Settles a report at the end of a log. */
export function settle(
  subject: ReconcileSubject,
  { log }: Log,
  { policy }: Merge,
  discrepancyId: string,
  taken: number[],
) {
  const operator = { role: 'contact-center', id: 'op-9' } as const;
  const settles = {
    log,
    discrepancyId,
    taken,
    text: 'revisado',
    at: '2026-03-30T12:00:00.000Z',
    operator,
    commandId: `s-${log.length}`,
  };
  return subject.settlement({ ...settles, ...(policy && { policy }) });
}
