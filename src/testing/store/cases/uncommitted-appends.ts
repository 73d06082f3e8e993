import type { FeedEvent } from '../../../stores/event-store.ts';
import { same } from '../../assert.ts';
import { cases, type TestContext } from '../stage/case.ts';
import { events, numbers } from '../stage/events.ts';
import { follow, followUntil, passesNothing, shownEvent } from './feed.ts';

const names = (shown: readonly FeedEvent[]) => shown.map(shownEvent).sort();

/** Follows on from where it stands. */
async function look({ store }: TestContext, shown: FeedEvent[]): Promise<void> {
  shown.push(...(await follow(store, shown.at(-1)?.cursor ?? null, 1)));
}

async function slow(stage: TestContext): Promise<void> {
  const { store } = stage;
  const shown: FeedEvent[] = [];
  await store.appendToStream('before', events(1));
  const held = await stage.hold('slow', events(10, 11));
  for (const n of numbers(2, 4)) {
    await store.appendToStream('meanwhile', events(n));
    await look(stage, shown);
  }
  same(0, shown.filter(({ streamName }) => streamName === 'slow').length, 'how much is shown of what is not committed');
  await held.commit();
  await look(stage, shown);
  await store.appendToStream('after', events(5));
  await followUntil(store, shown, 7);
  const all = ['after@1', 'before@1', 'meanwhile@1', 'meanwhile@2', 'meanwhile@3', 'slow@1', 'slow@2'];
  same(all, names(shown), 'what the subscription saw');
  await passesNothing(store, shown);
}

async function rolledBack(stage: TestContext): Promise<void> {
  const { store } = stage;
  const shown: FeedEvent[] = [];
  await look(stage, shown);
  const held = await stage.hold('slow', events(10));
  await store.appendToStream('meanwhile', events(1, 2));
  await look(stage, shown);
  await held.rollback();
  await followUntil(store, shown, 2);
  await store.appendToStream('after', events(3));
  await followUntil(store, shown, 3);
  same(['after@1', 'meanwhile@1', 'meanwhile@2'], names(shown), 'what the subscription saw');
  same(false, await store.streamExists('slow'), 'whether the stream exists whose append was rolled back');
  await passesNothing(store, shown);
}

/** Its transaction is the elder, its events are the younger. */
async function begunEarly(stage: TestContext): Promise<void> {
  const { store } = stage;
  const shown: FeedEvent[] = [];
  await look(stage, shown);
  for (const round of numbers(1, 3)) {
    const held = await stage.hold(`elder-${round}`, events(100 * round, 100 * round + 1), 'begun');
    for (const n of numbers(1, 3)) await store.appendToStream('meanwhile', events(10 * round + n));
    await look(stage, shown);
    await held.commit();
    await followUntil(store, shown, 5 * round);
    const ofElder = shown.filter(({ streamName }) => streamName === `elder-${round}`);
    same(2, ofElder.length, 'how much of it the subscription saw');
  }
  await passesNothing(store, shown);
}

async function crossing(stage: TestContext): Promise<void> {
  const { store } = stage;
  const shown: FeedEvent[] = [];
  await look(stage, shown);
  const first = await stage.hold('first', events(1));
  await store.appendToStream('meanwhile', events(2));
  const second = await stage.hold('second', events(3));
  await store.appendToStream('meanwhile', events(4));
  const third = await stage.hold('third', events(5));
  await look(stage, shown);
  for (const [n, end] of [second.commit, third.rollback, first.commit].entries()) {
    await end();
    await look(stage, shown);
    await store.appendToStream('meanwhile', events(6 + n));
    await look(stage, shown);
  }
  await followUntil(store, shown, 7);
  const all = ['first@1', ...numbers(1, 5).map((n) => `meanwhile@${n}`), 'second@1'];
  same(all, names(shown), 'what the subscription saw');
  await passesNothing(store, shown);
}

export const held = cases('held', ['feed'], {
  'an append that is slow to commit is shown after it, and never before a place that was shown': slow,
  'an append that begins before others and writes after them is shown once': begunEarly,
  'an append that is rolled back is never shown, and holds nothing up': rolledBack,
  'appends may end in another order than they began': crossing,
});
