import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'auxilio';
import { afterAll, describe, expect, it } from 'vitest';
import { continueErasures } from '../../../examples/field/server/erasures.ts';
import { startFieldServer } from '../../../examples/field/server/server.ts';
import { hashOf, inspecting, photo, submit, take } from '../http/photo-bytes.ts';

const root = mkdtempSync(join(tmpdir(), 'field-erased-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const [folder, backup] = [join(root, 'data'), join(root, 'backup')];
const visitId = 'v-1';
const now = Date.now();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

const names = ['Zoila Ñandú Güell', 'Potrero Cerrado, casa añil', 'EXP-CANARIO-7731', 'Preguntar por Ñoña'];
const words = [
  ...names,
  'ventana del cuarto añil',
  'No quiso abrirle a Güell',
  '6123-7731',
  '61237731',
  'Zoila',
  'Güell',
];
const picture = photo(150_000);
const pixels = Buffer.from(picture.bytes.subarray(70_000, 70_064));

const start = () =>
  startFieldServer({
    ...{ port: 0, folder, screens: {}, isDemo: true, password: 'prueba' },
    onFailure: (error) => {
      throw error;
    },
  });

type Server = Awaited<ReturnType<typeof start>>;

const json = { 'x-field': '1', 'content-type': 'application/json' };

async function enter({ url }: Server, login: string) {
  const body = JSON.stringify({ login, password: 'prueba', device: `${login}-1` });
  const entered = await fetch(`${url}/api/session`, { method: 'POST', headers: json, body });
  const headers = { ...json, cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
  return (path: string, method = 'GET', sent?: object) => {
    const isBytes = sent instanceof Uint8Array;
    const payload = isBytes ? (sent as Uint8Array<ArrayBuffer>) : JSON.stringify(sent);
    return fetch(`${url}/api${path}`, {
      method,
      headers: isBytes ? { ...headers, 'content-type': 'image/jpeg' } : headers,
      ...(sent !== undefined && { body: payload }),
    });
  };
}

/** The canaries that stand in clear in the files under a folder, and in their names. */
function inClear(): readonly string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const bytes = files.map((one) => readFileSync(join(one.parentPath, one.name)));
  const named = files.map(({ name }) => name).join();
  const forms = (word: string) => [
    word,
    word.normalize('NFD'),
    JSON.stringify(word).slice(1, -1),
    word.toLowerCase(),
    Buffer.from(word).toString('base64').slice(0, -4),
  ];
  const found = words.filter((word) => forms(word).some((form) => bytes.some((file) => file.includes(form))));
  const isThere = bytes.some((file) => file.includes(pixels) || file.includes(picture.sha256));
  return [...found, ...(isThere || named.includes(picture.sha256) ? ['the photograph'] : [])];
}

/** The canaries in the answers of all routes that have something of a visit. */
async function answered(server: Server): Promise<readonly string[]> {
  const texts: string[] = [];
  const ofVisit = ['', '/events', '/dossier', '/timeline', '/photos', '/report', '/notes', '/disagreements'];
  const ofCenter = ['/telephones', '/client-sessions', '/reads', '/erasure', '/guide'];
  const others = [
    '/board',
    '/rows',
    '/claims',
    '/disagreements',
    '/payments',
    '/erasures',
    '/assignments',
    '/quarantine',
  ];
  const sought = ['zoila', 'güell', 'canario', '7731', '6123-7731', 'exp-canario-7731'];
  for (const login of ['marta', 'silvia', 'pablo', 'gerardo']) {
    const ask = await enter(server, login);
    const paths = [
      ...[...ofVisit, ...ofCenter].map((path) => `/visits/${visitId}${path}`),
      ...[...others, '/telephones', '/door-secrets', '/shifts'],
      ...sought.map((q) => `/search?q=${encodeURIComponent(q)}`),
    ];
    for (const path of paths) texts.push(await (await ask(path)).text());
    const shown = await ask(`/photos/${picture.sha256}?visit=${visitId}`);
    if (shown.ok && hashOf(new Uint8Array(await shown.arrayBuffer())) === picture.sha256) texts.push('the photograph');
  }
  const all = texts.join('\n').normalize('NFC');
  return [...words, 'the photograph'].filter((word) => all.includes(word));
}

/** A visit of a client whose every text is a canary, up to its end. */
async function live(server: Server): Promise<void> {
  const [marta, gerardo, silvia] = [
    await enter(server, 'marta'),
    await enter(server, 'gerardo'),
    await enter(server, 'silvia'),
  ];
  const [name = '', place = '', caseNumber = ''] = names;
  const provider = { id: 'prov-014', name: 'Gerardo Ureña Solís' };
  const operator = { role: 'contact-center', id: 'op-03' } as const;
  const data = {
    visitId,
    at: at(-60),
    caseNumber,
    client: { name },
    provider,
    service: 'fontanería',
    place,
    arriveBy: at(0),
  };
  await server.field.service.handle(commands.assignVisit(data, operator, 'c-1'));
  const shifted = (command: { type: string; data: object; metadata?: object }, minutes: number) => ({
    ...command,
    data: {
      ...command.data,
      visitId,
      at: at(minutes),
      ...(command.type === 'LocateFault' && { where: 'ventana del cuarto añil' }),
    },
  });
  const arrival = { type: 'RecordArrival', data: {} };
  const acts = [arrival, ...inspecting(), take('f-1', picture.sha256, 'c-take')];
  for (const [nth, act] of acts.entries())
    expect(await (await gerardo(`/visits/${visitId}/commands`, 'POST', shifted(act, nth - 50))).json()).toMatchObject({
      version: nth + 2,
    });
  const half = picture.bytes.slice(0, 70_001);
  const upload = (from: number, bytes: Uint8Array<ArrayBuffer>) =>
    fetch(`${server.url}/api/photos/${picture.sha256}?visit=${visitId}`, {
      method: 'PUT',
      headers: { ...json, ...uploading, 'content-range': `bytes ${from}-${from + bytes.byteLength - 1}/150000` },
      body: bytes,
    });
  const uploading = { cookie: (await entered(server, 'gerardo')) ?? '', 'content-type': 'image/jpeg' };
  expect((await upload(0, half)).status).toBe(200);
  expect(inClear()).toEqual([]);
  expect((await upload(70_001, picture.bytes.slice(70_001))).status).toBe(200);
  expect((await gerardo(`/visits/${visitId}/commands`, 'POST', shifted(submit(['f-1'], 'c-submit'), -30))).status).toBe(
    200,
  );
  await marta(`/visits/${visitId}/notes`, 'POST', { text: 'Preguntar por Ñoña' });
  await marta(`/visits/${visitId}/telephones`, 'POST', { client: '61237731' });
  await marta(`/visits/${visitId}/client-link`, 'POST', {});
  await marta(`/claims/${visitId}`, 'POST', {});
  const reason = 'No quiso abrirle a Güell';
  await gerardo(`/visits/${visitId}/disagreements`, 'POST', { disagreementId: 'd-1', at: at(-20), reason });
  for (const command of [
    commands.giveInstruction(
      { visitId, at: at(-10), about: 'visit', decision: 'cancel', text: reason },
      operator,
      'c-2',
    ),
    commands.closeVisit({ visitId, at: at(-9), reason: 'Preguntar por Ñoña' }, operator, 'c-3'),
  ])
    expect((await server.field.service.handle(command)).ok).toBe(true);
  expect((await silvia('/erasures')).status).toBe(200);
  for (const model of ['board', 'search', 'payments', 'namings'] as const) await server.field.models.catchUp(model);
}

async function entered({ url }: Server, login: string) {
  const body = JSON.stringify({ login, password: 'prueba', device: `${login}-1` });
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers: json, body });
  return response.headers.get('set-cookie')?.split(';')[0];
}

