import {
  type ClauseId,
  type CommandType,
  type Correction,
  type Debt,
  dossier,
  explain,
  type Id,
  type Instant,
  type Phase,
  type Rejection,
  type Role,
  type RuleId,
  type VisitCommand,
  type VisitState,
  worked,
} from 'auxilio';
import type { LoadedVisit, VisitService } from 'auxilio/service';
import type { Issue } from 'auxilio/wire';
import type { Options } from './options.ts';
import { policy } from './policy.ts';
import type { OfflineRun, Run, SyncedBatch } from './run.ts';
import { type WaiverUse, waiversOf } from './waivers.ts';

export type VisitRow = {
  readonly visitId: Id;
  readonly caseNumber: string;
  readonly client: string;
  readonly service: string;
  readonly phase: Phase;
  readonly outcome: 'cancelled' | 'rescheduled' | null;
  readonly assignedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly workedMs: number;
};

/** A command, as far as a list of them needs it. */
export type CommandRow = {
  readonly line: number;
  readonly at: Instant;
  readonly visitId: Id;
  readonly act: CommandType;
  readonly actor: { readonly role: Role; readonly id: Id };
  readonly commandId: Id | null;
};

type RefusalRow = CommandRow & {
  readonly violations: readonly { readonly clause: ClauseId; readonly rule: RuleId; readonly sentence: string }[];
  /** The rules that could be waived, if any. */
  readonly note: string | null;
};

/** All that the demo says. With `--json` it is printed as it is. */
export type Report = {
  readonly store: string;
  readonly visits: readonly VisitRow[];
  readonly refusals: readonly RefusalRow[];
  readonly unreadable: readonly { readonly line: number; readonly issues: readonly Issue[] }[];
  readonly reusedIds: readonly CommandRow[];
  readonly waivers: readonly (WaiverUse & { readonly visitId: Id })[];
  /** The acts that were annulled, the times that were corrected and the discrepancies that were settled. */
  readonly corrections: readonly (Correction & { readonly visitId: Id })[];
  /** The batches of phones that were without a signal. */
  readonly offline: readonly SyncedBatch[];
  /** The pending obligations of the contact center. */
  readonly debts: readonly (Omit<Debt, 'debtor'> & { readonly visitId: Id })[];
  readonly counts: {
    readonly read: number;
    readonly accepted: number;
    readonly refused: number;
    readonly repeated: number;
    readonly reusedIds: number;
    readonly unreadable: number;
    /** Events that this run added to the store. */
    readonly appended: number;
  };
};

/** Reads the visits back from the store and puts all together. */
export async function reportOf(
  run: Run,
  offline: OfflineRun,
  service: VisitService,
  { store, file, locale }: Options,
): Promise<Report> {
  const { accepted, read, repeated } = run.counts;
  const visits: VisitRow[] = [];
  const waivers: Report['waivers'][number][] = [];
  const corrections: Report['corrections'][number][] = [];
  const debts: Report['debts'][number][] = [];
  for (const visitId of [...run.visitIds].sort()) {
    const visit = await service.load(visitId);
    visits.push(visitRow(visitId, visit));
    waivers.push(...waiversOf(visit.events).map((waiver) => ({ visitId, ...waiver })));
    corrections.push(...dossier(visit.events, { policy }).corrections.map((one) => ({ visitId, ...one })));
    debts.push(...debtsOf(visit.state).map((debt) => ({ visitId, ...debt })));
  }
  return {
    store: store === 'memory' ? 'memory' : file,
    visits,
    refusals: run.refused.map(({ rejection, ...refused }) => ({
      ...commandRow(refused),
      ...told(rejection, locale, refused.command.metadata.actor.role),
    })),
    unreadable: run.unreadable,
    reusedIds: run.reused.map(commandRow),
    waivers,
    corrections,
    offline: offline.batches,
    debts: debts.sort((one, other) => (one.since < other.since ? -1 : 1)),
    counts: {
      read,
      accepted,
      refused: run.refused.length,
      repeated,
      reusedIds: run.reused.length,
      unreadable: run.unreadable.length,
      appended: accepted + offline.appended,
    },
  };
}

function visitRow(visitId: Id, { events, state }: LoadedVisit): VisitRow {
  const first = (type: string) => events.find((event) => event.type === type)?.data.at ?? null;
  const { closing, work } = state;
  return {
    visitId,
    caseNumber: state.caseNumber ?? '',
    client: firstName(state),
    service: state.service ?? '',
    phase: state.phase,
    outcome: closing.outcome,
    assignedAt: first('VisitAssigned'),
    arrivedAt: first('ProviderArrived'),
    startedAt: work.startedAt,
    endedAt: closing.completedAt ?? closing.closedAt,
    workedMs: worked(state).workedMs,
  };
}

function firstName({ client }: VisitState): string {
  const [name = ''] = client?.name.split(' ') ?? [];
  return client?.title === undefined ? name : `${client.title} ${name}`;
}

function debtsOf({ debts }: VisitState) {
  return debts.filter(({ debtor }) => debtor === 'contact-center').map(({ debtor: _, ...debt }) => debt);
}

function commandRow({ line, command }: { readonly line: number; readonly command: VisitCommand }): CommandRow {
  const { type, data, metadata } = command;
  const { actor, commandId = null } = metadata;
  return { line, at: data.at, visitId: data.visitId, act: type, actor, commandId };
}

/** A sentence for each rule that failed; the text after them is about all. */
function told(rejection: Rejection, locale: Options['locale'], role: Role): Pick<RefusalRow, 'violations' | 'note'> {
  const sentences = explain(rejection, locale, role).split('\n');
  const violations = rejection.violations.map(({ clause, rule }, index) => ({
    clause,
    rule,
    sentence: sentences[index] ?? '',
  }));
  return { violations, note: sentences[violations.length] ?? null };
}
