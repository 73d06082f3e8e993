import {
  DeciderCommandHandler,
  DeciderSpecification,
  type EventStore as EmmettEventStore,
  getInMemoryEventStore,
  isExpectedVersionConflictError,
} from '@event-driven-io/emmett';
import {
  createVisitDecider,
  type HandledCommand,
  type Policy,
  replay,
  type VisitCommand,
  VisitError,
  type VisitEvent,
  type VisitState,
} from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { actors, visitAt } from 'auxilio/testing';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';

const decider = createVisitDecider();
const handle = DeciderCommandHandler(decider);
const insisting = DeciderCommandHandler({ ...decider, retry: { onVersionConflict: 5 } });
const plain = visitAt('completed');
const now = new Date('2026-03-17T16:00:00.000Z');

/** A command as Emmett's types ask for it. */
const handled = (command: VisitCommand): HandledCommand => ({ ...command, metadata: { ...command.metadata, now } });

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function opened() {
  const store = sqliteStore({ file: ':memory:' });
  closing.push(() => store.close());
  return store;
}

/** Emmett's own store and ours, all as Emmett's port: no casts. */
const stores: [string, () => EmmettEventStore][] = [
  ['Emmett’s in-memory store', () => getInMemoryEventStore()],
  ['our memory store', () => memoryStore()],
  ['our SQLite store', opened],
];

const escalation = (what: string, at: string): VisitCommand => ({
  type: 'EscalateClientImpact',
  data: { visitId: 'visit-1', at, what },
  metadata: { actor: actors.operator },
});

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const withoutMetadata = (events: readonly VisitEvent[]) => events.map(({ type, data }) => ({ type, data }));

describe.each(stores)('Emmett’s DeciderCommandHandler on %s', (_, open) => {
  it('carries a whole visit out, command by command', async () => {
    const store = open();
    for (const [index, command] of plain.commands.entries()) {
      const { newEvents, newState, nextExpectedStreamVersion } = await handle(store, 'visit-1', handled(command));
      expect(newEvents).toEqual([plain.events[index]]);
      expect(nextExpectedStreamVersion).toBe(BigInt(index + 1));
      expect(newState.phase).toBe(replay(plain.events.slice(0, index + 1)).phase);
    }
    const { events, currentStreamVersion } = await store.readStream<VisitEvent>('visit-1');
    expect(withoutMetadata(events)).toEqual(plain.events);
    expect(currentStreamVersion).toBe(BigInt(plain.events.length));
    expect(replay(events)).toEqual(plain.state);
    const { state } = await store.aggregateStream<VisitState, VisitEvent>('visit-1', decider);
    expect(state).toEqual(plain.state);
  });

  it('carries a whole visit out at once, or nothing of it', async () => {
    const store = open();
    const { newState } = await handle(store, 'visit-1', plain.commands.map(handled));
    expect(newState).toEqual(plain.state);
    const early = [...plain.commands.slice(0, 4), ...plain.commands.slice(-1)].map(handled);
    await expect(handle(store, 'visit-2', early)).rejects.toThrow(VisitError);
    expect((await store.readStream('visit-2')).events).toEqual([]);
  });

  it('passes a refusal on, and does not try it again', async () => {
    const store = open();
    const { commands, next } = visitAt('ready-to-start');
    const lacking = commands.filter(({ type }) => type !== 'ShowTools');
    await handle(store, 'visit-1', lacking.map(handled));
    const start: VisitCommand = {
      type: 'StartWork',
      data: { visitId: 'visit-1', at: next },
      metadata: { actor: actors.provider },
    };
    let judged = 0;
    const counting = DeciderCommandHandler({
      ...decider,
      decide: (command: HandledCommand, state: VisitState) => {
        judged += 1;
        return decider.decide(command, state);
      },
      retry: { onVersionConflict: 5 },
    });
    const error = await thrownBy(counting(store, 'visit-1', handled(start)));
    expect(error).toBeInstanceOf(VisitError);
    expect(error).toMatchObject({
      errorCode: 400,
      rejection: { violations: [{ rule: 'tools-shown', clause: '1.1-40' }] },
    });
    expect(judged).toBe(1);
    expect((await store.readStream('visit-1')).currentStreamVersion).toBe(BigInt(lacking.length));
    expect(
      await thrownBy(handle(store, 'visit-1', handled({ ...start, metadata: { actor: actors.operator } }))),
    ).toMatchObject({
      errorCode: 403,
    });
    expect(await thrownBy(handle(store, 'visit-9', handled(start)))).toMatchObject({ errorCode: 404 });
  });

  it('reads, judges and writes anew when another writer came first', async () => {
    const store = open();
    const { commands, state, next } = visitAt('on-site');
    await handle(store, 'visit-1', commands.map(handled));
    const said = (what: string) => handled(escalation(what, next));
    const contended: EmmettEventStore = {
      ...store,
      appendToStream: intruding(store, () => handle(store, 'visit-1', said('humo'))),
    };
    const { newState, nextExpectedStreamVersion } = await insisting(contended, 'visit-1', said('agua'));
    expect(nextExpectedStreamVersion).toBe(BigInt(commands.length + 2));
    expect(newState.debts.length).toBeGreaterThan(state.debts.length);
    const { events } = await store.readStream<VisitEvent>('visit-1');
    expect(events.slice(-2).map(({ data }) => 'what' in data && data.what)).toEqual(['humo', 'agua']);
    expect(replay(events)).toEqual(newState);
  });

  it('gives a conflict that Emmett knows, when nobody tries again', async () => {
    const store = open();
    await handle(store, 'visit-1', visitAt('on-site').commands.map(handled));
    const append = store.appendToStream<VisitEvent>('visit-1', [...visitAt('on-site').events], {
      expectedStreamVersion: 0n,
    });
    const conflict = await thrownBy(append);
    expect(isExpectedVersionConflictError(conflict)).toBe(true);
    expect(conflict).toMatchObject({ errorCode: 412 });
  });
});

