import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { flipBits } from '../../scripts/faults/bit-flips-sqlite.ts';
import { seal } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import {
  boardProjection,
  catchUp,
  markPaid,
  type Payment,
  paymentProjection,
  projector,
  readPayment,
  readPaymentQueue,
  readProjection,
  rebuild,
} from '../../src/service.ts';
import { sqliteStore } from '../../src/sqlite.ts';
import { command, plainVisit } from '../../src/testing.ts';
import { serviceOn } from './fixture.ts';

const payments = paymentProjection();
const visitId = 'visit-1';
const streamName = `visit-${visitId}`;
const payment: Payment = { visitId, paidAt: '2026-03-20T12:00:00.000Z' };
const documented = [...plainVisit(), command('DocumentStart', { at: '2026-03-17T16:00:00.000Z' })];
const through = documented.length;

type Store = ReturnType<typeof memoryStore>;
type Stored = { type: string; data: Record<string, unknown>; metadata: Record<string, unknown> };

/** A store in whose reads the events of a stream are damaged once `damage` was called: as what lies in a file that was written to. */
function damaging(inner: Store = memoryStore()) {
  let damage: (events: readonly Stored[]) => readonly object[] = (events) => events;
  const store = {
    ...inner,
    readStream: async (...of: Parameters<Store['readStream']>) => {
      const answer = await inner.readStream(...of);
      const events = damage(answer.events as unknown as Stored[]);
      return { ...answer, events, currentStreamVersion: BigInt(events.length) };
    },
  } as unknown as Store;
  return { store, damage: (by: typeof damage) => (damage = by) };
}

/** A documented visit whose rows were written, and whose log is then damaged. */
async function damagedVisit(by: (events: readonly Stored[]) => readonly object[]) {
  const { store, damage } = damaging();
  await serviceOn(store).handleBatch(documented);
  for (const projection of [payments, boardProjection]) await catchUp(projector(store, projection));
  const [row] = (await readPaymentQueue(store)).visits;
  damage(by);
  return { store, row: row as NonNullable<typeof row> };
}

const edit = (index: number, change: (event: Stored) => object) => (events: readonly Stored[]) =>
  events.map((event, place) => (place === index ? change(event) : event));
const later = (event: Stored) => ({ ...event, data: { ...event.data, at: '2026-03-17T15:59:59.000Z' } });
const swap = (events: readonly Stored[]) =>
  [...events.slice(0, 5), events[6], events[5], ...events.slice(7)] as Stored[];
const unsealed = (event: Stored) => {
  const { hash: _1, previousHash: _2, ...metadata } = event.metadata;
  return { ...event, metadata };
};

const resealed = (events: readonly Stored[], from: number) => [
  ...events.slice(0, from).map(unsealed),
  ...seal(events.slice(from).map(unsealed)),
];

const damages: readonly (readonly [string, (events: readonly Stored[]) => readonly object[], object])[] = [
  ['a time that was changed', edit(9, later), { at: 9, reason: 'changed' }],
  ['an event that is gone', (events) => events.toSpliced(9, 1), { at: 9, reason: 'dropped' }],
  ['two events swapped', swap, { at: 5, reason: 'swapped' }],
  ['an event twice', (events) => events.toSpliced(10, 0, events[9] as Stored), { at: 10, reason: 'inserted' }],
  ['a seal that was removed', edit(9, unsealed), { at: 9, reason: 'unsealed' }],
  [
    'the seal of its last event changed',
    edit(through - 1, (e) => ({ ...e, metadata: { ...e.metadata, hash: 'f'.repeat(64) } })),
    { at: through - 1, reason: 'changed' },
  ],
];

