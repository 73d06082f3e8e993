/**
 * The competitors that fold a visit. Each has an isolated copy of its module, and each reads events that are in memory already. The peers fold with what their users would write: the reducer of the floor, where a library makes it safe to
 * change the state, and its twin with spreads where one must not.
 */
import { readFile } from 'node:fs/promises';
import { EventStore } from '@castore/core';
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory';
import { getInMemoryEventStore } from '@event-driven-io/emmett';
import { createReducer } from '@reduxjs/toolkit';
import { eventTypes, type Phase, phases, type VisitEvent, type VisitState } from 'auxilio';
import type { Plugin } from 'esbuild';
import { produce } from 'immer';
import { assign, createActor, initialTransition, setup, transition } from 'xstate';
import { instance } from '../isolated-module.ts';
import type * as floors from './baseline.ts';
import type * as spreads from './immutable-fold.ts';
import type { Stream } from './streams.ts';

type Floor = typeof floors;
type Visit = ReturnType<Floor['emptyVisit']>;
type Spread = typeof spreads;
type Library = Pick<typeof import('auxilio'), 'replay' | 'evolve' | 'initialState'>;
type Walking = Pick<typeof import('../../../src/visit/visit.ts'), 'incrementalFold'>;

/** The state of a visit from its stream. */
type Fold = (stream: Stream) => VisitState | Promise<VisitState>;

/** A competitor: its share of a thousand events, and its preparation for those streams. */
export type Contender = Readonly<{
  id: string;
  name: string;
  perMille: number;
  prepare: (streams: readonly Stream[]) => Promise<Fold>;
}>;

const floor = () => instance<Floor>('scripts/bench/replay/baseline.ts');
const spread = () => instance<Spread>('scripts/bench/replay/immutable-fold.ts');

/** The library's own sources, without the one call that freezes: there is no public function for it. */
const unfreezing: Plugin = {
  name: 'unfreezing',
  setup: ({ onLoad }) =>
    onLoad({ filter: /kernel\/fold\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace('return recipe.freeze(own);', 'return own as State;');
      if (contents === source) throw new Error('src/kernel/fold.ts freezes in another way than this benchmark expects');
      return { contents, loader: 'ts' };
    }),
};

export const contenders: readonly Contender[] = [
  {
    id: 'hand',
    name: 'by hand, a mutable `switch`',
    perMille: 1_000,
    prepare: async () => {
      const { fold } = await floor();
      return ({ events }) => fold(events);
    },
  },
  {
    id: 'unfrozen',
    name: '`replay`, unfrozen',
    perMille: 1_000,
    prepare: async () => {
      const { replay } = await instance<Library>('src/visit/visit.ts', [unfreezing]);
      return ({ events }) => replay(events);
    },
  },
  {
    id: 'ours',
    name: '`replay`',
    perMille: 1_000,
    prepare: async () => {
      const { replay } = await instance<Library>('dist/index.js');
      return ({ events }) => replay(events);
    },
  },
  {
    id: 'beside',
    name: '`replay`, in a process that also runs `evolve`',
    perMille: 1_000,
    prepare: async (streams) => {
      const { replay, evolve, initialState } = await instance<Library>('dist/index.js');
      for (const { events } of streams.slice(0, 500)) events.reduce(evolve, initialState());
      return ({ events }) => replay(events);
    },
  },
  {
    id: 'incremental-fold',
    name: '`incrementalFold`, which derives the phase after each event',
    perMille: 1_000,
    prepare: async () => {
      const { incrementalFold } = await instance<Walking>('src/visit/visit.ts');
      return ({ events }) => {
        const { state, step } = incrementalFold();
        for (const event of events) step(event);
        return state;
      };
    },
  },
  {
    id: 'spread',
    name: 'object spread',
    perMille: 100,
    prepare: async () => {
      const { foldBySpread } = await spread();
      return ({ events }) => foldBySpread(events);
    },
  },
  {
    id: 'immer-once',
    name: 'immer 11, once per stream',
    perMille: 100,
    prepare: async () => {
      const { emptyVisit, change, phaseOf } = await floor();
      return ({ events }) =>
        produce(emptyVisit(), (draft) => {
          for (const event of events) change(draft, event);
          draft.phase = phaseOf(draft);
        });
    },
  },
  {
    id: 'immer',
    name: 'immer 11, per event: `evolve`',
    perMille: 40,
    prepare: async () => {
      const { evolve, initialState } = await instance<Library>('dist/index.js');
      return ({ events }) => events.reduce(evolve, initialState());
    },
  },
  {
    id: 'emmett',
    name: 'Emmett 0.42, `aggregateStream`, spreads',
    perMille: 100,
    prepare: async (streams) => {
      const { evolveBySpread } = await spread();
      return emmett(streams, evolveBySpread, (await floor()).emptyVisit);
    },
  },
  {
    id: 'emmett-in-place',
    name: 'Emmett 0.42, `aggregateStream`, changing the state',
    perMille: 100,
    prepare: async (streams) => {
      const { emptyVisit, change, phaseOf } = await floor();
      return emmett(streams, inPlace(change, phaseOf), emptyVisit);
    },
  },
  {
    id: 'castore',
    name: 'Castore 2.4, `getAggregate`, spreads',
    perMille: 100,
    prepare: async (streams) => {
      const { evolveBySpread } = await spread();
      return castore(streams, evolveBySpread, (await floor()).emptyVisit);
    },
  },
  {
    id: 'castore-in-place',
    name: 'Castore 2.4, `getAggregate`, changing the state',
    perMille: 100,
    prepare: async (streams) => {
      const { emptyVisit, change, phaseOf } = await floor();
      return castore(streams, inPlace(change, phaseOf), emptyVisit);
    },
  },
  {
    id: 'redux',
    name: 'Redux Toolkit 2, `createReducer`',
    perMille: 40,
    prepare: async () => {
      const { emptyVisit, change, phaseOf } = await floor();
      const reducer = createReducer(emptyVisit, (builder) => {
        for (const type of eventTypes) {
          builder.addCase(type, (draft, action: VisitEvent) => {
            change(draft, action);
            draft.phase = phaseOf(draft);
          });
        }
      });
      const empty = reducer(undefined, { type: 'none' });
      return ({ events }) => (events as readonly VisitEvent[]).reduce(reducer, empty);
    },
  },
  {
    id: 'xstate',
    name: 'xstate 5, an actor per stream',
    perMille: 100,
    prepare: async () => {
      const machine = await machineOf({});
      return ({ events }) => {
        const actor = createActor(machine).start();
        for (const event of events) actor.send(event);
        return actor.getSnapshot().context;
      };
    },
  },
  {
    id: 'xstate-pure',
    name: 'xstate 5, `transition`, the phases as its states',
    perMille: 40,
    prepare: async () => {
      const toOthers = (phase: Phase) =>
        phases
          .filter((other) => other !== phase)
          .map((target) => ({ target, guard: ({ context }: { context: Visit }) => context.phase === target }));
      const states = Object.fromEntries(phases.map((phase) => [phase, { always: toOthers(phase) }]));
      const machine = await machineOf({ initial: 'unassigned', states });
      return ({ events }) => {
        let [snapshot] = initialTransition(machine);
        for (const event of events) [snapshot] = transition(machine, snapshot, event);
        return snapshot.context;
      };
    },
  },
];

