import type { Actor, VisitCommand, VisitEvent } from 'auxilio';
import { type MemoryStore, memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, isToken, memoryWrappingKeys, subjectReport, subjectReportHtml } from 'auxilio/privacy';
import { createService, type ServiceOptions, type VisitService } from 'auxilio/service';
import { actors, fact, visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { stripStoreMetadata } from '../../src/service/shared/stream.ts';
import { assign, at, cancel, center } from './named-visits.ts';

const { commands: sent, visitId } = visitAt('completed');
const all = sent.map(
  (command, nth) => ({ ...command, metadata: { ...command.metadata, commandId: `c-${nth}` } }) as VisitCommand,
);
const provider: Actor = all.find(({ type }) => type === 'RecordArrival')!.metadata.actor;
const client = (id: string) => ({ visitId: id, subject: 'client' });
const ofPhone = { despite: { by: 'Marta', reason: 'sin señal' }, device: 'tel-1', enteredAt: at(1) };

function options(): Partial<ServiceOptions> {
  let ticks = 0;
  return { now: () => new Date(Date.UTC(2026, 5, 1) + ticks++).toISOString(), factRecorders: ['contact-center'] };
}

async function privateOver(store: MemoryStore, given: Partial<ServiceOptions> = {}) {
  const privacy = await createPrivacy({ store, keys: memoryKeyStore(), wrapping: memoryWrappingKeys() });
  return { privacy, service: createService({ store, privacy, ...given }) };
}

const readLog = async (store: Pick<MemoryStore, 'readStream'>, id = visitId) =>
  (await store.readStream<VisitEvent>(`visit-${id}`)).events.map(stripStoreMetadata);

/** Tells of a log that it has tokens, one of these texts, and envelopes. */
const describeLog = (log: readonly VisitEvent[], text: RegExp) => ({
  tokens: /"[A-Pa-p]{64}"/.test(JSON.stringify(log)),
  texts: text.test(JSON.stringify(log)),
  sealed: log.some(({ metadata }) => metadata?.sealed !== undefined),
});

/** Sends the acts from `from` on: each alone and again, a batch of a phone with what its metadata have, and a fact. */
async function goOn(service: VisitService, from: number) {
  const answers: unknown[] = [];
  const send = async (call: () => Promise<unknown>) => answers.push(await call().catch((error: unknown) => error));
  await send(() => service.handle(all[0]!));
  for (const command of all.slice(from)) {
    const brought = { ...command, metadata: { ...command.metadata, ...ofPhone } } as VisitCommand;
    await send(() => service.handle(brought));
    await send(() => service.handle(brought));
  }
  const batch = all.slice(1, 4).map((command, nth) => ({
    ...command,
    metadata: { actor: provider, commandId: `late-${nth}`, ...ofPhone },
  })) as VisitCommand[];
  await send(() => service.sync({ visitId, basedOn: 2, commands: batch }, provider));
  const called = { visitId, at: at(59), by: provider, position: { latitude: 9.9371, longitude: -84.0812 } };
  const brought = { type: 'ProviderArrived', data: called, metadata: { commandId: 'f-1', note: 'Nota' } };
  await send(() => service.record(brought as VisitEvent, center));
  return answers.map((answer) => (answer instanceof Error ? `${answer}` : answer));
}

describe('a visit that was begun without privacy', () => {
  it.each([1, 3, 8, 12])('goes on in clear after %d acts, as it does in a service without', async (from) => {
    const [plain, turned] = [memoryStore(), memoryStore()];
    const [own, its] = [options(), options()];
    const before = [createService({ store: plain, ...own }), createService({ store: turned, ...its })];
    for (const service of before) for (const command of all.slice(0, from)) await service.handle(command);
    const { service } = await privateOver(turned, its);
    expect(await goOn(service, from)).toEqual(await goOn(before[0]!, from));
    expect(await readLog(turned)).toEqual(await readLog(plain));
    expect((await readLog(turned)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Completed', 'DiscrepancyReported', 'ProviderArrived']),
    );
  });

  it('goes on beside one of the same batch that begins encrypted', async () => {
    const store = memoryStore();
    await createService({ store }).handle(assign('v-1', 'Ana Rojas'));
    const { service } = await privateOver(store);
    await service.handleBatch([...cancel('v-1'), assign('v-2', 'Beto Soto'), ...cancel('v-2')]);
    const text = /Rojas|Soto|canceló/;
    expect(describeLog(await readLog(store, 'v-1'), text)).toEqual({ tokens: false, texts: true, sealed: false });
    expect(describeLog(await readLog(store, 'v-2'), text)).toEqual({ tokens: true, texts: false, sealed: true });
    expect((await service.load('v-1')).state.phase).toBe('closed');
  });

  it('says in the report of a subject how many of its fields are in clear', async () => {
    const store = memoryStore();
    await createService({ store }).handle(assign('v-1', 'Ana Rojas'));
    const { service, privacy } = await privateOver(store);
    await service.handle(assign('v-2', 'Ana Rojas'));
    const report = await subjectReport({ privacy, store, subjects: [client('v-1'), client('v-2')] });
    expect(report.subjects.map(({ fields, inClear }) => [fields.length, inClear])).toEqual([
      [4, 4],
      [4, 0],
    ]);
    expect(subjectReportHtml(report).match(/Datos guardados sin cifrar[^.]*\./g)).toEqual([
      'Datos guardados sin cifrar, que ningún borrado alcanza: 4.',
    ]);
    expect(subjectReportHtml(report, 'en')).toContain('Data stored in clear, which no erasure reaches: 4.');
  });

  it('is answered with the error of a store that cannot be read', async () => {
    const store = memoryStore();
    const broken = { ...store, readStream: () => Promise.reject(new Error('down')) } as unknown as MemoryStore;
    const keys = { keys: memoryKeyStore(), wrapping: memoryWrappingKeys() };
    const service = createService({ store, privacy: await createPrivacy({ store: broken, ...keys }) });
    await expect(service.handle(assign('v-1', 'Ana Rojas'))).rejects.toThrow('down');
    expect(await readLog(store, 'v-1')).toEqual([]);
  });
});

describe('a visit that was begun encrypted takes no text in clear', () => {
  const secret = /Ana Rojas|canceló/;

  /** Cancels the visit by a service whose process has just begun. */
  async function cancelled(store: MemoryStore) {
    const { service } = await privateOver(store, { sealed: false });
    for (const command of cancel('v-1')) await service.handle(command);
    return readLog(store, 'v-1');
  }

  it('after a service without privacy has written to it', async () => {
    const store = memoryStore();
    const { service } = await privateOver(store);
    await service.handle(assign('v-1', 'Ana Rojas'));
    const breach = { visitId: 'v-1', at: at(3), by: center, kind: 'other', detail: 'En claro' };
    await store.appendToStream('visit-v-1', [
      { type: 'ConductBreachReported', data: breach, metadata: { eventId: 'e-9' } },
    ] as never);
    const log = await cancelled(store);
    expect(log.length).toBeGreaterThan(2);
    expect(describeLog(log, secret)).toMatchObject({ tokens: true, texts: false });
  });

  it('with its envelopes gone', async () => {
    const [from, store] = [memoryStore(), memoryStore()];
    await (await privateOver(from)).service.handle(assign('v-1', 'Ana Rojas'));
    const [first] = await readLog(from, 'v-1');
    const { sealed, ...metadata } = first!.metadata!;
    expect(sealed).toBeDefined();
    const breach = { visitId: 'v-1', at: at(3), by: center, kind: 'other', detail: 'En claro' };
    await store.appendToStream('visit-v-1', [
      { type: 'ConductBreachReported', data: breach, metadata: { eventId: 'e-9' } },
      { ...first, metadata },
    ] as never);
    expect(describeLog((await cancelled(store)).slice(2), secret)).toMatchObject({ texts: false });
  });

  it('where it has an envelope alone, of a position that its events leave out', async () => {
    const store = memoryStore();
    const given = { factRecorders: ['contact-center'], sealed: false } as const;
    const position = { latitude: 9.9371, longitude: -84.0812 };
    const arrived = { type: 'ProviderArrived', data: { visitId: 'v-1', at: at(1), by: actors.provider, position } };
    await (await privateOver(store, given)).service.record(arrived as VisitEvent, center);
    const breach = { visitId: 'v-1', at: at(3), by: center, kind: 'other', detail: 'En claro' };
    await createService({ store, ...given }).record({ type: 'ConductBreachReported', data: breach } as never, center);
    expect(describeLog(await readLog(store, 'v-1'), /En claro/)).toEqual({ tokens: false, texts: true, sealed: true });
    await (await privateOver(store, given)).service.handle(assign('v-1', 'Ana Rojas'));
    expect(describeLog(await readLog(store, 'v-1'), secret)).toMatchObject({ tokens: true, texts: false });
  });

  it('by a fact without any text before it', async () => {
    const store = memoryStore();
    const given = { factRecorders: ['contact-center'] } as const;
    const { service } = await privateOver(store, given);
    const began = fact('WorkStarted', { visitId: 'v-1', at: at(0) } as never, actors.provider);
    await service.record(began, center);
    await (await privateOver(store, given)).service.handle(assign('v-1', 'Ana Rojas'));
    expect(describeLog(await readLog(store, 'v-1'), secret)).toMatchObject({ texts: false });
  });

  it('once the client is erased', async () => {
    const store = memoryStore();
    const { service, privacy } = await privateOver(store);
    for (const command of [assign('v-1', 'Ana Rojas'), ...cancel('v-1')]) await service.handle(command);
    await privacy.erase({ subjects: [client('v-1')], by: center });
    const late = createService({ store, privacy: { ...privacy }, factRecorders: ['contact-center'] });
    const called = fact('ConductBreachReported', { visitId: 'v-1', kind: 'other', detail: 'canceló' } as never, center);
    await late.record({ ...called, data: { ...called.data, at: at(42) } } as VisitEvent, center);
    const [{ state }, log] = [await late.load('v-1'), await readLog(store, 'v-1')];
    expect(log).toHaveLength(4);
    expect([isToken(state.client?.name), describeLog(log, secret).texts]).toEqual([true, false]);
  });
});
