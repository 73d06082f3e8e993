/** Work that a test gives to pages, to one alone or to several at once. */
import { type IndexedDbStore, indexedDbDeviceKey, indexedDbReplicaStore, indexedDbStore } from 'auxilio/indexeddb';
import { deleteDB, openDB } from 'idb';

type Begin = (this: unknown, ...parameters: unknown[]) => { readonly mode: string; readonly durability: string };

declare const IDBDatabase: { prototype: { transaction: Begin } };

const event = (id: string, text = '') => ({ type: 'Written', data: { text }, metadata: { eventId: id } });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** The fields of an error that a test compares. */
const said = (error: unknown) => {
  const { code, message, cause } = error as { code?: string; message?: string; cause?: { name?: string } };
  return { code, message, cause: cause?.name };
};

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: unknown) => said(error),
  );

/** Runs work; the durability of each transaction that it began, by its mode, and that of one that asks for nothing. */
async function durabilities(name: string) {
  const begin = IDBDatabase.prototype.transaction;
  const begun: { mode: string; durability: string }[] = [];
  IDBDatabase.prototype.transaction = function (...parameters) {
    const transaction = begin.apply(this, parameters);
    begun.push({ mode: transaction.mode, durability: transaction.durability });
    return transaction;
  };
  try {
    const store = indexedDbStore({ name });
    await store.appendToStream('a', [event('1')], { rows: [{ projection: 'p', key: 'k', body: {} }] });
    await store.commitCheckpoint('c', { expected: 0, cursor: null });
    await store.startGeneration('p', 'b');
    await store.promoteGeneration('p', { builder: 'b', expected: 1, current: 0 });
    await store.reset('p');
    const replica = indexedDbReplicaStore({ name });
    const at = await replica.writeGroup('a', 0, { k: '1' });
    await replica.dropGroup('a', at);
    await replica.putBlob('b', Uint8Array.of(1));
    await replica.dropBlob('b');
    await Promise.all([store.close(), replica.close()]);
  } finally {
    IDBDatabase.prototype.transaction = begin;
  }
  const database = await openDB(name);
  const { durability } = database.transaction('events', 'readwrite') as unknown as { durability: string };
  database.close();
  return {
    writing: begun.filter(({ mode }) => mode === 'readwrite').map((one) => one.durability),
    unasked: durability,
  };
}

/** The public key of a device, and a signature by the private part, which no script can read. */
async function signed(name: string, text: string) {
  const { publicKey, sign } = indexedDbDeviceKey({ name });
  const key = await publicKey();
  const signature = Array.from(new Uint8Array(await sign(new TextEncoder().encode(text))));
  const database = await openDB(`${name}-key`);
  const pair = await database.get('application', 'device');
  database.close();
  const read = await crypto.subtle.exportKey('pkcs8', pair.privateKey).then(
    () => 'read',
    () => 'refused',
  );
  return { key, signature, read };
}

/** Appends to a shared stream, and adds records to a shared group, each time at what was read. */
async function writeBeside(name: string, writer: string, count: number) {
  const store = indexedDbStore({ name });
  const replica = indexedDbReplicaStore({ name });
  const conflicts = { append: 0, group: 0 };
  for (const n of numbers(count)) {
    await again(
      async () => {
        const { currentStreamVersion } = await store.readStream('shared');
        await store.appendToStream('shared', [event(`${writer}-${n}`)], {
          expectedStreamVersion: currentStreamVersion,
        });
      },
      () => (conflicts.append += 1),
    );
    await again(
      async () => {
        const { revision } = await replica.readGroup('shared');
        await replica.writeGroup('shared', revision, { [`${writer}-${n}`]: writer });
      },
      () => (conflicts.group += 1),
    );
  }
  await Promise.all([store.close(), replica.close()]);
  return conflicts;
}

async function again(work: () => Promise<void>, conflict: () => unknown): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'version-conflict' && code !== 'replica-conflict') throw error;
      conflict();
    }
  }
}

/** Reads the shared stream and the shared group. */
async function written(name: string) {
  const store = indexedDbStore({ name });
  const replica = indexedDbReplicaStore({ name });
  const stored = await store.readStored('shared');
  const { records } = await replica.readGroup('shared');
  await Promise.all([store.close(), replica.close()]);
  return {
    ids: stored.map(({ messageId }) => messageId),
    versions: stored.map(({ streamPosition }) => Number(streamPosition)),
    keys: [...records.keys()],
  };
}

