import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'auxilio';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { memoryWrappingKeys } from 'auxilio/privacy';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFieldServer } from '../../../examples/field/server/server.ts';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { limits } from '../../support/limits.ts';
import { arrive, at } from '../http/host.ts';
import { inspecting, photo, submit, take } from '../http/photo-bytes.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeEach(async () => {
  host = await fieldHost({ streams: { heartbeatMs: 3_600_000 } });
  await host.assign('v-1', 'gerardo', 'EXP-SECRETO-1', 'Zoila Reservada');
  await host.assign('v-2', 'lucia');
});

const post = (login: string, path: string, body: unknown) => host.as(login, path, { method: 'POST', body });

describe('a stream that is open', () => {
  async function opened(login: string) {
    const stream = streamOf(await host.as(login, '/api/stream'));
    expect((await stream.next())?.name).toBe('hello');
    return stream;
  }

  it('ends with the logout, before anything else is sent', async () => {
    const [mine, other] = [await opened('marta'), await opened('diego')];
    expect((await host.as('marta', '/api/session', { method: 'DELETE' })).status).toBe(204);
    host.field.hub.publish([{ name: 'note', data: { text: 'Después de la salida' }, isFor: () => true }]);
    expect(await mine.next()).toBe(null);
    expect((await other.next())?.name).toBe('note');
    await other.leave();
  });

  it('ends with the revocation of its device, before anything else is sent', async () => {
    const [thief, other] = [await opened('gerardo'), await opened('lucia')];
    await post('marta', '/api/devices/revoke', { providerId: 'prov-014', device: 'gerardo-1' });
    expect(await thief.next()).toBe(null);
    expect(host.field.hub.size).toBe(1);
    await other.leave();
  });

  it('ends on every process of the database, not only on the one that was asked', async () => {
    const store = memoryStore();
    const streams = { heartbeatMs: 3_600_000 };
    const keys = { keys: memoryKeyStore(), wrapping: memoryWrappingKeys() };
    const [one, other] = [await fieldHost({ store, keys, streams }), await fieldHost({ store, keys, streams })];
    const following = follow(other.field, await presentPosition(other.field), 10);
    const open = async (login: string) => {
      const stream = streamOf(await other.as(login, '/api/stream'));
      await stream.next();
      return stream;
    };
    const [thief, operator, supervisor] = [await open('gerardo'), await open('marta'), await open('silvia')];
    const body = { providerId: 'prov-014', device: 'gerardo-1' };
    expect((await one.as('silvia', '/api/devices/revoke', { method: 'POST', body })).status).toBe(200);
    expect(await thief.next()).toBe(null);
    const cookie = await other.cookieOf('marta');
    await one.send('/api/session', { method: 'DELETE', headers: { cookie } });
    expect(await operator.next()).toBe(null);
    expect(other.field.hub.size).toBe(1);
    await supervisor.leave();
    other.closing.abort();
    await following;
  });

  it('is not opened by a session or device that ends meanwhile', async () => {
    const { devices } = host.field;
    const isRevoked = vi.spyOn(devices, 'isRevoked');
    isRevoked.mockImplementationOnce(async (name) => {
      const revoked = await devices.isRevoked(name);
      await post('marta', '/api/devices/revoke', { providerId: 'prov-014', device: 'gerardo-1' });
      return revoked;
    });
    expect((await host.as('gerardo', '/api/stream')).status).toBe(403);
    expect(host.field.hub.size).toBe(0);
  });

  it('is the only kind of stream, so that none outlives a session', async () => {
    const board = await host.as('marta', '/api/board', { headers: { accept: 'text/event-stream' } });
    expect(board.headers.get('content-type')).toBe('application/json');
  });
});

