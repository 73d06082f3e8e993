import { memoryStore } from 'auxilio/memory';
import { postgresStore } from 'auxilio/postgres';
import { boardProjection, catchUp, createService, follow, keeping, projector, subscribe } from 'auxilio/service';
import { actors, cast, SpecificationError, StoryError } from 'auxilio/testing';
import { validationMode, wireMode } from 'auxilio/wire';
import { expect, it } from 'vitest';

const store = memoryStore();

it('functions answer to their names of 0.4', () => {
  expect([follow, keeping, wireMode, cast, StoryError]).toEqual([
    subscribe,
    projector,
    validationMode,
    actors,
    SpecificationError,
  ]);
});

it('options are taken under their names of 0.4', () => {
  expect(() => createService({ store, keepVisits: -1 })).toThrow('cacheSize is a whole number from 0');
  expect(() => createService({ store, recorders: ['clown' as never] })).toThrow('Unknown role clown');
  const connection = { connectionString: 'postgres://127.0.0.1:1/none' };
  expect(() => postgresStore({ ...connection, answerTimeoutMs: 0 })).toThrow('responseTimeoutMs is a whole number');
});

it('an option under both of its names is refused', () => {
  expect(() => createService({ store, keepVisits: 1, cacheSize: 1 })).toThrow(
    'createService takes cacheSize, formerly keepVisits, under one name only',
  );
});

it('an option without a name of 0.4 is still refused by the current names', () => {
  expect(() => createService({ store, keepVisit: 1 } as never)).toThrow(
    /Unknown option of createService: keepVisit\..*cacheSize/,
  );
});

it('a store with a method under its name of 0.4 is refused at once, and not after its handler was called', async () => {
  const { commitCheckpoint: moveCheckpoint, ...others } = store;
  const subscription = { store: { ...others, moveCheckpoint } as never, consumer: 'mail', handle: () => undefined };
  const message = 'A subscription takes a store with commitCheckpoint';
  await expect(catchUp(subscription)).rejects.toThrow(message);
  await expect(subscribe({ ...subscription, signal: new AbortController().signal })).rejects.toThrow(message);
  await expect(catchUp(keeping(subscription.store, boardProjection))).rejects.toThrow(message);
});