/** The stores that a page keeps open, and why they were closed. */
const kept: { store: IndexedDbStore; replica: ReturnType<typeof indexedDbReplicaStore>; reasons: unknown[] }[] = [];

async function keep(name: string) {
  const reasons: unknown[] = [];
  const onClose = (error: unknown) => reasons.push(said(error));
  const one = { store: indexedDbStore({ name, onClose }), replica: indexedDbReplicaStore({ name, onClose }), reasons };
  kept.push(one);
  await one.store.appendToStream('a', [event('kept')]);
  await one.replica.writeGroup('a', 0, { k: '1' });
}

/** The reasons for which the kept stores were closed, and the refusals of calls. */
async function refusals() {
  const [one] = kept;
  if (one === undefined) throw new Error('no store was kept');
  return {
    reasons: one.reasons,
    refused: [await refusal(one.store.readStream('a')), await refusal(one.replica.readGroup('a'))],
  };
}

async function upgrade(name: string, version: number) {
  (await openDB(name, version)).close();
  return refusal(indexedDbStore({ name }).readStream('a'));
}

/** Fills the quota with events and with the bytes of photographs; how many were acknowledged, and the refusals. */
async function fill(name: string) {
  const store = indexedDbStore({ name });
  const replica = indexedDbReplicaStore({ name });
  const found = { events: 0, blobs: 0, refused: [] as unknown[] };
  const text = () => Array.from(crypto.getRandomValues(new Uint8Array(50_000)), (byte) => byte.toString(36)).join('');
  const untilFull = async (write: (n: number) => Promise<unknown>, done: () => void) => {
    for (const n of numbers(2_000)) {
      try {
        await write(n);
        done();
      } catch (error) {
        found.refused.push(said(error));
        return;
      }
    }
  };
  await untilFull(
    (n) => replica.putBlob(`${n}`, crypto.getRandomValues(new Uint8Array(60_000))),
    () => (found.blobs += 1),
  );
  await untilFull(
    (n) => store.appendToStream('a', [event(`full-${n}-a`, text()), event(`full-${n}-b`, text())]),
    () => (found.events += 2),
  );
  const held = { events: (await store.readStored('a')).length, blobs: (await replica.listBlobs()).length };
  await Promise.all([store.close(), replica.close()]);
  return { ...found, held };
}

async function append(name: string, id: string) {
  const store = indexedDbStore({ name });
  await store.appendToStream('a', [event(id)]);
  const stored = await store.readStored('a');
  await store.close();
  return stored.length;
}

let acknowledgedCount = 0;

/** Appends until an append is refused because the database is gone; the codes of the refusals. */
async function writeUntilGone(name: string) {
  const store = indexedDbStore({ name });
  const codes: unknown[] = [];
  while (codes.at(-1) !== 'store-unavailable') {
    await store.appendToStream('a', [event(`${acknowledgedCount}`)]).then(
      () => (acknowledgedCount += 1),
      (error: unknown) => codes.push(said(error).code),
    );
  }
  return codes;
}

async function putBytes(name: string, size: number) {
  const replica = indexedDbReplicaStore({ name });
  await replica.putBlob('b', crypto.getRandomValues(new Uint8Array(size)));
  await replica.close();
}

/** Writes without end; `report` is called with the number of each write that was acknowledged. */
async function writeEndlessly(name: string, report: (n: number) => unknown) {
  const store = indexedDbStore({ name });
  const replica = indexedDbReplicaStore({ name });
  let at = 0;
  for (let n = 0; ; n += 1) {
    await store.appendToStream('a', [event(`${n}-a`), event(`${n}-b`)]);
    await replica.putBlob(String(n).padStart(8, '0'), new Uint8Array(20_000).fill(n));
    at = await replica.writeGroup('a', at, { head: `${n}`, k: `${n}` });
    await report(n);
  }
}

/** Reads the data that a write without end has left. */
async function left(name: string) {
  const store = indexedDbStore({ name });
  const replica = indexedDbReplicaStore({ name });
  const { records } = await replica.readGroup('a');
  return {
    ids: (await store.readStored('a')).map(({ messageId }) => messageId),
    records: [...records],
    blobs: await replica.listBlobs(),
  };
}

export const scenarios = {
  signed,
  putBytes,
  ...{
    durabilities,
    writeBeside,
    written,
    keep,
    refusals,
    upgrade,
    fill,
    append,
    writeEndlessly,
    left,
    writeUntilGone,
  },
  acknowledged: () => acknowledgedCount,
  remove: (name: string) => deleteDB(name),
};
