import { describe, expect, it } from 'vitest';
import { copyMemoryStore, type MemoryStore, memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import {
  assignmentsProjector,
  catchUp,
  createService,
  lag,
  providerView,
  readAssignments,
  retryParked,
} from '../../src/service.ts';
import { backupSqliteStore } from '../../src/sqlite.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { actors, command, fact, minute } from '../../src/testing.ts';
import { opened, temporaryFile } from '../stores/files.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const provider = (id: string) => ({ id, name: 'Luis Mora' });
const by = (id: string) => ({ role: 'provider', id }) as const;
let commandCount = 0;
const under = (one: VisitCommand): VisitCommand => {
  commandCount += 1;
  return { ...one, metadata: { ...one.metadata, commandId: `c-${commandCount}` } } as VisitCommand;
};

const assignment = {
  caseNumber: 'EXP-1',
  client: { name: 'Ana Rojas' },
  service: 'fontanería',
  place: 'Barva',
} as const;
const assign = (visitId: string, id: string) =>
  under(command('AssignVisit', { visitId, ...assignment, provider: provider(id), arriveBy: minute(60) }));
const touch = (visitId: string) =>
  under(command('NotifyClient', { visitId, at: minute(3), about: ['delay'], reached: true }));
const reassign = (visitId: string, id: string) => [
  under(command('GiveInstruction', { visitId, at: minute(4), about: 'visit', decision: 'reassign', text: 'x' })),
  under(command('ReassignProvider', { visitId, at: minute(5), provider: provider(id), arriveBy: minute(90) })),
];
const arrive = (visitId: string, id: string) => under(command('RecordArrival', { visitId, at: minute(6) }, by(id)));

function opening(open: () => EventStore<never>) {
  const store = open();
  const service = createService({ store });
  const handle = async (...commands: VisitCommand[]) => {
    for (const one of commands) expect(await service.handle(one)).toMatchObject({ ok: true });
  };
  const read = async (id: string, after?: string, maxCount?: number) => {
    await catchUp({ ...assignmentsProjector(store), batchSize: 3 });
    return readAssignments(store, id, { ...(after !== undefined && { after }), ...(maxCount && { maxCount }) });
  };
  return { store, service, handle, read };
}

const shown = ({ visits }: Awaited<ReturnType<typeof readAssignments>>) =>
  visits.map(({ visitId, version }) => `${visitId}@${version}`);

describe.each(stores)('the visits of a provider, on the %s store', (_, open) => {
  it('are listed in the order of their last change, those of other providers not', async () => {
    const { handle, read } = opening(open);
    expect(await read('p-1')).toEqual({ visits: [], cursor: '', more: false });
    await handle(assign('v-1', 'p-1'));
    await handle(assign('v-2', 'p-1'), assign('v-3', 'p-10'), assign('v-4', 'p'));
    const first = await read('p-1');
    expect(shown(first)).toEqual(['v-1@1', 'v-2@1']);
    expect([shown(await read('p-10')), shown(await read('p')), shown(await read('p-9'))]).toEqual([
      ['v-3@1'],
      ['v-4@1'],
      [],
    ]);
    await handle(touch('v-1'));
    await handle(touch('v-1'), touch('v-3'));
    const next = await read('p-1', first.cursor);
    expect(shown(next)).toEqual(['v-1@3']);
    expect(await read('p-1', next.cursor)).toEqual({ visits: [], cursor: next.cursor, more: false });
    expect(shown(await read('p-1'))).toEqual(['v-2@1', 'v-1@3']);
  });

  it('are paged, and none is missed that changes between two pages', async () => {
    const { handle, read } = opening(open);
    const ids = Array.from({ length: 7 }, (_, n) => `v-${n}`);
    await handle(...ids.map((id) => assign(id, 'p-1')));
    const seen: string[] = [];
    let cursor = '';
    for (let more = true, pages = 0; more; pages += 1) {
      const page = await read('p-1', cursor, 2);
      seen.push(...shown(page));
      ({ cursor, more } = page);
      if (pages === 1) await handle(touch('v-0'), touch('v-6'));
    }
    expect(seen.filter((each) => each.endsWith('@1')).sort()).toEqual(ids.slice(0, 6).map((id) => `${id}@1`));
    expect(seen.slice(-2).sort()).toEqual(['v-0@2', 'v-6@2']);
    expect([await read('p-1', '', 7), await read('p-1', '', 6)]).toMatchObject([{ more: false }, { more: true }]);
  });

  it('stay with a former provider as they stood, until something becomes of their acts', async () => {
    const { handle, read, service } = opening(open);
    await handle(assign('v-1', 'p-1'), ...reassign('v-1', 'p-2'));
    const replaced = await read('p-1');
    expect([shown(replaced), shown(await read('p-2'))]).toEqual([['v-1@3'], ['v-1@3']]);
    await handle(arrive('v-1', 'p-2'), touch('v-1'));
    expect(shown(await read('p-1', replaced.cursor))).toEqual([]);
    expect(shown(await read('p-2'))).toEqual(['v-1@5']);
    await service.sync({ visitId: 'v-1', basedOn: 1, commands: [arrive('v-1', 'p-1')] }, by('p-1'));
    const reported = await read('p-1', replaced.cursor);
    expect(shown(reported)).toEqual(['v-1@4']);
    const settle = { visitId: 'v-1', at: minute(9), discrepancyId: 'd-6', taken: [0], text: 'Sí' };
    await service.settle(under(command('SettleDiscrepancy', settle)) as never);
    const settled = await read('p-1', reported.cursor);
    expect(shown(settled)).toEqual(['v-1@6']);
    await handle(...reassign('v-1', 'p-1'));
    expect(shown(await read('p-1', settled.cursor))).toEqual(['v-1@10']);
    expect(shown(await read('p-1'))).toEqual(['v-1@10']);
  });

  it('are listed again from the beginning after a reset, at later places', async () => {
    const { handle, read, store } = opening(open);
    await handle(assign('v-1', 'p-1'), assign('v-2', 'p-1'));
    const before = await read('p-1');
    await store.reset('auxilio-assignments-1');
    expect(shown(await read('p-1', before.cursor)).sort()).toEqual(['v-1@1', 'v-2@1']);
  });

  it('are listed by one of several that catch up at once', async () => {
    const { handle, read, store } = opening(open);
    const ids = Array.from({ length: 9 }, (_, n) => `v-${n}`);
    await handle(...ids.map((id) => assign(id, 'p-1')));
    await Promise.all([1, 2, 3].map(() => catchUp({ ...assignmentsProjector(store), batchSize: 2 })));
    expect(shown(await read('p-1')).sort()).toEqual(ids.map((id) => `${id}@1`));
    const rows = await store.readRows('auxilio-assignments-1', { after: 'p-1 ' });
    expect(rows).toHaveLength(9);
  });

  it('wait for a visit that cannot be read, and no other', async () => {
    const { handle, read, store } = opening(open);
    await handle(assign('v-1', 'p-1'));
    await store.appendToStream('visit-v-1', [{ type: 'DroneSent', data: { visitId: 'v-1' } }]);
    await handle(assign('v-2', 'p-1'));
    expect(shown(await read('p-1'))).toEqual(['v-2@1']);
    expect((await store.readCheckpoint('auxilio-assignments-1')).parked).toMatchObject([{ streamName: 'visit-v-1' }]);
    await retryParked(assignmentsProjector(store));
  });

  it('stand apart in a namespace, and by streams', async () => {
    const { handle, store } = opening(open);
    await handle(assign('v-1', 'p-1'), assign('v-2', 'p-1'));
    const options = { namespace: 'north', streams: (name: string) => name === 'visit-v-2' };
    await catchUp(assignmentsProjector(store, options));
    expect(shown(await readAssignments(store, 'p-1', { namespace: 'north' }))).toEqual(['v-2@1']);
    expect(shown(await readAssignments(store, 'p-1'))).toEqual([]);
  });

  it('have no row for a visit that was never assigned', async () => {
    const { store, read } = opening(open);
    const service = createService({ store, factRecorders: ['provider'] });
    const visit = { visitId: 'v-1', at: minute(1), by: by('p-1') };
    await service.record({ type: 'ProviderArrived', data: visit }, by('p-1'));
    expect(await read('p-1')).toEqual({ visits: [], cursor: '', more: false });
    expect(await store.readRows('auxilio-assignments-1')).toEqual([]);
  });

  it('tell how far they are behind', async () => {
    const { handle, store, read } = opening(open);
    await handle(assign('v-1', 'p-1'), touch('v-1'));
    expect(await lag(assignmentsProjector(store))).toMatchObject({ events: 2 });
    await read('p-1');
    expect(await lag(assignmentsProjector(store))).toMatchObject({ events: 0 });
  });

  it.each([`1${'0'.repeat(19)} visit-v-1`, 'x', '7 visit-v-1', `${'0'.repeat(19)} a\u0000`, `${'0'.repeat(19)} `])(
    'refuse the cursor %j',
    async (after) => {
      await expect(readAssignments(open(), 'p-1', { after })).rejects.toThrow(RangeError);
    },
  );

  it.each([0, 1001, 0.5])('are no page of %d', async (maxCount) => {
    await expect(readAssignments(open(), 'p-1', { maxCount })).rejects.toThrow(RangeError);
  });
});

const restored: [
  string,
  () => Promise<readonly [store: EventStore<never>, backup: () => Promise<EventStore<never>>]>,
][] = [
  [
    'memory',
    async () => {
      const store = memoryStore();
      return [store, async () => copyMemoryStore(store as MemoryStore)];
    },
  ],
  [
    'sqlite',
    async () => {
      const file = temporaryFile();
      const backup = async () => {
        await backupSqliteStore(file, `${file}.copy`);
        return opened({ file: `${file}.copy` });
      };
      return [opened({ file }), backup];
    },
  ],
];

describe.each(restored)(
  'a cursor of the visits of a provider, after a backup of a %s store was restored',
  (_, open) => {
    it('lists them from the beginning, also those at places that it had passed', async () => {
      const [store, backup] = await open();
      const before = opening(() => store);
      await before.handle(assign('v-1', 'p-1'));
      const { cursor: shared } = await before.read('p-1');
      const after = opening(await backup().then((copy) => () => copy));
      await before.handle(assign('gone', 'p-1'), touch('v-1'));
      const { cursor } = await before.read('p-1');
      expect(shown(await after.read('p-1', cursor))).toEqual([]);
      await after.handle(assign('v-2', 'p-1'));
      const again = await after.read('p-1', cursor);
      expect([...shown(again)].sort()).toEqual(['v-1@1', 'v-2@1']);
      expect(shown(await after.read('p-1', shared))).toEqual(shown(again));
      expect(await after.read('p-1', again.cursor)).toEqual({ visits: [], cursor: again.cursor, more: false });
      expect(await before.read('p-1', cursor)).toEqual({ visits: [], cursor, more: false });
      expect(shown(await before.read('p-1', again.cursor))).toEqual(['gone@1', 'v-1@2']);
    });

    it('of 0.8, which names no history, goes on', async () => {
      const [store] = await open();
      const { handle, read } = opening(() => store);
      await handle(assign('v-1', 'p-1'));
      const { cursor } = await read('p-1');
      await handle(assign('v-2', 'p-1'));
      expect(shown(await read('p-1', cursor.split('~')[1]))).toEqual(['v-2@1']);
    });

    it('of a list that is gone begins again', async () => {
      const [store] = await open();
      const { handle, read } = opening(() => store);
      await handle(assign('v-1', 'p-1'));
      const { cursor } = await read('p-1');
      const empty = opening(memoryStore);
      expect(await empty.read('p-1', cursor)).toEqual({ visits: [], cursor: '', more: false });
    });
  },
);

describe('the view of a provider', () => {
  it('is the whole log for the one now assigned, and none for one who never was', async () => {
    const { handle, service } = opening(memoryStore);
    await handle(assign('v-1', 'p-1'), arrive('v-1', 'p-1'));
    const { events } = await service.load('v-1');
    expect(providerView(events, 'p-1')).toEqual({ events });
    expect([providerView(events, 'p-2'), providerView([], 'p-1')]).toEqual([null, null]);
  });

  it('of one who was replaced goes on with what became of their own reports, and of no other', () => {
    const reported = (discrepancyId: string, id: string) =>
      fact('DiscrepancyReported', { discrepancyId, basedOn: 1, acts: [] }, by(id));
    const settled = (discrepancyId: string, commandId: string) => [
      fact('ClientConformed', { recordedBy: actors.operator }, actors.client, { commandId }),
      fact('DiscrepancySettled', { discrepancyId, taken: [0], text: 'sí' }, actors.operator, { commandId }),
    ];
    const log = [
      fact('VisitAssigned', { ...assignment, provider: provider('p-1') }, actors.operator),
      fact('ProviderReassigned', { provider: provider('p-2') }, actors.operator),
      ...[reported('d-3', 'p-1'), reported('d-4', 'p-2'), ...settled('d-3', 's-1'), ...settled('d-4', 's-2')],
    ];
    const own = [log[2], log[4], log[5]];
    expect(providerView(log, 'p-1')).toEqual({ events: log.slice(0, 2), own });
  });

  it('has what the client denies for the one now assigned, and not for one who was replaced before', () => {
    const denied = { facts: [{ fact: 'start', recorded: minute(5), agrees: false, what: 'No empezó' }] };
    const log = [
      fact('VisitAssigned', { ...assignment, provider: provider('p-1') }, actors.operator),
      fact('ProviderReassigned', { provider: provider('p-2') }, actors.operator),
      fact('FactsAttested', denied, actors.client),
    ];
    expect(providerView(log, 'p-1')).toEqual({ events: log.slice(0, 2), own: [] });
    expect(providerView(log, 'p-2')).toEqual({ events: log });
  });

  it('of one who was replaced twice ends with the last time', async () => {
    const { handle, service } = opening(memoryStore);
    const back = [reassign('v-1', 'p-2'), reassign('v-1', 'p-1'), reassign('v-1', 'p-3')].flat();
    await handle(assign('v-1', 'p-1'), ...back, touch('v-1'));
    const { events } = await service.load('v-1');
    expect(providerView(events, 'p-1')).toEqual({ events: events.slice(0, 7), own: [] });
    expect(providerView(events, 'p-2')).toEqual({ events: events.slice(0, 5), own: [] });
    expect(providerView(events, 'p-3')).toEqual({ events });
  });
});
