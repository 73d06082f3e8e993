import type { Id, Instant } from 'auxilio';
import type { BoardStore } from './board.ts';
import { type Contact, contactsIn, type DeviceName } from './contacts.ts';
import { type DeviceKeys, deviceKeysIn } from './device-keys.ts';
import { readAll, writeRows } from './rows.ts';

export type { DeviceName } from './contacts.ts';

/** A device as the contact center sees it. */
export type Device = DeviceName & {
  readonly lastContactAt: Instant | null;
  /** The visits that it synced last, and how many events of each it had seen. */
  readonly visits: readonly { readonly visitId: Id; readonly basedOn: number }[];
  readonly revokedAt: Instant | null;
};

/** The devices of the providers. */
export interface Devices extends DeviceKeys {
  /** Notes a contact, durably. */
  contact(contact: Contact): Promise<void>;
  /** Answers the time of the last contact of a device; null if it never called. */
  lastContactOf(name: DeviceName): Promise<Instant | null>;
  /** True if the device was revoked. */
  isRevoked(name: DeviceName): Promise<boolean>;
  /** Revokes a device for good, whether it ever called or not. */
  revoke(name: DeviceName, at: Instant): Promise<void>;
  /** Answers the device of a provider that leads a visit; null if none does, or if it was revoked. */
  leadOf(visitId: Id, providerId: Id): Promise<string | null>;
  /** Makes a device lead a visit, whichever led it before; with `ifFree`, only if none does. Answers the one that leads. */
  takeLead(visitId: Id, name: DeviceName, options?: Readonly<{ ifFree?: boolean }>): Promise<string>;
  /** Lists the devices, those that called last first. */
  list(): Promise<readonly Device[]>;
}

const REVOKED = 'app-revoked-devices-1';
const LEADS = 'app-leads-1';

type Revoked = DeviceName & Readonly<{ revokedAt: Instant }>;

/** Devices whose contacts, revocations and leads are rows of a store. */
export function devicesIn(store: BoardStore): Devices {
  const contacts = contactsIn(store);
  const isRevoked = async (name: DeviceName) => (await store.readRow(REVOKED, keyOf(name))) !== null;

  async function leadOf(visitId: Id, providerId: Id): Promise<string | null> {
    const row = await store.readRow(LEADS, leadKey(visitId, providerId));
    const { device } = (row?.body ?? {}) as Partial<DeviceName>;
    return device === undefined || (await isRevoked({ providerId, device })) ? null : device;
  }

  return {
    ...deviceKeysIn(store),
    leadOf,
    isRevoked,
    async takeLead(visitId, { providerId, device }, { ifFree = false } = {}) {
      let leads = device;
      await writeRows(store, LEADS, async () => {
        const lead = await leadOf(visitId, providerId);
        leads = ifFree && lead !== null ? lead : device;
        if (leads === lead) return [];
        return [{ projection: LEADS, key: leadKey(visitId, providerId), body: { providerId, device } }];
      });
      return leads;
    },
    contact: contacts.note,
    lastContactOf: contacts.lastOf,
    async revoke({ providerId, device }, revokedAt) {
      const key = keyOf({ providerId, device });
      await writeRows(store, REVOKED, async () => {
        if ((await store.readRow(REVOKED, key)) !== null) return [];
        return [{ projection: REVOKED, key, body: { providerId, device, revokedAt } }];
      });
    },
    async list() {
      const [called, revoked] = await Promise.all([contacts.list(), readAll<Revoked>(store, REVOKED)]);
      const at = new Map(revoked.map((each) => [keyOf(each), each.revokedAt]));
      const known = new Set(called.map(keyOf));
      const silent = revoked.filter((each) => !known.has(keyOf(each)));
      return [
        ...called.map((each) => ({ ...each, revokedAt: at.get(keyOf(each)) ?? null })),
        ...silent.map((each) => ({ ...each, lastContactAt: null, visits: [] })),
      ];
    },
  };
}

// No id has a space.
const keyOf = ({ providerId, device }: DeviceName) => `${providerId} ${device}`;

const leadKey = (visitId: Id, providerId: Id) => `${providerId} ${visitId}`;
