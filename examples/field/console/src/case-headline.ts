/** One sentence that tells the cause of a case. */
import type { EventType, VisitEvent } from 'auxilio';
import { hour, namedEvent, span, t } from './app.ts';
import { type Case, isApart } from './case.ts';

const isWork: ReadonlySet<EventType> = new Set<EventType>([
  'WorkStarted',
  'Resumed',
  'QualityTested',
  'SiteHandedOver',
  'CompletionReported',
  'Completed',
]);

export function headlineOf(found: Case): string {
  const words = t();
  const { acts, name, against, moments } = found;
  const own = acts.filter(({ act }) => act.kind !== 'twin');
  if (own.length === 0) return words.onlyTwins(name, acts.length);
  const did = didIn(found);
  // The instruction to reassign says nothing beside the reassignment.
  const isReassigned = against.some(({ type }) => type === 'ProviderReassigned');
  const told = against.filter(
    ({ type, data }) => !(isReassigned && type === 'InstructionGiven' && data.decision === 'reassign'),
  );
  const leave = own.flatMap(({ reported }) => reported.despite ?? [])[0];
  const [come, time] = comeIn(found, told);
  // Who went on by leave of someone knew from the phone that it was closed.
  const isByLeave = leave !== undefined && come === 'held';
  if (told.length > 0 && !isByLeave) return words.against(did, causesOf(told), come, time);
  const [heeded, readAt] = readBefore(found);
  if (readAt !== undefined) return words.against(did, causesOf(heeded), 'read', hour(readAt));
  const lacks = own.some(({ act }) => !act.lawfulThen);
  if (leave !== undefined) return words.byLeave(did, leave.by, lacks);
  const unseen = new Set(
    moments.flatMap((moment) =>
      moment.side === 'center' && moment.isUnseen ? `«${namedEvent(moment.event.type)}»` : [],
    ),
  );
  if (unseen.size === 0) return words.missingThings(did, lacks);
  return words.unclear(did, lacks, [...unseen].slice(0, 2).join(', '), unseen.size - 2);
}

/** The first acts of the center against which the work stands, each with its hour. */
const causesOf = (told: readonly VisitEvent[]): string =>
  told
    .slice(0, 2)
    .map((event) => t().causeAt(causeOf(event), hour(event.data.at)))
    .join(t().and);

/** The progress of acts of the center with a provider who acted against them. */
export type Come = 'away' | 'unseen' | 'held' | 'late' | 'read';

/** The progress of the unseen causes; `late`: read before the last act, at that time. */
function comeIn({ toRead, to }: Case, told: readonly VisitEvent[]): readonly [Come, string] {
  const readings = told.slice(0, 2).flatMap((event) => toRead.get(event) ?? []);
  const [readAt] = readings.flatMap(({ read }) => read?.at ?? []).sort();
  if (readings.length === 0) return ['away', ''];
  if (readAt !== undefined && readAt <= to) return ['late', hour(readAt)];
  return [readings.every(({ isHeld }) => isHeld) ? 'held' : 'unseen', ''];
}

/** The instructions that the device did not have, but that were read before each act; and when they were. */
function readBefore({ toRead, from }: Case): readonly [readonly VisitEvent[], string?] {
  const read = [...toRead].filter((one) => !one[1].isHeld && (one[1].read?.at ?? '~') <= from);
  const [last] = read
    .flatMap((one) => one[1].read?.at ?? [])
    .sort()
    .reverse();
  return last === undefined ? [[]] : [read.map(([event]) => event), last];
}

/** The work in its hours, as they count; of work that was begun before, until when it went on. */
function didIn(found: Case): string {
  const { acts, name, from, to } = found;
  const words = t();
  const isOffline = isApart(found);
  const own = acts.filter(({ act }) => act.kind !== 'twin');
  const timeOf = (...types: readonly EventType[]) => own.find(({ act }) => types.includes(act.type))?.act.at;
  if (!own.some(({ act }) => isWork.has(act.type)))
    return words.noted(name, own.length, from === to ? words.atHour(hour(from)) : span(from, to), isOffline);
  const begun = timeOf('WorkStarted', 'Resumed');
  const ended = timeOf('CompletionReported') ?? to;
  if (begun === undefined || ended < begun) return words.wentOn(name, hour(ended), isOffline);
  return words.workedIn(name, begun === ended ? words.atHour(hour(begun)) : span(begun, ended), isOffline);
}

/** The acts of the center, in a few words. */
function causeOf(event: VisitEvent): string {
  const words = t();
  switch (event.type) {
    case 'InstructionGiven':
      return words.instructed(event.data.decision);
    case 'ProviderReassigned':
      return words.reassignedTo(event.data.provider.name);
    case 'VisitClosed':
      return words.closedIt;
    case 'AssignmentAmended': {
      const changed = Object.keys(event.data).filter((name) => !['visitId', 'at', 'by'].includes(name));
      return words.amended(changed.length === 1 ? (changed[0] ?? '') : '');
    }
    default:
      return words.recordedIt(namedEvent(event.type));
  }
}
