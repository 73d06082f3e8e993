import type { Id } from 'auxilio';
import { type Caller, isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { type Call, json, type Reply } from './call.ts';
import { isPublicKey } from './device-keys.ts';
import type { DeviceName } from './devices.ts';
import { Problem, wrong } from './problem.ts';
import type { DeviceKeyReply, DevicesReply, LeadReply, RevokedReply } from './replies.ts';

/** `GET /devices`: the last contact of each device, for the contact center. */
export async function listDevices({ devices }: App, { caller }: Asked): Promise<Reply> {
  if (devices === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const body: DevicesReply = { devices: await devices.list() };
  return json(body);
}

/** `POST /devices/revoke`, by the contact center. */
export async function revokeDevice({ devices, now }: App, { caller, call }: Asked): Promise<Reply> {
  if (devices === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const { providerId, device } = ((await bodyOf(call)) ?? {}) as Record<string, unknown>;
  if (!isId(providerId)) throw wrong('body', '/providerId', 'invalid-id');
  if (!isDevice(device)) throw wrong('body', '/device', 'not-a-device');
  await devices.revoke({ providerId, device }, now());
  const body: RevokedReply = { providerId, device };
  return json(body);
}

/**
 * `PUT /devices/key`: the device of a provider registers the public key with which it signs what it cannot send. A later one takes
 * its place.
 */
export async function registerKey({ devices, now }: App, { call, caller }: Asked): Promise<Reply> {
  if (devices === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'provider') throw new Problem('not-yours');
  const { device, key } = ((await bodyOf(call)) ?? {}) as Record<string, unknown>;
  if (!isDevice(device)) throw wrong('body', '/device', 'not-a-device');
  if (!(await isPublicKey(key))) throw wrong('body', '/key', 'not-a-public-key');
  const name = deviceOf(caller, call, device);
  if (name === undefined || (await devices.isRevoked(name))) throw new Problem('device-revoked');
  const { registeredAt } = await devices.registerKey(name, String(key), now());
  const body: DeviceKeyReply = { device, registeredAt, serverTime: now() };
  return json(body);
}

/** `PUT /visits/:id/lead`: makes a device of the assigned provider lead the visit, so that their others only read. */
export async function takeLead(app: App, { call, caller, visitId }: Asked): Promise<Reply> {
  const { devices, access, service } = app;
  if (devices === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'provider') throw new Problem('not-yours');
  const { device } = ((await bodyOf(call)) ?? {}) as Record<string, unknown>;
  if (!isDevice(device)) throw wrong('body', '/device', 'not-a-device');
  await service.load(visitId, { authorize: (state) => access.mayRead(caller, visitId, state) });
  const name = deviceOf(caller, call, device);
  if (name === undefined || (await devices.isRevoked(name))) throw new Problem('device-revoked');
  const body: LeadReply = { visitId, device: await devices.takeLead(visitId, name), serverTime: app.now() };
  return json(body);
}

export const isDevice = (value: unknown): value is string =>
  typeof value === 'string' && /^[^\p{C}]{1,200}$/u.test(value);

/**
 * The device of a provider: that of their token, if the issuer bound it to one; else as the device names itself. A token has the
 * last word.
 */
export function deviceOf({ actor, claims }: Caller, call: Call, inBody?: unknown): DeviceName | undefined {
  if (actor.role !== 'provider') return undefined;
  const named = inBody ?? call.header('device') ?? undefined;
  if (named !== undefined && !isDevice(named)) {
    throw inBody === undefined ? wrong('header', 'Device', 'not-a-device') : wrong('body', '/device', 'not-a-device');
  }
  const bound = isDevice(claims.device) ? claims.device : undefined;
  if (bound !== undefined && named !== undefined && named !== bound) throw new Problem('other-device');
  const device: string | undefined = bound ?? named;
  const providerId: Id = actor.id;
  return device === undefined ? undefined : { providerId, device };
}

/** Refuses a device that was revoked. */
export async function refuseRevoked({ devices }: App, call: Call, caller: Caller): Promise<void> {
  const name = deviceOf(caller, call);
  if (name !== undefined && (await devices?.isRevoked(name))) throw new Problem('device-revoked');
}