describe('the integrity of a visit', () => {
  it('is verified, and says so wherever the visit is read', async () => {
    const { store, row } = await damagedVisit((events) => events);
    const verified = { status: 'verified', from: 0, through };
    expect((await serviceOn(store).load(visitId)).integrity).toEqual(verified);
    expect(row).toMatchObject({ integrity: verified, payable: true });
    expect(await markPaid(store, row, payment)).toBe(true);
  });

  it.each(damages)(
    'is broken by %s: for load, rows, queue and payment, before and after a rebuild',
    async (_, by, found) => {
      const { store, row } = await damagedVisit(by);
      const broken = { status: 'broken', ...found };
      expect((await serviceOn(store).load(visitId)).integrity).toEqual(broken);
      const refused = { code: 'payment-refused', reason: 'broken', integrity: broken, errorCode: 409 };
      await expect(markPaid(store, row, payment)).rejects.toMatchObject(refused);
      await rebuild(store, payments);
      const [rebuilt] = (await readPaymentQueue(store)).visits;
      expect(rebuilt).toMatchObject({ integrity: broken, payable: false, unmetForPayment: [] });
      await expect(markPaid(store, { streamName }, payment)).rejects.toMatchObject(refused);
      expect(await readPayment(store, { streamName })).toBeNull();
    },
  );

  it('is on the board', async () => {
    const { store, damage } = damaging();
    await serviceOn(store).handleBatch(documented.slice(0, 5));
    damage(edit(2, later));
    await rebuild(store, boardProjection);
    expect(await readProjection(store, boardProjection)).toMatchObject([
      { integrity: { status: 'broken', at: 2, reason: 'changed' } },
    ]);
  });

  it('is that of the rows which the service writes with each append', async () => {
    const store = memoryStore();
    await serviceOn(store, { projections: [payments, boardProjection] }).handleBatch(documented);
    expect((await readPaymentQueue(store)).visits).toMatchObject([{ integrity: { status: 'verified', through } }]);
  });

  it('was never verified where nothing is sealed: this is said, and the visit is payable', async () => {
    const store = memoryStore();
    await serviceOn(store, { sealed: false }).handleBatch(documented);
    await rebuild(store, payments);
    const [row] = (await readPaymentQueue(store)).visits;
    expect(row).toMatchObject({ integrity: { status: 'unverified' }, payable: true });
    expect((await serviceOn(store).load(visitId)).integrity).toEqual({ status: 'unverified' });
    expect(await markPaid(store, row!, payment)).toBe(true);
  });

  it('begins where the seals begin', async () => {
    const store = memoryStore();
    await serviceOn(store, { sealed: false, newId: () => crypto.randomUUID() }).handleBatch(documented.slice(0, 4));
    await serviceOn(store).handleBatch(documented.slice(4));
    expect((await serviceOn(store).load(visitId)).integrity).toEqual({ status: 'verified', from: 4, through });
  });

  it('does not show that the end is missing: a head does, which was kept elsewhere', async () => {
    const { store } = await damagedVisit((events) => events.slice(0, -1));
    expect((await serviceOn(store).load(visitId)).integrity).toMatchObject({
      status: 'verified',
      through: through - 1,
    });
  });

  it('of the whole visit is verified each time that it is read whole: damage after the first reading counts', async () => {
    const { store, damage } = damaging();
    const { handle, handleBatch } = serviceOn(store, { cacheSize: 0 });
    await handleBatch(documented.slice(0, 5));
    damage(edit(0, later));
    await expect(handle(documented[5] as never)).rejects.toMatchObject({ code: 'chain-broken', position: 1n });
  });
});

describe('a visit that cannot be read', () => {
  const unknown = (event: Stored) => ({ ...event, type: 'Teletransported' });

  it('is not payable, before and after a rebuild, though its old row says so', async () => {
    const { store, row } = await damagedVisit(edit(3, unknown));
    const refused = { code: 'payment-refused', reason: 'unreadable', cause: { code: 'unreadable-stream' } };
    await expect(markPaid(store, { streamName }, payment)).rejects.toMatchObject({ code: 'payment-refused' });
    await rebuild(store, payments);
    const [kept] = (await readPaymentQueue(store)).visits;
    expect(kept).toMatchObject({ payable: false, integrity: { status: 'broken', reason: 'unreadable' } });
    const { store: plain } = await damagedVisit((events) =>
      events.map(unsealed).map((event, n) => (n === 3 ? unknown(event as Stored) : event)),
    );
    await expect(markPaid(plain, row, payment)).rejects.toMatchObject(refused);
  });
});

