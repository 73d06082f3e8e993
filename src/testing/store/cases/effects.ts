import type { CheckpointUpdate } from '../../../stores/event-store.ts';
import { ensure, errorOf, same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events, numbers, readNumbers } from '../stage/events.ts';
import { listWinners, race } from '../stage/writers.ts';
import { appendPlaces, BEGINNING, countRuns, moveTo, parked } from './consumers.ts';
import { row } from './rows.ts';

const fails = () => {
  throw new Error('the effect failed');
};

export const effects = cases('effects', ['consumers', 'feed', 'rows'], {
  'an effect runs once, with the move': async ({ store }) => {
    const [first] = await appendPlaces(store, 1);
    const { effect, runs } = countRuns();
    await moveTo(store, 'c', first, { effect });
    same(1, runs(), 'how often the effect ran');
    same(first, (await store.readCheckpoint('c')).cursor, 'where the consumer stands');
  },
  'an effect that throws leaves nothing, and its error is thrown': async ({ store }) => {
    const [first, second] = await appendPlaces(store, 2);
    await moveTo(store, 'c', first, { park: [parked('a', 1n)] });
    const before = await store.readCheckpoint('c');
    const thrown = new Error('the effect failed');
    const failing: CheckpointUpdate = {
      expected: 1,
      cursor: second ?? null,
      rows: [row('c', 'k', {})],
      park: [parked('b', 1n)],
      unpark: ['a'],
      handled: 3,
      effect: () => {
        throw thrown;
      },
    };
    const error = await errorOf(store.commitCheckpoint('c', failing), 'a move whose effect throws');
    ensure(error === thrown, `expected what the effect threw; got ${String(error)}`);
    same(before, await store.readCheckpoint('c'), 'the checkpoint afterwards');
    same([], await store.readRows('c'), 'the rows afterwards');
    const { effect: _, ...again } = failing;
    await store.commitCheckpoint('c', again);
    sameFields({ cursor: second, revision: 2 }, await store.readCheckpoint('c'), 'the same move without its effect');
  },
  'an effect whose promise is rejected leaves nothing': async ({ store }) => {
    const [first] = await appendPlaces(store, 1);
    const move = moveTo(store, 'c', first, { rows: [row('c', 'k', {})], effect: async () => fails() });
    await errorOf(move, 'a move whose effect is rejected');
    sameFields(BEGINNING, await store.readCheckpoint('c'), 'the checkpoint afterwards');
    same([], await store.readRows('c'), 'the rows afterwards');
  },
  'of many effects, those that throw leave the others as they are': async ({ store }) => {
    const [first] = await appendPlaces(store, 1);
    const moves = numbers(0, 5).map((n) => async () => {
      const effect = () => (n % 2 === 1 ? fails() : undefined);
      await moveTo(store, `c-${n}`, first, { rows: [row('p', `${n}`, {})], effect });
    });
    const made = listWinners(await race(moves));
    same([0, 2, 4], made, 'which moves were made');
    same(['0', '2', '4'], (await store.readRows('p')).map(({ key }) => key).sort(), 'whose rows are there');
  },
  'the store goes on after an effect that threw': async ({ store }) => {
    await errorOf(moveTo(store, 'c', null, { effect: fails }), 'a move whose effect throws');
    await store.appendToStream('z', events(1));
    same([1], await readNumbers(store, 'z'), 'the events that were appended afterwards');
  },
});

export const transactions = cases('transactions', ['effects', 'consumers', 'feed', 'rows'], {
  'what an effect writes is kept with the move': async (stage) => {
    const [first] = await appendPlaces(stage.store, 1);
    await moveTo(stage.store, 'c', first, { effect: (transaction) => stage.writeNote(transaction, 'kept') });
    same(['kept'], await stage.notes(), 'the notes');
  },
  'what an effect wrote is gone when it throws, and so is all else': async (stage) => {
    const [first] = await appendPlaces(stage.store, 1);
    const effect = (transaction: never) => {
      const written = stage.writeNote(transaction, 'gone');
      // Later where the store waits for it; else at once, as a store that cannot wait demands.
      return written instanceof Promise ? written.then(fails) : fails();
    };
    await errorOf(moveTo(stage.store, 'c', first, { rows: [row('c', 'k', {})], effect }), 'a move whose effect throws');
    same([], await stage.notes(), 'the notes');
    sameFields(BEGINNING, await stage.store.readCheckpoint('c'), 'the checkpoint');
    same([], await stage.store.readRows('c'), 'the rows');
  },
  'of many moves of one revision, one note is kept': async (stage) => {
    const [first] = await appendPlaces(stage.store, 1);
    const moves = numbers(0, 5).map((n) => async () => {
      const effect = (transaction: never) => stage.writeNote(transaction, `note-${n}`);
      await stage.store.commitCheckpoint('c', { expected: 0, cursor: first ?? null, effect });
    });
    const made = listWinners(await race(moves)).map((n) => `note-${n}`);
    same(1, made.length, 'how many moves were made');
    same(made, await stage.notes(), 'the notes');
  },
});
