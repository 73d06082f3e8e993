/** The keys of photographs: each is kept under the key of the client of every visit that names the photograph, and goes with the last. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Id } from 'auxilio';
import type { Privacy } from 'auxilio/privacy';
import type { PhotoNaming } from 'auxilio/service';
import type { FieldStore } from './field.ts';
import { NAMINGS } from './holdings.ts';
import { tableIn } from './tables.ts';

/** A key: as it is until a visit names the photograph, then once under the key of each client. */
type KeyRow = Readonly<{ sha256: string; key?: string; sealed?: string }>;

export type PhotoKeys = Readonly<{
  /** The name of a file, which says nothing of the photograph. */
  nameOf: (hash: string) => Promise<string>;
  /** The key of what is not complete. */
  uploads: () => Promise<Uint8Array>;
  /** The key of a photograph; null without one, and where all clients are erased. */
  read: (sha256: string) => Promise<Uint8Array | null>;
  /** Makes the key of a photograph whose bytes are written now. */
  make: (sha256: string) => Promise<Uint8Array>;
  /** Puts the key of a photograph under that of a client who it is said to be of. */
  share: (sha256: string, visitId: Id) => Promise<void>;
  /** Shares the keys of what visits name by now, and keeps no other copy of them. */
  shareNamed: () => Promise<void>;
  /** Finds the photographs that these visits name, and no other. */
  findOf: (visitIds: ReadonlySet<Id>) => Promise<readonly string[]>;
  /** Removes the keys of visits, and what says that they name photographs. */
  forget: (visitIds: ReadonlySet<Id>) => Promise<void>;
}>;

const SECRET = ' ';
/** In the place of the visit. No id begins so. */
const UNNAMED = '-';

export function photoKeysIn(rows: FieldStore, privacy: Privacy): PhotoKeys {
  const table = tableIn<KeyRow>(rows, 'field-photo-keys-1');
  const namings = tableIn<PhotoNaming>(rows, NAMINGS);
  let secret: Promise<string> | undefined;

  function derive(text: string): Promise<Buffer> {
    const fresh = { sha256: '', key: randomBytes(32).toString('base64') };
    secret ??= table.change(SECRET, (row) => (row === null ? fresh : undefined)).then((row) => row?.key ?? fresh.key);
    return secret.then((key) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest());
  }

  const nameOf = async (hash: string) => (await derive(`name ${hash}`)).toString('hex');
  const client = (visitId: Id) => ({ visitId, subject: 'client' });
  const namedBy = async (sha256: string) => (await namings.startingWith(`${sha256} `)).map(({ visitId }) => visitId);

  async function read(sha256: string): Promise<Uint8Array | null> {
    const name = await nameOf(sha256);
    const unnamed = await table.read(`${UNNAMED} ${name}`);
    if (unnamed?.key !== undefined) return Buffer.from(unnamed.key, 'base64');
    for (const visitId of await namedBy(sha256)) {
      const sealed = (await table.read(`${visitId} ${name}`))?.sealed;
      const key = sealed === undefined ? null : await privacy.openFor(client(visitId), `photo ${name}`, sealed);
      if (typeof key === 'string') return Buffer.from(key, 'base64');
    }
    return null;
  }

  async function share(sha256: string, visitId: Id): Promise<void> {
    const [name, key] = [await nameOf(sha256), await read(sha256)];
    if (key === null) return;
    const place = `photo ${name}`;
    const sealed = await privacy.sealFor(client(visitId), place, Buffer.from(key).toString('base64')).catch(ifErased);
    if (sealed === null) return;
    await table.change(`${visitId} ${name}`, () => ({ sha256, sealed }));
  }

  const rowsOf = async (visitIds: ReadonlySet<Id>) => {
    const ofEach = [...visitIds].map(async (visitId) =>
      (await table.startingWith(`${visitId} `)).map(({ sha256 }) => ({ sha256, visitId })),
    );
    return (await Promise.all(ofEach)).flat();
  };

  return {
    nameOf,
    uploads: () => derive('uploads'),
    read,
    share,
    async make(sha256) {
      const known = await read(sha256);
      if (known !== null) return known;
      const key = randomBytes(32);
      await table.change(`${UNNAMED} ${await nameOf(sha256)}`, () => ({ sha256, key: key.toString('base64') }));
      return key;
    },
    async shareNamed() {
      for (const { sha256 } of await table.startingWith(`${UNNAMED} `)) {
        const visitIds = await namedBy(sha256);
        for (const visitId of visitIds) await share(sha256, visitId);
        if (visitIds.length > 0) await table.change(`${UNNAMED} ${await nameOf(sha256)}`, () => null);
      }
    },
    async findOf(visitIds) {
      const found: string[] = [];
      for (const { sha256 } of await rowsOf(visitIds))
        if ((await namedBy(sha256)).every((visitId) => visitIds.has(visitId))) found.push(sha256);
      return found;
    },
    async forget(visitIds) {
      for (const { sha256, visitId } of await rowsOf(visitIds)) {
        await namings.change(`${sha256} ${visitId}`, () => null);
        await table.change(`${visitId} ${await nameOf(sha256)}`, () => null);
      }
    },
  };
}

/** Answers null where the client is erased: the photograph is not named by that visit any more. */
function ifErased(error: unknown): null {
  if (error instanceof RangeError) return null;
  throw error;
}
