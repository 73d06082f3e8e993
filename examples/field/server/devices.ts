import type { Instant } from 'auxilio';
import type { Device, DeviceName, Devices } from '../../http/devices.ts';
import type { Quarantine } from '../../http/quarantine.ts';
import type { Announcements } from './announcements.ts';
import type { Hub } from './hub.ts';
import type { Sessions } from './sessions.ts';
import type { Table } from './tables.ts';

/** Devices whose contacts the consoles hear of, with the number of events that they had seen; a revocation ends their streams. */
export function announced(devices: Devices, announcements: Announcements, hub: Hub): Devices {
  return {
    ...devices,
    async contact(contact) {
      await devices.contact(contact);
      await announcements.say({ name: 'device', data: contact });
    },
    async revoke(name, at) {
      await devices.revoke(name, at);
      await Promise.all([hub.review(), announcements.review()]);
    },
  };
}

/** The first login of a provider on a device: a person knows it by its owner and this day. */
export type FirstLogin = DeviceName & { readonly enteredAt: Instant };

/** A device with its first login; null for one that entered before that was noted. */
export type FieldDevice = Device & Readonly<{ enteredAt: Instant | null }>;

/** The most devices of a provider whose first login is noted. */
const MOST = 50;

const keyOf = ({ providerId, device }: DeviceName) => `${providerId} ${device}`;

/** Notes a login of a provider on a device, if it is the first. */
export async function noteLogin(logins: Table<FirstLogin>, login: FirstLogin): Promise<void> {
  if ((await logins.startingWith(`${login.providerId} `)).length >= MOST) return;
  await logins.change(keyOf(login), (there) => (there === null ? login : undefined));
}

/** Devices with those that have entered and handed in nothing yet: one that is lost on the first day is revoked, too. */
export function withEntered(devices: Devices, sessions: Sessions, logins: Table<FirstLogin>): Devices {
  return {
    ...devices,
    async list() {
      const [listed, entered, first] = await Promise.all([devices.list(), sessions.devices(), logins.all()]);
      const known = new Map(listed.map((one) => [keyOf(one), one]));
      for (const { providerId, device, startedAt } of entered) {
        const key = keyOf({ providerId, device });
        const { visits = [], revokedAt = null, lastContactAt = null } = known.get(key) ?? {};
        const last = lastContactAt === null || lastContactAt < startedAt ? startedAt : lastContactAt;
        known.set(key, { providerId, device, visits, revokedAt, lastContactAt: last });
      }
      const since = new Map(first.map((one) => [keyOf(one), one.enteredAt]));
      const all = [...known.values()].map((one): FieldDevice => ({ ...one, enteredAt: since.get(keyOf(one)) ?? null }));
      return all.sort((one, other) => ((one.lastContactAt ?? '') < (other.lastContactAt ?? '') ? 1 : -1));
    },
  };
}

/** A quarantine whose size the consoles hear of. */
export function counted(quarantine: Quarantine, announcements: Announcements): Quarantine {
  const say = async () =>
    announcements.say({ name: 'quarantine', data: { waiting: (await quarantine.waiting()).length } });
  return {
    ...quarantine,
    async add(batch) {
      const quarantineId = await quarantine.add(batch);
      await say();
      return quarantineId;
    },
    async decide(quarantineId, decided) {
      const standing = await quarantine.decide(quarantineId, decided);
      await say();
      return standing;
    },
  };
}
