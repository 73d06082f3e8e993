import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'auxilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photosIn } from '../../../examples/field/server/photos.ts';
import { arrive, at, breach } from '../http/host.ts';
import { inspecting, photo, submit, take } from '../http/photo-bytes.ts';
import { fieldHost } from './field-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'field-photos-'));
const { bytes, sha256 } = photo();
let host: Awaited<ReturnType<typeof fieldHost>>;

beforeAll(async () => {
  host = await fieldHost({ photos: photosIn(folder) });
  await host.assign('v-1', 'gerardo');
  await host.assign('v-2', 'lucia');
});
afterAll(() => rmSync(folder, { recursive: true }));

const put = (login: string, visitId: string, body: Uint8Array<ArrayBuffer>) =>
  host.as(login, `/api/photos/${sha256}?visit=${visitId}`, { method: 'PUT', body });
const get = (login: string, visitId = 'v-1', name = sha256) => host.as(login, `/api/photos/${name}?visit=${visitId}`);
const statusOf = async (login: string, visitId?: string) => (await get(login, visitId)).status;
const send = (login: string, command: object) =>
  host.as(login, '/api/visits/v-1/commands', { method: 'POST', body: command });

describe('a photograph', () => {
  it('is taken only from those whom the visit concerns, and only if it is one', async () => {
    expect((await put('lucia', 'v-1', bytes)).status).toBe(403);
    expect((await put('pablo', 'v-1', bytes)).status).toBe(403);
    expect((await put('gerardo', 'v-1', new TextEncoder().encode('<svg onload=alert(1)>'))).status).toBe(415);
    expect((await put('gerardo', 'v-1', new Uint8Array(11 * 1024 * 1024))).status).toBe(413);
    expect((await put('gerardo', 'v-1', bytes)).status).toBe(200);
    const head = await host.as('gerardo', `/api/photos/${sha256}?visit=v-1`, { method: 'HEAD' });
    expect([head.status, head.headers.get('upload-complete')]).toEqual([200, '?1']);
    const payer = await host.as('pablo', `/api/photos/${sha256}?visit=v-1`, { method: 'HEAD' });
    expect(payer.status).toBe(403);
  });

  it('is shown once an act says that it was taken, to those who see the act', async () => {
    for (const login of ['gerardo', 'lucia', 'marta', 'pablo'])
      expect([login, await statusOf(login)]).toEqual([login, 403]);
    for (const command of [arrive(), ...inspecting(), take('f-1', sha256, 'c-take'), submit(['f-1'], 'c-submit')]) {
      expect((await send('gerardo', command)).status).toBe(200);
    }
    for (const login of ['gerardo', 'marta', 'silvia', 'pablo']) {
      const headers = { 'accept-encoding': 'gzip' };
      const shown = await host.as(login, `/api/photos/${sha256}?visit=v-1`, { headers });
      expect(shown.headers.get('content-encoding')).toBe(null);
      expect([login, shown.status, shown.headers.get('content-type')]).toEqual([login, 200, 'image/jpeg']);
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
      expect(shown.headers.get('content-security-policy')).toContain('sandbox');
      expect(shown.headers.get('cache-control')).toBe('private, no-cache');
    }
    const path = `/api/photos/${sha256}?visit=v-1`;
    const known = { headers: { 'if-none-match': `"${sha256}"` } };
    expect((await host.as('marta', path, known)).status).toBe(304);
    expect((await host.as('lucia', path, known)).status).toBe(403);
    expect(await statusOf('lucia')).toBe(403);
    // Nor by way of a visit of their own.
    expect(await statusOf('lucia', 'v-2')).toBe(403);
    expect(await statusOf('marta', 'v-2')).toBe(403);
  });

  it('is read as it is taken: those who read slowly do not fill the memory', async () => {
    const big = photo(300_000);
    const path = `/api/photos/${big.sha256}?visit=v-1`;
    expect((await host.as('gerardo', path, { method: 'PUT', body: big.bytes })).status).toBe(200);
    expect((await send('gerardo', take('f-2', big.sha256, 'c-big'))).status).toBe(200);
    const shown = await host.as('marta', path);
    expect([shown.headers.get('content-length'), shown.headers.get('content-type')]).toEqual(['300000', 'image/jpeg']);
    const sizes: number[] = [];
    for await (const piece of shown.body ?? []) sizes.push(piece.byteLength);
    expect([Math.max(...sizes), sizes.reduce((sum, size) => sum + size)]).toEqual([65_536, 300_000]);
    const left = await host.as('marta', path);
    await left.body?.cancel();
  });

  it('is named by its hash, which leads nowhere else', async () => {
    for (const name of ['..%2F..%2Fpackage.json', 'uploads', 'a'.repeat(63), sha256.toUpperCase()]) {
      expect([name, (await get('marta', 'v-1', name)).status]).toEqual([name, 400]);
    }
    expect((await host.as('marta', `/api/photos/${sha256}`)).status).toBe(400);
    expect(await statusOf('marta', 'v-none')).toBe(404);
  });

  it('stays with a former provider who took it, and comes to the next one with the log', async () => {
    const operator = { role: 'contact-center', id: 'op-03' } as const;
    const { service } = host.field;
    const instruct = { visitId: 'v-1', at: at(20), about: 'visit', decision: 'reassign', text: 'cambio' } as const;
    await service.handle(commands.giveInstruction(instruct, operator, 'i-1'));
    const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
    const reassigned = commands.reassignProvider(
      { visitId: 'v-1', at: at(21), provider, arriveBy: at(90) },
      operator,
      'r-1',
    );
    expect(await service.handle(reassigned)).toMatchObject({ ok: true });
    expect([await statusOf('gerardo'), await statusOf('lucia')]).toEqual([200, 200]);
    const later = breach('después');
    expect((await send('gerardo', later)).status).toBe(403);
  });

  it('is not shown to a revoked device, which may still hand in', async () => {
    const body = { providerId: 'prov-014', device: 'gerardo-1' };
    expect((await host.as('marta', '/api/devices/revoke', { method: 'POST', body })).status).toBe(200);
    expect(await statusOf('gerardo')).toBe(403);
    const code = async (path: string, init = {}) =>
      ((await (await host.as('gerardo', path, init)).json()) as { code: string }).code;
    for (const path of ['/api/assignments', '/api/visits/v-1/events', '/api/visits/v-1/timeline', '/api/stream']) {
      expect([path, await code(path)]).toEqual([path, 'device-revoked']);
    }
    const head = await host.as('gerardo', `/api/photos/${sha256}?visit=v-1`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    const sync = { basedOn: 0, commands: [], device: 'gerardo-1' };
    expect(await code('/api/visits/v-1/sync', { method: 'POST', body: sync })).toBe('device-revoked');
    const other = { ...sync, device: 'another' };
    expect(await code('/api/visits/v-1/sync', { method: 'POST', body: other })).toBe('other-device');
  });
});

describe('the photographs of a day', () => {
  it('are few at once of each person, as each waits in the memory until it is there', async () => {
    const small = await fieldHost();
    await small.assign('v-1', 'gerardo');
    await small.assign('v-2', 'lucia');
    const send = async (login: string, visitId: string, size: number) => {
      const { bytes: body, sha256: name } = photo(size);
      return (await small.as(login, `/api/photos/${name}?visit=${visitId}`, { method: 'PUT', body })).status;
    };
    for (const login of ['gerardo', 'lucia']) await small.cookieOf(login);
    const all = await Promise.all([
      ...Array.from({ length: 9 }, (_, n) => send('gerardo', 'v-1', 200 + n)),
      send('lucia', 'v-2', 300),
    ]);
    expect(all.sort()).toEqual([...Array(9).fill(200), 429]);
    expect(await send('gerardo', 'v-1', 400)).toBe(200);
  });

  it('are so many bytes of each person, in whatever parts, and those of another day are others', async () => {
    const small = await fieldHost({ photoBytes: 150_000 });
    await small.assign('v-1', 'gerardo');
    await small.assign('v-2', 'lucia');
    const send = async (login: string, visitId: string, size: number) => {
      const { bytes: body, sha256: name } = photo(size);
      return small.as(login, `/api/photos/${name}?visit=${visitId}`, { method: 'PUT', body });
    };
    const statuses: number[] = [];
    for (const size of [200, 201, 100_000, 202]) statuses.push((await send('gerardo', 'v-1', size)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await send('gerardo', 'v-1', 203);
    expect(await refused.json()).toMatchObject({ code: 'too-many-photos' });
    // A time to wait would hold back the acts of the phone as well.
    expect(refused.headers.get('retry-after')).toBe(null);
    expect((await send('lucia', 'v-2', 200)).status).toBe(200);
    small.time.minutes = 24 * 60;
    expect((await send('gerardo', 'v-1', 203)).status).toBe(200);
  });
});
