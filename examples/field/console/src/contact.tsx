/** The events that the phone of the provider has seen, and the time since which it has been silent. */
import type { CommandType, Id, VisitEvent } from 'auxilio';
import { lengthOf } from '../../ui/time.ts';
import { instructionsToRead } from '../../ui/to-read.ts';
import { hour, namedEvent, now, t, when } from './app.ts';
import { contacts, providers } from './board.ts';
import { CallLink } from './calls.tsx';
import { nameOfProvider } from './phone-name.ts';
import { reachOf } from './reads.ts';
import type { Log } from './visit-log.ts';

/** Events of the center that the provider has to know of. */
const toBeSeen: ReadonlySet<VisitEvent['type']> = new Set<VisitEvent['type']>([
  'InstructionGiven',
  'ProviderReassigned',
  'AssignmentAmended',
  'MaterialsCoordinated',
  'ActAnnulled',
]);

/** The time that a phone may take before the center calls. */
const patienceMs = 2 * 60_000;
/** A phone that was not heard of for so long may be without a signal. */
export const silentMs = 15 * 60_000;

/** True if the phone has seen the event, false if not; null for one that it need not see, as one of a visit that has ended. */
export function isSeen({ state, visitId }: Log, event: VisitEvent, index: number): boolean | null {
  if (!toBeSeen.has(event.type)) return null;
  const seen = contacts.value.get(state.provider?.id ?? '')?.seen.get(visitId) ?? 0;
  return seen > index || (hasEnded(state) ? null : false);
}

const hasEnded = ({ phase }: Log['state']): boolean => phase === 'completed' || phase === 'closed';

/** The age of the last contact with the phone of the provider; null if it was never heard of. */
function silenceOf({ state }: Pick<Log, 'state'>): number | null {
  const contact = contacts.value.get(state.provider?.id ?? '');
  return contact === undefined ? null : Math.max(0, now.value - Date.parse(contact.at));
}

export function heardText(log: Pick<Log, 'state'>): string {
  const words = t();
  const silence = silenceOf(log);
  return silence === null ? words.notHeard : words.heard(lengthOf(silence));
}

/** An event that has not come to its provider: not read, where it has to be; else not on the phone. */
type Awaited = Readonly<{ event: VisitEvent; index: number; providerId: Id; isHeld: boolean }>;

/** The time after which what was not read on a visit that has ended is asked for no longer. */
const overMs = 24 * 60 * 60_000;

function awaitedIn(log: Log): readonly Awaited[] {
  const { events, state, visitId } = log;
  const told = instructionsToRead(events);
  const toRead = told.flatMap((one): readonly Awaited[] => {
    const { state: reach } = reachOf(visitId, one);
    const { event, position, providerId } = one;
    return reach === 'read' ? [] : [{ event, index: position - 1, providerId, isHeld: reach === 'held' }];
  });
  const toHold = events.flatMap((event, index): readonly Awaited[] => {
    const isToRead = event.type === 'InstructionGiven' && told.some((one) => one.event === event);
    const providerId = state.provider?.id;
    if (isToRead || providerId === undefined || isSeen(log, event, index) !== false) return [];
    return [{ event, index, providerId, isHeld: false }];
  });
  return [...toRead, ...toHold].sort((one, other) => one.index - other.index);
}

/** The last event that the provider should have read, or the phone have, by now, and has not. */
export function Unseen({ log }: { log: Log }) {
  const words = t();
  const { phase } = log.state;
  const ageOf = ({ event: { data, metadata } }: Awaited) => now.value - Date.parse(metadata?.recordedAt ?? data.at);
  const last = awaitedIn(log).findLast(
    (one) => ageOf(one) >= patienceMs && !(hasEnded(log.state) && ageOf(one) > overMs),
  );
  if (last === undefined || phase === 'completed') return null;
  const { event, providerId, isHeld } = last;
  const name = nameOfProvider(providerId);
  const text = isHeld ? words.notRead : words.notReached;
  return (
    <p class="unseen">
      {text(namedEvent(event.type), when(event.data.at), lengthOf(ageOf(last)), name)}{' '}
      <CallLink
        number={providers.value.get(providerId)?.number ?? null}
        visitId={log.visitId}
        to="provider"
        name={name}
      />
    </p>
  );
}

/** Facts to know before the visit is taken from a provider who may be at work. */
export function MayBeInside({ log, type, decision }: { log: Log; type: CommandType; decision: string | undefined }) {
  const words = t();
  const takesAway = ['cancel', 'reschedule', 'reassign'].includes(decision ?? '');
  if (type !== 'ReassignProvider' && type !== 'CloseVisit' && !(type === 'GiveInstruction' && takesAway)) return null;
  const { arrivedAt } = log.state.arrival;
  const silence = silenceOf(log);
  const isSilent = silence === null || silence > patienceMs;
  const inside = arrivedAt !== null ? words.isInside(hour(arrivedAt)) : isSilent ? words.mayBeInside : '';
  return (
    <p class={inside === '' ? 'hint' : 'unseen'}>
      {log.state.provider?.name}: {heardText(log)}. <span role="status">{inside}</span>
    </p>
  );
}