const restore = (names: readonly string[]) => {
  for (const name of readdirSync(folder))
    if (names.includes(name.split('-')[0] ?? '')) rmSync(join(folder, name), { recursive: true });
  for (const name of names) cpSync(join(backup, name), join(folder, name), { recursive: true });
};

describe('the canaries of a client', () => {
  it('are in no file before the erasure, and in no answer after it, whatever is restored', {
    timeout: 120_000,
  }, async () => {
    let server = await start();
    await live(server);
    expect(await answered(server)).toEqual([...words.filter((word) => !word.includes('61237731')), 'the photograph']);
    expect(inClear()).toEqual([]);
    await server.close();
    cpSync(folder, backup, { recursive: true });

    server = await start();
    const silvia = await enter(server, 'silvia');
    const made = await silvia(`/visits/${visitId}/erasure`, 'POST', { ground: 'client' });
    expect([made.status, await made.json()]).toMatchObject([201, { state: 'erased', remembered: ['phones'] }]);
    expect(await answered(server)).toEqual([]);
    expect(readdirSync(join(folder, 'photos')).filter((name) => /^[0-9a-f]{64}$/.test(name))).toEqual([]);
    // A body that is restored has no key that is left.
    expect(await server.field.photoKeys.read(picture.sha256)).toBe(null);
    await continueErasures(server.field);
    expect(await (await silvia('/erasures')).json()).toMatchObject({
      erasures: [{ remembered: ['phones'], waitsFor: 'none' }],
    });
    await server.close();
    server = await start();
    expect(await answered(server)).toEqual([]);
    await server.close();
    cpSync(folder, join(root, 'after'), { recursive: true });

    // The data of a backup with the keys of today.
    restore(['field.sqlite', 'photos']);
    server = await start();
    expect(await answered(server)).toEqual([]);
    await server.close();
    expect(inClear()).toEqual([]);

    // The keys of a backup, by which no text of others opens either: with the data of today, and with those of the backup.
    restore(['keys.sqlite']);
    await expect(start()).rejects.toThrow();
    restore(['field.sqlite', 'keys.sqlite']);
    await expect(start()).rejects.toThrow();
  });
});
