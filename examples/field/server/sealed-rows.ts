/** The rows of this host that no event has (telephones, notes, people): encrypted, since they are as personal as the texts of a log. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { RowChange } from 'auxilio/memory';
import type { Privacy, WrappingKeys } from 'auxilio/privacy';
import { writeRows } from '../../http/rows.ts';
import type { FieldStore } from './field.ts';
import { USERS } from './users.ts';

const KEY = 'field-row-key-1';
const EPOCH = 'field-rows';
/** The first word of a key that was replaced. */
const BLIND = /^~[\w-]{43}/;

type Body = Readonly<{ sealed?: string }>;

/**
 * The store for rows that are encrypted under one key of this host, bound to their places. Of the tables in `keyed` what is personal
 * in a key is replaced by a keyed hash: rows are found by the whole of it alone.
 */
export async function sealRows(
  store: FieldStore,
  wrapping: WrappingKeys,
  privacy: Privacy,
  keyed: ReadonlyMap<string, RegExp>,
): Promise<FieldStore> {
  const secret = await readKey(store, wrapping, privacy);
  const hashKey = createHmac('sha256', secret).update('keys').digest();
  const wordOf = (projection: string, key: string) => keyed.get(projection)?.exec(key)?.[0] ?? '';
  const blind = (projection: string, key: string) => {
    const word = wordOf(projection, key);
    if (word === '' || BLIND.test(word)) return key;
    return `~${createHmac('sha256', hashKey).update(word).digest('base64url')}${key.slice(word.length)}`;
  };
  const place = (projection: string, key: string) => Buffer.from(`${projection}\0${key}`);
  function seal({ body, ...row }: RowChange): RowChange {
    const key = blind(row.projection, row.key);
    if (body === null) return { ...row, key, body };
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(place(row.projection, key));
    const text = Buffer.concat([nonce, cipher.update(JSON.stringify(body)), cipher.final(), cipher.getAuthTag()]);
    return { ...row, key, body: { sealed: text.toString('base64') } };
  }
  function open(projection: string, key: string, body: object): object {
    const { sealed } = body as Body;
    if (sealed === undefined) return body;
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12)).setAAD(place(projection, key));
    const text = decipher.setAuthTag(bytes.subarray(-16)).update(bytes.subarray(12, -16));
    return JSON.parse(Buffer.concat([text, decipher.final()]).toString());
  }
  return {
    ...store,
    commitCheckpoint: (consumer, update) =>
      store.commitCheckpoint(consumer, { ...update, ...(update.rows && { rows: update.rows.map(seal) }) }),
    async readRow(projection, key) {
      const row = await store.readRow(projection, blind(projection, key));
      return row && { ...row, key, body: open(projection, row.key, row.body) };
    },
    async readRows(projection, range = {}) {
      const { after = '' } = range;
      const [word, hidden] = [wordOf(projection, after), wordOf(projection, blind(projection, after))];
      const rows = await store.readRows(projection, { ...range, after: blind(projection, after) });
      const isAsked = ({ key }: { key: string }) => hidden === word || wordOf(projection, key) === hidden;
      return rows.filter(isAsked).map((row) => ({
        ...row,
        key: `${hidden === word ? '' : word}${row.key.slice(hidden === word ? 0 : hidden.length)}`,
        body: open(projection, row.key, row.body),
      }));
    },
  };
}

/** True of a store that has rows or visits, and no key of the rows: the key is written first where there is one. */
export async function isBegunInClear(store: FieldStore): Promise<boolean> {
  const [users, events] = [await store.readRows(USERS, { maxCount: 1 }), await store.readFeed({ maxCount: 1 })];
  return users.length + events.length > 0 && (await store.readRow(KEY, KEY)) === null;
}

/** The subject of the key store whose key encrypts that of the rows: it is wrapped again by each rotation, as those of clients are. */
const HOST = { visitId: 'field-rows', subject: 'operator/host' } as const;

/** Reads the key of the rows, which the first process makes. */
async function readKey(store: FieldStore, wrapping: WrappingKeys, privacy: Privacy): Promise<Uint8Array> {
  type Stored = Readonly<{ sealed?: string; wrapped?: string }>;
  const read = async () => ((await store.readRow(KEY, KEY))?.body ?? {}) as Stored;
  await writeRows(store, KEY, async () => {
    const { sealed, wrapped } = await read();
    if (sealed !== undefined) return [];
    // Written by a release that wrapped it by a key of its own, which no rotation destroyed.
    const [known] = wrapped === undefined ? [] : await wrapping.unwrap(EPOCH, [{ id: KEY, wrapped }]);
    const text = Buffer.from(known ?? randomBytes(32)).toString('base64');
    return [{ projection: KEY, key: KEY, body: { sealed: await privacy.sealFor(HOST, KEY, text) } }];
  });
  const text = await privacy.openFor(HOST, KEY, (await read()).sealed ?? '');
  if (typeof text !== 'string') throw new Error('The key of the rows of this host is missing');
  await wrapping.destroy(EPOCH);
  return Buffer.from(text, 'base64');
}
