import fc from 'fast-check';
import { mustKnowKeys } from '../../kernel/known.ts';
import type { Actor, Contact, EventOf, ReportedAct, VisitCommand, VisitEvent } from '../../messages/index.ts';
import { audit } from '../../reading/audit.ts';
import { reconcile, settlement } from '../../reconciling/index.ts';
import { quoteAct } from '../../reconciling/repeats.ts';
import { decide, defaultPolicy, type Rejection, replay } from '../../visit/index.ts';
import { isCommandOfEvent } from '../../visit/reconstruct-command.ts';
import { mustHave } from '../assert.ts';
import {
  type Delivered,
  deliver,
  listReports,
  listUntaken,
  type ReconcileSubject,
  reconciled,
  settle,
} from './deliver.ts';
import { assertHolds, assertSame, type Law, mustKnowParameters } from './law.ts';
import { type Merge, merges } from './merges.ts';

const own: ReconcileSubject = { reconcile, settlement };

/**
 * The laws of reconciling (PROTOCOL §10), for two recorders who go on from a common log, with delays, repeats and any split
 * into batches. Run each in a test of its own: `for (const law of reconcileLaws(mine)) it(law.name, () => law.run(), 60_000)`.
 *
 * @throws TypeError where the subject lacks a function, or has a field that is not known
 * @since 0.5.0
 */
