/** One sentence that tells the cause of a case. */
import type { EventType, VisitEvent } from 'auxilio';
import { hour, namedEvent, span, t } from './app.ts';
import type { Case } from './case.ts';

const isWork: ReadonlySet<EventType> = new Set<EventType>([
  'WorkStarted',
  'Resumed',
  'QualityTested',
  'SiteHandedOver',
  'CompletionReported',
  'Completed',
]);

export function headlineOf({ acts, name, from, to, against, moments }: Case): string {
  const words = t();
  const own = acts.filter(({ act }) => act.kind !== 'twin');
  if (own.length === 0) return words.onlyTwins(name, acts.length);
  const hours = from === to ? words.atHour(hour(from)) : span(from, to);
  const works = own.some(({ act }) => isWork.has(act.type));
  const did = works ? words.workedOffline(name, hours) : words.notedOffline(name, own.length, hours);
  const causes = against.slice(0, 2).map((event) => words.causeAt(causeOf(event), hour(event.data.at)));
  if (causes.length > 0) return words.unseen(did, causes.join(words.and));
  const leave = own.flatMap(({ reported }) => reported.despite ?? [])[0];
  if (leave !== undefined) return words.byLeave(did, leave.by);
  return moments.some(({ side }) => side === 'center') ? words.unclear(did) : words.missingThings(did);
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
    default:
      return words.recordedIt(namedEvent(event.type));
  }
}
