/** The events that the phone of the provider has seen, and the time since which it has been silent. */
import type { CommandType, VisitEvent } from 'auxilio';
import { lengthOf } from '../../ui/time.ts';
import { hour, namedEvent, now, t, when } from './app.ts';
import { contacts, providers } from './board.ts';
import { CallLink } from './calls.tsx';
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

/** The last event that the phone should have seen by now, and has not. */
export function Unseen({ log }: { log: Log }) {
  const words = t();
  const { events, state } = log;
  if (hasEnded(state)) return null;
  const index = events.findLastIndex((event, place) => isSeen(log, event, place) === false);
  const event = events[index];
  if (event === undefined) return null;
  const age = now.value - Date.parse(event.metadata?.recordedAt ?? event.data.at);
  if (age < patienceMs) return null;
  return (
    <p class="unseen">
      {words.notReached(namedEvent(event.type), when(event.data.at), lengthOf(age), state.provider?.name ?? '')}{' '}
      <CallToProvider log={log} />
    </p>
  );
}

/** A call to the provider of a visit. */
function CallToProvider({ log: { visitId, state } }: { log: Log }) {
  const { provider } = state;
  if (provider === null) return null;
  const number = providers.value.get(provider.id)?.number ?? null;
  return <CallLink number={number} visitId={visitId} to="provider" name={provider.name} />;
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
