import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { Actor, EventOf, SettleDiscrepancy, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { deriveEventId } from '../../src/service/idempotency.ts';
import {
  boardProjection,
  type ServiceSignal,
  type SyncOutcome,
  type SyncRequest,
  subscribe,
} from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute } from '../../src/testing.ts';
import { LIMITS } from '../../src/wire.ts';
import { client, operator, otherProvider, provider, visitId } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { around, assign, NOW, sent, serviceOn } from './fixture.ts';

const stores: [string, () => EventStore][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const arrive = sent('p-1', command('RecordArrival', { at: minute(35) }));
const credential = sent('p-2', command('ShowCredential', { at: minute(36) }));
const note = (n: number) =>
  sent(
    `p-decline-${n}`,
    command('DeclineOffContractRequest', { at: minute(40 + n), activity: 'other', detail: `n.º ${n}` }),
  );
const breach = (n: number) =>
  sent(`o-${n}`, command('ReportConductBreach', { kind: 'smoking', detail: `n.º ${n}` }, operator));

/** The contact center gives the visit to another provider. */
const reassign = [
  sent(
    'o-reassign',
    command('GiveInstruction', { at: minute(20), about: 'visit', decision: 'reassign', text: 'Cambia' }),
  ),
  sent(
    'o-other',
    command('ReassignProvider', {
      at: minute(21),
      provider: { id: 'prov-2', name: 'Rosa Solano' },
      arriveBy: minute(120),
    }),
  ),
];

const batch = (...commands: readonly VisitCommand[]): SyncRequest => ({ visitId, basedOn: 1, commands });
const outcomesOf = (outcomes: readonly SyncOutcome[]) => outcomes.map(({ outcome }) => outcome);
const types = (events: readonly VisitEvent[]) => events.map(({ type }) => type);
const reportIn = (events: readonly VisitEvent[]) =>
  events.find((event): event is EventOf<'ReportDiscrepancy'> => event.type === 'DiscrepancyReported');

async function assigned(open: () => EventStore, ...commands: readonly VisitCommand[]) {
  const store = open();
  const service = serviceOn(store);
  for (const one of [assign, ...commands]) expect(await service.handle(one)).toMatchObject({ ok: true });
  return { store, ...service };
}

/** The visit as a projection takes it. */
async function visitIn(store: EventStore) {
  const { events, state, integrity } = await serviceOn(store).load(visitId);
  return { streamName: `visit-${visitId}`, events, state, integrity };
}

/** The number of times that each command is on record: as an event, or as an act of a report. */
function timesOnRecord(events: readonly VisitEvent[]) {
  const times = new Map<string, number>();
  const add = (id: string | undefined) => id !== undefined && times.set(id, (times.get(id) ?? 0) + 1);
  for (const event of events) {
    add(event.metadata?.commandId);
    if (event.type === 'DiscrepancyReported') for (const act of event.data.acts) add(act.commandId);
  }
  return times;
}

describe.each(stores)('sync, on the %s store', (_, open) => {
  it('appends what the log accepts, and answers with the events that the sender lacks', async () => {
    const { sync, load } = await assigned(open, breach(1));
    const before = await load(visitId);
    const answer = await sync(batch(arrive, credential), provider);
    expect(answer.outcomes).toEqual([
      { outcome: 'accepted', position: 3 },
      { outcome: 'accepted', position: 4 },
    ]);
    expect(types(answer.events)).toEqual(['ConductBreachReported', 'ProviderArrived', 'CredentialShown']);
    const after = await load(visitId);
    expect(answer.events).toEqual(after.events.slice(1));
    expect([answer.version, answer.state]).toEqual([4n, after.state]);
    expect(after.events.slice(0, 2)).toEqual(before.events);
    expect(after.events[2]?.metadata).toMatchObject({ schemaVersion: 1, commandId: 'p-1', recordedAt: NOW });
    expect(after.events[2]?.metadata?.eventId).toMatch(/^[0-9a-f-]{14}8/);
  });

  it('keeps who let it be done, the device, the time of entry and the signature, on the event and in the report', async () => {
    const despite = { by: 'Eva Solano', reason: 'Sin señal' };
    const kept = { despite, device: 'Teléfono 3', enteredAt: minute(39), signature: 'e30..AA' };
    const withAll = (one: VisitCommand) => ({ ...one, metadata: { ...one.metadata, ...kept } }) as VisitCommand;
    const { sync } = await assigned(open);
    const { events } = await sync(
      batch(
        withAll(arrive),
        withAll({ ...arrive, metadata: { ...arrive.metadata, commandId: 'p-9' } } as VisitCommand),
      ),
      provider,
    );
    expect(events[0]?.metadata).toMatchObject({ commandId: 'p-1', ...kept });
    expect(Object.keys(events[0]?.metadata ?? {}).slice(0, 8)).toEqual([
      ...['schemaVersion', 'eventId', 'commandId', 'despite', 'device', 'enteredAt', 'signature', 'recordedAt'],
    ]);
    expect(reportIn(events)?.data.acts[0]).toMatchObject({ commandId: 'p-9', ...kept });
  });

  it('derives the id of a report from its discrepancy, and the others from their commands', async () => {
    const { sync, load } = await assigned(open, ...reassign);
    await sync(batch(arrive, note(1)), provider);
    const { events } = await load(visitId);
    const ids = events.map(({ metadata }) => metadata?.eventId);
    const stamp = { recordedAt: NOW, previousId: ids[2] };
    expect(types(events).slice(3)).toEqual(['DiscrepancyReported']);
    expect(ids[3]).toBe(deriveEventId({ streamName: `visit-${visitId}`, commandId: 'd-4' }, stamp));
  });

  it('has its open report on the board, with the time from which settling it is measured', async () => {
    const { store, sync } = await assigned(open, ...reassign);
    expect(boardProjection.row(await visitIn(store))).toMatchObject({ reports: [] });
    await sync(batch(arrive), provider);
    expect(boardProjection.row(await visitIn(store))).toMatchObject({
      reports: [{ discrepancyId: 'd-4', recordedAt: NOW }],
    });
  });

  it('reports what the log refuses by now in one discrepancy, and drops nothing', async () => {
    const { sync, load } = await assigned(open, ...reassign);
    const answer = await sync(batch(arrive, credential), provider);
    expect(outcomesOf(answer.outcomes)).toEqual(['refused', 'refused']);
    expect(answer.outcomes[0]).toMatchObject({ violations: [{ rule: 'assigned-provider', clause: '1.2-12' }] });
    const report = reportIn(answer.events);
    expect(report?.data).toMatchObject({ discrepancyId: 'd-4', basedOn: 1, at: minute(36), by: provider });
    expect(report?.data.acts).toMatchObject([
      {
        type: 'ProviderArrived',
        commandId: 'p-1',
        on: 3,
        lawfulThen: true,
        violations: [{ rule: 'assigned-provider' }],
      },
      { type: 'CredentialShown', commandId: 'p-2', on: 3, lawfulThen: true },
    ]);
    expect(report?.metadata).toMatchObject({ schemaVersion: 2, recordedAt: NOW });
    expect(report?.metadata).not.toHaveProperty('commandId');
    expect(answer.state.debts).toContainEqual(expect.objectContaining({ kind: 'settle-discrepancy', about: 'd-4' }));
    expect((await load(visitId)).version).toBe(4n);
  });

  it('knows a fact that the contact center recorded for the provider as a twin', async () => {
    const told = sent('o-arrival', command('RecordArrival', { at: minute(33) }, operator));
    const { sync } = await assigned(open, told);
    const { outcomes, events, state } = await sync(batch(arrive, credential), provider);
    expect(outcomes).toMatchObject([
      { outcome: 'twin', twinOf: 2 },
      { outcome: 'accepted', position: 3 },
    ]);
    expect(reportIn(events)?.data.acts).toMatchObject([{ commandId: 'p-1', twinOf: 2, violations: [] }]);
    expect(state.debts).toEqual([]);
  });

  it.each([
    [
      'the same batch',
      [
        [arrive, credential, note(1)],
        [arrive, credential, note(1)],
      ],
    ],
    ['a part of it', [[arrive, credential, note(1)], [credential]]],
    ['split in two', [[arrive, credential, note(1)], [arrive], [credential, note(1)]]],
    ['with more after it', [[arrive], [arrive, credential], [arrive, credential, note(1)]]],
    [
      'the other way round',
      [
        [arrive, credential, note(1)],
        [note(1), credential, arrive],
      ],
    ],
    ['itself twice in one batch', [[arrive, arrive, credential, credential, note(1), note(1)]]],
  ] as const)('again, %s: nothing is stored twice', async (_, batches) => {
    for (const before of [[], reassign]) {
      const { sync, load } = await assigned(open, ...before);
      const results = [];
      for (const commands of batches) results.push(await sync(batch(...commands), provider));
      const { events, version } = await load(visitId);
      const times = timesOnRecord(events);
      expect(['p-1', 'p-2', 'p-decline-1'].map((id) => times.get(id))).toEqual([1, 1, 1]);
      const again = await sync(batch(arrive, credential, note(1)), provider);
      expect(outcomesOf(again.outcomes)).toEqual(['repeated', 'repeated', 'repeated']);
      expect(again).toMatchObject({ version, events: events.slice(1) });
      expect((await load(visitId)).version).toBe(version);
      const firsts = results.flatMap(({ outcomes }) => outcomes).filter(({ outcome }) => outcome !== 'repeated');
      expect(firsts).toHaveLength(3);
    }
  });

  it('answers a repeat with its first outcome', async () => {
    const { sync } = await assigned(open, ...reassign);
    await sync(batch(arrive, note(1)), provider);
    const { outcomes } = await sync(batch(arrive, note(1)), provider);
    expect(outcomes[0]).toEqual({
      outcome: 'repeated',
      first: { outcome: 'refused', violations: [{ rule: 'assigned-provider', clause: '1.2-12' }] },
    });
  });

  it('refuses an id with other content, and reports it', async () => {
    const { sync } = await assigned(open);
    await sync(batch(arrive), provider);
    const other = sent('p-1', command('RecordArrival', { at: minute(50) }));
    const { outcomes, events } = await sync(batch(other), provider);
    expect(outcomes).toMatchObject([{ outcome: 'refused', violations: [{ rule: 'id-reused', clause: '0-02' }] }]);
    expect(reportIn(events)?.data.acts).toHaveLength(1);
  });

  it('whose answer was lost is in doubt, and its repeat stores nothing', async () => {
    const store = open();
    let fails = 0;
    const flaky = around(store, {
      after: async () => {
        if (fails-- > 0) throw new StoreError('io', 'the connection broke');
      },
    });
    const { handle, sync, load } = serviceOn(flaky);
    for (const one of [assign, ...reassign]) await handle(one);
    fails = 1;
    await expect(sync(batch(arrive, credential), provider)).rejects.toMatchObject({
      code: 'append-in-doubt',
      commandId: 'p-1',
    });
    expect((await load(visitId)).version).toBe(4n);
    const { outcomes, version } = await sync(batch(arrive, credential), provider);
    expect([outcomesOf(outcomes), version]).toEqual([['repeated', 'repeated'], 4n]);
  });

  it('from several processes at once is stored once, with one report', async () => {
    for (const before of [[], reassign]) {
      const { store, load } = await assigned(open, ...before);
      const processes = Array.from({ length: 4 }, () => serviceOn(store));
      const asked = Array.from({ length: 12 }, (_, n) =>
        batch(...(n % 3 === 0 ? [arrive] : [arrive, credential, note(1)])),
      );
      const answers = await Promise.all(asked.map((one, n) => processes[n % 4]!.sync(one, provider)));
      const { events } = await load(visitId);
      const times = timesOnRecord(events);
      expect(['p-1', 'p-2', 'p-decline-1'].map((id) => times.get(id))).toEqual([1, 1, 1]);
      const fresh = answers.flatMap(({ outcomes }) => outcomes).filter(({ outcome }) => outcome !== 'repeated');
      expect(fresh).toHaveLength(3);
      expect(types(events).filter((type) => type === 'DiscrepancyReported').length).toBeLessThanOrEqual(2);
    }
  });

  it('that meets a conflict is reconciled again with the log as it stands then', async () => {
    const store = open();
    const direct = serviceOn(store);
    await direct.handle(assign);
    let raced = false;
    const slow = around(store, {
      before: async () => {
        if (raced) return;
        raced = true;
        for (const one of reassign) await direct.handle(one);
      },
    });
    const { pauses } = skipPauses();
    const { sync } = serviceOn(slow);
    const { outcomes, version } = await sync(batch(arrive, credential), provider);
    expect([outcomesOf(outcomes), version]).toEqual([['refused', 'refused'], 4n]);
    expect(pauses).toHaveLength(1);
  });

  it('that meets a conflict each time gives up, and has stored nothing', async () => {
    const store = open();
    const direct = serviceOn(store);
    await direct.handle(assign);
    let n = 0;
    const busy = around(store, { before: () => direct.handle(breach(++n)) });
    const { sync } = serviceOn(busy, { retry: { maxRetries: 2 } });
    await expect(sync(batch(arrive), provider)).rejects.toMatchObject({ code: 'retries-exhausted', commandId: 'p-1' });
    expect(timesOnRecord((await direct.load(visitId)).events).get('p-1')).toBeUndefined();
    expect(n).toBe(3);
  });

  it('without commands answers with the events alone, and stores nothing', async () => {
    const { sync, load } = await assigned(open, breach(1));
    const answer = await sync(batch(), provider);
    expect(answer).toMatchObject({ outcomes: [], version: 2n });
    expect(answer.events).toEqual((await load(visitId)).events.slice(1));
  });

  it('takes the acts of a client', async () => {
    const { sync, handle } = await assigned(open);
    for (const one of [arrive, credential]) await handle(one);
    const asked = sent('k-1', command('ReportConductBreach', { kind: 'smoking' }, client));
    expect((await sync({ visitId, basedOn: 3, commands: [asked] }, client)).outcomes).toMatchObject([
      { outcome: 'accepted' },
    ]);
  });

  it('is seen by later commands, by a service that had the visit in its cache, and by read models', async () => {
    const { store, sync, handle } = await assigned(open);
    const other = serviceOn(store, { projections: [boardProjection] });
    await sync(batch(arrive), provider);
    expect(await handle(credential)).toMatchObject({ ok: true, version: 3n });
    await other.sync(batch(arrive, note(1), note(1)), provider);
    expect(await handle(note(2))).toMatchObject({ ok: true, version: 5n });
    const delivered: string[] = [];
    const ended = new AbortController();
    const handleAll = async ({ events }: { events: readonly { type: string }[] }) => {
      delivered.push(...events.map(({ type }) => type));
      if (delivered.length === 5) ended.abort();
      return undefined;
    };
    await subscribe({ store: store as EventStore<never>, consumer: 'c', handle: handleAll, signal: ended.signal });
    expect(delivered).toEqual([
      'VisitAssigned',
      'ProviderArrived',
      'CredentialShown',
      ...Array(2).fill('OffContractRequestDeclined'),
    ]);
  });

  it('tells the observer how many commands had which outcome', async () => {
    const signals: ServiceSignal[] = [];
    const store = open();
    const { handle, sync } = serviceOn(store, { observe: (signal) => signals.push(signal) });
    await handle(assign);
    await sync(batch(arrive, arrive, credential), provider);
    await sync({ ...batch(credential), basedOn: 9 }, provider).catch(() => undefined);
    const ofSync = signals.filter((signal) => signal.name === 'auxilio.sync');
    expect(ofSync).toMatchObject([
      { visitId, role: 'provider', commands: 3, accepted: 2, repeated: 1, refused: 0, twin: 0 },
      { commands: 1, accepted: 0, error: { code: 'batch-refused' } },
    ]);
  });
});

describe('a batch that cannot be reconciled', () => {
  const refusal = (reason: string, errorCode = 400) => ({
    name: 'BatchRefusedError',
    code: 'batch-refused',
    reason,
    errorCode,
  });
  const other = { ...credential, data: { ...credential.data, visitId: 'v-2' } } as VisitCommand;
  const by = (actor: Actor, one: VisitCommand) => ({ ...one, metadata: { ...one.metadata, actor } }) as VisitCommand;
  const anonymous = { ...arrive, metadata: { actor: provider } } as VisitCommand;
  const report = command('ReportDiscrepancy', undefined, provider);
  const ofCenter = sent('p-3', command('DocumentStart', {}, provider));

  it.each<[string, Partial<SyncRequest>, Actor, object]>([
    ['with a command of another visit', { commands: [arrive, other] }, provider, refusal('other-visit')],
    [
      'with a command of another recorder',
      { commands: [arrive, by(otherProvider, credential)] },
      provider,
      { ...refusal('other-actor', 403), facts: { index: 1 } },
    ],
    [
      'of another sender',
      { commands: [arrive] },
      otherProvider,
      { ...refusal('other-actor', 403), facts: { index: 0 } },
    ],
    [
      'of a provider who never was assigned',
      { commands: [by(otherProvider, arrive)] },
      otherProvider,
      refusal('recorder-unassigned', 403),
    ],
    ['of such a provider, without commands', { commands: [] }, otherProvider, refusal('recorder-unassigned', 403)],
    ['of the contact center', { commands: [by(operator, arrive)] }, operator, refusal('recorder-role', 403)],
    ['of the contact center, without commands', { commands: [] }, operator, refusal('recorder-role', 403)],
    ['with an act of the contact center', { commands: [ofCenter] }, provider, refusal('not-recordable')],
    ['with a report', { commands: [sent('p-4', report)] }, provider, refusal('not-recordable')],
    ['with a command without an id', { commands: [anonymous] }, provider, refusal('command-id-missing')],
    ['based on more than the log has', { basedOn: 2 }, provider, refusal('based-on-invalid')],
    ['based on less than nothing', { basedOn: -1 }, provider, refusal('based-on-invalid')],
    ['based on a text', { basedOn: '1' as never }, provider, refusal('based-on-invalid')],
    [
      'of a visit that is not assigned',
      { visitId: 'v-2', basedOn: 0, commands: [] },
      provider,
      refusal('visit-unassigned', 404),
    ],
    ['of too many commands', { commands: Array(101).fill(arrive) }, provider, refusal('too-many-commands', 413)],
    [
      'of too much text',
      {
        commands: Array.from({ length: 40 }, (_, n) =>
          sent(`p-${n}`, command('DeclineOffContractRequest', { activity: 'other', detail: 'ñ'.repeat(1_900) })),
        ),
      },
      provider,
      refusal('too-large', 413),
    ],
    [
      'with a command that is malformed',
      { commands: [arrive, { ...credential, data: {} } as never] },
      provider,
      { code: 'malformed-command', issues: [{ path: '/commands/1/data/visitId' }, { path: '/commands/1/data/at' }] },
    ],
    [
      'of a sender who is no actor',
      { commands: [] },
      { role: 'provider' } as never,
      { code: 'malformed-command', issues: [{ path: '/actor/id' }] },
    ],
  ])('%s is an error, and nothing is stored', async (_, changes, sender, error) => {
    const { sync, load, store } = await assigned(() => memoryStore());
    await expect(sync({ ...batch(arrive), ...changes }, sender)).rejects.toMatchObject(error);
    expect((await load(visitId)).version).toBe(1n);
    expect((await store.readStream('visit-v-2')).events).toEqual([]);
  });

  it.each([
    ['no visit', { visitId: 'no id', basedOn: 1, commands: [] }],
    ['no list', { visitId, basedOn: 1, commands: 'x' }],
    ['another field', { visitId, basedOn: 1, commands: [], since: 1 }],
    ['nothing', undefined],
  ])('of %s is a TypeError', async (_, request) => {
    const { sync } = await assigned(() => memoryStore());
    await expect(sync(request as never, provider)).rejects.toThrow(TypeError);
  });

  it('is limited in bytes as it is normalised', async () => {
    const { sync } = await assigned(() => memoryStore());
    const long = (n: number, detail: string) =>
      sent(`p-${n}`, command('DeclineOffContractRequest', { activity: 'other', detail }));
    const grows = Array.from({ length: 50 }, (_, n) => long(n, '\u{1d160}'.repeat(100)));
    expect(JSON.stringify(grows).length).toBeLessThan(LIMITS.batchBytes);
    const facts = { limit: LIMITS.batchBytes };
    await expect(sync(batch(...grows), provider)).rejects.toMatchObject({ reason: 'too-large', facts });
  });

  it('takes a command alone that is as long as a command may be', async () => {
    const { sync } = await assigned(() => memoryStore());
    const material = { item: 'x'.repeat(193), quantity: 1, unit: 'u'.repeat(180), kind: 'k'.repeat(100), quality: 'q' };
    const explained = (method: string) => {
      const materials = Array.from({ length: 100 }, (_, n) => ({ ...material, quality: `q${n}`.padEnd(110, 'q') }));
      return sent('p-1', command('ExplainWork', { method, materials }));
    };
    const rest = LIMITS.commandBytes - JSON.stringify(explained('m')).length;
    const longest = explained('m'.repeat(rest + 1));
    expect(JSON.stringify(longest).length).toBe(LIMITS.commandBytes);
    expect((await sync(batch(longest), provider)).outcomes).toMatchObject([{ outcome: 'refused' }]);
  });

  it('looks at no visit of more events than a service reconciles', async () => {
    const { store } = await assigned(() => memoryStore());
    const { sync, settle, handle } = serviceOn(store, { verify: false });
    const many = Array.from({ length: LIMITS.visitEvents - 1 }, () => ({
      type: 'FarewellGiven' as const,
      data: { visitId, at: minute(0), by: provider },
    }));
    await store.appendToStream('visit-visit-1', many);
    const full = { code: 'visit-too-long', errorCode: 413, limit: 10_000 };
    await expect(sync(batch(arrive), provider)).rejects.toMatchObject(full);
    await expect(
      settle(sent('s-1', command('SettleDiscrepancy', { discrepancyId: 'd-1', taken: [], text: 'x' })) as never),
    ).rejects.toMatchObject(full);
    expect(await sync(batch(), provider)).toMatchObject({ version: 10_000n });
    expect(await handle(breach(1))).toMatchObject({ ok: true, version: 10_001n });
    await expect(sync(batch(), provider)).rejects.toMatchObject(full);
  });
});

describe('a store that refuses to append a batch', () => {
  it('is asked once, and what it says is the error', async () => {
    const full = new StoreError('full', 'No room');
    let appends = 0;
    const store = around(memoryStore(), {
      before: async () => {
        appends += 1;
        if (appends > 1) throw full;
      },
    });
    const { pauses } = skipPauses();
    const { handle, sync, load } = serviceOn(store);
    await handle(assign);
    await expect(sync(batch(arrive), provider)).rejects.toBe(full);
    expect([appends, pauses, (await load(visitId)).version]).toEqual([2, [], 1n]);
  });
});

describe('who may see the visit', () => {
  it('is asked before anything is said of it, also of a repeat', async () => {
    const { sync } = await assigned(() => memoryStore());
    const denied = { authorize: () => false };
    const error = { code: 'not-authorized' };
    await sync(batch(arrive), provider);
    await expect(sync(batch(arrive), provider, denied)).rejects.toMatchObject(error);
    await expect(sync({ ...batch(arrive), basedOn: 99 }, provider, denied)).rejects.toMatchObject(error);
    await expect(sync({ visitId: 'v-2', basedOn: 0, commands: [] }, provider, denied)).rejects.toMatchObject(error);
    expect(
      await sync(batch(arrive), provider, { authorize: ({ provider: one }) => one?.id === provider.id }),
    ).toBeDefined();
    await expect(sync(batch(), provider, { other: 1 } as never)).rejects.toThrow(TypeError);
  });
});

describe('acts of discrepancies', () => {
  const settlement = sent('s-1', command('SettleDiscrepancy', undefined));
  const report = sent('r-1', command('ReportDiscrepancy', undefined));
  const error = (type: string, use: string) => ({
    name: 'ReconciledActError',
    code: 'reconciled-act',
    errorCode: 400,
    type,
    use,
  });

  it('are no commands of their own', async () => {
    const { handle, handleBatch, load } = await assigned(() => memoryStore());
    await expect(handle(report)).rejects.toMatchObject(error('ReportDiscrepancy', 'sync'));
    await expect(handle(report)).rejects.toThrow('ReportDiscrepancy is made by sync');
    await expect(handle(settlement)).rejects.toMatchObject(error('SettleDiscrepancy', 'settle'));
    await expect(handle({ type: 'ReportDiscrepancy' } as never)).rejects.toMatchObject({ use: 'sync' });
    const answers = await handleBatch([report, arrive, settlement]);
    expect(answers).toMatchObject([{ error: { use: 'sync' } }, { ok: true }, { error: { use: 'settle' } }]);
    expect((await load(visitId)).version).toBe(2n);
  });

  it('are no facts to record', async () => {
    const store = memoryStore();
    const { handle, record } = serviceOn(store, { factRecorders: ['provider'] });
    await handle(assign);
    for (const [type, use] of [
      ['DiscrepancyReported', 'sync'],
      ['DiscrepancySettled', 'settle'],
    ] as const) {
      await expect(record({ type, data: {} } as never, provider)).rejects.toMatchObject(error(type, use));
    }
  });

  it('take no other command', async () => {
    const { settle } = await assigned(() => memoryStore());
    await expect(settle(arrive as never)).rejects.toThrow(TypeError);
    await expect(settle({ type: 'SettleDiscrepancy' } as never)).rejects.toMatchObject({ code: 'malformed-command' });
  });

  it('an id that stands in a report is used up for single commands and facts', async () => {
    const { store, sync, handle } = await assigned(() => memoryStore(), ...reassign);
    await sync(batch(arrive), provider);
    const used = { code: 'command-id-reused', commandId: 'p-1' };
    await expect(handle(arrive)).rejects.toMatchObject(used);
    await expect(serviceOn(store).handle(arrive)).rejects.toMatchObject(used);
    const { record } = serviceOn(store, { factRecorders: ['provider'] });
    const fact = {
      type: 'ProviderArrived',
      data: { visitId, at: minute(35), by: provider },
      metadata: { commandId: 'p-1' },
    } as const;
    await expect(record(fact, provider)).rejects.toMatchObject(used);
  });
});

describe.each(stores)('settle, on the %s store', (_, open) => {
  const settlement = (id: string, taken: readonly number[]) =>
    sent(
      id,
      command('SettleDiscrepancy', { at: minute(90), discrepancyId: 'd-4', taken, text: 'Se habló' }),
    ) as unknown as SettleDiscrepancy;

  async function reported() {
    const service = await assigned(open, ...reassign);
    await service.sync(batch(arrive, credential, note(1)), provider);
    return service;
  }

  it('stores the acts that are taken and the settlement at once', async () => {
    const { settle, load } = await reported();
    const answer = await settle(settlement('s-1', [0, 2]));
    expect(answer).toMatchObject({ ok: true, repeated: false, version: 7n });
    const events = answer.ok ? answer.events : [];
    expect(types(events)).toEqual(['ProviderArrived', 'OffContractRequestDeclined', 'DiscrepancySettled']);
    for (const { metadata } of events) expect(metadata).toMatchObject({ commandId: 's-1', recordedAt: NOW });
    expect(events.map(({ data }) => data.recordedBy)).toEqual([operator, operator, undefined]);
    expect(events.map(({ metadata }) => metadata?.schemaVersion)).toEqual([1, 1, 2]);
    const { state } = await load(visitId);
    expect(state.debts.filter(({ kind }) => kind === 'settle-discrepancy')).toEqual([]);
    expect(state.discrepancies[0]?.acts.map(({ taken }) => taken)).toEqual([true, false, true]);
  });

  it('keeps its device with itself, not with the acts that it takes', async () => {
    const { settle } = await reported();
    const { metadata, ...asked } = settlement('s-1', [0]);
    const answer = await settle({ ...asked, metadata: { ...metadata, device: 'Consola 2' } });
    const events = answer.ok ? answer.events : [];
    expect(events.map(({ metadata: kept }) => kept?.device)).toEqual([undefined, 'Consola 2']);
  });

  it('again is answered as the first time, and stores nothing', async () => {
    const { settle, load } = await reported();
    const first = await settle(settlement('s-1', [0]));
    expect(await settle(settlement('s-1', [0]))).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
    await expect(settle(settlement('s-1', [1]))).rejects.toMatchObject({ code: 'command-id-reused' });
    expect((await load(visitId)).version).toBe(6n);
    expect(await settle(settlement('s-2', [1]))).toMatchObject({ ok: true, version: 8n });
    expect(await settle(settlement('s-3', [1]))).toMatchObject({
      ok: false,
      rejection: { violations: [{ rule: 'acts-untaken' }] },
    });
    expect(await settle(settlement('s-4', []))).toMatchObject({ ok: true, version: 9n });
  });

  it('twice at once is stored once', async () => {
    const { store, load } = await reported();
    const processes = [serviceOn(store), serviceOn(store)];
    const answers = await Promise.all(
      Array.from({ length: 6 }, (__, n) => processes[n % 2]!.settle(settlement('s-1', [0, 1]))),
    );
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(1);
    expect((await load(visitId)).version).toBe(7n);
  });

  it('of no discrepancy, or by a provider, is refused with its rules', async () => {
    const { settle } = await assigned(open);
    expect(await settle(settlement('s-1', []))).toMatchObject({
      ok: false,
      rejection: { violations: [{ rule: 'discrepancy-reported' }] },
    });
    const byProvider = sent('s-2', command('SettleDiscrepancy', undefined, provider));
    const answer = await settle(byProvider as never);
    expect(answer.ok ? [] : answer.rejection.violations.map(({ rule }) => rule)).toContain('role');
  });

  it('is done at the version that the operator saw, if they say so', async () => {
    const { settle } = await reported();
    await expect(settle(settlement('s-1', [0]), { expectedVersion: 3n })).rejects.toMatchObject({
      code: 'version-mismatch',
    });
    expect(await settle(settlement('s-1', [0]), { expectedVersion: 4n })).toMatchObject({ ok: true });
    await expect(settle(settlement('s-2', [1]), { authorize: () => false })).rejects.toMatchObject({
      code: 'not-authorized',
    });
  });
});
