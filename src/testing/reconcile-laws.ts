import fc from 'fast-check';
import { mustKnowKeys } from '../kernel/known.ts';
import type { Contact, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { audit } from '../reading/audit.ts';
import { isCommandOfEvent } from '../reading/judging/reconstruct-command.ts';
import { reconcile, settlement } from '../reconciling/index.ts';
import { decide, defaultPolicy, type Rejection, replay } from '../visit/index.ts';
import { differences } from './diff.ts';
import { mustHave } from './known.ts';
import { type Law, mustKnowParameters } from './law.ts';
import { type Merge, merges, recordAll } from './merges.ts';

/** The subject of the laws of reconciling: the two functions, or those of a host that synchronises by other means. @since 0.5.0 */
export type ReconcileSubject = { readonly reconcile: typeof reconcile; readonly settlement: typeof settlement };

const own: ReconcileSubject = { reconcile, settlement };

/**
 * The laws of reconciling (PROTOCOL §10), for two recorders who go on from a common log, with delays, repeats and any split
 * into batches. Run each in a test of its own: `for (const law of reconcileLaws(mine)) it(law.name, () => law.run(), 60_000)`.
 *
 * @throws TypeError where the subject lacks a function, or has a field that is not known
 * @since 0.5.0
 */
export function reconcileLaws(subject: ReconcileSubject = own): readonly Law[] {
  mustHave('reconcileLaws', subject, ['reconcile', 'settlement']);
  mustKnowKeys('reconcileLaws', subject, own);
  return laws.map(([name, holds]) => ({
    name,
    run: (parameters) => {
      mustKnowParameters(parameters);
      fc.assert(
        fc.property(merges(), (merge) => {
          // A subject that edits what it is given would edit what its answer is compared with.
          holds(deliver(subject, structuredClone(merge)), merge, subject);
        }),
        parameters as fc.Parameters<[Merge]>,
      );
    },
  }));
}

/** Checks every law on one merge, and throws with the name of the one that does not hold. */
export function checkMerge(merge: Merge, subject: ReconcileSubject = own): void {
  const delivered = deliver(subject, structuredClone(merge));
  for (const [name, holds] of laws) {
    try {
      holds(delivered, merge, subject);
    } catch (cause) {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
}

/** A log after all batches, and the places of the reports that they left. */
export type Delivered = { readonly log: readonly VisitEvent[]; readonly arrived: readonly VisitCommand[] };

/** Delivers the batches of a merge, one after the other, while the contact center goes on. */
export function deliver(subject: ReconcileSubject, merge: Merge): Delivered {
  const { log, basedOn, commands, batches, between, settled, policy } = merge;
  let now: readonly VisitEvent[] = log;
  for (const [index, { from, to }] of batches.entries()) {
    now = recordAll(settleOpen(subject, now, merge, settled[index] ?? null), between[index] ?? [], policy);
    now = [...now, ...reconciled(subject, { log: now, basedOn, policy }, commands.slice(from, to)).events];
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
  for (const { discrepancyId } of how === null ? [] : reportsIn({ log })) {
    if (!replay(now).debts.some(({ about }) => about === discrepancyId)) continue;
    const taken = how === 'taken' ? untaken({ log: now }, discrepancyId) : [];
    const answer = settle(subject, { log: now }, merge, discrepancyId, taken);
    if (answer.ok) now = [...now, ...answer.events];
  }
  return now;
}

/** The positions of the acts of a discrepancy that no settlement has taken. */
function untaken({ log }: Log, discrepancyId: string): number[] {
  const discrepancy = replay(log).discrepancies.find((one) => one.discrepancyId === discrepancyId);
  return (discrepancy?.acts ?? []).flatMap(({ taken }, position) => (taken ? [] : position));
}

type Arrival = Pick<Merge, 'log' | 'basedOn' | 'policy'>;

function reconciled(subject: ReconcileSubject, { log, basedOn, policy }: Arrival, commands: readonly VisitCommand[]) {
  const answer = subject.reconcile({ log, basedOn, commands, ...(policy && { policy }) });
  if (!answer.ok) throw new Error(`an error: ${JSON.stringify(answer.error)}`);
  if (answer.outcomes.length !== commands.length) throw new Error('an outcome is missing');
  return answer;
}

type Holds = (delivered: Delivered, merge: Merge, subject: ReconcileSubject) => void;

const laws: readonly (readonly [name: string, holds: Holds])[] = [
  ['every command is on record once: nothing lost, nothing doubled', everyCommandOnce],
  ['nothing that the log had is changed', nothingChanged],
  ['what is accepted is clean for the audit', acceptedIsClean],
  ['what is reported is refused where it stands, or a twin, or its id is used', reportedIsRefused],
  ['a batch that arrives again changes nothing', secondIsNothing],
  ['a settlement that takes everything folds every fact in its order', settledAsTaken],
  ['a settlement that takes nothing leaves the state as before the report, less the debt', settledAsLeft],
];

const reportsIn = ({ log }: Log) =>
  log.flatMap((event, index) => (event.type === 'DiscrepancyReported' ? [{ index, ...event.data }] : []));

const quoted = ({ type, data }: ReportedAct) => ({ type, data }) as VisitEvent;

/** The number of times that a command is on record: as an event under its id, or in a report. */
function timesOnRecord(delivered: Delivered, command: VisitCommand): number {
  const { commandId } = command.metadata;
  const events = delivered.log.filter(({ metadata }) => metadata?.commandId === commandId);
  const acts = reportsIn(delivered).flatMap((report) => report.acts.filter((act) => act.commandId === commandId));
  return [...events, ...acts.map(quoted)].filter((event) => isCommandOfEvent(command, event)).length;
}

function everyCommandOnce(delivered: Delivered): void {
  for (const command of delivered.arrived) {
    const times = timesOnRecord(delivered, command);
    assertHolds(`${command.type} ${command.metadata.commandId} is on record ${times} times`, times === 1);
  }
}

function nothingChanged({ log }: Delivered, merge: Merge): void {
  same(merge.log, log.slice(0, merge.log.length));
}

function acceptedIsClean({ log }: Delivered, { commands, policy }: Merge): void {
  const { findings } = audit(log, policy && { policy });
  const ids = new Set<unknown>(commands.map(({ metadata }) => metadata.commandId));
  const unclean = findings.filter(
    ({ index, kind }) =>
      ids.has(log[index]?.metadata?.commandId) && !['repeated', 'measure', 'deviation', 'correction'].includes(kind),
  );
  assertHolds(`${JSON.stringify(unclean)} of ${log.length} events`, unclean.length === 0);
}

function reportedIsRefused(delivered: Delivered, merge: Merge): void {
  for (const report of reportsIn(delivered)) {
    for (const [position, act] of report.acts.entries()) {
      const command = merge.commands.find((one) => isCommandOfEvent(one, quoted(act)));
      if (command === undefined) throw new Error(`${act.type} was never sent`);
      const before = { ...delivered, log: delivered.log.slice(0, act.on) };
      if (act.twinOf !== undefined) isTwin(before, act, merge);
      else if (act.violations.some(({ rule }) => rule === 'id-reused'))
        isReused(before, report.acts.slice(0, position), act);
      else isRefused(before, command, act, merge);
    }
  }
}

function isTwin({ log }: Delivered, act: ReportedAct, { basedOn, policy }: Merge): void {
  const place = Number(act.twinOf) - 1;
  const twin = log[place];
  assertHolds(`the twin of ${act.type} came after ${basedOn}`, place >= basedOn && twin !== undefined);
  assertHolds(`${twin?.type} is no twin of ${act.type}`, twin?.type === act.type && twin.data.by.id === act.data.by.id);
  assertHolds('a twin is recorded by the contact center', twin?.data.recordedBy?.role === 'contact-center');
  assertHolds('a twin broke no rule', act.violations.length === 0);
  const minutes = timesOf(act.data).flatMap((own, nth) => Math.abs(own - Number(timesOf(twin?.data)[nth])) / 60_000);
  assertHolds(
    'a twin is near',
    minutes.some((gap) => gap <= (policy?.twinMinutes ?? defaultPolicy.twinMinutes)),
  );
}

/** The time of an act, of its call, and of its notice. */
const timesOf = (data: object = {}): readonly number[] => {
  const { at, call, notice } = data as Partial<Contact> & { readonly call?: Contact; readonly notice?: Contact };
  return [at, call?.at, notice?.at].map((time) => Date.parse(time ?? ''));
};

function isReused({ log }: Delivered, before: readonly ReportedAct[], { commandId }: ReportedAct): void {
  const events = log.some(({ metadata }) => metadata?.commandId === commandId);
  const reported = log.some(
    (event) => event.type === 'DiscrepancyReported' && event.data.acts.some((act) => act.commandId === commandId),
  );
  assertHolds(`${commandId} was not used`, events || reported || before.some((act) => act.commandId === commandId));
}

function isRefused({ log }: Delivered, command: VisitCommand, act: ReportedAct, { policy }: Merge): void {
  const decision = decide(command, replay(log), policy ?? defaultPolicy);
  const refused = decision.ok ? [] : decision.rejection.violations.map(({ rule, clause }) => ({ rule, clause }));
  same(refused, act.violations);
}

function secondIsNothing({ log }: Delivered, merge: Merge, subject: ReconcileSubject): void {
  const { events, outcomes } = reconciled(subject, { ...merge, log }, merge.commands);
  same([], events);
  assertHolds(
    'all are repeated',
    outcomes.every(({ outcome }) => outcome === 'repeated'),
  );
}

/** Settles a report at the end of a log. */
function settle(subject: ReconcileSubject, { log }: Log, { policy }: Merge, discrepancyId: string, taken: number[]) {
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

function settledAsTaken(delivered: Delivered, merge: Merge, subject: ReconcileSubject): void {
  for (const { discrepancyId, acts: all } of reportsIn(delivered)) {
    const taken = untaken(delivered, discrepancyId);
    const answer = settle(subject, delivered, merge, discrepancyId, taken);
    if (!answer.ok) {
      same(['acts-not-ended'], rulesOf(answer.rejection));
      continue;
    }
    const operator = { role: 'contact-center', id: 'op-9' };
    const facts = taken
      .flatMap((position) => all[position] ?? [])
      .map(({ type, data }) => ({ type, data: { ...data, recordedBy: operator } }));
    same(
      facts,
      answer.events.slice(0, -1).map(({ type, data }) => ({ type, data })),
    );
    assertHolds('the settlement comes last', answer.events.at(-1)?.type === 'DiscrepancySettled');
    assertHolds(
      'one id for all',
      answer.events.every(({ metadata }) => metadata?.commandId === `s-${delivered.log.length}`),
    );
    const { debts } = replay([...delivered.log, ...answer.events]);
    assertHolds(
      'the debt is discharged',
      debts.every(({ about }) => about !== discrepancyId),
    );
  }
}

const rulesOf = ({ violations }: Rejection) => violations.map(({ rule }) => rule);

function settledAsLeft(delivered: Delivered, merge: Merge, subject: ReconcileSubject): void {
  const { log } = delivered;
  const last = log.at(-1);
  if (last?.type !== 'DiscrepancyReported') return;
  const answer = settle(subject, delivered, merge, last.data.discrepancyId, []);
  if (!answer.ok) throw new Error('a settlement that takes nothing is refused');
  const { discrepancies, ...after } = replay([...log, ...answer.events]);
  const { discrepancies: earlier, ...before } = replay(log.slice(0, -1));
  same(before, after);
  same(earlier, discrepancies.slice(0, -1));
}

function same(expected: unknown, actual: unknown): void {
  const different = differences(expected, actual);
  if (different.length > 0) throw new Error(different.slice(0, 10).join('\n'));
}

function assertHolds(sentence: string, holds: boolean): void {
  if (!holds) throw new Error(sentence);
}
