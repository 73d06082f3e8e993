import type { Id, Instant } from 'auxilio';
import type { BoardStore } from './board.ts';
import { readAll, writeRows } from './rows.ts';

/** A device of a provider, by the name that it gives itself. */
export type DeviceName = Readonly<{ providerId: Id; device: string }>;

/** A contact of a device: when it called, and how many events of a visit it had seen. */
type Contact = DeviceName & Readonly<{ at: Instant; visitId: Id; basedOn: number }>;

/** A device as the contact center sees it. */
export type Device = DeviceName & {
  readonly lastContactAt: Instant | null;
  /** The visits that it synced last, and how many events of each it had seen. */
  readonly visits: readonly { readonly visitId: Id; readonly basedOn: number }[];
  readonly revokedAt: Instant | null;
};

/** The devices of the providers. */
export interface Devices {
  /** Notes a contact. */
  contact(contact: Contact): Promise<void>;
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
/** The most devices whose contacts are kept, and the most visits of each. */
const MAX_DEVICES = 10_000;
const MAX_VISITS = 100;

type Revoked = DeviceName & Readonly<{ revokedAt: Instant }>;
type Called = DeviceName & Readonly<{ lastContactAt: Instant; visits: ReadonlyMap<Id, number> }>;

/** Devices whose revocations and leads are rows of a store. Their contacts are kept in memory: after a start they come again. */
export function devicesIn(store: BoardStore): Devices {
  const called = new Map<string, Called>();
  const isRevoked = async (name: DeviceName) => (await store.readRow(REVOKED, keyOf(name))) !== null;

  async function leadOf(visitId: Id, providerId: Id): Promise<string | null> {
    const row = await store.readRow(LEADS, leadKey(visitId, providerId));
    const { device } = (row?.body ?? {}) as Partial<DeviceName>;
    return device === undefined || (await isRevoked({ providerId, device })) ? null : device;
  }

  return {
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
    async contact({ providerId, device, at, visitId, basedOn }) {
      const key = keyOf({ providerId, device });
      const visits = new Map(called.get(key)?.visits);
      visits.delete(visitId);
      visits.set(visitId, basedOn);
      dropOldest(visits, MAX_VISITS);
      called.delete(key);
      called.set(key, { providerId, device, lastContactAt: at, visits });
      dropOldest(called, MAX_DEVICES);
    },
    async revoke({ providerId, device }, revokedAt) {
      const key = keyOf({ providerId, device });
      await writeRows(store, REVOKED, async () => {
        if ((await store.readRow(REVOKED, key)) !== null) return [];
        return [{ projection: REVOKED, key, body: { providerId, device, revokedAt } }];
      });
    },
    async list() {
      const revoked = await readAll<Revoked>(store, REVOKED);
      const at = new Map(revoked.map((each) => [keyOf(each), each.revokedAt]));
      const silent = revoked.filter((each) => !called.has(keyOf(each)));
      return [
        ...[...called.entries()].reverse().map(([key, each]) => ({
          ...each,
          visits: [...each.visits].reverse().map(([visitId, basedOn]) => ({ visitId, basedOn })),
          revokedAt: at.get(key) ?? null,
        })),
        ...silent.map((each) => ({ ...each, lastContactAt: null, visits: [] })),
      ];
    },
  };
}

// No id has a space.
const keyOf = ({ providerId, device }: DeviceName) => `${providerId} ${device}`;

const leadKey = (visitId: Id, providerId: Id) => `${providerId} ${visitId}`;

function dropOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
