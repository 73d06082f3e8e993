import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { VisitCommand, VisitEvent } from 'auxilio';
import { memoryKeyStore } from 'auxilio/memory';
import { createPrivacy, memoryWrappingKeys, searchCopy } from 'auxilio/privacy';
import * as service from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { actors, command, minute } from 'auxilio/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPlanter, plantBatch, plantFacts, plantVisit } from './planting.ts';

const by = actors.operator;
const phone = { role: 'client', id: '8888-7777-506' } as const;
const position = { latitude: 9.937123457, longitude: -84.081234567 };

/** Writes canaries by every way into a store of a file, and gathers what else says something of them. */
async function writeCanaries(isPrivate: boolean) {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'events.sqlite');
  const store = sqliteStore({ file });
  onTestFinished(() => store.close());
  const [keys, wrapping] = [memoryKeyStore(), memoryWrappingKeys()];
  const privacy = await createPrivacy({ keys, wrapping, store, copies: [searchCopy(store)] });
  const said: unknown[] = [];
  const { createService, boardProjection, paymentProjection, searchProjector, assignmentsProjector } = service;
  const visits = createService({
    store,
    ...(isPrivate && { privacy }),
    factRecorders: ['contact-center', 'client'],
    projections: [boardProjection, paymentProjection()],
    observe: (signal) => said.push(signal),
    onCommit: (commit) => void said.push(commit),
  });
  const tell = async (call: () => Promise<unknown>) => said.push(await call().catch((error: unknown) => error));
  const planter = createPlanter();
  const acts = plantVisit(planter);
  for (const act of acts.slice(0, 3)) await tell(() => visits.handle(act));
  await tell(() => visits.handleBatch(acts.slice(3)));
  await tell(() => visits.handle(acts[4]!));
  const batch = plantBatch(planter);
  await tell(() => visits.sync({ visitId: 'visit-1', basedOn: 2, commands: batch }, actors.provider));
  const { state } = await visits.load('visit-1');
  const discrepancyId = `d-${(await visits.load('visit-1')).events.findIndex(({ type }) => type === 'DiscrepancyReported') + 1}`;
  const settle = command(
    'SettleDiscrepancy',
    { discrepancyId, taken: [], text: planter.add('Acuerdo de Añil') } as never,
    by,
  );
  await tell(() => visits.settle({ ...settle, metadata: { actor: by, commandId: 'settle-1' } } as never));
  const attested = {
    facts: [
      {
        fact: 'arrival',
        recorded: acts.find(({ type }) => type === 'RecordArrival')!.data.at,
        agrees: false,
        what: planter.add('Llegó tarde, señaló Íñigo'),
      },
    ],
  };
  const attest = {
    type: 'AttestFacts',
    data: { visitId: 'visit-1', at: minute(800), ...attested },
    metadata: { actor: phone, commandId: 'attest-1' },
  };
  await tell(() => visits.handle(attest as VisitCommand));
  await tell(() =>
    visits.handle({ ...acts[5]!, data: { ...acts[5]!.data, surplus: planter.add('Campo de más ñ') } } as never),
  );
  for (const planted of plantFacts(planter)) await tell(() => visits.record(planted, by));
  const arrival = {
    type: 'ProviderArrived',
    data: { visitId: 'visit-2', at: minute(1), by: actors.provider, position },
    metadata: { commandId: 'arrival' },
  };
  await tell(() => visits.record(arrival as VisitEvent, phone));
  for (const projector of [searchProjector, assignmentsProjector]) await service.catchUp(projector(store) as never);
  if (isPrivate) {
    const { client } = acts[0]!.data as { client: { name: string } };
    await service.catchUp(searchProjector(store, { privacy }));
    expect((await service.searchVisits(store, client.name, { privacy })).visits).toMatchObject([
      { client: client.name },
    ]);
    await service.rebuildSearch(store, { privacy });
    await tell(() => service.searchVisits(store, 'visit-1'));
  }
  await service.catchUp({ store, consumer: 'mail', handle: (event: unknown) => void said.push(event) } as never);
  planter.canaries.push(phone.id, String(position.latitude), String(position.longitude), 'c2lnbmF0dXJlY2FuYXJ5');
  return { file, store, privacy, visits, keys, wrapping, said, state, canaries: planter.canaries };
}

type Written = Awaited<ReturnType<typeof writeCanaries>>;

const readFiles = (file: string): Buffer =>
  Buffer.concat(
    ['', '-wal', '-shm']
      .map((end) => `${file}${end}`)
      .filter(existsSync)
      .map((path) => readFileSync(path)),
  );

