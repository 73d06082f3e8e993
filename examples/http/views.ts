import type { Actor, Id, VisitEvent } from 'auxilio';
import { type LoadedVisit, type PersonalMetadata, type ProviderView, providerView } from 'auxilio/service';
import type { Access, Caller } from './access.ts';
import type { App, Asked } from './app.ts';
import type { DeviceName } from './devices.ts';
import { Problem } from './problem.ts';

/** The events of a visit that the caller may see, and the whole visit, for the application's own eyes. */
export type View = ProviderView & Readonly<{ visit: LoadedVisit }>;

/** Loads the events that the caller may see: of a former provider, those up to their replacement and about their own acts. */
export async function loadView({ service, access }: App, { caller, visitId }: Asked): Promise<View> {
  const visit = await service.load(visitId, { authorize: maySync(access, caller, visitId) });
  if (visit.version === 0n) throw new Problem('not-assigned');
  return { ...viewOf(access, caller, visitId, visit), visit };
}

/** True for those who may read the visit, and for those who did. */
export const maySync =
  (access: Access, caller: Caller, visitId: Id) =>
  (state: LoadedVisit['state']): boolean =>
    access.mayRead(caller, visitId, state) || access.mayHandIn(caller, visitId, state);

/** The last event that a caller has; of a former provider, the last of those about their own acts, too. */
export type Head = Readonly<{ version: number; lastEventId: string; lastOwnEventId?: string }>;

/**
 * Refuses a caller whose last event is another than the one here: their log is that of a server before it was restored from
 * an older backup. The ids of events are derived from those before them, so that one stands for the whole log.
 */
export function mustContinue({ events, own = [] }: ProviderView, head: Head | undefined): void {
  if (head === undefined) return;
  const { version, lastEventId, lastOwnEventId } = head;
  const isHere = [...events, ...own].some(({ metadata }) => metadata?.eventId === lastOwnEventId);
  if (events[version - 1]?.metadata?.eventId === lastEventId && (lastOwnEventId === undefined || isHere)) return;
  throw new Problem('diverged');
}

/** The events of a loaded visit that the caller may see. */
export function viewOf(
  access: Access,
  caller: Caller,
  visitId: Id,
  { events, state }: Pick<LoadedVisit, 'events' | 'state'>,
): ProviderView {
  const { actor } = caller;
  if (access.mayRead(caller, visitId, state)) {
    return { events: actor.role === 'client' ? events.map((event) => withoutPersonal(event, actor)) : events };
  }
  const view = providerView(events, caller.actor.id);
  if (view === null) throw new Problem('not-yours');
  return view;
}

/**
 * An event as a client may see it: without the metadata that are personal to those who recorded it, as their device and the
 * permission of the contact center. The client's own stay.
 */
function withoutPersonal(event: VisitEvent, { role, id }: Actor): VisitEvent {
  const { by, recordedBy = by } = event.data;
  if (recordedBy.role === role && recordedBy.id === id) return event;
  const metadata = withoutFields(event.metadata ?? {});
  if (event.type !== 'DiscrepancyReported') return { ...event, metadata };
  return { ...event, data: { ...event.data, acts: event.data.acts.map(withoutFields) }, metadata };
}

/** The fields that are left out: the compiler asks for each. */
const personal: Readonly<Record<Exclude<keyof PersonalMetadata, 'source'>, 0>> = {
  despite: 0,
  device: 0,
  enteredAt: 0,
  signature: 0,
};

const withoutFields = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(personal, name))) as T;

/**
 * The device that leads the visit, for the provider now assigned. The first one that hands in an act leads it, until another takes
 * the lead.
 */
export async function leadFor(
  { devices }: App,
  { caller, visitId }: Asked,
  isAssigned: boolean,
  acting?: DeviceName,
): Promise<{ lead?: string | null }> {
  const { role, id } = caller.actor;
  if (devices === undefined || role !== 'provider' || !isAssigned) return {};
  if (acting !== undefined) return { lead: await devices.takeLead(visitId, acting, { ifFree: true }) };
  return { lead: await devices.leadOf(visitId, id) };
}
