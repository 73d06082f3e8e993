import type { Id, VisitEvent } from 'auxilio';
import { type ActKey, type SignatureReport, verifyActs } from 'auxilio/chain';
import { jwkOf } from '../../http/device-keys.ts';
import { type ClientDoor, clientIdOf } from './client-doors.ts';
import type { Field } from './field.ts';

/** The keys that the devices of a client registered. */
export async function keysOf(door: ClientDoor): Promise<readonly ActKey[]> {
  const actor = { role: 'client', id: clientIdOf(door) } as const;
  const registered = door.sessions.flatMap(({ device, keys }) => keys.map(({ key }) => ({ device, key })));
  return Promise.all(registered.map(async ({ device, key }) => ({ key: await jwkOf(key), actor, device })));
}

/** The keys of the client of a visit, if a device of theirs has entered. */
export async function keysOfVisit(
  { clientDoors }: Pick<Field, 'clientDoors'>,
  visitId: Id,
): Promise<readonly ActKey[]> {
  const made = await clientDoors.ofVisits.read(visitId);
  const door = made && (await clientDoors.byId.read(made.doorId));
  return door ? keysOf(door) : [];
}

/** Verifies the signatures of a log by the keys of the client's devices; of the acts of others it says nothing. */
export async function verifyClientActs(door: ClientDoor, events: readonly VisitEvent[]): Promise<SignatureReport> {
  const { acts } = await verifyActs(events, await keysOf(door));
  return { acts: acts.filter(({ recorder }) => recorder?.role === 'client') };
}