/** The ways in which a text may be written: as it is, in another case, with its accents apart, escaped, and in base64. */
const spell = (text: string): string[] => [
  text,
  text.toLowerCase(),
  text.toUpperCase(),
  text.normalize('NFD'),
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1),
];

const findIn = (bytes: Buffer, canaries: readonly string[]) =>
  canaries.filter((text) => spell(text).some((one) => bytes.includes(one)));

const subjectsOf = (visitId: string) =>
  ['client', 'representative', 'provider/prov-1', 'provider/prov-2', 'operator/op-1'].map((subject) => ({
    visitId,
    subject,
  }));

const openAll = async ({ visits, privacy }: Written) => {
  const logs = await Promise.all(['visit-1', 'visit-2'].map(async (id) => (await visits.load(id)).events));
  return {
    logs,
    opened: inspect(await Promise.all(logs.map((log) => privacy.open(log))), { depth: 30, maxArrayLength: null }),
  };
};

describe('canaries in every text', () => {
  it('are in no file and in nothing that is said, before an erasure and after it', { timeout: 120_000 }, async () => {
    const written = await writeCanaries(true);
    const { file, said, canaries, privacy, visits, state } = written;
    expect(canaries.length).toBeGreaterThan(60);
    expect(state.phase).toBe('completed');
    const bytes = readFiles(file);
    expect(findIn(bytes, canaries)).toEqual([]);
    expect(findIn(bytes, searched)).toEqual([]);
    expect(guess(file, [...searched, ...canaries])).toEqual([]);
    expect(
      findIn(Buffer.from(inspect(said, { depth: 30, maxArrayLength: null, maxStringLength: null })), canaries),
    ).toEqual([]);
    const before = await openAll(written);
    const types = new Set(before.logs.flat().map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['DiscrepancyReported', 'DiscrepancySettled', 'FactsAttested']));
    // Some were refused at the door, or gave way to a text that other acts repeat.
    expect(canaries.filter((text) => before.opened.includes(text)).length).toBeGreaterThan(150);

    for (const visitId of ['visit-1', 'visit-2']) {
      await privacy.erase({ subjects: subjectsOf(visitId), by });
    }
    // The facts of the second visit leave it open: its erasure waits for its end.
    const erasures = await privacy.listErasures();
    expect(erasures.map(({ subjects }) => subjects[0]?.state).sort()).toEqual(['erased', 'waiting']);
    const { events } = await visits.load('visit-1');
    const after = inspect(await privacy.open(events), { depth: 30, maxArrayLength: null });
    expect(canaries.filter((text) => after.includes(text))).toEqual([]);
    expect(findIn(readFiles(file), canaries)).toEqual([]);
    expect(guess(file, [...searched, ...canaries])).toEqual([]);
  });

  it('are found where there is no privacy', async () => {
    const { file, canaries, said } = await writeCanaries(false);
    expect(findIn(readFiles(file), canaries).length).toBeGreaterThan(60);
    expect(findIn(readFiles(file), searched)).toEqual(searched);
    expect(findIn(Buffer.from(inspect(said, { depth: 30 })), canaries).length).toBeGreaterThan(60);
  });
});

/** Words of the names with canaries, folded as a search has them. */
const searched = ['nandu', 'arbol'];

const letters = (hex: string) =>
  hex.replace(/[0-9a-f]/g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

/** Hashes candidates without a key, and looks for them in the file. */
function guess(file: string, canaries: readonly string[]): string[] {
  const text = readFiles(file).toString('latin1').toLowerCase();
  const stored = new Set(text.match(/[a-p]{64}|[0-9a-f]{64}/g));
  const others: string[] = Array.from({ length: 10_000 - canaries.length }, (_, nth) => `Ana Rojas ${nth}`);
  return [...canaries, ...others].filter((candidate) => {
    const hashes = [
      candidate,
      candidate.toLowerCase(),
      `item\0${candidate.toLowerCase()}`,
      `text\0${candidate}`,
      `hash\0${candidate}`,
    ].map((one) => createHash('sha256').update(one).digest('hex'));
    return hashes.some((hash) => stored.has(hash) || stored.has(letters(hash)));
  });
}

it('a token without a key is guessed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const store = sqliteStore({ file: join(directory, 'plain.sqlite') });
  const hash = createHash('sha256').update('Ana Rojas 77').digest('hex');
  await store.appendToStream('visit-1', [
    { type: 'Any', data: { name: letters(hash), index: hash }, metadata: { eventId: 'e-1' } },
  ] as never);
  await store.close();
  expect(guess(join(directory, 'plain.sqlite'), [])).toEqual(['Ana Rojas 77']);
});
