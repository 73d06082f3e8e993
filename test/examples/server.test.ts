import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import type { VisitCommand } from 'auxilio';
import { httpRemote } from 'auxilio/replica';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionsOf } from '../../examples/05-server/options.ts';
import { startServer } from '../../examples/05-server/server.ts';
import { tokenOf } from '../../examples/05-server/token.ts';
import type { ProblemReply } from '../../examples/http/replies.ts';
import { expectPromised } from './http/contract.ts';
import { arrive, assign, luis, operator } from './http/host.ts';
import { photo } from './http/photo-bytes.ts';
import { eventsOf } from './http/sse.ts';
import { bundled, emptyFolder, ran } from './run-example.ts';

const secret = 'a secret of this test, long enough';
const { folder, remove } = emptyFolder();
const failures: unknown[] = [];
let server: Awaited<ReturnType<typeof startServer>>;

const opened = () => startServer({ secret, port: 0, onFailure: (error) => failures.push(error) });
beforeAll(async () => {
  server = await opened();
});
afterAll(async () => {
  await server.close();
  remove();
});

const bearer = async (claims: object) => ({ authorization: `Bearer ${await tokenOf({ ...claims }, secret)}` });
const json = { 'content-type': 'application/json' };

async function send(claims: object, command: object, headers: object = {}) {
  const path = '/visits/v-1/commands';
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { ...json, ...(await bearer(claims)), ...headers },
    body: JSON.stringify(command),
  });
  const text = await response.text();
  expectPromised('POST', path, response, text);
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