/** A machine whose context is the visit; every event is taken in every state. */
async function machineOf(more: { initial?: string; states?: object }) {
  const { evolveBySpread } = await spread();
  const { emptyVisit } = await floor();
  const changed = assign(({ context, event }: { context: Visit; event: VisitEvent }) => evolveBySpread(context, event));
  return setup({ types: {} as { context: Visit; events: VisitEvent } }).createMachine({
    context: () => emptyVisit(),
    on: Object.fromEntries(eventTypes.map((type) => [type, { actions: changed }])) as never,
    ...(more as object),
  });
}

type Evolve = (visit: Visit, event: VisitEvent) => Visit;

/** A reducer that mutates its state, which is safe if no one else holds it. */
function inPlace(change: Floor['change'], phaseOf: Floor['phaseOf']): Evolve {
  return (visit, event) => {
    change(visit, event);
    visit.phase = phaseOf(visit);
    return visit;
  };
}

async function emmett(streams: readonly Stream[], evolve: Evolve, initialState: () => Visit): Promise<Fold> {
  const store = getInMemoryEventStore();
  for (const { visitId, events } of streams) await store.appendToStream<VisitEvent>(visitId, events);
  return async ({ visitId }) =>
    (await store.aggregateStream<Visit, VisitEvent>(visitId, { evolve, initialState })).state;
}

type Detail = { aggregateId: string; version: number; timestamp: string; type: string; payload: VisitEvent['data'] };
type Aggregate = { aggregateId: string; version: number; visit: Visit };

async function castore(streams: readonly Stream[], evolve: Evolve, empty: () => Visit): Promise<Fold> {
  const store = new EventStore({
    eventStoreId: 'VISITS',
    eventTypes: eventTypes.map((type) => ({ type }) as { type: string; _types?: { detail: Detail } }),
    reducer: (aggregate: Aggregate | undefined, { aggregateId, version, type, payload }: Detail): Aggregate => {
      const event = { type, data: payload } as VisitEvent;
      return { aggregateId, version, visit: evolve(aggregate?.visit ?? empty(), event) };
    },
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });
  for (const { visitId: aggregateId, events } of streams) {
    for (const [index, { type, data: payload }] of events.entries()) {
      await store.pushEvent({ aggregateId, version: index + 1, type, payload });
    }
  }
  return async ({ visitId }) => {
    const { aggregate } = await store.getAggregate(visitId);
    if (aggregate === undefined) throw new Error(`Castore has no ${visitId}`);
    return aggregate.visit;
  };
}
