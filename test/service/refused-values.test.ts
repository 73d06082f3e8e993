import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import {
  assignmentsProjector,
  boardOf,
  boardPageOf,
  boardProjection,
  catchUp,
  createService,
  explainPassed,
  markPaid,
  orderQueue,
  paymentQueueOf,
  projector,
  providerView,
  readAssignments,
  readBoardPage,
  readPayment,
  readPaymentQueue,
  readProjection,
  rebuild,
  rebuildSearch,
  retryParked,
  searchProjector,
  searchVisits,
  waitingVisit,
} from '../../src/service.ts';
import { command } from '../../src/testing.ts';
import { provider } from '../scenarios/commands.ts';
import { arrive, assign, NOW, serviceOn } from './fixture.ts';

const store = memoryStore();
const codec = { encode: ({ data }: { data: object }) => data, decode: ({ data }: { data: object }) => data };
const subscription = { store, consumer: 'reader', handle: () => undefined };
const none = {} as never;
const creating = (options: object) => async () => createService({ store, ...options } as never);

describe('what is refused is said', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['createService takes { store } with readStream and appendToStream', creating({ store: undefined })],
    ['createService takes { store } with readStream and appendToStream', creating({ store: { readStream() {} } })],
    ['createService takes { store } with readStream and appendToStream', creating({ store: { appendToStream() {} } })],
    [
      'createService takes { projections } with a store that keeps rows',
      creating({ projections: [boardProjection], store: { readStream() {}, appendToStream() {} } }),
    ],
    [
      'createService takes { projections } of different names',
      creating({ projections: [boardProjection, boardProjection] }),
    ],
    ['createService takes { codec } with encode and decode', creating({ codec: null })],
    ['createService takes { codec } with encode and decode', creating({ codec: { encode: codec.encode } })],
    ['createService takes { codec } with encode and decode', creating({ codec: { decode: codec.decode } })],
    ['createService takes { factRecorders } as a list of roles', creating({ factRecorders: 'provider' })],
    ...['streamName', 'newId', 'now', 'onCommit', 'observe'].map((name): [string, () => Promise<unknown>] => [
      `createService takes { ${name} } as a function`,
      creating({ [name]: 'x' }),
    ]),
    ['createService takes { sealed } as true or false', creating({ sealed: 'no' })],
    ['createService takes { verify } as true or false', creating({ verify: 1 })],
    ['maxRetries is a whole number from 0', creating({ retry: { maxRetries: -1 } })],
    [
      'now answers an instant in UTC with milliseconds, not yesterday',
      () => serviceOn(store, { now: () => 'yesterday' }).handle(assign),
    ],
    [
      'newId answers an id of 1 to 128 ASCII characters, not a b',
      () => serviceOn(store, { newId: () => 'a b' }).handle(command('RecordArrival', {})),
    ],
    ['settle takes a command SettleDiscrepancy', () => serviceOn(store).settle(arrive as never)],
    [
      'sync takes { visitId }, the id of a visit',
      () => serviceOn(store).sync({ visitId: 'a b', basedOn: 0, commands: [] }, provider),
    ],
    [
      'sync takes { commands }, a list of commands',
      () => serviceOn(store).sync({ visitId: 'v-1', basedOn: 0, commands: none }, provider),
    ],
    ['retryParked takes a list of the names of streams', () => retryParked(subscription, 7 as never)],
    ['observe is a function', () => catchUp({ ...subscription, observe: none })],
    ['now is a function', () => catchUp({ ...subscription, now: none })],
    ['codec is { encode, decode }', () => catchUp({ ...subscription, codec: none })],
    ['codec is { encode, decode }', () => catchUp({ ...subscription, codec: null as never })],
    [
      'codec has both encodeMetadata and decodeMetadata',
      () => catchUp({ ...subscription, codec: { ...codec, encodeMetadata: () => ({}) } as never }),
    ],
    ['signal is an AbortSignal', () => catchUp({ ...subscription, signal: none })],
    ['signal is an AbortSignal', () => catchUp({ ...subscription, signal: null as never })],
    ["unreadable is 'park', 'skip' or 'stop'", () => catchUp({ ...subscription, unreadable: none })],
    ['batchSize is a whole number from 1 to 10,000', () => catchUp({ ...subscription, batchSize: 10_001 })],
    ['attempts is a whole number from 1', () => catchUp({ ...subscription, attempts: 0 })],
    ...['pauseMs', 'pollMs'].map((name): [string, () => Promise<unknown>] => [
      `${name} is 0 or more`,
      () => catchUp({ ...subscription, [name]: -1 }),
    ]),
    ...['handle', 'streams'].map((name): [string, () => Promise<unknown>] => [
      `A subscription takes ${name}, a function; got string`,
      () => catchUp({ ...subscription, [name]: 'x' }),
    ]),
    ['namespace is 1 to 64 letters, digits and . _ -, beginning with a letter or digit', creating({ namespace: '-a' })],
    ['rebuild takes a store with startGeneration', () => rebuild(none, boardProjection)],
    ['projector takes a store with readStream', async () => projector(none, boardProjection)],
    ['readProjection takes a store with readRows', () => readProjection(none, boardProjection)],
    ['assignmentsProjector takes a store with readRow', async () => assignmentsProjector(none)],
    ['readAssignments takes a store with readRows', () => readAssignments(none, 'p-1')],
    ['readAssignments takes the id of a provider', () => readAssignments(store, none)],
    ['after is the cursor of a page that was read before', () => readAssignments(store, 'p-1', { after: 'x' })],
    ['maxCount is a whole number from 1 to 1,000', () => readAssignments(store, 'p-1', { maxCount: 1001 })],
    ['maxCount is a whole number from 1 to 1,000', () => readAssignments(store, 'p-1', { maxCount: 0 })],
    [
      'markPaid takes { streamName } of a visit, as readPaymentQueue answers it',
      () => markPaid(store, none, { visitId: 'v-1', paidAt: NOW }),
    ],
    ['readPayment takes { streamName } of a visit', () => readPayment(store, none)],
    ['A payment is { visitId, paidAt }', () => markPaid(store, { streamName: 'a' }, { visitId: 'v-1' } as never)],
    ['A payment is { visitId, paidAt }', () => markPaid(store, { streamName: 'a' }, { paidAt: NOW } as never)],
    ['paymentQueueOf takes a list of rows', async () => paymentQueueOf(none)],
    ['boardOf takes a list of rows', async () => boardOf(none, NOW)],
    ['now is an instant', async () => boardOf([], 'soon')],
    ['providerView takes the log, an array of events', async () => providerView(none, 'p-1')],
    ['boardPageOf takes a list of rows', async () => boardPageOf(none, { now: NOW })],
    ['now is an instant', async () => boardPageOf([], { now: 'soon' })],
    ['maxCount is a whole number from 1 to 10,000', async () => boardPageOf([], { now: NOW, maxCount: 10_001 })],
    ['maxCount is a whole number from 1 to 10,000', async () => boardPageOf([], { now: NOW, maxCount: 0.5 })],
    ['orderQueue takes a list of rows', async () => orderQueue(none, NOW)],
    ['now is an instant', async () => orderQueue([], 'soon')],
    ['explainPassed takes a language', async () => explainPassed({ reason: 'visit-closed', at: NOW }, none)],
    ['waitingVisit takes a row of the board', async () => waitingVisit(none, NOW)],
    ['readPaymentQueue takes a store with readRows', () => readPaymentQueue(none)],
    ['maxCount is a whole number from 1 to 1,000', () => readPaymentQueue(store, { maxCount: 1001 })],
    ['markPaid takes a store with commitCheckpoint', () => markPaid(none, none, none)],
    ['readPayment takes a store with readRow', () => readPayment(none, none)],
    ['searchProjector takes a store with readRow', async () => searchProjector(none)],
    ['searchVisits takes a store with readRows', () => searchVisits(none, 'x')],
    ['searchVisits takes a text', () => searchVisits(store, 7 as never)],
    ['maxCount is a whole number from 1 to 100', () => searchVisits(store, 'x', { maxCount: 101 })],
    ['rebuildSearch takes a store with startGeneration', () => rebuildSearch(none)],
  ])('%s', async (message, call) => {
    await expect((async () => call())()).rejects.toThrow(message);
  });

  const wrong = { wrong: 1 } as never;
  const visit = { streamName: 'visit-1' };
  const payment = { visitId: 'v-1', paidAt: NOW };
  it.each<[string, () => unknown]>([
    ['a projection', () => projector(store, { ...boardProjection, ...(wrong as object) })],
    ['projector', () => projector(store, boardProjection, wrong)],
    ['readProjection', () => readProjection(store, boardProjection, wrong)],
    ['rebuild', () => rebuild(store, boardProjection, wrong)],
    ['assignmentsProjector', () => assignmentsProjector(store, wrong)],
    ['readAssignments', () => readAssignments(store, 'p-1', wrong)],
    ['markPaid', () => markPaid(store, visit, payment, wrong)],
    ['a payment', () => markPaid(store, visit, { ...payment, ...(wrong as object) })],
    ['readPayment', () => readPayment(store, visit, wrong)],
    ['boardPageOf', () => boardPageOf([], { now: NOW, ...(wrong as object) })],
    ['readBoardPage', () => readBoardPage(store, { now: NOW, ...(wrong as object) })],
    ['readPaymentQueue', () => readPaymentQueue(store, wrong)],
    ['searchProjector', () => searchProjector(store, wrong)],
    ['searchVisits', () => searchVisits(store, 'x', wrong)],
    ['rebuildSearch', () => rebuildSearch(store, wrong)],
    ['a subscription', () => catchUp({ ...subscription, ...(wrong as object) })],
    ['createService', creating(wrong)],
    ['retry', creating({ retry: wrong })],
    ['sync', () => serviceOn(store).sync({ visitId: 'v-1', basedOn: 0, commands: [], ...(wrong as object) }, provider)],
    ['sync', () => serviceOn(store).sync({ visitId: 'v-1', basedOn: 0, commands: [] }, provider, wrong)],
    ['settle', () => serviceOn(store).settle(arrive as never, wrong)],
  ])('an unknown option of %s', async (what, call) => {
    await expect((async () => call())()).rejects.toThrow(`Unknown option of ${what}: wrong`);
  });

  it('and what is at the end of a range is taken', async () => {
    expect(await readAssignments(store, 'p-1', { maxCount: 1000 })).toEqual({ visits: [], cursor: '', more: false });
    expect(await readAssignments(store, 'p-1', { maxCount: 1 })).toMatchObject({ visits: [] });
    for (const maxCount of [1, 1000]) {
      expect(await readPaymentQueue(store, { maxCount })).toEqual({ visits: [], next: null });
    }
    for (const maxCount of [1, 100]) expect(await searchVisits(store, 'x', { maxCount })).toMatchObject({ visits: [] });
    for (const maxCount of [1, 10_000]) expect(boardPageOf([], { now: NOW, maxCount })).toMatchObject({ visits: [] });
    const signal = AbortSignal.abort();
    const least = { batchSize: 1, attempts: 1, pauseMs: 0, pollMs: 0 };
    for (const ends of [least, { batchSize: 10_000, attempts: Infinity }]) {
      expect(await catchUp({ ...subscription, ...ends, signal })).toMatchObject({ events: 0 });
    }
    for (const namespace of ['a', '0', 'a'.repeat(64), 'a._-']) await creating({ namespace })();
    await creating({ retry: { maxRetries: 0 }, codec, verify: false, sealed: false })();
  });
});
