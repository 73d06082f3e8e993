import type { Actor, CommandType, EventOf, Id, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { type Reconciliation, reconcile } from '../../src/reconciling/index.ts';
import { actors, advance, type CommandData, command, minute } from '../../src/testing.ts';

export const { provider, otherProvider, operator, client } = actors;

/** A command with an id, that many minutes after the beginning. */
export function sent<T extends CommandType>(
  commandId: Id,
  type: T,
  minutes: number,
  data: Omit<CommandData<T>, 'at'>,
  actor: Actor = provider,
): VisitCommand {
  const made = command(type, { at: minute(minutes), ...data } as CommandData<T>, actor);
  return { ...made, metadata: { ...made.metadata, commandId } } as VisitCommand;
}

/** The same, recorded by the contact center. */
export const byCenter = <T extends CommandType>(
  commandId: Id,
  type: T,
  minutes: number,
  data: Omit<CommandData<T>, 'at'>,
): VisitCommand => sent(commandId, type, minutes, data, operator);

/** A log continued by commands of either side, each accepted; its events carry the ids of their commands. */
export function recorded(log: readonly VisitEvent[], ...commands: readonly VisitCommand[]): VisitEvent[] {
  const so = [...log];
  for (const one of commands) {
    const { commandId } = one.metadata;
    for (const event of advance(so, one).slice(so.length)) so.push({ ...event, metadata: { commandId } } as VisitEvent);
  }
  return so;
}

/** Reconciles commands; the batch must be one. */
export function reconciled(
  log: readonly VisitEvent[],
  basedOn: number,
  ...commands: readonly VisitCommand[]
): Extract<Reconciliation, { ok: true }> & { readonly log: readonly VisitEvent[] } {
  const answer = reconcile({ log, basedOn, commands });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return { ...answer, log: [...log, ...answer.events] };
}

/** The words of the outcomes. */
export const outcomesOf = ({ outcomes }: Extract<Reconciliation, { ok: true }>) =>
  outcomes.map(({ outcome }) => outcome);

/** The data of the last event, a report. */
export function reportIn(log: readonly VisitEvent[]): EventOf<'ReportDiscrepancy'>['data'] {
  const last = log.at(-1);
  if (last?.type !== 'DiscrepancyReported') throw new Error(`the last event is ${last?.type}`);
  return last.data;
}

/** The acts of a report, without the commands' data. */
export const actsIn = (log: readonly VisitEvent[]) =>
  reportIn(log).acts.map(({ type, on, lawfulThen, violations, ...more }) => ({
    type,
    on,
    lawfulThen,
    violations: violations.map(({ rule, clause }) => `${clause} ${rule}`),
    ...('twinOf' in more && { twinOf: more.twinOf }),
  }));

export const callAt = (minutes: number) => ({ at: minute(minutes), reference: 'L-1' });
