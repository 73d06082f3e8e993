/** All open reports of a visit as one case: who did what while the other did not see it, and what each decision means. */
import type { Actor, Instant, PaymentCondition, Phase, VisitEvent } from 'auxilio';
import { type DiscrepancyCase, discrepancies, settlement, type UnsettledAct } from 'auxilio/core';
import type { Read } from '../../server/reads.ts';
import { instructionsToRead, type ToRead } from '../../ui/to-read.ts';
import { policy } from './app.ts';
import { letsGoOn, recorderOf } from './details.ts';
import { readingOf } from './reads.ts';

type Reported = Extract<VisitEvent, { type: 'DiscrepancyReported' }>;
export type ReportedAct = Reported['data']['acts'][number];

/** An act of the case, with what was reported of it. */
export type CaseAct = Readonly<{
  act: UnsettledAct;
  reported: ReportedAct;
  /** The time at which the server recorded its report; null for a log that does not say. */
  receivedAt: Instant | null;
  /** The events, by their indexes, that others had recorded when it was judged and that its device did not have. */
  unheld: readonly number[];
  /** Those of them that its recorder had not read by its time, and what the device had of the center and no one had read. */
  unseen: readonly number[];
  /** The number of those that had happened by the time of the act. */
  missed: number;
}>;

/** Another person at the place than the one whose acts are decided. */
type Other = Readonly<{ role: Actor['role']; name: string }>;

/** An instruction that the recorder of the acts had to read: `isHeld`, their device had it for each act. */
type Reading = Readonly<{ isHeld: boolean; read: Read | undefined }>;

/** A moment on the common clock: what the center recorded, or what the other did. */
export type Moment = Readonly<{ at: Instant }> &
  (
    | Readonly<{
        side: 'center' | 'provider';
        event: VisitEvent;
        isUnseen: boolean;
        reading: Reading | null;
        other: Other | null;
      }>
    | Readonly<{ side: 'provider'; one: CaseAct }>
  );

/** An act whose time does not fit: it is before a fact that its recorder had recorded by then, or after it was received. */
export type Doubt = Readonly<{ one: CaseAct; earlierThan: VisitEvent | null }>;

/** The visit as a decision would leave it. */
export type Meaning = Readonly<{
  phase: Phase;
  isTakenOver?: boolean;
  workedMs: number;
  /** True if work has not ended: it counts up to now. */
  isRunning: boolean;
  /** The time up to which work counts, where it was interrupted before the completion call and not resumed. */
  cutAt: Instant | null;
  unmet: readonly PaymentCondition[];
}>;

export type Case = Readonly<{
  found: DiscrepancyCase;
  acts: readonly CaseAct[];
  /** The reports, in their order. */
  reports: readonly string[];
  recorder: Actor;
  /** The name of the recorder, as the log has it. */
  name: string;
  from: Instant;
  to: Instant;
  /** The events of the log that both had seen. */
  shared: number;
  /** Those that the recorder had not seen: not read, where it has to be; else not on the device. */
  unseen: ReadonlySet<number>;
  toRead: ReadonlyMap<VisitEvent, Reading>;
  moments: readonly Moment[];
  /** The unseen events of the center against which the acts stand, the first first. */
  against: readonly VisitEvent[];
}>;

/** The case of a visit, with what its provider has read; null if nothing is to be decided. */
export function caseOf(events: readonly VisitEvent[], reads: readonly Read[] = []): Case | null {
  const found = discrepancies(events, { policy });
  const [first] = found.acts;
  if (first === undefined) return null;
  const reports = new Map(
    events.flatMap((event) =>
      event.type === 'DiscrepancyReported' ? [[event.data.discrepancyId, event] as const] : [],
    ),
  );
  const told = instructionsToRead(events);
  const acts = found.acts.flatMap((act): CaseAct[] => {
    const report = reports.get(act.discrepancyId);
    const reported = report?.data.acts[act.position];
    if (report === undefined || reported === undefined) return [];
    const unheld = unheldIn(events, report, reported.on);
    const unseen = unseenBy(act, told, report.data.basedOn, unheld, reads);
    const missed = unseen.filter((index) => (events[index]?.data.at ?? '') <= act.at).length;
    return [{ act, reported, receivedAt: report.metadata?.recordedAt ?? null, unheld, unseen, missed }];
  });
  const open = [...new Set(found.acts.map(({ discrepancyId }) => discrepancyId))];
  const shared = Math.min(...open.map((id) => reports.get(id)?.data.basedOn ?? 0));
  const own = acts.filter(({ act }) => act.kind !== 'twin');
  const unseen = new Set(own.flatMap((one) => one.unseen));
  const { recorder } = first;
  const unheld = new Set(own.flatMap((one) => one.unheld));
  const toRead = new Map(
    told
      .filter(({ providerId }) => providerId === recorder.id)
      .map((one) => [one.event, { isHeld: !unheld.has(one.position - 1), read: readingOf(reads, one) }]),
  );
  const times = acts.map(({ act }) => act.at).sort();
  return {
    found,
    acts,
    reports: open,
    recorder,
    name: nameIn(events, recorder),
    from: times[0] ?? first.at,
    to: times.at(-1) ?? first.at,
    shared,
    unseen,
    toRead,
    moments: momentsOf(events, acts, { shared, unseen, toRead, recorder }),
    against: againstOf(events, found.acts, unseen),
  };
}

function isRecordedBy({ data }: VisitEvent, { role, id }: Actor): boolean {
  const { by, recordedBy = by } = data as Readonly<{ by?: Actor; recordedBy?: Actor }>;
  return recordedBy?.role === role && recordedBy.id === id;
}

