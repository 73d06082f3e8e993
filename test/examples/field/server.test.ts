import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { optionsOf } from '../../../examples/field/server/options.ts';
import { startFieldServer } from '../../../examples/field/server/server.ts';
import { policy } from '../../../examples/http/policy.ts';
import { serverOfFile } from '../../stores/postgres-server.ts';
import { arrive } from '../http/host.ts';
import { photo } from '../http/photo-bytes.ts';
import { streamOf } from './stream-events.ts';

const folders: string[] = [];
const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'field-server-'));
  folders.push(folder);
  return join(folder, 'data');
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const postgres = serverOfFile({ fsync: 'off' });
const failures: unknown[] = [];

const started = (options: { folder: string; database?: string }) =>
  startFieldServer({
    port: 0,
    screens: {},
    isDemo: true,
    password: 'prueba',
    onFailure: (error) => failures.push(error),
    ...options,
  });

async function loggedIn(url: string, login: string) {
  const body = JSON.stringify({ login, password: 'prueba', device: `${login}-1` });
  const headers = { 'x-field': '1', 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers, body });
  return { 'x-field': '1', cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

const ofPostgres = emptyFolder();
const stores: [string, () => { folder: string; database?: string }][] = [
  ['SQLite', () => ({ folder: emptyFolder() })],
  ['Postgres', () => ({ folder: ofPostgres, database: postgres().connectionString })],
];

describe.each(stores)('the server on %s', (_, optionsOfStore) => {
  it('keeps visits, sessions and photographs over an end and a start, and ends with its streams', async () => {
    const options = optionsOfStore();
    const first = await started(options);
    const [gerardo, marta] = [await loggedIn(first.url, 'gerardo'), await loggedIn(first.url, 'marta')];
    const stream = streamOf(await fetch(`${first.url}/api/stream`, { headers: marta }));
    expect((await stream.next())?.name).toBe('hello');
    const { visits } = (await (await fetch(`${first.url}/api/assignments`, { headers: gerardo })).json()) as {
      visits: { visitId: string }[];
    };
    const visitId = visits[0]?.visitId ?? '';
    const command = arrive(visitId, 'c-arrive');
    const at = new Date().toISOString();
    const sent = await fetch(`${first.url}/api/visits/${visitId}/commands`, {
      method: 'POST',
      headers: { ...gerardo, 'content-type': 'application/json' },
      body: JSON.stringify({ ...command, data: { ...command.data, at } }),
    });
    expect(sent.status).toBe(200);
    expect(await stream.next()).toMatchObject({ name: 'device', data: { providerId: 'prov-014' } });
    expect(await stream.next()).toMatchObject({ name: 'visit', data: { visitId, version: 2 } });
    const { bytes, sha256 } = photo(300_000);
    const put = (url: string) =>
      fetch(`${url}/api/photos/${sha256}?visit=${visitId}`, { method: 'PUT', headers: gerardo, body: bytes });
    expect((await put(first.url)).status).toBe(200);
    await first.close();
    expect(await stream.next()).toBe(null);

    const second = await started(options);
    const head = { method: 'HEAD', headers: gerardo };
    const there = await fetch(`${second.url}/api/photos/${sha256}?visit=${visitId}`, head);
    expect(there.headers.get('upload-complete')).toBe('?1');
    const board = await fetch(`${second.url}/api/board`, { headers: marta });
    expect(await board.json()).toMatchObject({ total: 4 });
    expect((await second.field.service.load('v-2026-0001')).state.policyId).toBe(policy.id);
    const again = streamOf(await fetch(`${second.url}/api/stream`, { headers: { ...marta, 'last-event-id': 'x.1' } }));
    expect((await again.next())?.name).toBe('reset');
    await second.close();
    expect(failures).toEqual([]);
  });

  it('says what it has heard to the screens of another server on the same database', async () => {
    const options = optionsOfStore();
    const [one, other] = [await started(options), await started(options)];
    const [gerardo, marta] = [await loggedIn(one.url, 'gerardo'), await loggedIn(one.url, 'marta')];
    const [here, there] = [
      streamOf(await fetch(`${one.url}/api/stream`, { headers: marta })),
      streamOf(await fetch(`${other.url}/api/stream`, { headers: marta })),
    ];
    for (const each of [here, there]) expect((await each.next())?.name).toBe('hello');
    const json = { 'content-type': 'application/json' };
    const post = async (path: string, headers: object, body: object) => {
      const init = { method: 'POST', headers: { ...headers, ...json }, body: JSON.stringify(body) };
      expect((await fetch(`${one.url}/api${path}`, init)).ok).toBe(true);
    };
    const visitId = 'v-2026-0001';
    await post(`/claims/${visitId}`, marta, {});
    await post(`/visits/${visitId}/notes`, marta, { text: 'Llamar a las tres' });
    await post('/shifts', marta, {});
    await post(`/visits/${visitId}/sync`, gerardo, { device: 'gerardo-1', basedOn: 1, commands: [] });
    await post('/shifts/end', marta, { text: 'Todo al día' });
    const said = [
      { name: 'claim', data: { visitId, claim: { actorId: 'op-03' } } },
      { name: 'note', data: { visitId, text: 'Llamar a las tres' } },
      { name: 'shift', data: { actorId: 'op-03', endedAt: null } },
      { name: 'device', data: { device: 'gerardo-1', visitId, basedOn: 1 } },
      { name: 'shift', data: { handover: 'Todo al día' } },
      { name: 'claim', data: { visitId, claim: null } },
    ];
    for (const stream of [here, there]) for (const each of said) expect(await stream.next()).toMatchObject(each);
    await Promise.all([one.close(), other.close()]);
    expect(failures).toEqual([]);
  });
});

describe('a server whose port is taken', () => {
  it('says so, and leaves nothing open', async () => {
    const first = await started({ folder: emptyFolder() });
    const port = Number(new URL(first.url).port);
    const second = startFieldServer({
      port,
      screens: {},
      isDemo: false,
      folder: emptyFolder(),
      onFailure: () => undefined,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});

describe('the command line', () => {
  it('says what is wrong with it', () => {
    expect(optionsOf(['--port', '99999'], {})).toMatchObject({ refused: expect.stringContaining('--port') });
    expect(optionsOf(['--nonsense'], {})).toMatchObject({ refused: expect.stringContaining('--nonsense') });
    expect(optionsOf([], { FIELD_ORIGIN: 'nowhere' })).toHaveProperty('refused');
    expect(optionsOf(['--help'], {})).toHaveProperty('help');
    const env = { DATABASE_URL: 'postgres://x', FIELD_ORIGIN: 'https://x.test/y' };
    expect(optionsOf([], env)).toMatchObject({ refused: expect.stringContaining('--folder') });
    expect(optionsOf(['--port', '0', '--folder', 'f'], env)).toEqual({
      options: { port: 0, folder: 'f', database: 'postgres://x', origin: 'https://x.test' },
    });
  });
});
