/** The page of the benchmark `screen`: a phone whose server is in the page. */
import { guide, type VisitCommand } from 'auxilio';
import { indexedDbReplicaStore } from 'auxilio/indexeddb';
import { memoryStore } from 'auxilio/memory';
import { createReplica, type Remote, type Replica } from 'auxilio/replica';
import { createService } from 'auxilio/service';
import { actors, plainVisit } from 'auxilio/testing';

/** The parts of a page that are used. */
type OpenRequest = {
  readonly result: Database;
  onupgradeneeded: (() => void) | null;
  onsuccess: ((event: unknown) => void) | null;
};
type Database = {
  createObjectStore(name: string): void;
  transaction(name: string, mode: string, options: { durability: 'strict' }): Transaction;
  close(): void;
};
type Transaction = {
  objectStore(name: string): { put(value: number, key: string): void };
  oncomplete: ((event: unknown) => void) | null;
};
declare const requestAnimationFrame: (callback: (at: number) => void) => void;
declare const indexedDB: { open(name: string, version: number): OpenRequest };
declare const document: { readonly body: { textContent: string | null } };

const [assignVisit, ...acts] = plainVisit() as [VisitCommand, ...VisitCommand[]];
const visitIdOf = (nth: number) => `v-${String(nth).padStart(4, '0')}`;
const about = (visitId: string, one: VisitCommand) => ({ ...one, data: { ...one.data, visitId } }) as VisitCommand;
const { provider: actor } = actors;
const serverTime = () => new Date().toISOString();

/** A server with so many visits, each of which has come so far. */
async function serverWith(visits: number, events: number): Promise<Remote> {
  const service = createService({ store: memoryStore() });
  for (let nth = 0; nth < visits; nth += 1) {
    for (const one of [assignVisit, ...acts.slice(0, events - 1)]) await service.handle(about(visitIdOf(nth), one));
  }
  return {
    async sync({ visitId, basedOn, commands }) {
      const { outcomes, events: added, version } = await service.sync({ visitId, basedOn, commands }, actor);
      return { outcomes, events: added, version: Number(version), serverTime: serverTime() };
    },
    async events(visitId, after) {
      const { events: log, version } = await service.load(visitId);
      return { events: log.slice(after), version: Number(version), serverTime: serverTime() };
    },
    async assignments() {
      const listed = Array.from({ length: visits }, (_, nth) => ({ visitId: visitIdOf(nth), version: events }));
      return { visits: listed, cursor: '1', more: false, serverTime: serverTime() };
    },
    async putPhoto() {},
  };
}

const offline: Remote = {
  sync: () => Promise.reject(new Error('offline')),
  events: () => Promise.reject(new Error('offline')),
  assignments: () => Promise.reject(new Error('offline')),
  putPhoto: () => Promise.reject(new Error('offline')),
};

/** A database whose name begins with this is encrypted. */
const ENCRYPTED = 'encrypted';

const phoneOn = (name: string, remote: Remote): Replica => {
  const store = indexedDbReplicaStore({ name, encrypted: name.startsWith(ENCRYPTED) });
  return createReplica({ store, remote, actor, device: 'phone-1' });
};

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Fills a phone with visits. */
async function fill(name: string, visits: number, events: number): Promise<void> {
  const replica = phoneOn(name, await serverWith(visits, events));
  await replica.sync();
  replica.close();
}

/** The milliseconds from nothing to the list of visits and the guide of one, on the screen. */
async function open(name: string): Promise<number> {
  const startedAt = performance.now();
  const replica = phoneOn(name, offline);
  const listed = await replica.visits();
  const { local } = await replica.visit(listed[0]?.visitId ?? '');
  show(`${listed.length} ${guide(local, { role: 'provider', actorId: actor.id }).open.length}`);
  await frame();
  replica.close();
  return performance.now() - startedAt;
}

/** The milliseconds of each act of a visit: until it is durable, and its guide stands in the next frame. */
async function act(name: string, nth: number): Promise<readonly number[]> {
  const replica = phoneOn(name, offline);
  const taken: number[] = [];
  for (const one of acts) {
    await frame();
    const startedAt = performance.now();
    const answer = await replica.act(about(visitIdOf(nth), one));
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const { open: now, suggested } = guide(answer.visit.local, { role: 'provider', actorId: actor.id });
    show(`${suggested} ${now.map(({ command, say }) => `${command} ${say.join(' ')}`).join('; ')}`);
    await frame();
    taken.push(performance.now() - startedAt);
  }
  replica.close();
  return taken;
}

/** The milliseconds of strict transactions that write one small record, until the next frame. */
async function empty(count: number): Promise<readonly number[]> {
  const request = indexedDB.open('empty', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('one');
  await new Promise((resolve) => {
    request.onsuccess = resolve;
  });
  const taken: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    await frame();
    const startedAt = performance.now();
    const transaction = request.result.transaction('one', 'readwrite', { durability: 'strict' });
    transaction.objectStore('one').put(nth, 'key');
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    await frame();
    taken.push(performance.now() - startedAt);
  }
  request.result.close();
  return taken;
}

function show(text: string): void {
  document.body.textContent = text;
}

Object.assign(globalThis, { measured: { fill, open, act, empty } });
