import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import {
  boardProjection,
  catchUp,
  createService,
  lag,
  markPaid,
  projector,
  readPayment,
  readPaymentQueue,
  readProjection,
  rebuild,
  retryParked,
  subscribe,
} from '../../src/service.ts';
import { commands } from '../../src/visit/index.ts';

const store = memoryStore();
const service = (options: object) => () => createService({ store, ...options } as never);

describe('createService refuses what it does not know', () => {
  it.each<[object, string]>([
    [{ store: undefined, stor: store }, 'Unknown option of createService: stor. Did you mean store?'],
    [{ store: undefined }, 'createService takes { store } with readStream and appendToStream; got undefined'],
    [memoryStore(), 'createService takes { store }; got a store'],
    [{ store: Promise.resolve(store) }, 'with readStream and appendToStream; got a promise'],
    [{ policy: { allow: 'pintura' } }, 'policy.allow is a list; got string'],
    [{ factRecorders: ['operator'] }, 'Unknown role operator. Known: provider, contact-center, client'],
    [{ factRecorder: ['provider'] }, 'Unknown option of createService: factRecorder. Did you mean factRecorders?'],
    [{ retry: { maxRetry: 3 } }, 'Unknown option of retry: maxRetry. Did you mean maxRetries?'],
    [
      { policy: { waive: [{ rule: 'photo-sent', reason: 'x' }] } },
      'Unknown waivable rule in policy.waive[0].rule: photo-sent. Did you mean photos-sent? Known: ',
    ],
    [{ policy: { threshold: {} } }, 'Unknown option of policy: threshold. Did you mean thresholds? Known: '],
    [{ namespace: 'a b' }, 'namespace is 1 to 64 letters, digits and . _ -'],
    [{ projections: [{}] }, 'A projection is { name, row }'],
    [{ projections: {} }, 'createService takes { projections } as a list'],
    [{ onCommit: 'x' }, 'createService takes { onCommit } as a function'],
  ])('%j', (options, message) => {
    expect(service(options)).toThrow(TypeError);
    expect(service(options)).toThrow(message);
  });

  it.each([undefined, null, 7, '', 'v 1', {}])('an invalid visit: %j', async (visitId) => {
    await expect(createService({ store }).load(visitId as never)).rejects.toThrow(TypeError);
  });

  it('an unknown option of a method', async () => {
    const { handle, handleBatch, load } = createService({ store });
    const wrong = { expectVersion: 1n, authorise: () => true } as never;
    await expect(handle({} as never, wrong)).rejects.toThrow('option of handle: expectVersion. Did you mean');
    await expect(handleBatch([], wrong)).rejects.toThrow('option of handleBatch: expectVersion');
    await expect(load('visit-1', { authorise: () => true } as never)).rejects.toThrow('Did you mean authorize?');
  });

  it('a check of access that is no function, or commands that are no list', async () => {
    const { handle, handleBatch, load } = createService({ store });
    const wrong = { authorize: 'center' } as never;
    for (const call of [handle({} as never, wrong), handleBatch([], wrong), load('visit-1', wrong)]) {
      await expect(call).rejects.toThrow(new TypeError('authorize is a function'));
    }
    for (const none of [undefined, {}, 'x']) {
      await expect(handleBatch(none as never)).rejects.toThrow(new TypeError('handleBatch takes a list of commands'));
    }
  });

  it('an invalid id, with what an id is', async () => {
    const { load } = createService({ store });
    await expect(load('v 1')).rejects.toThrow(
      'load takes the id of a visit: 1 to 128 letters, digits or . _ : / @ + -, beginning with a letter or a digit',
    );
  });
});