describe('05, the server', () => {
  it('carries commands out, and shows visit and board', async () => {
    expect((await send(operator, assign('v-1', 'c-1'))).status).toBe(200);
    expect((await send(luis, arrive('v-1', 'c-2'), { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    expect((await send(luis, arrive('v-1', 'c-2'))).body.repeated).toBe(true);
    const visit = await fetch(`${server.url}/visits/v-1`, { headers: await bearer(operator) });
    expect(await visit.json()).toMatchObject({ version: 2, state: { phase: 'on-site' } });
    const head = await fetch(`${server.url}/visits/v-1`, { method: 'HEAD', headers: await bearer(operator) });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, '"2"', '']);
    const board = await fetch(`${server.url}/board`, { headers: await bearer(operator) });
    expect(await board.json()).toMatchObject({ byPhase: { 'on-site': [{ visitId: 'v-1' }] } });
  });

  it('takes no token but its own, and none that has run out', async () => {
    const [header, , signature] = (await tokenOf(operator, secret)).split('.');
    const claims = Buffer.from(JSON.stringify({ ...operator, exp: 4e9 })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const wrong = [
      `Bearer ${await tokenOf(operator, 'another secret')}`,
      `Bearer ${await tokenOf({ ...operator }, secret).then((token) => token.slice(0, -2))}`,
      `Bearer ${header}.${claims}.${signature}`,
      `Bearer ${unsigned}.${claims}.`,
      'Bearer x',
      'Basic b3A6eA==',
      '',
    ];
    for (const authorization of wrong) {
      const response = await fetch(`${server.url}/visits/v-1`, { headers: { authorization } });
      expect([authorization, response.status]).toEqual([authorization, 401]);
    }
  });

  it('refuses ten megabytes without reading them, declared or not, and goes on', async () => {
    const headers = { ...json, ...(await bearer(operator)) };
    const declared = await fetch(`${server.url}/visits/v-1/commands`, {
      method: 'POST',
      headers,
      body: 'x'.repeat(1e7),
    });
    expect(declared.status).toBe(413);
    expect(((await declared.json()) as ProblemReply).code).toBe('too-large');
    const status = await chunked(1e7, headers.authorization);
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
    expect((await send(operator, assign('v-1', 'c-1'))).status).toBe(200);
  });

  it('streams the board over the wire, and stops when the browser leaves', async () => {
    const leaving = new AbortController();
    const headers = { ...(await bearer(operator)), accept: 'text/event-stream' };
    const response = await fetch(`${server.url}/board`, { headers, signal: leaving.signal });
    const events = eventsOf(response);
    expect((await events.next()).name).toBe('board');
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const open = timers();
    leaving.abort();
    while (timers() > open - 2) await later(5);
    expect(failures).toEqual([]);
  });

  it('takes what a phone did offline and its photographs, cut connections and a restart between them included', async () => {
    const at = emptyFolder();
    const file = join(at.folder, 'visits.sqlite');
    const own = { secret, port: 0, file, onFailure: (error: unknown) => failures.push(error) };
    const first = await startServer(own);
    const assigning = await fetch(`${first.url}/visits/v-1/commands`, {
      method: 'POST',
      headers: { ...json, ...(await bearer(operator)) },
      body: JSON.stringify(assign('v-1', 'c-1')),
    });
    expect(assigning.status).toBe(200);
    const { authorization } = await bearer(luis);
    const remoteOf = (url: string, send = fetch) => httpRemote({ url, headers: { authorization }, fetch: send });
    const actor = { role: 'provider', id: 'p-1' } as const;
    const command = { ...arrive('v-1'), metadata: { actor, commandId: 'c-2' } } as VisitCommand;
    const batch = { visitId: 'v-1', basedOn: 1, commands: [command], device: 'phone-7' };
    const { visits } = await remoteOf(first.url).assignments(null);
    expect(visits).toEqual([{ visitId: 'v-1', version: 1 }]);
    const one = { ...photo(400_000), visitId: 'v-1', mediaType: 'image/jpeg' };
    let puts = 0;
    const cut: typeof fetch = (input, init) => {
      if (init?.method === 'PUT') puts += 1;
      const isCut = init?.method === 'PUT' && puts === 2;
      return fetch(input, isCut ? { ...init, signal: AbortSignal.abort() } : init);
    };
    await expect(remoteOf(first.url, cut).putPhoto(one)).rejects.toMatchObject({ kind: 'unavailable' });
    await first.close();
    await expect(remoteOf(first.url).sync(batch)).rejects.toMatchObject({ kind: 'unavailable' });

    const second = await startServer(own);
    const remote = remoteOf(second.url, cut);
    expect((await remote.sync(batch)).outcomes).toEqual([{ outcome: 'accepted', position: 2 }]);
    await remote.putPhoto(one);
    expect(
      createHash('sha256')
        .update(readFileSync(join(`${file}.photos`, one.sha256)))
        .digest('hex'),
    ).toBe(one.sha256);
    expect((await remote.events('v-1', 1)).events).toMatchObject([{ type: 'ProviderArrived' }]);
    await second.close();
    at.remove();
  });

  it('ends its open streams when it closes, and then itself', async () => {
    const own = await opened();
    const headers = { ...(await bearer(operator)), accept: 'text/event-stream' };
    const streams = await Promise.all([1, 2, 3].map(() => fetch(`${own.url}/board`, { headers }).then(eventsOf)));
    for (const events of streams) expect((await events.next()).name).toBe('board');
    await own.close();
    for (const events of streams) expect((await events.next()).name).toBe('end');
    await expect(fetch(own.url)).rejects.toThrow();
  });

  it('opens many streams without a warning, though not for one token', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    const own = await opened();
    // Held: fetch gives up the body of an answer that is collected as garbage, and its stream ends.
    const answers: Response[] = [];
    for (let n = 0; n < 24; n++) {
      const headers = { ...(await bearer({ ...operator, sub: `op-${n >> 1}` })), accept: 'text/event-stream' };
      answers.push(await fetch(`${own.url}/board`, { headers }));
    }
    const headers = { ...(await bearer({ ...operator, sub: 'op-1' })), accept: 'text/event-stream' };
    for (let n = 0; n < 4; n++) answers.push(await fetch(`${own.url}/board`, { headers }));
    expect(answers.map(({ status }) => status)).toEqual([...Array(26).fill(200), 429, 429]);
    await own.close();
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it.each(['one byte of a body', 'a body before it is asked for'])('does not wait for ever for %s', async (what) => {
    const own = await startServer({
      secret,
      port: 0,
      bodyTimeoutMs: 50,
      requestTimeoutMs: 3_000,
      onFailure: () => undefined,
    });
    const { authorization } = await bearer(operator);
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    const token = what.startsWith('one') ? `Authorization: ${authorization}\r\n` : '';
    socket.write(
      `POST /visits/v-1/commands HTTP/1.1\r\nHost: x\r\n${token}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    await once(socket, 'close');
    expect(text.split('\r\n')[0]).toBe(`HTTP/1.1 ${token === '' ? '401 Unauthorized' : '408 Request Timeout'}`);
    await own.close();
  });

  it('serves the document of what it serves', async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    expect(((await response.json()) as { openapi: string }).openapi).toBe('3.1.0');
  });
});

/** Sends a body of unknown length to its end, ignoring early responses; returns the status line. */
function chunked(bytes: number, authorization: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /visits/v-1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
          'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 0x20), Buffer.from('\r\n')]);
      for (let sent = 0; sent < bytes; sent += 65_536) socket.write(chunk);
    });
    socket.on('data', (data) => {
      text += data;
      if (!text.includes('\r\n')) return;
      resolve(text.slice(0, text.indexOf('\r\n')));
      socket.destroy();
    });
    socket.on('error', (error) => (text === '' ? reject(error) : undefined));
    socket.on('close', () => reject(new Error('closed without an answer')));
  });
}

describe('05 as a program', () => {
  it('shows itself', async () => {
    const { code, stdout, stderr } = await ran(folder, 'examples/05-server/main.ts', '--demo');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('POST /visits/v-2026-0317-01/commands → 200 "2"');
    expect(stdout).toContain('→ 409');
    expect(stdout).toContain('→ 412 "2"');
    expect(stdout).toContain('event: board');
    expect(stdout).toContain('"suggested":"ShowCredential"');
  });

  it('helps, and refuses what it does not know', () => {
    expect(optionsOf(['--help'])).toMatchObject({ help: expect.stringMatching(/^Uso: /) });
    expect(optionsOf(['--port', '0', '--file', 'x.sqlite'])).toEqual({
      options: { port: 0, file: 'x.sqlite', demo: false },
    });
    for (const args of [['--nope'], ['--port', 'x'], ['--port', '70000'], ['--port'], ['extra']]) {
      expect(optionsOf(args)).toMatchObject({ refused: expect.stringContaining('Uso: ') });
    }
  });

  it('says so when the port is taken, or the file is none', async () => {
    const port = new URL(server.url).port;
    const runServer = await bundled('examples/05-server/main.ts');
    const taken = await runServer(folder, '--port', port);
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining('EADDRINUSE')]);
    const none = await runServer(folder, '--port', '0', '--file', '.');
    expect([none.code, none.stderr.split('\n').length]).toEqual([2, 2]);
  });
});