/** An `appendToStream` before whose first call another writer writes. */
function intruding(store: EmmettEventStore, intrude: () => Promise<unknown>): EmmettEventStore['appendToStream'] {
  let calls = 0;
  return async (streamName, events, options) => {
    calls += 1;
    if (calls === 1) await intrude();
    return store.appendToStream(streamName, events, options);
  };
}

describe('many writers through Emmett on our stores', () => {
  it.each(stores.slice(1))(
    'lose nothing: %s',
    async (_, open) => {
      const store = open();
      const { commands, next } = visitAt('on-site');
      await handle(store, 'visit-1', commands.map(handled));
      const patient = DeciderCommandHandler({
        ...decider,
        retry: { onVersionConflict: { retries: 30, minTimeout: 1, maxTimeout: 20, factor: 1.5 } },
      });
      const said = Array.from({ length: 8 }, (_, index) => `ruido ${index}`);
      await Promise.all(said.map((what) => patient(store, 'visit-1', handled(escalation(what, next)))));
      const { events } = await store.readStream<VisitEvent>('visit-1');
      const heard = events.slice(commands.length).map(({ data }) => ('what' in data ? data.what : ''));
      expect(heard.sort()).toEqual(said);
    },
    60_000,
  );
});

describe('a stream to which both Emmett and the service append', () => {
  const { commands, next } = visitAt('on-site');
  const said = (what: string) => escalation(what, next);

  it.each([
    ['goes on without seals', false, { ok: true, version: BigInt(commands.length + 3) }],
    [
      'is refused as broken once the service has sealed an event of it',
      true,
      { code: 'chain-broken', fault: 'unsealed' },
    ],
  ])('%s', async (_, sealed, expected) => {
    const store = memoryStore();
    const service = createService({ store, sealed });
    await handle(store, 'visit-visit-1', commands.map(handled));
    expect(await service.handle(said('humo'))).toMatchObject({ ok: true });
    await handle(store, 'visit-visit-1', handled(said('agua')));
    expect(await service.handle(said('ruido')).catch((error: unknown) => error)).toMatchObject(expected);
  });
});

describe('Emmett’s DeciderSpecification', () => {
  const specification = DeciderSpecification.for<VisitCommand, VisitEvent, VisitState>(decider);
  const ready = visitAt('ready-to-start');
  const start: VisitCommand = {
    type: 'StartWork',
    data: { visitId: 'visit-1', at: ready.next },
    metadata: { actor: actors.provider },
  };

  const started: VisitEvent = {
    type: 'WorkStarted',
    data: { visitId: 'visit-1', at: ready.next, by: actors.provider },
  };

  it('takes a decider as it is', () => {
    specification([...ready.events])
      .when(start)
      .then([started]);
  });

  it('tells a refusal by its class, its code and its rules', () => {
    const lacking = ready.events.filter(({ type }) => type !== 'AreaCleared');
    specification(lacking)
      .when(start)
      .thenThrows(VisitError, ({ errorCode, rejection }) => {
        const [{ rule, clause }] = rejection.violations;
        return errorCode === 400 && rule === 'area-cleared' && clause === '1.1-41';
      });
  });

  it('judges by the policy of the decider', () => {
    const policy: Policy = { id: 'contrato', waive: [{ rule: 'area-cleared', reason: 'contrato' }] };
    const lacking = ready.events.filter(({ type }) => type !== 'AreaCleared');
    DeciderSpecification.for(createVisitDecider(policy))(lacking).when(handled(start)).then([started]);
  });
});

describe('the types', () => {
  it('are what Emmett infers', async () => {
    const { newState, newEvents } = await handle(getInMemoryEventStore(), 'visit-1', handled(plain.commands[0]!));
    expectTypeOf(newState).toEqualTypeOf<VisitState>();
    expectTypeOf(newEvents).toEqualTypeOf<VisitEvent[]>();
    expectTypeOf(decider.decide).toBeCallableWith(plain.commands[0]!, plain.state);
    expect([newState.phase, newEvents.length]).toEqual(['in-transit', 1]);
  });
});