export function reconcileLaws(subject: ReconcileSubject = own): readonly Law[] {
  mustKnowKeys('reconcileLaws', subject, own);
  mustHave('reconcileLaws', subject, ['reconcile', 'settlement']);
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

type Holds = (delivered: Delivered, merge: Merge, subject: ReconcileSubject) => void;

const laws: readonly (readonly [name: string, holds: Holds])[] = [
  ['every command is on record once: nothing lost, nothing doubled', everyCommandOnce],
  ['nothing that the log had is changed', nothingChanged],
  ['what is accepted is clean for the audit', acceptedIsClean],
  ['what is reported is refused where it stands, or a twin, or its id is used', reportedIsRefused],
  ['an event is the twin of one act at most', twinsOnce],
  ['what was lawful then is what decide says on what its recorder knew', lawfulOnWhatWasKnown],
  ['a batch that arrives again changes nothing', secondIsNothing],
  ['a settlement that takes everything folds every fact in its order', settledAsTaken],
  ['a settlement that takes nothing leaves the state as before the report, less the debt', settledAsLeft],
];

/** The number of times that a command is on record: as an event under its id, or in a report. */
function timesOnRecord(delivered: Delivered, command: VisitCommand): number {
  const { commandId } = command.metadata;
  const events = delivered.log.filter(({ metadata }) => metadata?.commandId === commandId);
  const acts = listReports(delivered).flatMap((report) => report.acts.filter((act) => act.commandId === commandId));
  return [...events, ...acts.map(quoteAct)].filter((event) => isCommandOfEvent(command, event)).length;
}

function everyCommandOnce(delivered: Delivered): void {
  for (const command of delivered.arrived) {
    const times = timesOnRecord(delivered, command);
    assertHolds(`${command.type} ${command.metadata.commandId} is on record ${times} times`, times === 1);
  }
}

function nothingChanged({ log }: Delivered, merge: Merge): void {
  assertSame(merge.log, log.slice(0, merge.log.length));
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
  for (const report of listReports(delivered)) {
    for (const [position, act] of report.acts.entries()) {
      const command = merge.commands.find((one) => isCommandOfEvent(one, quoteAct(act)));
      if (command === undefined) throw new Error(`${act.type} was never sent`);
      const before = { ...delivered, log: delivered.log.slice(0, act.on) };
      if (act.twinOf !== undefined) isTwin(before, act, { ...merge, basedOn: report.basedOn });
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
  const minutes = readTimes(act.data).flatMap(
    (own, nth) => Math.abs(own - Number(readTimes(twin?.data)[nth])) / 60_000,
  );
  const isNear = minutes.some((gap) => gap <= (policy?.twinMinutes ?? defaultPolicy.twinMinutes));
  assertHolds('a twin is near', isNear);
}

/** The time of an act, of its call, and of its notice. */
const readTimes = (data: object = {}): readonly number[] => {
  const { at, call, notice } = data as Partial<Contact> & { readonly call?: Contact; readonly notice?: Contact };
  return [at, call?.at, notice?.at].map((time) => Date.parse(time ?? ''));
};

function twinsOnce(delivered: Delivered): void {
  const twins = listReports(delivered).flatMap(({ acts }) => acts.flatMap(({ twinOf = [] }) => twinOf));
  assertHolds(`${twins} are twins`, new Set(twins).size === twins.length);
  for (const { acts } of listReports(delivered)) {
    const own = acts.filter(({ twinOf }) => twinOf !== undefined);
    for (const act of own) sameFields(act.data, delivered.log[Number(act.twinOf) - 1]?.data ?? {});
  }
}

type Fields = Readonly<Record<string, unknown>>;

const said = ['issue', 'resolvable', 'exceedsResponseTime', 'kind', 'channel', 'photoIds', 'caseNumber'];

/** Compares what an act says, of the fields that PROTOCOL §10 lists, with its twin. */
function sameFields(act: Fields, twin: Fields): void {
  for (const field of said) if (act[field] !== undefined) assertSame(act[field], twin[field]);
}

function lawfulOnWhatWasKnown({ log }: Delivered, { commands, policy }: Merge): void {
  for (const [place, report] of log.entries()) {
    if (report.type !== 'DiscrepancyReported') continue;
    for (const [position, act] of report.data.acts.entries()) {
      const command = commands.find((one) => isCommandOfEvent(one, quoteAct(act)));
      if (command === undefined) throw new Error(`${act.type} was never sent`);
      const known = replay(knownBefore(log.slice(0, place), report.data, position));
      const decision = decide(command, known, policy);
      assertHolds(`${act.type} was ${decision.ok ? '' : 'un'}lawful then`, decision.ok === act.lawfulThen);
      if (decision.ok) assertSame(decision.events[0]?.data, act.data);
    }
  }
}

type Report = EventOf<'ReportDiscrepancy'>['data'];

/** Lists what a recorder knew before an act of a report: read from PROTOCOL §10, sentence by sentence. */
function knownBefore(log: readonly VisitEvent[], { by, basedOn, acts }: Report, position: number): VisitEvent[] {
  const isOwn = ({ role, id }: Actor) => role === by.role && id === by.id;
  const on = Number(acts[position]?.on);
  const seen = log.slice(0, basedOn);
  const isSettledThere = (id: string) =>
    seen.some((event) => event.type === 'DiscrepancySettled' && event.data.discrepancyId === id);
  const earlier = log.flatMap((event, index) => {
    if (event.type !== 'DiscrepancyReported' || !isOwn(event.data.by)) return [];
    if (index >= basedOn) return event.data.acts;
    return isSettledThere(event.data.discrepancyId) ? [] : event.data.acts.filter((act) => act.twinOf === undefined);
  });
  const reported = [...earlier, ...acts.slice(0, position)];
  const at = (place: number) => reported.filter((act) => act.on === place).map(quoteAct);
  const known = log.slice(0, on).flatMap((event, index) => {
    const isKnown = index < basedOn || isOwn(event.data.recordedBy ?? event.data.by);
    return isKnown ? [...at(index), event] : at(index);
  });
  return [...known, ...at(on)];
}

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
  assertSame(refused, act.violations);
}

function secondIsNothing({ log }: Delivered, merge: Merge, subject: ReconcileSubject): void {
  const { events, outcomes } = reconciled(subject, { ...merge, log }, merge.commands);
  assertSame([], events);
  const areRepeated = outcomes.every(({ outcome }) => outcome === 'repeated');
  assertHolds('all are repeated', areRepeated);
}

function settledAsTaken(delivered: Delivered, merge: Merge, subject: ReconcileSubject): void {
  for (const { discrepancyId, acts: all } of listReports(delivered)) {
    const taken = listUntaken(delivered, discrepancyId);
    const answer = settle(subject, delivered, merge, discrepancyId, taken);
    if (!answer.ok) {
      assertSame(['acts-not-ended'], listRules(answer.rejection));
      continue;
    }
    const operator = { role: 'contact-center', id: 'op-9' };
    const facts = taken
      .flatMap((position) => all[position] ?? [])
      .map(({ type, data }) => ({ type, data: { ...data, recordedBy: operator } }));
    const recorded = answer.events.slice(0, -1).map(({ type, data }) => ({ type, data }));
    assertSame(facts, recorded);
    assertHolds('the settlement comes last', answer.events.at(-1)?.type === 'DiscrepancySettled');
    const haveOneId = answer.events.every(({ metadata }) => metadata?.commandId === `s-${delivered.log.length}`);
    assertHolds('one id for all', haveOneId);
    const log = [...delivered.log, ...answer.events];
    const again = settle(subject, { ...delivered, log }, merge, discrepancyId, taken);
    assertHolds('an act is taken once', taken.length === 0 || !again.ok);
    const { debts } = replay(log);
    const isOwed = debts.some(({ about }) => about === discrepancyId);
    assertHolds('the debt is discharged', !isOwed);
  }
}

const listRules = ({ violations }: Rejection) => violations.map(({ rule }) => rule);

function settledAsLeft(delivered: Delivered, merge: Merge, subject: ReconcileSubject): void {
  const { log } = delivered;
  const last = log.at(-1);
  if (last?.type !== 'DiscrepancyReported') return;
  const answer = settle(subject, delivered, merge, last.data.discrepancyId, []);
  if (!answer.ok) throw new Error('a settlement that takes nothing is refused');
  const { discrepancies, ...after } = replay([...log, ...answer.events]);
  const { discrepancies: earlier, ...before } = replay(log.slice(0, -1));
  assertSame(before, after);
  assertSame(earlier, discrepancies.slice(0, -1));
}
