import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { createStateCache } from '../../src/service/shared/state-cache.ts';
import type { ServiceOptions, VisitService } from '../../src/service.ts';
import type { EventStore, ReadStreamOptions } from '../../src/stores/event-store.ts';
import { command, walks } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { runs } from '../support/runs.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { arrive, assign, breach, NOW, sent, serviceOn } from './fixture.ts';

/** The command, from another provider. */
const withActor = (one: VisitCommand, id: string) =>
  ({ ...one, metadata: { ...one.metadata, actor: { role: 'provider', id } } }) as VisitCommand;

/** The store, and a note of each read and append. */
function watched(store: EventStore): { store: EventStore; calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    store: {
      ...store,
      readStream: (streamName, options) => {
        calls.push(`read from ${options?.from ?? 'the beginning'}`);
        return store.readStream(streamName, options);
      },
      appendToStream: (streamName, events, options) => {
        calls.push(`append at ${options?.expectedStreamVersion}`);
        return store.appendToStream(streamName, events, options);
      },
    },
  };
}

function watchedService(inner = memoryStore(), options: Partial<ServiceOptions> = {}) {
  const { store, calls } = watched(inner);
  return { ...serviceOn(store, options), calls, inner };
}

describe('a visit that the service wrote to', () => {
  it('is not read for a command that is accepted: one call', async () => {
    const { handle, calls, load } = watchedService();
    await handle(assign);
    calls.length = 0;
    const answer = await handle(arrive);
    expect(calls).toEqual(['append at 1']);
    expect(answer).toMatchObject({ ok: true, version: 2n, repeated: false });
    expect(answer.state).toEqual((await load('visit-1')).state);
  });

  it('is read, as far as it is new, before a command is refused', async () => {
    const { handle, calls } = watchedService();
    await handle(assign);
    await handle(arrive);
    calls.length = 0;
    expect(await handle(sent('c-again', arrive))).toMatchObject({ ok: false, version: 2n });
    expect(calls).toEqual(['read from 2']);
  });

  it('is judged as others left it', async () => {
    const { handle, calls, inner } = watchedService();
    await handle(assign);
    await serviceOn(inner).handle(arrive);
    calls.length = 0;
    expect(await handle(sent('c-again', arrive))).toMatchObject({ ok: false, version: 2n });
    expect(calls).toEqual(['append at 1', 'read from 1']);
    const identify = sent('c-credential', command('ShowCredential', {}));
    expect(await handle(identify)).toMatchObject({ ok: true, version: 3n });
  });

  it('is read first once others were found writing to it', async () => {
    const { pauses } = skipPauses();
    const { handle, calls, inner } = watchedService();
    const other = serviceOn(inner);
    await handle(assign);
    await other.handle(breach(1));
    await handle(breach(2));
    await other.handle(breach(3));
    calls.length = 0;
    expect(await handle(breach(4))).toMatchObject({ ok: true, version: 5n });
    expect(calls).toEqual(['read from 3', 'append at 4']);
    expect(pauses).toEqual([]);
  });

  it('is trusted again once a reading found nothing new', async () => {
    const { handle, calls, inner } = watchedService();
    await handle(assign);
    await serviceOn(inner).handle(breach(1));
    await handle(breach(2));
    calls.length = 0;
    for (const n of [3, 4, 5]) expect(await handle(breach(n))).toMatchObject({ ok: true });
    expect(calls).toEqual(['read from 3', 'append at 3', 'append at 4', 'append at 5']);
  });

  it('is read whole to answer what was answered before', async () => {
    const { handle, calls } = watchedService();
    await handle(assign);
    const first = await handle(arrive);
    await handle(breach(1));
    calls.length = 0;
    expect(await handle(arrive)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
    expect(calls).toEqual(['read from the beginning']);
    const reused = sent('c-arrive', breach(2));
    await expect(handle(reused)).rejects.toMatchObject({ code: 'command-id-reused' });
  });

  it('answers what another service answered before', async () => {
    const { handle, inner } = watchedService();
    await handle(assign);
    const first = await serviceOn(inner).handle(arrive);
    await serviceOn(inner).handle(breach(1));
    expect(await handle(arrive)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
  });

  it.each([true, false])('is read whole if the store no longer has what was kept (sealed: %s)', async (sealed) => {
    let inner = memoryStore();
    const now = {
      ...inner,
      readStream: (name: string, options?: ReadStreamOptions) => inner.readStream(name, options),
      appendToStream: (...of: Parameters<EventStore['appendToStream']>) => inner.appendToStream(...of),
    } as EventStore;
    const { handle, calls } = watchedService(now, { sealed });
    await handle(assign);
    await handle(breach(1));
    inner = memoryStore(); // as after a backup of yesterday
    const elsewhere = serviceOn(inner, { sealed });
    for (const each of [assign, breach(7), breach(8)]) await elsewhere.handle(each);
    calls.length = 0;
    const answer = await handle(breach(2));
    expect(answer).toMatchObject({ ok: true, version: 4n });
    expect(answer.state).toEqual((await elsewhere.load('visit-1')).state);
    expect(calls).toEqual(['append at 2', 'read from 2', 'read from the beginning', 'append at 3']);
  });

  it('is read whole from a store whose ranges begin after their first place', async () => {
    const inner = memoryStore();
    const exclusive = {
      ...inner,
      readStream: (name: string, { from, ...options }: ReadStreamOptions = {}) =>
        inner.readStream(name, from === undefined ? options : { ...options, from: from + 1n }),
    } as EventStore;
    const { handle, load } = watchedService(exclusive);
    await handle(assign);
    await serviceOn(inner).handle(breach(1));
    const answer = await handle(arrive);
    expect(answer).toMatchObject({ ok: true, version: 3n });
    expect(answer.state).toEqual((await load('visit-1')).state);
  });

  it('goes on with the seal of its last event', async () => {
    const { handle, load } = watchedService();
    for (const each of [assign, arrive, breach(1)]) await handle(each);
    const [, second, third] = (await load('visit-1')).events;
    expect(third?.metadata?.previousHash).toBe(second?.metadata?.hash);
  });

  it('is read whole for a batch with a command that is known', async () => {
    const { handle, handleBatch, calls } = watchedService();
    await handle(assign);
    calls.length = 0;
    const answers = await handleBatch([assign, arrive, sent('c-again', arrive)]);
    expect(answers).toMatchObject([{ ok: true, repeated: true }, { ok: true, version: 2n }, { ok: false }]);
    expect(calls).toEqual(['read from the beginning', 'append at 1']);
  });
});

describe('a batch on a visit that the service wrote to', () => {
  const provider = arrive.metadata.actor;
  const credential = sent('c-credential', command('ShowCredential', {}));
  const batch = (basedOn: number, ...commands: readonly VisitCommand[]) => ({ visitId: 'visit-1', basedOn, commands });
  const open = { authorize: () => true };

  it('is stored in one call if its sender saw the whole visit and all is new and accepted', async () => {
    const answers = [];
    for (const cacheSize of [1000, 0]) {
      const { handle, sync, calls, load } = watchedService(memoryStore(), { cacheSize });
      await handle(assign);
      calls.length = 0;
      const answer = await sync(batch(1, arrive, credential), provider, open);
      expect(calls).toEqual(cacheSize === 0 ? ['read from the beginning', 'append at 1'] : ['append at 1']);
      expect(answer).toMatchObject({ version: 3n, events: (await load('visit-1')).events.slice(1) });
      answers.push(answer);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it.each<[string, Parameters<VisitService['sync']>]>([
    ['has none', [batch(2), provider]],
    ['has not seen all', [batch(1, credential), provider]],
    ['repeats one', [batch(2, arrive, credential), provider]],
    ['has one twice', [batch(2, credential, credential), provider]],
    ['has one that is refused', [batch(2, credential, sent('c-again', arrive)), provider]],
    ['is of nobody who takes part', [batch(2, withActor(credential, 'prov-9')), { role: 'provider', id: 'prov-9' }]],
    ['is of a sender who may not see it', [batch(2, credential), provider, { authorize: () => false }]],
    [
      'is of a sender whom the host refuses',
      [
        batch(2, credential),
        provider,
        {
          authorize: () => {
            throw new Error('no');
          },
        },
      ],
    ],
  ])('is read first if it %s, and answered the same', async (_, request) => {
    const answers = [];
    for (const cacheSize of [1000, 0]) {
      const { handle, sync, calls } = watchedService(memoryStore(), { cacheSize });
      for (const each of [assign, arrive]) await handle(each);
      calls.length = 0;
      answers.push(await sync(...request).catch((error: Error) => error.message));
      expect(calls[0]).toBe('read from the beginning');
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is reconciled with what others wrote meanwhile, and then read first', async () => {
    const { pauses } = skipPauses();
    const { handle, sync, calls, inner } = watchedService();
    const other = serviceOn(inner);
    await handle(assign);
    await other.handle(breach(1));
    calls.length = 0;
    expect(await sync(batch(1, arrive), provider)).toMatchObject({
      outcomes: [{ outcome: 'accepted', position: 3 }],
      version: 3n,
    });
    expect(calls).toEqual(['append at 1', 'read from the beginning', 'append at 2']);
    expect(pauses).toEqual([]);
    calls.length = 0;
    await sync(batch(3, credential), provider);
    expect(calls).toEqual(['read from the beginning', 'append at 3']);
    calls.length = 0;
    await sync(batch(4, sent('c-decline', command('DeclineOffContractRequest', { activity: 'other' }))), provider);
    expect(calls).toEqual(['append at 4']);
  });
});

describe('what is kept', () => {
  it.each([{}, { projections: [{ name: 'p', row: () => null }] }])('is no number below 0: %o', (options) => {
    expect(() => watchedService(memoryStore(), { ...options, cacheSize: -1 })).toThrow('cacheSize is');
  });

  const second = sent('c-assign-2', command('AssignVisit', { ...assignment, visitId: 'v-2' }));

  it.each<[string, Partial<ServiceOptions>]>([
    ['the host wants none', { cacheSize: 0 }],
    [
      'there is a codec, unless the host asks for it',
      { codec: { encode: ({ data }) => data, decode: ({ data }) => data } },
    ],
    ['there are read models, which are made of the whole visit', { projections: [{ name: 'p', row: () => null }] }],
  ])('is nothing where %s', async (_, options) => {
    const { handle, calls } = watchedService(memoryStore(), options);
    await handle(assign);
    await handle(arrive);
    expect(calls.filter((call) => call.startsWith('read'))).toEqual([
      'read from the beginning',
      'read from the beginning',
    ]);
  });

  it('with a codec is decoded, where the host asks for it', async () => {
    const codec = {
      encode: ({ data }: { data: object }) => ({ ...data, detail: 'secret' }),
      decode: ({ data }: { data: object }) => ({ ...data, detail: 'plain' }),
    };
    const { handle, calls } = watchedService(memoryStore(), { codec, cacheSize: 1 });
    await handle(assign);
    await handle(breach(1));
    expect(calls).toEqual(['read from the beginning', 'append at STREAM_DOES_NOT_EXIST', 'append at 1']);
  });

  it('has as many visits as the host says, those that were used last', async () => {
    const { handle, calls } = watchedService(memoryStore(), { cacheSize: 1 });
    await handle(assign);
    await handle(second);
    calls.length = 0;
    await handle(sent('c-arrive-2', command('RecordArrival', { visitId: 'v-2' })));
    await handle(arrive);
    expect(calls).toEqual(['append at 1', 'read from the beginning', 'append at 1']);
  });

  it('leaves the one that was not used for longest', () => {
    const visits = createStateCache(2);
    const visit = {
      version: 1n,
      state: {} as never,
      lastId: 'e',
      lastHash: undefined,
      commandIds: new Set(),
      isShared: false,
    };
    for (const name of ['a', 'b']) visits.set(name, visit as never);
    visits.get('a');
    visits.set('c', visit as never);
    expect(['a', 'b', 'c'].map((name) => visits.get(name) !== undefined)).toEqual([true, false, true]);
  });

  it.each([-1, 1.5, Number.NaN])('is a whole number of visits, not %s', (cacheSize) => {
    expect(() => serviceOn(memoryStore(), { cacheSize })).toThrow(RangeError);
  });
});

describe('services that keep visits', () => {
  it('answer as one that reads each visit whole, whichever of them is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        walks(40),
        fc.array(fc.nat(2), { minLength: 40, maxLength: 40 }),
        async ({ asked, policy }, turns) => {
          const options = { now: () => NOW, ...(policy === undefined ? {} : { policy }) };
          const shared = memoryStore();
          const services = [0, 1, 1000].map((cacheSize) => serviceOn(shared, { ...options, cacheSize }));
          const reader = serviceOn(memoryStore(), { ...options, cacheSize: 0 });
          for (const [index, { command: each }] of asked.entries()) {
            const one = sent(`c-${index % 30}`, each);
            const answerOf = (service: typeof reader) => service.handle(one).catch((error: Error) => error.name);
            expect(await answerOf(services[turns[index] ?? 0] as typeof reader)).toEqual(await answerOf(reader));
          }
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('answer batches as one that reads each visit whole', async () => {
    let unread = 0;
    await fc.assert(
      fc.asyncProperty(walks(40), fc.array(fc.nat(5), { minLength: 80, maxLength: 80 }), async (walk, turns) => {
        const { asked, policy } = walk;
        const turn = () => turns.pop() ?? 0;
        const options = { now: () => NOW, ...(policy === undefined ? {} : { policy }) };
        const { store, calls } = watched(memoryStore());
        const services = [1000, 1000, 0].map((cacheSize) => serviceOn(store, { ...options, cacheSize }));
        const reader = serviceOn(memoryStore(), { ...options, cacheSize: 0 });
        const same = async (ask: (service: typeof reader) => Promise<unknown>) => {
          const answerOf = (service: typeof reader) => ask(service).catch((error: Error) => error.name);
          calls.length = 0;
          const answer = await answerOf(services[turn() < 4 ? 0 : turn() % 3] as typeof reader);
          if (calls[0]?.startsWith('append')) unread += 1;
          expect(answer).toEqual(await answerOf(reader));
        };
        const commands = asked.map(({ command: each }, index) => sent(`c-${index % 35}`, each));
        while (commands.length > 0) {
          const [first] = commands as [VisitCommand];
          const { actor } = first.metadata;
          const others = commands.findIndex(({ metadata }) => metadata.actor.id !== actor.id);
          const batch = commands.splice(0, Math.min(others < 0 ? 40 : others, 1 + turn()));
          const { visitId } = first.data;
          const { version } = await reader.load(visitId);
          const basedOn = Math.max(0, Number(version) - Math.max(0, turn() - 3));
          if (actor.role === 'contact-center' || version === 0n)
            for (const one of batch) await same(({ handle }) => handle(one));
          else await same(({ sync }) => sync({ visitId, basedOn, commands: batch }, actor));
        }
      }),
      { numRuns: runs(100) },
    );
    expect(unread).toBeGreaterThan(runs(50));
  });
});