describe('a login', () => {
  it('of a person is not shut by one address that tries on', async () => {
    const wrong = { login: 'marta', password: 'no', device: 'd' };
    const statuses: number[] = [];
    for (let n = 0; n < 100; n += 1)
      statuses.push((await host.send('/api/session', { method: 'POST', body: wrong })).status);
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(95).fill(429)]);
    // From another address they enter.
    const { name } = host.field.limits;
    expect(name.count('marta', Date.parse(host.field.now()))).toBe(0);
  });

  it('under the session of another leaves no way back into that one, and takes no token from the browser', async () => {
    const fixed = await host.cookieOf('gerardo');
    const body = { login: 'lucia', password: 'prueba', device: 'l' };
    const entered = await host.send('/api/session', { method: 'POST', body, headers: { cookie: fixed } });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0];
    expect(cookie).not.toBe(fixed);
    expect((await host.send('/api/session', { headers: { cookie: fixed } })).status).toBe(401);
  });

  it('that never ends its body is answered, and the next one works', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const slow = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"log')) });
      const headers = { 'x-field': '1', 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: slow, duplex: 'half' } as RequestInit;
      const answer = host.hono.request('https://field.test/api/session', init);
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), limits.waitMs);
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await answer).status).toBe(408);
    } finally {
      vi.useRealTimers();
    }
    expect((await post('marta', '/api/visits/v-1/notes', { text: 'Sigue' })).status).toBe(201);
  });
});