describe('what reads the store refuses what it does not know', () => {
  const wrong = { nameSpace: 'north' } as never;
  const projection = { name: 'auxilio-board-1' };
  it.each<[string, () => unknown]>([
    ['projector', () => projector(store, boardProjection, wrong)],
    ['readProjection', () => readProjection(store, boardProjection, wrong)],
    ['rebuild', () => rebuild(store, boardProjection, wrong)],
    ['readPaymentQueue', () => readPaymentQueue(store, wrong)],
    ['markPaid', () => markPaid(store, { streamName: 'visit-1' }, { visitId: 'v', paidAt: '' }, wrong)],
    ['readPayment', () => readPayment(store, { streamName: 'visit-1' }, wrong)],
  ])('%s, for the rows of another would be read or written', async (name, call) => {
    await expect((async () => call())()).rejects.toThrow(
      `Unknown option of ${name}: nameSpace. Did you mean namespace?`,
    );
  });

  it('lag', async () => {
    await expect(lag({ store, consumer: 'board', nou: () => '' } as never)).rejects.toThrow('Did you mean now?');
  });

  it.each<[string, () => unknown]>([
    ['projector', () => projector(store, projection as never)],
    ['readProjection', () => readProjection(store, undefined as never)],
    ['rebuild', () => rebuild(store, undefined as never)],
  ])('%s, and says what a projection is', async (_, call) => {
    await expect((async () => call())()).rejects.toThrow('A projection is { name, row }; got ');
  });

  it('a payment without its visit', async () => {
    await expect(markPaid(store, 'visit-1' as never, {} as never)).rejects.toThrow('markPaid takes { streamName }');
    await expect(readPayment(store, undefined as never)).rejects.toThrow('readPayment takes { streamName }');
    await expect(markPaid(store, { streamName: 'visit-1' }, undefined as never)).rejects.toThrow('A payment is');
  });

  it.each<[string, (options: never) => Promise<unknown>]>([
    ['catchUp', catchUp],
    ['subscribe', subscribe],
    ['retryParked', retryParked],
    ['lag', lag],
  ])('%s without options', async (_, call) => {
    for (const none of [undefined, null, {}]) {
      await expect(call(none as never)).rejects.toThrow(new TypeError('A subscription takes { store, consumer }'));
    }
  });

  it('a handler that answers null is taken as one that answers nothing', async () => {
    await handleVisit();
    expect(await catchUp({ store, consumer: 'null', handle: () => null as never })).toMatchObject({ events: 1 });
  });
});

describe('a subscription refuses what is out of its range', () => {
  const subscription = { store, consumer: 'ranges', handle: () => undefined };

  it.each<[object, string]>([
    [{ classify: 'poison' }, 'classify is a function'],
    [{ poisonAfterMs: -1 }, 'poisonAfterMs is 0 or more'],
    [{ poisonAfterMs: Number.NaN }, 'poisonAfterMs is 0 or more'],
    [{ handlerTimeoutMs: 0 }, 'handlerTimeoutMs is a whole number from 1, or Infinity'],
    [{ handlerTimeoutMs: 1.5 }, 'handlerTimeoutMs is a whole number from 1, or Infinity'],
    [{ handlerTimeoutMs: 2 ** 31 }, 'handlerTimeoutMs is a whole number from 1, or Infinity'],
  ])('%j', async (wrong, message) => {
    await expect(catchUp({ ...subscription, ...wrong })).rejects.toThrow(message);
  });

  it.each([
    { poisonAfterMs: 0 },
    { poisonAfterMs: Infinity },
    { handlerTimeoutMs: 1 },
    { handlerTimeoutMs: 2 ** 31 - 1 },
    { handlerTimeoutMs: Infinity },
  ])('and takes its ends: %j', async (right) => {
    await expect(catchUp({ ...subscription, ...right, signal: AbortSignal.abort() })).resolves.toMatchObject({
      events: 0,
    });
  });

  it('subscribe without the signal that ends it', async () => {
    await expect(subscribe(subscription as never)).rejects.toThrow(
      new TypeError('subscribe takes { signal }, which ends it'),
    );
  });
});

describe('a store that lacks a part of the port is refused', () => {
  it('without the lag of a consumer', async () => {
    const { readLag: _, ...without } = store;
    await expect(lag({ store: without, consumer: 'board' })).rejects.toThrow(
      new TypeError('The store does not tell its lag'),
    );
  });

  it('without the streams that are retried', async () => {
    const readCheckpoint = async (consumer: string) => ({
      ...(await store.readCheckpoint(consumer)),
      retrying: undefined as never,
    });
    const older = { ...store, readCheckpoint };
    await expect(catchUp({ store: older, consumer: 'board', handle: () => undefined })).rejects.toThrow(
      new TypeError('The store keeps no streams that are retried'),
    );
  });

  it('without the feed of one stream', async () => {
    const own = memoryStore();
    for (const streamName of ['a', 'b']) await own.appendToStream(streamName, [{ type: 'T', data: {} }]);
    const whole = { ...own, readFeed: ({ after = null, maxCount = 100 }) => own.readFeed({ after, maxCount }) };
    const options = { store: whole as never, consumer: 'board', handle: () => undefined };
    await catchUp(options);
    await expect(retryParked(options, ['b'])).rejects.toThrow(
      new TypeError('The store does not read the part of one stream in its feed'),
    );
  });
});

/** Assigns one visit. */
async function handleVisit(): Promise<void> {
  const at = '2026-03-17T14:00:00.000Z';
  const visit = { visitId: 'visit-1', at, caseNumber: 'E', service: 's', place: 'p', arriveBy: at };
  const data = { ...visit, client: { name: 'n' }, provider: { id: 'p', name: 'P' } };
  await createService({ store }).handle(commands.assignVisit(data, { role: 'contact-center', id: 'op' }));
}
