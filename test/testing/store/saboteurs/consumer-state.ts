import type { EventStore } from '../../../../src/stores/event-store.ts';
import { appending, pause, type Saboteur, turn } from './saboteur.ts';

export const beside: readonly Saboteur[] = [
  {
    fault: 'rows are written though the append is refused',
    ...appending((honest) => async (name, events, options) => {
      const rows = options?.rows ?? [];
      const { revision } = await honest.readCheckpoint('rows');
      await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows });
      return honest.appendToStream(name, events, options);
    }),
    killedBy: 'rows: a conflict writes no rows',
  },
  {
    fault: 'rows are written with a repeat too',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      const { revision } = await honest.readCheckpoint('rows');
      if (options?.rows)
        await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows: options.rows });
      return answer;
    }),
    killedBy: 'rows: a repeat writes no rows, nor does an id that is taken',
  },
  {
    fault: 'rows are written after the events',
    ...appending((honest) => async (name, events, { rows, ...options } = {}) => {
      const answer = await honest.appendToStream(name, events, options);
      await turn();
      const { revision } = await honest.readCheckpoint('rows');
      if (rows && !answer.repeated) await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows });
      return answer;
    }),
    killedBy: 'rows: rows and events are seen together',
  },
  {
    fault: 'rows are not written with events',
    ...appending(
      (honest) =>
        (name, events, { rows: _, ...options } = {}) =>
          honest.appendToStream(name, events, options),
    ),
    killedBy: 'rows: rows are written with the events, replaced and removed',
  },
  {
    fault: 'a row of null stays as it was',
    ...appending((honest) => (name, events, options) => {
      const rows = options?.rows?.filter(({ body }) => body !== null);
      return honest.appendToStream(name, events, rows === undefined ? options : { ...options, rows });
    }),
    killedBy: 'rows: rows are written with the events, replaced and removed',
  },
  {
    fault: 'rows come in the order in which they are asked for: a page begins with its last row',
    store: (honest) => ({
      async readRows(projection, { after, maxCount = 500 } = {}) {
        const whole = await honest.readRows(projection, { maxCount: 10_000 });
        const at = whole.findIndex(({ key }) => key === after);
        return at < 0 ? whole.slice(0, maxCount) : whole.slice(at, at + maxCount);
      },
    }),
    killedBy: 'rows: projections are apart, and so are keys',
  },
  {
    fault: 'rows of all projections are in one table',
    store: (honest) => ({
      appendToStream: (name, events, options) => {
        const rows = options?.rows?.map((row) => ({ ...row, projection: row.projection && 'all' }));
        return honest.appendToStream(name, events, rows === undefined ? options : { ...options, rows });
      },
      readRow: (_, key) => honest.readRow('all', key),
      readRows: (_, range) => honest.readRows('all', range),
    }),
    killedBy: 'rows: projections are apart, and so are keys',
  },
  {
    fault: 'nobody looks at the revision of a checkpoint',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { revision } = await honest.readCheckpoint(consumer);
        return honest.commitCheckpoint(consumer, { ...move, expected: revision });
      },
    }),
    killedBy: 'consumers: a move that another has overtaken is refused and leaves nothing',
  },
  {
    fault: 'the revision is read, then the checkpoint is moved',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { revision } = await honest.readCheckpoint(consumer);
        if (revision === move.expected) await turn();
        const { revision: now } = await honest.readCheckpoint(consumer);
        return honest.commitCheckpoint(consumer, revision === move.expected ? { ...move, expected: now } : move);
      },
    }),
    killedBy: 'consumers: of many moves of one revision exactly one is made',
  },
  {
    fault: 'an overtaken move answers as if it were made',
    store: (honest) => ({
      commitCheckpoint: (consumer, move) =>
        honest.commitCheckpoint(consumer, move).catch((error) => {
          if (error.code !== 'checkpoint-conflict') throw error;
        }),
    }),
    killedBy: 'consumers: of many moves of one revision exactly one is made',
  },
  {
    fault: 'a move may go back',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { cursor, revision } = await honest.readCheckpoint(consumer);
        if (revision !== move.expected || (move.cursor ?? '') >= (cursor ?? ''))
          return honest.commitCheckpoint(consumer, move);
        await honest.reset(consumer);
        return honest.commitCheckpoint(consumer, { ...move, expected: revision + 1 });
      },
    }),
    killedBy: 'consumers: a move does not go back',
  },
  {
    fault: 'the checkpoint moves before the effect',
    store: (honest) => ({
      async commitCheckpoint(consumer, { effect, ...move }) {
        await honest.commitCheckpoint(consumer, move);
        await effect?.([] as never);
      },
    }),
    killedBy: 'effects: an effect that throws leaves nothing, and its error is thrown',
  },
  {
    fault: 'the rows are written before the effect',
    store: (honest) => ({
      async commitCheckpoint(consumer, { rows = [], ...move }) {
        await honest.commitCheckpoint('rows', {
          expected: (await honest.readCheckpoint('rows')).revision,
          cursor: null,
          rows,
        });
        await honest.commitCheckpoint(consumer, move);
      },
    }),
    killedBy: 'effects: an effect that throws leaves nothing, and its error is thrown',
  },
  {
    fault: 'what an effect throws is swallowed',
    store: (honest) => ({
      commitCheckpoint(consumer, { effect, ...move }) {
        const quiet = (transaction: never) => {
          try {
            Promise.resolve(effect?.(transaction)).catch(() => undefined);
          } catch {}
        };
        return honest.commitCheckpoint(consumer, { ...move, effect: quiet });
      },
    }),
    killedBy: 'effects: an effect that throws leaves nothing, and its error is thrown',
  },
  {
    fault: 'what an effect throws is told in other words',
    store: (honest) => ({
      commitCheckpoint: (consumer, move) =>
        honest.commitCheckpoint(consumer, move).catch((error) => {
          throw error.code === undefined ? new Error('transaction aborted') : error;
        }),
    }),
    killedBy: 'effects: an effect that throws leaves nothing, and its error is thrown',
  },
  {
    fault: 'nobody waits for the promise of an effect',
    store: (honest) => ({
      commitCheckpoint(consumer, { effect, ...move }) {
        const hasty = (transaction: never) => {
          Promise.resolve(effect?.(transaction)).catch(() => undefined);
        };
        return honest.commitCheckpoint(consumer, effect === undefined ? move : { ...move, effect: hasty });
      },
    }),
    killedBy: 'effects: an effect whose promise is rejected leaves nothing',
  },
  {
    fault: 'the effect runs though the move is refused',
    store: (honest) => ({
      async commitCheckpoint(consumer, { effect, ...move }) {
        await effect?.([] as never);
        return honest.commitCheckpoint(consumer, move);
      },
    }),
    killedBy: 'consumers: a move that another has overtaken is refused and leaves nothing',
  },
  {
    fault: 'what an effect wrote is kept though it threw',
    store: (honest, place) => ({
      commitCheckpoint(consumer, { effect, ...move }) {
        const direct = () => effect?.(place.notes as never);
        return honest.commitCheckpoint(consumer, effect === undefined ? move : { ...move, effect: direct });
      },
    }),
    killedBy: 'transactions: what an effect wrote is gone when it throws, and so is all else',
  },
  {
    fault: 'what an effect wrote is lost',
    store: (honest) => ({
      commitCheckpoint(consumer, { effect, ...move }) {
        const lost = () => effect?.([] as never);
        return honest.commitCheckpoint(consumer, effect === undefined ? move : { ...move, effect: lost });
      },
    }),
    killedBy: 'transactions: what an effect writes is kept with the move',
  },
  {
    fault: 'a move forgets what is parked',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { parked } = await honest.readCheckpoint(consumer);
        const unpark = [...(move.unpark ?? []), ...parked.map(({ streamName }) => streamName)];
        return honest.commitCheckpoint(consumer, { ...move, unpark });
      },
    }),
    killedBy: 'consumers: streams that are parked stay so until they are unparked',
  },
  {
    fault: 'what is parked again takes a new place',
    store: (honest) => ({
      commitCheckpoint(consumer, move) {
        const unpark = [...(move.unpark ?? []), ...(move.park ?? []).map(({ streamName }) => streamName)];
        return honest.commitCheckpoint(consumer, { ...move, unpark });
      },
    }),
    killedBy: 'consumers: a stream that is parked again keeps its place and its reason',
  },
  {
    fault: 'reset forgets the rows alone',
    store: (honest) => ({
      async reset(name) {
        const { cursor, parked, revision } = await honest.readCheckpoint(name);
        await honest.reset(name);
        await honest.commitCheckpoint(name, { expected: revision + 1, cursor, park: parked });
      },
    }),
    killedBy: 'consumers: reset sends a consumer back to the beginning without its rows, and no other',
  },
  {
    fault: 'reset forgets the checkpoint alone',
    store: (honest) => ({
      async reset(name) {
        const rows = await honest.readRows(name, { maxCount: 10_000 });
        await honest.reset(name);
        const { revision } = await honest.readCheckpoint(name);
        const again = rows.map((row) => ({ projection: name, ...row }));
        await honest.commitCheckpoint(name, { expected: revision, cursor: null, rows: again });
      },
    }),
    killedBy: 'consumers: a rebuilt projection equals the one that grew with the events',
  },
  {
    fault: 'the place of a consumer is rounded to the page',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { cursor } = await honest.readCheckpoint(consumer);
        return honest.commitCheckpoint(consumer, { ...move, cursor: move.rows?.length ? move.cursor : cursor });
      },
    }),
    killedBy: 'consumers: a consumer stands where it was moved, and counts its moves',
  },
  {
    fault: 'a row that there is not is undefined',
    store: (honest) => ({
      readRow: async (projection, key) => (await honest.readRow(projection, key)) ?? (undefined as unknown as null),
    }),
    killedBy: 'rows: a projection without rows is empty',
  },
  {
    fault: 'a new consumer stands at the end of the feed',
    store: (honest) => ({
      async readCheckpoint(consumer) {
        const found = await honest.readCheckpoint(consumer);
        if (found.revision > 0) return found;
        return { ...found, cursor: (await honest.readFeed({ maxCount: 10_000 })).at(-1)?.cursor ?? null };
      },
    }),
    killedBy: 'consumers: an event whose page was not acknowledged comes again: at least once',
  },
  {
    fault: 'a new consumer has no checkpoint',
    store: (honest) => ({
      async readCheckpoint(consumer) {
        const found = await honest.readCheckpoint(consumer);
        return found.revision > 0 ? found : (null as unknown as typeof found);
      },
    }),
    killedBy: 'consumers: a new consumer stands at the beginning, with nothing parked',
  },
  {
    fault: 'a reader gets the checkpoint that the next one gets',
    store(honest) {
      const kept = new Map<string, Awaited<ReturnType<EventStore['readCheckpoint']>>>();
      return {
        async readCheckpoint(consumer) {
          const fresh = await honest.readCheckpoint(consumer);
          const known = kept.get(consumer);
          if (known?.revision === fresh.revision) return known;
          kept.set(consumer, fresh);
          return fresh;
        },
      };
    },
    killedBy: 'consumers: what a reader does to a checkpoint, no other reader sees',
  },
  {
    fault: 'the names of what is parked end at U+0000',
    store: (honest) => ({
      commitCheckpoint(consumer, move) {
        const cut = (text: string) => (typeof text === 'string' ? (text.split('\u0000')[0] ?? '') : text);
        const park = move.park?.map((one) => ({ ...one, streamName: cut(one.streamName), reason: cut(one.reason) }));
        return honest.commitCheckpoint(consumer, park === undefined ? move : { ...move, park });
      },
    }),
    killedBy: 'consumers: names and reasons of streams that are parked are any texts',
  },
  {
    fault: 'nobody looks at what is parked',
    store: (honest) => ({
      commitCheckpoint(consumer, move) {
        const park = move.park?.map(({ streamName, from, reason }) => ({
          streamName: String(streamName),
          from: BigInt(from),
          reason: String(reason),
        }));
        return honest.commitCheckpoint(consumer, park === undefined ? move : { ...move, park });
      },
    }),
    killedBy: 'refusals: a stream to park has a name, a version and a reason',
  },
  {
    fault: 'a page after a row that was removed begins anew',
    store: (honest) => ({
      async readRows(projection, range = {}) {
        const isThere = !range.after || (await honest.readRow(projection, range.after)) !== null;
        const { after, ...rest } = range;
        return honest.readRows(projection, isThere ? range : rest);
      },
    }),
    killedBy: 'rows: pages of every size make up the whole, in one order',
  },
  {
    fault: 'the key __proto__ of a body is lost',
    store: (honest) => ({
      async readRow(projection, key) {
        const found = await honest.readRow(projection, key);
        return found && { ...found, body: Object.assign({}, found.body) };
      },
    }),
    killedBy: 'rows: a body comes back as JSON has it',
  },
  {
    fault: 'a row is found by how its key begins',
    store: (honest) => ({
      async readRow(projection, key) {
        const found = await honest.readRow(projection, key);
        const all = found === null ? await honest.readRows(projection, { maxCount: 10_000 }) : [];
        return found ?? all.find((one) => one.key.startsWith(key)) ?? null;
      },
    }),
    killedBy: 'rows: projections are apart, and so are keys',
  },
  {
    fault: 'the names of consumers are cut after 63 characters',
    store: (honest) => ({
      readCheckpoint: (consumer) => honest.readCheckpoint(String(consumer).slice(0, 63)),
      commitCheckpoint: (consumer, move) => honest.commitCheckpoint(String(consumer).slice(0, 63), move),
    }),
    killedBy: 'consumers: consumers do not know of each other, whatever they are called',
  },
  {
    fault: 'the place of a consumer is read, then what waits there',
    store: (honest) => ({
      async readCheckpoint(consumer) {
        const { parked: _, ...at } = await honest.readCheckpoint(consumer);
        await pause();
        return { ...at, parked: (await honest.readCheckpoint(consumer)).parked };
      },
    }),
    killedBy: 'consumers: a checkpoint is read whole while it is moved',
  },
  {
    fault: 'the checkpoint is moved, then its rows are written',
    store: (honest) => ({
      async commitCheckpoint(consumer, { rows = [], ...move }) {
        await honest.commitCheckpoint(consumer, move);
        await pause();
        const { revision } = await honest.readCheckpoint('rows');
        await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows });
      },
    }),
    killedBy: 'consumers: a checkpoint is read whole while it is moved',
  },
  {
    fault: 'a stream is unparked with all whose names begin as its name',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { parked } = await honest.readCheckpoint(consumer);
        const unpark = (name: string) =>
          parked.map(({ streamName }) => streamName).filter((one) => one.startsWith(name));
        await honest.commitCheckpoint(consumer, {
          ...move,
          ...(move.unpark && { unpark: move.unpark.flatMap(unpark) }),
        });
      },
    }),
    killedBy: 'consumers: streams that are parked stay so until they are unparked',
  },
  {
    fault: 'rows that are written while a consumer is reset stay',
    store: (honest) => ({
      async reset(name) {
        const known = new Set((await honest.readRows(name)).map(({ key }) => key));
        await pause(20);
        const late = (await honest.readRows(name)).filter(({ key }) => !known.has(key));
        await honest.reset(name);
        const { revision } = await honest.readCheckpoint('rows');
        const rows = late.map(({ key, body }) => ({ projection: name, key, body }));
        await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows });
      },
    }),
    killedBy: 'consumers: a move that was begun before a reset is a conflict',
  },
  {
    fault: 'what was handled counts though the effect threw',
    store(honest) {
      let more = 0;
      return {
        commitCheckpoint: (consumer, move) =>
          honest.commitCheckpoint(consumer, move).catch((error) => {
            if (move.effect !== undefined) more += move.handled ?? 0;
            throw error;
          }),
        async readCheckpoint(consumer) {
          const found = await honest.readCheckpoint(consumer);
          return { ...found, handled: found.handled + more };
        },
      };
    },
    killedBy: 'effects: an effect that throws leaves nothing, and its error is thrown',
  },
];
