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
  const causes = told.slice(0, 2).map((event) => words.causeAt(causeOf(event), hour(event.data.at)));
  if (causes.length > 0) return words.unseen(did, causes.join(words.and));
  const lacks = own.some(({ act }) => !act.lawfulThen);
  const leave = own.flatMap(({ reported }) => reported.despite ?? [])[0];
  if (leave !== undefined) return words.byLeave(did, leave.by, lacks);
  const unseen = new Set(
    moments.flatMap((moment) =>
      moment.side === 'center' && moment.isUnseen ? `«${namedEvent(moment.event.type)}»` : [],
    ),
  );
  if (unseen.size === 0) return words.missingThings(did, lacks);
  return words.unclear(did, lacks, [...unseen].slice(0, 2).join(', '), unseen.size - 2);
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
