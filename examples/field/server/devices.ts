import type { Devices } from '../../http/devices.ts';
import type { Quarantine } from '../../http/quarantine.ts';
import type { Announcements } from './announcements.ts';
import type { Hub } from './hub.ts';
import type { Sessions } from './sessions.ts';

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

/** Devices with those that have entered and handed in nothing yet: one that is lost on the first day is revoked, too. */
export function withEntered(devices: Devices, sessions: Sessions): Devices {
  return {
    ...devices,
    async list() {
      const [listed, entered] = await Promise.all([devices.list(), sessions.devices()]);
      const known = new Map(listed.map((one) => [`${one.providerId} ${one.device}`, one]));
      for (const { providerId, device, startedAt } of entered) {
        const key = `${providerId} ${device}`;
        const { visits = [], revokedAt = null, lastContactAt = null } = known.get(key) ?? {};
        const last = lastContactAt === null || lastContactAt < startedAt ? startedAt : lastContactAt;
        known.set(key, { providerId, device, visits, revokedAt, lastContactAt: last });
      }
      return [...known.values()].sort((one, other) =>
        (one.lastContactAt ?? '') < (other.lastContactAt ?? '') ? 1 : -1,
      );
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