describe('a row that was edited', () => {
  it('pays nothing that the log does not say', async () => {
    const { store, row } = await damagedVisit((events) => events);
    const outdated = { code: 'payment-refused', reason: 'outdated', integrity: { status: 'verified' } };
    await expect(markPaid(store, { ...row, workedMs: row.workedMs + 1 }, payment)).rejects.toMatchObject(outdated);
    await expect(markPaid(store, { ...row, payable: false }, payment)).rejects.toMatchObject(outdated);
    for (const edited of [{ provider: { id: 'prov-9' } }, { visitId: 'v-9' }, { caseNumber: 'EXP-9' }]) {
      await expect(markPaid(store, { ...row, ...edited } as never, payment)).rejects.toMatchObject(outdated);
    }
    const none = { ...outdated, integrity: { status: 'unverified' } };
    await expect(markPaid(store, { ...row, streamName: 'visit-none' }, payment)).rejects.toMatchObject(none);
    expect(await markPaid(store, row, payment)).toBe(true);
  });
});

describe('a log that lost all its seals', () => {
  it('is not paid by a row that was written when it had them', async () => {
    const { store, row } = await damagedVisit((events) => events.map(unsealed));
    const outdated = { code: 'payment-refused', reason: 'outdated', integrity: { status: 'unverified' } };
    await expect(markPaid(store, row, payment)).rejects.toMatchObject(outdated);
  });

  it.each<[string, (events: readonly Stored[]) => readonly object[]]>([
    ['all', (events) => events.map(unsealed)],
    ['those of its beginning, and was sealed again from there on', (events) => resealed(events, 9)],
  ])('(%s) is not payable after a rebuild, an event more, or another rebuild', async (_, by) => {
    const { store } = await damagedVisit(by);
    const broken = { integrity: { status: 'broken', at: 0, reason: 'unsealed' }, payable: false };
    for (let times = 0; times < 2; times += 1) {
      await rebuild(store, payments);
      await rebuild(store, boardProjection);
      const [rebuilt] = (await readPaymentQueue(store)).visits;
      expect(rebuilt).toMatchObject(broken);
      await expect(markPaid(store, rebuilt!, payment)).rejects.toMatchObject({ code: 'payment-refused' });
    }
    await serviceOn(store, { projections: [payments], newId: () => crypto.randomUUID() }).handle(
      command('EscalateClientImpact', { at: '2026-03-17T16:10:00.000Z', what: 'agua' }),
    );
    expect((await readPaymentQueue(store)).visits).toMatchObject([broken]);
  });

  it('is as before once it has them again', async () => {
    const { store, damage } = damaging();
    await serviceOn(store).handleBatch(documented);
    await catchUp(projector(store, payments));
    damage((events) => events.map(unsealed));
    await rebuild(store, payments);
    damage((events) => events);
    await rebuild(store, payments);
    const restored = { integrity: { status: 'verified', from: 0, through }, payable: true };
    expect((await readPaymentQueue(store)).visits).toMatchObject([restored]);
  });
});

describe('a file of a SQLite store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-flips-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** A generator of numbers with a fixed seed. */
  function seeded(seed: number) {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return state / 0x8000_0000;
    };
  }

  it('of which a bit was flipped is read, handled and paid as it was written, or refused by name', async () => {
    const { faults, tally } = await flipBits(directory, 30, seeded(7));
    expect(faults).toEqual([]);
    expect(tally['broken: chain-broken']).toBeGreaterThan(0);
    expect(tally['same: accepted']).toBeGreaterThan(50);
  });

  it('whose index has a damaged entry is refused, though what it shows is a whole chain', async () => {
    const file = join(directory, 'index.db');
    const written = sqliteStore({ file });
    await serviceOn(written).handleBatch(documented.slice(0, 9));
    await written.close();
    // The entry of the last event names another stream: a search for the events of this one ends before it.
    const bytes = readFileSync(file);
    const entry = bytes.indexOf(Buffer.concat([Buffer.from(streamName), Buffer.from([9, 9])]));
    bytes.write('visiu', entry, 'latin1');
    writeFileSync(file, bytes);
    const store = sqliteStore({ file });
    const { load, handle } = serviceOn(store);
    await expect(load(visitId)).rejects.toMatchObject({ code: 'store-corrupt' });
    await expect(handle(documented[9] as never)).rejects.toMatchObject({ code: 'store-corrupt' });
    await store.close();
  });
});