function unheldIn(events: readonly VisitEvent[], { data: { basedOn, by } }: Reported, on: number): readonly number[] {
  return events.slice(0, on).flatMap((event, index) => (index < basedOn || isRecordedBy(event, by) ? [] : [index]));
}

/** The events that the recorder of an act had not seen by its time: an instruction that has to be read counts as seen once it is. */
function unseenBy(
  { at, recorder }: UnsettledAct,
  told: readonly ToRead[],
  basedOn: number,
  unheld: readonly number[],
  reads: readonly Read[],
): readonly number[] {
  const own = told.filter(({ providerId }) => providerId === recorder.id);
  const isRead = (one: ToRead) => (readingOf(reads, one)?.at ?? '~') <= at;
  const read = new Set(own.filter(isRead).map(({ position }) => position - 1));
  const unread = own.filter((one) => one.position <= basedOn && one.event.data.at <= at && !isRead(one));
  return [...unread.map(({ position }) => position - 1), ...unheld.filter((index) => !read.has(index))];
}

/** True if something was on record, for each of the acts, that had not reached the device of its recorder. */
export const isApart = ({ acts }: Pick<Case, 'acts'>): boolean =>
  acts.every(({ act, unheld }) => act.kind === 'twin' || unheld.length > 0);

export function nameIn(events: readonly VisitEvent[], { id }: Actor): string {
  for (const event of events.toReversed()) {
    if ((event.type === 'VisitAssigned' || event.type === 'ProviderReassigned') && event.data.provider.id === id)
      return event.data.provider.name;
  }
  return id;
}

function momentsOf(
  events: readonly VisitEvent[],
  acts: readonly CaseAct[],
  { shared, unseen, toRead, recorder }: Pick<Case, 'shared' | 'unseen' | 'toRead' | 'recorder'>,
): readonly Moment[] {
  const moments: Moment[] = acts.map((one) => ({ at: one.act.at, side: 'provider', one }));
  for (const [index, event] of events.entries()) {
    const reading = toRead.get(event) ?? null;
    const isOld = index < shared && !unseen.has(index) && reading?.read === undefined;
    if (isOld || event.type === 'DiscrepancyReported') continue;
    const side = recorderOf(event) === 'center' ? 'center' : 'provider';
    const { by, recordedBy } = event.data as Readonly<{ by: Actor; recordedBy?: Actor }>;
    const { role, id } = recordedBy ?? by;
    const isOther = side === 'provider' && !isRecordedBy(event, recorder);
    const other = isOther ? { role, name: nameIn(events, { role, id }) } : null;
    moments.push({ at: event.data.at, side, event, isUnseen: unseen.has(index), reading, other });
  }
  return moments.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Events of the center that change what the provider is to do. */
const turns: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'ProviderReassigned',
  'VisitClosed',
  'MaterialsCoordinated',
]);

/** Those that alone stand against the acts; where no few do, those that changed the visit unseen. */
function againstOf(
  events: readonly VisitEvent[],
  acts: readonly UnsettledAct[],
  unseen: ReadonlySet<number>,
): readonly VisitEvent[] {
  const found = new Set(acts.flatMap((act) => (act.kind === 'root' && act.against.found ? act.against.events : [])));
  const ofCenter = [...unseen]
    .sort((one, other) => one - other)
    .map((index) => ({ index, event: events[index] as VisitEvent }))
    .filter(({ event }) => recorderOf(event) === 'center');
  const those = ofCenter.filter(({ index }) => found.has(index));
  const told = those.length > 0 ? those : ofCenter.filter(({ event }) => turns.has(event.type) && !letsGoOn(event));
  return told.map(({ event }) => event);
}

/** True if both leave the visit in the same phase with the same hours. */
export const isSame = (one: Meaning, other: Meaning | undefined): boolean =>
  one.phase === other?.phase && one.workedMs === other.workedMs;

/** The settlements by which the chosen acts are taken, one a report. */
export type Taking = Readonly<{ discrepancyId: string; taken: readonly number[] }>;

/** The minutes by which the clock of a phone may be ahead. */
const aheadMs = 5 * 60_000;

/** The first act whose time does not fit; null without one. */
export function doubtIn({ acts, shared, recorder }: Case, events: readonly VisitEvent[]): Doubt | null {
  const known = events.slice(0, shared).findLast(({ type, data }) => {
    const { by, recordedBy } = data as Readonly<{ by?: Actor; recordedBy?: Actor }>;
    return type === 'VisitAssigned' || (recordedBy ?? by)?.id === recorder.id;
  });
  for (const one of acts) {
    if (one.act.kind === 'twin') continue;
    if (known !== undefined && one.act.at < known.data.at) return { one, earlierThan: known };
    if (one.receivedAt !== null && Date.parse(one.act.at) - Date.parse(one.receivedAt) > aheadMs)
      return { one, earlierThan: null };
  }
  return null;
}

export function takingOf({ acts, reports }: Case, isTaken: (act: UnsettledAct) => boolean): readonly Taking[] {
  return reports.map((discrepancyId) => ({
    discrepancyId,
    taken: acts.flatMap(({ act }) => (act.discrepancyId === discrepancyId && isTaken(act) ? [act.position] : [])),
  }));
}

/** The log after settlements; null if one is refused. */
export function settledLog(
  events: readonly VisitEvent[],
  taking: readonly Taking[],
  by: Readonly<{ text: string; at: Instant; operator: Actor }>,
): readonly VisitEvent[] | null {
  let log = events;
  for (const { discrepancyId, taken } of taking) {
    const answer = settlement({ log, discrepancyId, taken, ...by, commandId: 'preview', policy });
    if (!answer.ok) return null;
    log = [...log, ...answer.events];
  }
  return log;
}