describe('a provider who is after another visit', () => {
  const act = (visitId: string, more: object = {}) => ({ ...arrive(visitId, `c-${visitId}`), ...more });

  it('gets nowhere by an id inside of a request for their own', async () => {
    const foreign = [
      ['/api/visits/v-2/commands', act('v-1')],
      ['/api/visits/v-2/sync', { basedOn: 1, commands: [act('v-1')], device: 'lucia-1' }],
      ['/api/visits/v-1/sync', { basedOn: 1, commands: [act('v-1')], device: 'lucia-1' }],
      ['/api/visits/v-1/commands', act('v-1')],
      ['/api/visits/v-2%2F..%2Fv-1/commands', act('v-1')],
    ] as const;
    for (const [path, body] of foreign) {
      const answer = await post('lucia', path, body);
      expect([path, answer.status < 300]).toEqual([path, false]);
      expect(await answer.text()).not.toMatch(/SECRETO|Reservada|Gerardo|prov-014|Barva/);
    }
    const both = await post('lucia', '/api/commands', { commands: [act('v-1'), act('v-2')] });
    const text = await both.text();
    expect(text).not.toMatch(/SECRETO|Reservada|Gerardo|prov-014/);
    const { results } = JSON.parse(text) as { results: { status: number }[] };
    expect(results.map(({ status }) => status)).toEqual([403, 200]);
    expect((await host.field.service.load('v-1')).version).toBe(1n);
  });

  it('gets one answer to all they ask of it, whether it is there or not, and after the same time', async () => {
    const { bytes, sha256 } = photo();
    const said = { disagreementId: 'd-x', at: '2026-03-17T13:00:00.000Z', reason: 'x' };
    const asked = (visitId: string): readonly (readonly [string, string, unknown?])[] => [
      ['GET', `/visits/${visitId}`],
      ['GET', `/visits/${visitId}/events`],
      ['GET', `/visits/${visitId}/events?after=1&lastEventId=x`],
      ['GET', `/visits/${visitId}/dossier`],
      ['GET', `/visits/${visitId}/guide`],
      ['GET', `/visits/${visitId}/timeline`],
      ['GET', `/visits/${visitId}/disagreements`],
      ['POST', `/visits/${visitId}/disagreements`, said],
      ['POST', `/visits/${visitId}/disagreements`, { ...said, at: '' }],
      ['POST', `/visits/${visitId}/commands`, { ...act(visitId), metadata: { commandId: 'c-same' } }],
      ['POST', `/visits/${visitId}/sync`, { basedOn: 1, commands: [], device: 'lucia-1' }],
      ['POST', `/visits/${visitId}/sync`, { basedOn: 99, commands: [act(visitId)], device: 'lucia-1' }],
      ['PUT', `/visits/${visitId}/lead`, { device: 'lucia-1' }],
      ['HEAD', `/photos/${sha256}?visit=${visitId}`],
      ['PUT', `/photos/${sha256}?visit=${visitId}`, bytes],
      ['GET', `/photos/${sha256}?visit=${visitId}`],
    ];
    const answerTo = async ([method, path, body]: readonly [string, string, unknown?]) => {
      const startedAt = performance.now();
      const answer = await host.as('lucia', `/api${path}`, { method, body });
      const text = await answer.text();
      const isAtOnce = answer.status === 403 && performance.now() - startedAt < 25;
      return { method, path, status: answer.status, headers: [...answer.headers], text, isAtOnce };
    };
    await host.cookieOf('lucia');
    for (const [place, request] of asked('v-1').entries()) {
      const there = await answerTo(request);
      const none = await answerTo(asked('v-0')[place] ?? request);
      expect(there).toEqual({ ...none, path: there.path });
      expect(there).toMatchObject({ status: 403, isAtOnce: false });
    }
  });

  it('waits as long for the refusals of a batch as for each alone', async () => {
    await host.cookieOf('lucia');
    for (const visitIds of [['v-1'], ['v-0'], ['v-1', 'v-0', 'v-1']]) {
      const startedAt = performance.now();
      const answer = await post('lucia', '/api/commands', { commands: visitIds.map((visitId) => act(visitId)) });
      const isAtOnce = performance.now() - startedAt < 25 * visitIds.length;
      const { results } = (await answer.json()) as { results: { status: number }[] };
      expect([results.map(({ status }) => status), isAtOnce]).toEqual([visitIds.map(() => 403), false]);
    }
  });

  it('who had it before learns by a disagreement nothing of what came after', async () => {
    const { service } = host.field;
    const operator = { role: 'contact-center', id: 'op-03' } as const;
    const instruct = { visitId: 'v-2', at: at(20), about: 'visit', decision: 'reassign', text: 'cambio' } as const;
    const provider = { id: 'prov-014', name: 'Gerardo Ureña Solís' };
    const reassign = { visitId: 'v-2', at: at(21), provider, arriveBy: at(90) };
    await service.handle(commands.giveInstruction(instruct, operator, 'i-1'));
    await service.handle(commands.reassignProvider(reassign, operator, 'r-1'));
    await service.handle(commands.recordArrival({ visitId: 'v-2', at: at(30) }, { role: 'provider', id: 'prov-014' }));
    const path = '/api/visits/v-2/disagreements';
    const said = { disagreementId: 'd-1', at: at(40), reason: 'Era mía' };
    const made = await (await post('lucia', path, said)).json();
    expect(made).toMatchObject({ visit: { caseNumber: 'EXP-v-2', phase: 'in-transit' } });
    expect(await (await host.as('lucia', path)).text()).not.toContain('on-site');
  });

  it('records as nobody but themselves', async () => {
    const others = [
      { role: 'contact-center', id: 'prov-022' },
      { role: 'provider', id: 'prov-014' },
      { role: 'supervisor', id: 'sup-01' },
    ];
    for (const actor of others) {
      const answer = await post(
        'lucia',
        '/api/visits/v-2/commands',
        act('v-2', { metadata: { commandId: 'c', actor } }),
      );
      expect([actor, answer.status]).toEqual([actor, 403]);
    }
    const polluted = `{"type":"RecordArrival","data":{"visitId":"v-2","at":"2026-03-17T14:10:00.000Z"},"metadata":{"commandId":"c-p","__proto__":{"actor":{"role":"contact-center","id":"op-03"}}}}`;
    expect((await post('lucia', '/api/visits/v-2/commands', polluted)).status).toBe(400);
    expect(({} as { actor?: unknown }).actor).toBe(undefined);
  });

  it('sees no photograph by its hash: neither that it is there, nor what is on it', async () => {
    const { bytes, sha256 } = photo();
    const put = { method: 'PUT', body: bytes };
    expect((await host.as('gerardo', `/api/photos/${sha256}?visit=v-1`, put)).status).toBe(200);
    for (const command of [arrive(), ...inspecting(), take('f-1', sha256, 'c-take')]) {
      const own = { ...command, data: { ...command.data, visitId: 'v-2' } };
      expect((await post('lucia', '/api/visits/v-2/commands', own)).status).toBe(200);
    }
    const head = await host.as('lucia', `/api/photos/${sha256}?visit=v-2`, { method: 'HEAD' });
    expect(head.headers.get('upload-complete')).toBe('?0');
    for (const login of ['lucia', 'marta']) {
      const shown = await host.as(login, `/api/photos/${sha256}?visit=v-2`);
      expect([login, shown.status]).toEqual([login, 404]);
    }
    // One who has the bytes needs no other's.
    expect((await host.as('lucia', `/api/photos/${sha256}?visit=v-2`, put)).status).toBe(200);
    expect((await host.as('lucia', `/api/photos/${sha256}?visit=v-2`)).status).toBe(200);
  });

  it('says of no photograph that it is sent whose bytes only others had', async () => {
    const { bytes, sha256 } = photo();
    expect((await host.as('gerardo', `/api/photos/${sha256}?visit=v-1`, { method: 'PUT', body: bytes })).status).toBe(
      200,
    );
    const answerTo = async (hash: string, photoId: string) => {
      const acts = [...inspecting(), take(photoId, hash, `c-${photoId}`), submit([photoId], `s-${photoId}`)];
      const own = [arrive(), ...acts].map((command, index) => ({
        ...command,
        data: { ...command.data, visitId: 'v-2' },
        metadata: { ...command.metadata, commandId: `c-${index}-${photoId}` },
      }));
      const answer = await post('lucia', '/api/visits/v-2/sync', { basedOn: 1, commands: own, device: 'lucia-1' });
      const { code } = (await answer.json()) as { code?: string };
      return [answer.status, code];
    };
    const none = await answerTo('0'.repeat(64), 'f-none');
    expect(none).toEqual([409, 'photos-missing']);
    expect(await answerTo(sha256, 'f-there')).toEqual(none);
  });

  it('who had it before learns nothing of the photographs that the next one took', async () => {
    await host.assign('v-3', 'gerardo');
    const { service } = host.field;
    const { sha256 } = photo();
    const operator = { role: 'contact-center', id: 'op-03' } as const;
    const instruct = { visitId: 'v-3', at: at(0), about: 'visit', decision: 'reassign', text: 'cambio' } as const;
    const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
    await service.handle(commands.giveInstruction(instruct, operator, 'i-1'));
    await service.handle(
      commands.reassignProvider({ visitId: 'v-3', at: at(1), provider, arriveBy: at(90) }, operator, 'r-1'),
    );
    for (const command of [arrive(), ...inspecting(), take('f-1', sha256, 'c-take')]) {
      const own = { ...command, data: { ...command.data, visitId: 'v-3' } };
      expect((await post('lucia', '/api/visits/v-3/commands', own)).status).toBe(200);
    }
    const sent = (photoId: string) => {
      const { metadata, ...command } = submit([photoId], `s-${photoId}`);
      return { ...command, data: { ...command.data, visitId: 'v-3' }, metadata };
    };
    for (const photoId of ['f-1', 'f-none']) {
      const command = sent(photoId);
      const alone = await post('gerardo', '/api/visits/v-3/commands', command);
      expect([photoId, alone.status]).toEqual([photoId, 403]);
      const batch = await (await post('gerardo', '/api/commands', { commands: [command] })).json();
      expect([photoId, (batch as { results: { status: number }[] }).results[0]?.status]).toEqual([photoId, 403]);
      const body = { basedOn: 1, commands: [command], device: 'gerardo-1' };
      const synced = await post('gerardo', '/api/visits/v-3/sync', body);
      expect([photoId, synced.status]).toEqual([photoId, 200]);
      expect(await synced.text()).not.toContain(sha256);
    }
  });
});

