/**
 * Measures the server of the two screens: the time from a committed event to each console that listens, the processor time of an
 * event with 5 and with 50 consoles, and the first page of a board of 10,000 visits: `npm run field:bench`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { commands, type VisitCommand } from 'auxilio';
import { sqliteStore } from 'auxilio/sqlite';
import { createFieldApp } from '../examples/field/server/app.ts';
import { seedUsers } from '../examples/field/server/demo.ts';
import { createField } from '../examples/field/server/field.ts';
import { photosIn } from '../examples/field/server/photos.ts';
import { keysIn } from '../examples/field/server/stored-keys.ts';
import { follow, presentPosition } from '../examples/field/server/tail.ts';

/** In the child: consoles that listen, each of which reports when it saw which version of which visit. */
async function listen(url: string, cookie: string, count: number): Promise<void> {
  const seen = (visitId: string, version: number) =>
    process.send?.([visitId, version, performance.timeOrigin + performance.now()]);
  const consoles = Array.from({ length: count }, async () => {
    const { body } = await fetch(`${url}/api/stream`, { headers: { cookie } });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [, data] = /^event: visit\ndata: (.*)$/m.exec(text.slice(0, end)) ?? [];
        if (data !== undefined) {
          const { visitId, version } = JSON.parse(data);
          seen(visitId, version);
        }
        text = text.slice(end + 2);
      }
    }
  });
  await Promise.all(consoles);
}

const operator = { role: 'contact-center', id: 'op-03' } as const;
const provider = { id: 'prov-014', name: 'Gerardo Ureña Solís' };

function assigned(n: number): VisitCommand {
  const at = new Date().toISOString();
  const data = { visitId: `v-${n}`, at, arriveBy: at, caseNumber: `EXP-${n}`, client: { name: 'Ana Rojas' }, provider };
  return commands.assignVisit({ ...data, service: 'fontanería', place: 'Barva' }, operator, `assign-${n}`);
}

async function measure(consoles: number, events: number, visits: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'field-bench-'));
  const store = sqliteStore({ file: join(folder, 'field.sqlite') });
  const closing = new AbortController();
  const field = await createField({
    store,
    keys: keysIn(folder, join(folder, 'wrapping')),
    photos: photosIn(join(folder, 'photos')),
    closing: closing.signal,
    onFailure: (error) => console.error(error),
    streams: { mostPerPerson: 1000 },
  });
  await seedUsers(field, 'x', 16);
  for (let n = 0; n < visits; n += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, visits - n) }, (_, k) => field.service.handle(assigned(n + k))),
    );
  }
  const following = follow(field, await presentPosition(field), 200);
  const hono = createFieldApp({ field, screens: () => new Response(null) });
  const server = serve({ fetch: hono.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = await field.users.read('marta');
  if (user === null) throw new Error('marta is missing');
  const cookie = `session=${(await field.sessions.start(user, undefined)).token}`;
  if (visits > 1) {
    for (let n = 0; n < 3; n += 1) {
      const startedAt = performance.now();
      const page = await (await fetch(`${url}/api/board?maxCount=10000`, { headers: { cookie } })).text();
      console.log(`board of ${visits} visits: ${Math.round(performance.now() - startedAt)} ms, ${page.length} bytes`);
    }
  }
  const child = fork(new URL(import.meta.url), [url, cookie, String(consoles)], { execArgv: process.execArgv });
  const committed = new Map<string, number>();
  const lags: number[] = [];
  child.on('message', ([visitId, version, at]: [string, number, number]) => {
    const from = committed.get(`${visitId} ${version}`);
    if (from !== undefined) lags.push(at - from);
  });
  while (field.hub.size < consoles) await pause(20);
  const before = process.cpuUsage();
  for (let n = 0; n < events; n += 1) {
    const breach = {
      visitId: `v-${n % Math.max(1, visits)}`,
      at: new Date().toISOString(),
      kind: 'smoking',
      detail: 'x',
    } as const;
    const answer = await field.service.handle(commands.reportConductBreach(breach, operator, `b-${n}`));
    if (!answer.ok) throw new Error(JSON.stringify(answer.rejection));
    committed.set(`${breach.visitId} ${answer.version}`, performance.timeOrigin + performance.now());
    await pause(10);
  }
  await pause(500);
  const { user: own, system } = process.cpuUsage(before);
  lags.sort((one, other) => one - other);
  const at = (share: number) => lags[Math.floor(lags.length * share)]?.toFixed(1);
  const cpu = ((own + system) / events / 1000).toFixed(2);
  console.log(
    `${consoles} consoles: ${lags.length} of ${events * consoles} seen, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms; ${cpu} ms CPU an event`,
  );
  closing.abort();
  child.kill();
  server.close();
  await following;
  await store.close();
  rmSync(folder, { recursive: true });
}

const [url, cookie = '', count = '0'] = process.argv.slice(2);
if (url !== undefined) await listen(url, cookie, Number(count));
else {
  await measure(5, 300, 100);
  await measure(50, 300, 100);
  await measure(5, 50, 10_000);
}
