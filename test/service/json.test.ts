import { commands } from 'auxilio';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import {
  ChainBrokenError,
  catchUp,
  createService,
  lag,
  PoisonError,
  parked,
  retryParked,
  UnreadableStreamError,
} from '../../src/service.ts';
import { eventsAfter } from '../../src/testing.ts';

const at = '2026-03-17T14:00:00.000Z';
const visitId = 'v-1';
const luis = { role: 'provider', id: 'prov-14' } as const;
const operator = { role: 'contact-center', id: 'op-7' } as const;
const assign = commands.assignVisit(
  {
    visitId,
    at,
    caseNumber: 'EXP-1',
    service: 'fontanería',
    client: { name: 'Ana Rojas' },
    place: 'Barva',
    provider: { id: 'prov-14', name: 'Luis Mora' },
    arriveBy: at,
  },
  operator,
  'c-1',
);
const arrival = commands.recordArrival({ visitId, at }, luis, 'c-2');
const start = commands.startWork({ visitId, at }, luis, 'c-3');

/** A service with an assigned visit, and what it said of each commit. */
async function assigned() {
  const store = memoryStore();
  const commits: unknown[] = [];
  const onCommit = (commit: unknown) => void commits.push(commit);
  const service = createService({ store, onCommit, factRecorders: ['contact-center'] });
  await service.handle(assign);
  return { store, service, commits };
}

/** A subscription whose only visit is parked. */
async function poisoned() {
  const { store } = await assigned();
  const handle = () => {
    throw new PoisonError('not for this handler');
  };
  const subscription = { store, consumer: 'mail', handle };
  const result = await catchUp(subscription);
  return { subscription, result };
}

const caught = (work: () => Promise<unknown>) =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  );

/** Each answer with a bigint, and where JSON has its digits. */
const answers: readonly (readonly [name: string, answer: () => Promise<unknown>, digits: object])[] = [
  ['handle, accepted', async () => (await assigned()).service.handle(arrival), { version: '2' }],
  ['handle, refused', async () => (await assigned()).service.handle(start), { ok: false, version: '1' }],
  ['handle, repeated', async () => (await assigned()).service.handle(assign), { repeated: true, version: '1' }],
  [
    'handleBatch',
    async () => (await assigned()).service.handleBatch([arrival, start]),
    [{ version: '2' }, { version: '2' }],
  ],
  [
    'record',
    async () => {
      const { metadata: _, ...arrived } = eventsAfter('RecordArrival', { visitId })[1]!;
      return (await assigned()).service.record(arrived as never, operator);
    },
    { version: '2' },
  ],
  [
    'sync',
    async () => (await assigned()).service.sync({ visitId, basedOn: 1, commands: [arrival] }, luis),
    { version: '2' },
  ],
  [
    'settle',
    async () => {
      const { service } = await assigned();
      const { events } = await service.sync({ visitId, basedOn: 1, commands: [start] }, luis);
      const { discrepancyId } = events.at(-1)!.data as { discrepancyId: string };
      return service.settle(
        commands.settleDiscrepancy({ visitId, at, discrepancyId, taken: [], text: 'no' }, operator, 's-1'),
      );
    },
    { version: '3' },
  ],
  ['load', async () => (await assigned()).service.load(visitId), { version: '1' }],
  ['a commit', async () => (await assigned()).commits, [{ version: '1' }]],
  ['catchUp', async () => (await poisoned()).result, { parked: [{ from: '1' }] }],
  ['parked', async () => parked((await poisoned()).subscription), [{ from: '1' }]],
  ['retryParked', async () => retryParked((await poisoned()).subscription), { parked: [{ from: '1' }] }],
  ['lag', async () => lag({ store: (await assigned()).store, consumer: 'mail' }), { events: 1 }],
  [
    'a delivery',
    async () => {
      const { store } = await assigned();
      const delivered: unknown[] = [];
      await catchUp({ store, consumer: 'mail', handle: (batch) => void delivered.push(batch) });
      return delivered;
    },
    [{ events: [{ metadata: { streamPosition: '1', globalPosition: '1' } }] }],
  ],
  [
    'an expected version',
    async () => {
      const { service } = await assigned();
      return caught(() => service.handle(arrival, { expectedVersion: 7n }));
    },
    { code: 'version-mismatch', expected: '7', actual: '1', message: 'Expected version 7, but the visit is at 1' },
  ],
  [
    'an expected version of a store',
    async () => {
      const { store } = await assigned();
      return caught(() => store.appendToStream('visit-v-1', [], { expectedStreamVersion: 7n }));
    },
    { code: 'version-conflict', expected: '7', actual: '1' },
  ],
  ['a broken chain', async () => new ChainBrokenError('visit-v-1', 3n, 'changed' as never), { position: '3' }],
  ['an unreadable stream', async () => new UnreadableStreamError('visit-v-1', 3n, 'undecodable'), { position: '3' }],
];

describe('JSON takes what a service answers', () => {
  it.each(answers)('%s', async (_, answer, digits) => {
    const text = JSON.stringify(await answer());
    expect(JSON.parse(text)).toMatchObject(digits);
  });

  it('leaves the answer itself as it is: a bigint, and no further field', async () => {
    const { service } = await assigned();
    const answer = await service.handle(arrival);
    expect(answer.version).toBe(2n);
    expect(Object.keys(answer)).toEqual(['ok', 'events', 'state', 'version', 'repeated']);
    expect(structuredClone({ ...answer })).toEqual(answer);
    const { version, ok } = answer.toJSON();
    expect([ok, version satisfies string]).toEqual([true, '2']);
    expect(await Response.json(await service.load(visitId)).json()).toMatchObject({ version: '2' });
  });
});
