import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment, client } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const stores: [string, () => EventStore][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const reused = (commandId: string) => ({
  name: 'CommandIdReusedError',
  errorCode: 409,
  code: 'command-id-reused',
  commandId,
});

describe.each(stores)('a command repeated, on the %s store', (_, open) => {
  it('is answered as the first time, though the visit went on', async () => {
    const { pauses } = skipPauses();
    const store = open();
    const { handle } = serviceOn(store);
    await handle(assign);
    const first = await handle(arrive);
    await handle(breach(1));
    const later = serviceOn(store, { now: () => '2026-03-18T00:00:00.000Z' });
    expect(await later.handle(arrive)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
    expect((await later.load('visit-1')).version).toBe(3n);
    expect(pauses).toEqual([]);
  });

  it('is the same command whatever the order of its keys, and whether or not it would be accepted now', async () => {
    const { handle } = serviceOn(open());
    const first = await handle(assign);
    const turned = {
      metadata: { commandId: 'c-assign', actor: { id: 'op-1', role: 'contact-center' } },
      data: Object.fromEntries(Object.entries(assign.data).reverse()),
      type: 'AssignVisit',
    } as unknown as VisitCommand;
    expect(await handle(turned)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
  });

  it.each([
    ['data', sent('c-breach-1', command('ReportConductBreach', { kind: 'smoking', detail: 'another' }))],
    ['a type', sent('c-breach-1', command('RecordArrival', {}))],
    ['an actor', sent('c-breach-1', command('ReportConductBreach', { kind: 'smoking', detail: 'number 1' }, client))],
  ])('with other content (%s) is an error, and writes nothing', async (__, other) => {
    const service = serviceOn(open());
    await service.handle(assign);
    await service.handle(breach(1));
    await expect(service.handle(other)).rejects.toMatchObject(reused('c-breach-1'));
    expect((await service.load('visit-1')).version).toBe(2n);
  });

  it('without an id is another command', async () => {
    const { handle, load } = serviceOn(open());
    await handle(assign);
    const anonymous = command('ReportConductBreach', { kind: 'smoking' });
    const answers = [await handle(anonymous), await handle(anonymous)];
    expect(answers).toMatchObject([
      { ok: true, repeated: false },
      { ok: true, repeated: false },
    ]);
    const { events } = await load('visit-1');
    expect(events.map(({ metadata }) => metadata?.commandId)).toEqual(['c-assign', 'own-1', 'own-2']);
  });

  it('in another visit is that visit’s own command', async () => {
    const { handle, load } = serviceOn(open());
    const first = await handle(assign);
    const second = await handle(sent('c-assign', command('AssignVisit', { ...assignment, visitId: 'v-2' })));
    expect(second).toMatchObject({ ok: true, repeated: false, version: 1n });
    expect((await load('v-2')).state.visitId).toBe('v-2');
    const idOf = (answer: typeof first) => answer.ok && answer.events[0]?.metadata?.eventId;
    expect(idOf(second)).not.toBe(idOf(first));
  });

  it.each([
    ['stands still', () => () => '2026-03-17T15:00:00.000Z'],
    [
      'runs',
      () =>
        (
          (n) => () =>
            new Date(Date.UTC(2026, 2, 17) + n++).toISOString()
        )(0),
    ],
  ])('twenty times at once is written once, where the clock %s', async (__, clock) => {
    const store = open();
    const now = clock();
    const services = Array.from({ length: 4 }, () => serviceOn(store, { now }));
    await services[0]!.handle(assign);
    const answers = await Promise.all(Array.from({ length: 20 }, (___, n) => services[n % 4]!.handle(breach(1))));
    const first = answers.find((answer) => answer.ok && !answer.repeated);
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(1);
    for (const answer of answers) expect({ ...answer, repeated: false, recognisedBy: undefined }).toEqual(first);
    expect((await services[0]!.load('visit-1')).version).toBe(2n);
  });

  it('as the first of its visit, twenty times at once, creates it once, even where no conflict may be retried', async () => {
    const store = open();
    const { handle, load } = serviceOn(store, { retry: { maxRetries: 0 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => handle(assign)));
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(1);
    expect(answers.every(({ ok, version }) => ok && version === 1n)).toBe(true);
    expect((await load('visit-1')).version).toBe(1n);
  });

  it('at once with another of its id: one is stored, the other an error', async () => {
    const service = serviceOn(open());
    await service.handle(assign);
    const results = await Promise.allSettled([
      service.handle(breach(1)),
      service.handle(sent('c-breach-1', breach(2))),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failure = results.find((result) => result.status === 'rejected');
    expect(failure?.reason).toMatchObject(reused('c-breach-1'));
    expect((await service.load('visit-1')).version).toBe(2n);
  });
});

describe.each(stores)('an append in doubt, on the %s store', (_, open) => {
  const failing = async (attempt: number) => {
    if (attempt === 1) throw new Error('the connection was lost');
  };
  const inDoubt = (commandId: string) => ({
    name: 'AppendInDoubtError',
    errorCode: 503,
    code: 'append-in-doubt',
    commandId,
    cause: { message: 'the connection was lost' },
  });

  it('that was written is not written again by the repeat', async () => {
    const { handle, load } = serviceOn(around(open(), { after: failing }));
    await expect(handle(assign)).rejects.toMatchObject(inDoubt('c-assign'));
    expect(await handle(assign)).toMatchObject({ ok: true, repeated: true, version: 1n });
    expect((await load('visit-1')).version).toBe(1n);
  });

  it('that was not written is written by the repeat', async () => {
    const { handle, load } = serviceOn(around(open(), { before: failing }));
    await expect(handle(assign)).rejects.toMatchObject(inDoubt('c-assign'));
    expect(await handle(assign)).toMatchObject({ ok: true, repeated: false, version: 1n });
    expect((await load('visit-1')).version).toBe(1n);
  });

  it('of a command without an id tells the id under which to repeat it', async () => {
    const { handle, load } = serviceOn(around(open(), { after: failing }));
    const anonymous = command('AssignVisit', assignment);
    await expect(handle(anonymous)).rejects.toMatchObject(inDoubt('own-1'));
    expect(await handle(sent('own-1', anonymous))).toMatchObject({ ok: true, repeated: true });
    expect((await load('visit-1')).version).toBe(1n);
  });

  it('that is written only after the repeat was judged, is written once', async () => {
    const store = open();
    await serviceOn(store).handle(assign);
    const late = around(store, {
      before: () => serviceOn(store, { now: () => '2026-03-17T14:59:00.000Z' }).handle(breach(1)),
    });
    const { handle, load } = serviceOn(late);
    expect(await handle(breach(1))).toMatchObject({ ok: true, repeated: true, version: 2n });
    expect((await load('visit-1')).version).toBe(2n);
  });

  it('is one whose disk failed, and none whose store was closed', async () => {
    const failingWith = (kind: 'io' | 'closed') => {
      const before = () => Promise.reject(new StoreError(kind, kind));
      return serviceOn(around(open(), { before }));
    };
    const refused = failingWith('closed').handle(assign);
    await expect(refused).rejects.toMatchObject({ code: 'store-closed' });
    const doubted = failingWith('io').handle(assign);
    await expect(doubted).rejects.toMatchObject({ code: 'append-in-doubt', commandId: 'c-assign' });
  });
});