describe('a body', () => {
  it('that is nested as deeply as its size allows is refused, and is no failure', async () => {
    const nested = (bytes: number) => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`;
    const objects = (bytes: number) => `${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}`;
    for (const deep of [nested, objects]) {
      const command = (bytes: number) => `{"type":"RecordArrival","data":${deep(bytes)}}`;
      for (const [path, body] of [
        ['/api/visits/v-2/commands', command(60_000)],
        ['/api/visits/v-2/sync', `{"basedOn":1,"device":"lucia-1","commands":[${command(60_000)}]}`],
        ['/api/visits/v-2/sync', `{"basedOn":1,"device":"lucia-1","head":${deep(60_000)},"commands":[]}`],
        ['/api/commands', `{"commands":[${command(1_000_000)}]}`],
        ['/api/commands', deep(1_000_000)],
        ['/api/session', `{"login":${deep(4_000)}}`],
      ] as const) {
        const answer = await post('lucia', path, body);
        expect([path, answer.status < 500]).toEqual([path, true]);
      }
    }
    expect(host.failures).toEqual([]);
  });
});

describe('a person of the center', () => {
  it('does nothing of a supervisor or payer, and takes over no claim', async () => {
    expect((await post('diego', '/api/claims/v-1', {})).status).toBe(200);
    expect((await post('marta', '/api/claims/v-1', { take: true })).status).toBe(409);
    expect((await host.as('marta', '/api/claims/v-1', { method: 'DELETE' })).status).toBe(409);
    for (const path of ['/api/play', '/api/payments']) expect((await post('marta', path, {})).status).toBe(403);
    expect((await post('silvia', '/api/payments', {})).status).toBe(403);
  });
});

describe('a connection to the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'field-attacker-'));
  const failures: unknown[] = [];
  let server: Awaited<ReturnType<typeof startFieldServer>>;
  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>phone</title>');
    server = await startFieldServer({
      port: 0,
      folder: join(folder, 'data'),
      screens: { '/phone/': folder },
      isDemo: true,
      password: 'prueba',
      onFailure: (error) => failures.push(error),
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The answer to bytes as they are, up to the end of the connection. */
  const raw = (bytes: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
      socket.write(bytes);
    });
  const request = (line: string, headers = 'host: x\r\n', body = '') =>
    raw(`${line} HTTP/1.1\r\n${headers}connection: close\r\n\r\n${body}`);

  it('gets no file but those of the screens, whatever path it names', async () => {
    for (const path of [
      '/phone/../../../../etc/passwd',
      '/phone/..%2f..%2fpackage.json',
      '/phone/%2e%2e/%2e%2e/package.json',
      '/phone/..%5c..%5cpackage.json',
      '/phone/%00/index.html',
      '//evil.example/phone/',
      'http://evil.example/phone/../field.sqlite',
      '/field.sqlite',
    ]) {
      const answer = await request(`GET ${path}`);
      expect([path, /root:|"devDependencies"|SQLite format/.test(answer)]).toEqual([path, false]);
      expect([path, /^location: .*evil/im.test(answer)]).toEqual([path, false]);
    }
  });

  it('is answered, or closed, whatever its headers and body are', async () => {
    const json = 'content-type: application/json\r\nx-field: 1\r\n';
    const answers = [
      await request('GET /api/board', 'host: evil/@x\r\n'),
      await request('GET /api/board', 'host: \r\n'),
      await request('TRACE /api/board'),
      await request('GET /api/board', `host: x\r\ncookie: session=${'A'.repeat(20_000)}\r\n`),
      await request('GET /api/board', 'host: x\r\ncookie: session=%0d%0aset-cookie: a=b\r\n'),
      await request('POST /api/session', `host: x\r\n${json}content-length: 5\r\ncontent-length: 6\r\n`, '{"a":'),
      await request(
        'POST /api/session',
        `host: x\r\n${json}content-length: 5\r\ntransfer-encoding: chunked\r\n`,
        '0\r\n\r\n',
      ),
      await request('POST /api/session', `host: x\r\n${json}content-length: 9000\r\n`, 'x'.repeat(9_000)),
      await request('POST /api/session', `host: x\r\n${json}content-length: 4000\r\n`, '['.repeat(4_000)),
    ];
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toMatch(/^set-cookie:|node_modules|\bat .*\.ts:/im);
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(failures).toEqual([]);
  });
});
