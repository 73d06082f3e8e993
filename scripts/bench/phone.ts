import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitCommand } from 'auxilio';
import { createReplica, httpRemote, type Remote, type Replica } from 'auxilio/replica';
import { sqliteReplicaStore } from 'auxilio/sqlite';
import { actors, plainVisit } from 'auxilio/testing';
import { startServer } from '../../examples/05-server/server.ts';
import { tokenOf } from '../../examples/05-server/token.ts';
import type { Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';

const SECRET = 'a secret of this benchmark alone';
/** 22 visits of 23 acts are 506 commands. */
const VISITS = 22;

const photo = (nth: number): Uint8Array => {
  const bytes = new Uint8Array(60_000).fill(nth % 251);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  bytes.set([nth & 255, nth >> 8], 4);
  return bytes;
};

const [assignVisit, ...acts] = plainVisit() as [VisitCommand, ...VisitCommand[]];

/** The acts of the provider in a plain visit, about another visit and with another photograph. */
const actsOf = (visitId: string, sha256: string): readonly VisitCommand[] =>
  acts.map((one) =>
    JSON.parse(JSON.stringify(one).replaceAll('"visit-1"', `"${visitId}"`).replaceAll('a'.repeat(64), sha256)),
  );

/** The visits of a phone, assigned at the server. */
async function assigned(url: string, nth: string): Promise<readonly string[]> {
  const token = await tokenOf({ role: 'operator', sub: 'op-1' }, SECRET);
  const visits = Array.from({ length: VISITS }, (_, index) => `v-${nth}-${index}`);
  for (const visitId of visits) {
    const response = await fetch(`${url}/visits/${visitId}/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'AssignVisit', data: { ...assignVisit.data, visitId } }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
  return visits;
}

async function remoteTo(url: string): Promise<Remote> {
  const token = await tokenOf({ role: 'provider', sub: actors.provider.id }, SECRET);
  return httpRemote({ url, headers: { authorization: `Bearer ${token}` } });
}

type Phone = Readonly<{ replica: Replica; actMs: readonly number[]; close: () => Promise<void> }>;

/** A phone whose visits are assigned, with all their acts waiting, and the milliseconds of each act. */
async function phoneWithWork(directory: string, url: string, nth: number): Promise<Phone> {
  const visits = await assigned(url, `ours-${nth}`);
  const store = sqliteReplicaStore({ file: join(directory, `phone-${nth}.sqlite`) });
  const replica = createReplica({ store, remote: await remoteTo(url), actor: actors.provider, device: 'phone-1' });
  await replica.sync();
  const actMs: number[] = [];
  for (const [index, visitId] of visits.entries()) {
    const { sha256 } = await replica.photos.add(visitId, photo(nth * VISITS + index), { mediaType: 'image/jpeg' });
    for (const act of actsOf(visitId, sha256)) {
      const startedAt = performance.now();
      const answer = await replica.act(act);
      actMs.push(performance.now() - startedAt);
      if (!answer.ok) throw new Error(`${act.type}: ${JSON.stringify(answer)}`);
    }
  }
  const close = async () => {
    replica.close();
    await store.close();
  };
  return { replica, actMs, close };
}

async function syncMs({ replica }: Phone): Promise<number> {
  const startedAt = performance.now();
  const { result, sent } = await replica.sync();
  const ms = performance.now() - startedAt;
  if (result !== 'done' || sent.accepted.length !== VISITS * acts.length)
    throw new Error(`${result}: ${sent.accepted.length}`);
  return ms;
}

/** The same calls for other visits, without a replica. */
async function callsMs(url: string, nth: number): Promise<number> {
  const visits = await assigned(url, `calls-${nth}`);
  const remote = await remoteTo(url);
  const works = await Promise.all(
    visits.map(async (visitId, index) => {
      const bytes = photo(30_000 + nth * VISITS + index);
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      const sha256 = Buffer.from(digest).toString('hex');
      const commands = actsOf(visitId, sha256).map((one, place) => ({
        ...one,
        metadata: { ...one.metadata, commandId: `${visitId}-${place}` },
      })) as readonly VisitCommand[];
      return { visitId, bytes, sha256, commands };
    }),
  );
  const startedAt = performance.now();
  for (const { visitId, bytes, sha256, commands } of works) {
    await remote.putPhoto({ sha256, bytes, visitId, mediaType: 'image/jpeg' });
    await remote.sync({ visitId, basedOn: 1, commands, device: 'phone-1' });
  }
  return performance.now() - startedAt;
}

async function measure(directory: string, size: Size) {
  const server = await startServer({
    secret: SECRET,
    port: 0,
    file: join(directory, 'server.sqlite'),
    onFailure: console.error,
  });
  const taken: { sync: number; calls: number; open: number }[] = [];
  const actMs: number[] = [];
  for (let nth = 0; nth < (size === 'quick' ? 2 : 9); nth += 1) {
    const phone = await phoneWithWork(directory, server.url, nth);
    const before = nth % 2 === 0 ? await callsMs(server.url, nth) : null;
    const sync = await syncMs(phone);
    const calls = before ?? (await callsMs(server.url, nth));
    await phone.close();
    const open = await openMs(join(directory, `phone-${nth}.sqlite`), server.url);
    if (nth > 0) taken.push({ sync, calls, open });
    if (nth > 0) actMs.push(...phone.actMs);
  }
  await server.close();
  return { taken, actMs: actMs.sort((one, other) => one - other) };
}

/** The milliseconds from nothing to the list of visits and the guide's state of one of them. */
async function openMs(file: string, url: string): Promise<number> {
  const remote = await remoteTo(url);
  const startedAt = performance.now();
  const store = sqliteReplicaStore({ file });
  const replica = createReplica({ store, remote, actor: actors.provider, device: 'phone-1' });
  const [first] = await replica.visits();
  await replica.visit(first?.visitId ?? '');
  const ms = performance.now() - startedAt;
  replica.close();
  await store.close();
  return ms;
}

export const phone: Bench = {
  name: 'phone',
  title: 'A phone that was offline all day',
  says:
    'A replica on SQLite with 506 commands and 22 photographs waiting in 22 visits, which syncs over HTTP on this machine with the\n' +
    'example server, SQLite behind; and the same calls made by hand, in turn. Each act was judged and stored durably before\n' +
    'it was answered.',
  async run(size) {
    const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
    try {
      const { taken, actMs } = await measure(directory, size);
      const of = (pick: (one: (typeof taken)[number]) => number) => median(taken.map(pick));
      const at = (share: number) => actMs[Math.floor(actMs.length * share)] ?? Number.NaN;
      const sync = of((one) => one.sync);
      const ratio = of((one) => one.sync / one.calls);
      const head = ['sync, ms', 'the calls alone, ms', 'ratio', 'act, p50 ms', 'act, p95 ms', 'open, ms'];
      const row = [sync, of((one) => one.calls), ratio, at(0.5), at(0.95), of((one) => one.open)].map(digits);
      const bars = [{ what: '506 commands synced', figure: sync, unit: ' ms', bar: 1000, is: 'at most' } as const];
      return { tables: [{ head, rows: [row] }], bars };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
