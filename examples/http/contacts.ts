import type { Id, Instant } from 'auxilio';
import type { BoardStore } from './board.ts';
import { readAll, writeRows } from './rows.ts';

/** A device of a provider, by the name that it gives itself. */
export type DeviceName = Readonly<{ providerId: Id; device: string }>;

/** A contact of a device: when it called, and how many events of a visit it had seen, if it called about one. */
export type Contact = DeviceName & Readonly<{ at: Instant } & Partial<Seen>>;

/** The number of the events of a visit that a device had seen. */
type Seen = Readonly<{ visitId: Id; basedOn: number }>;

/** The last contact of a device, and the visits that it synced last. */
type Called = DeviceName & Readonly<{ lastContactAt: Instant; visits: readonly Seen[] }>;

/** The row of a provider: their devices, those that called last first. */
type Row = Readonly<{ devices: readonly Called[] }>;

const CONTACTS = 'app-device-contacts-1';
/** The most devices of a provider that are kept, and the most visits of each. */
const MAX_DEVICES = 20;
const MAX_VISITS = 100;

/** The last contacts of devices, a row for each provider. Contacts that come while others are written are written together. */
export function contactsIn(store: BoardStore) {
  let noted: Contact[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function write(): Promise<void> {
    const batch = noted;
    noted = [];
    next = undefined;
    await writeRows(store, CONTACTS, async () => {
      const rows = new Map<Id, Row>();
      for (const contact of batch) {
        const { providerId } = contact;
        const before = rows.get(providerId) ?? ((await store.readRow(CONTACTS, providerId))?.body as Row | undefined);
        rows.set(providerId, withContact(before ?? { devices: [] }, contact));
      }
      return [...rows].map(([key, body]) => ({ projection: CONTACTS, key, body }));
    });
  }

  return {
    note(contact: Contact): Promise<void> {
      noted.push(contact);
      if (next === undefined) {
        next = last.catch(() => undefined).then(write);
        last = next;
      }
      return next;
    },
    /** The last contact of a device; null if it never called. */
    async lastOf({ providerId, device }: DeviceName): Promise<Instant | null> {
      const row = (await store.readRow(CONTACTS, providerId))?.body as Row | undefined;
      return row?.devices.find((each) => each.device === device)?.lastContactAt ?? null;
    },
    /** Lists the devices, those that called last first. */
    async list(): Promise<readonly Called[]> {
      const rows = await readAll<Row>(store, CONTACTS);
      const devices = rows.flatMap((row) => row.devices);
      return devices.sort(
        (one, other) =>
          Number(one.lastContactAt < other.lastContactAt) - Number(one.lastContactAt > other.lastContactAt),
      );
    },
  };
}

function withContact({ devices }: Row, { providerId, device, at, visitId, basedOn }: Contact): Row {
  const known = devices.find((each) => each.device === device)?.visits ?? [];
  const isAbout = visitId !== undefined && basedOn !== undefined;
  const seen = isAbout ? [{ visitId, basedOn }, ...known.filter((each) => each.visitId !== visitId)] : known;
  const visits = seen.slice(0, MAX_VISITS);
  const called = { providerId, device, lastContactAt: at, visits };
  return { devices: [called, ...devices.filter((each) => each.device !== device)].slice(0, MAX_DEVICES) };
}
