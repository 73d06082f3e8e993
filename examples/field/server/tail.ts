import type { Id, VisitEvent } from 'auxilio';
import { type Checkpoint, isStoreError } from 'auxilio/memory';
import { providerView, type SubscribableStore, type SubscriptionOptions, subscribe } from 'auxilio/service';
import { onAbort } from '../../http/aborts.ts';
import type { ClientStreamEvent } from '../client-contract.ts';
import { FORGET, type Heard, REVIEW } from './announcements.ts';
import type { Field } from './field.ts';
import type { Message } from './hub.ts';
import { fieldBoard } from './read-models.ts';
import { isOfCenter, mayReadAll } from './users.ts';

/** The place up to which the screens of this process have heard of everything. */
export type Position = { cursor: string | null; announced: Heard };

/** The place after all that is on record. To be taken before any screen is served, so that none misses what comes next. */
export async function presentPosition({
  store,
  models,
  announcements,
}: Pick<Field, 'store' | 'models' | 'announcements'>): Promise<Position> {
  await models.catchUp('board');
  const announced = await announcements.last();
  return { cursor: (await store.readCheckpoint(fieldBoard.name)).cursor, announced };
}

/**
 * Follows the global stream for all screens of this process: what changes on the board goes to the consoles, what changes for a
 * provider to their phones; and the announcements of all processes. It goes on from a position, which it keeps up to date.
 */
export async function follow(field: Field, position: Position, pollMs: number): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([field.closing, ended.signal]);
  const both = [followVisits(field, position, pollMs, signal), followAnnouncements(field, position, pollMs, signal)];
  // If one fails, the other ends before both begin again.
  for (const one of both) one.catch(() => ended.abort());
  const outcomes = await Promise.allSettled(both);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** The pause between two looks for announcements where the store wakes its listeners: those of this process wake it at once. */
const QUIET_POLL_MS = 3_000;

async function followAnnouncements(
  field: Field,
  position: Position,
  pollMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { announcements, store } = field;
  const stop = store.listen?.(announcements.wake, pollMs);
  const forget = onAbort(signal, announcements.wake);
  try {
    while (!signal.aborted) {
      const isQuiet = (await publishAnnouncements(field, position)) === 0;
      if (isQuiet && !signal.aborted) await announcements.wait(stop === undefined ? pollMs : QUIET_POLL_MS);
    }
  } finally {
    forget();
    stop?.();
  }
}

/** Publishes what was announced since; answers how much it was. */
async function publishAnnouncements({ announcements, hub, models }: Field, position: Position): Promise<number> {
  const found = await announcements.readAfter(position.announced);
  if (found === null) {
    // What was missed is read again from the tables, and some may hear no more.
    position.announced = await announcements.last();
    hub.publish([{ name: 'reset', data: {}, isFor: isOfCenter }]);
    await hub.review();
    return 1;
  }
  for (const { number, id, announcements: all } of found) {
    if (all.some(({ name }) => name === REVIEW)) await hub.review();
    if (all.some(({ name }) => name === FORGET)) {
      models.forget();
      hub.forget();
    }
    const messages = all.filter(({ name }) => name !== REVIEW && name !== FORGET);
    hub.publish(
      messages.map(({ name, data, providerId }) => ({
        name,
        data,
        isFor: (session) => isOfCenter(session) || (session.role === 'provider' && session.actorId === providerId),
      })),
    );
    position.announced = { number, id };
  }
  return found.length;
}

async function followVisits(field: Field, position: Position, pollMs: number, signal: AbortSignal): Promise<void> {
  const { store } = field;
  const waiting: Message[] = [];
  const handle: SubscriptionOptions['handle'] = async ({ streamName, events }) => {
    const visitId = events[0]?.data.visitId;
    if (visitId !== undefined) waiting.push(...(await messagesOf(field, visitId, streamName, events.length)));
    return undefined;
  };
  const published = (cursor: string | null) => {
    field.hub.publish(waiting.splice(0));
    position.cursor = cursor;
  };
  const ofTail = { consumer: 'field-tail', handle, unreadable: 'skip', pollMs, signal } as const;
  while (!signal.aborted) {
    try {
      await subscribe({ store: fromHere(store, position.cursor, published), ...ofTail });
    } catch (error) {
      if (!isStoreError(error) || error.kind !== 'other-history') throw error;
      // A promotion or a restore: screens may show what is gone, so each of them reads all of it again.
      waiting.splice(0);
      field.hub.publish([{ name: 'reset', data: {}, isFor: () => true }]);
      position.cursor = error.repeatFrom ?? null;
    }
  }
}

async function messagesOf(field: Field, visitId: Id, streamName: string, added: number): Promise<Message[]> {
  const { events, state, integrity } = await field.service.load(visitId, { verify: true });
  const row = fieldBoard.row({ streamName, state, events, integrity });
  const ofCenter = { name: 'visit', data: { visitId, version: events.length, row }, isFor: mayReadAll };
  const former = state.formerProviders.filter((id) => id !== state.provider?.id);
  const providers = [...(state.provider === null ? [] : [state.provider.id]), ...new Set(former)];
  const ofClient: Message = {
    name: 'visit',
    data: { visitId, version: events.length } satisfies ClientStreamEvent,
    isFor: (session) => session.role === 'client' && session.visitId === visitId,
  };
  return [ofCenter, ofClient, ...providers.flatMap((providerId) => messageOf(visitId, providerId, events, added))];
}

/** The message to a provider, if what they may see of the visit has changed; a former one is to learn of nothing else. */
function messageOf(visitId: Id, providerId: Id, log: readonly VisitEvent[], added: number): readonly Message[] {
  const [before, now] = [seenOf(log.slice(0, Math.max(0, log.length - added)), providerId), seenOf(log, providerId)];
  if (before === now) return [];
  const isFor: Message['isFor'] = ({ role, actorId }) => role === 'provider' && actorId === providerId;
  return [{ name: 'assignments', data: { visitId, version: now }, isFor }];
}

function seenOf(log: readonly VisitEvent[], providerId: Id): number {
  const view = providerView(log, providerId);
  return view === null ? 0 : view.events.length + (view.own?.length ?? 0);
}

/** A store for a reader whose checkpoint is kept in memory, and who is called after each. */
function fromHere(
  store: SubscribableStore,
  cursor: string | null,
  committed: (cursor: string | null) => void,
): SubscribableStore {
  let standing: Checkpoint = { cursor, revision: 0, parked: [], retrying: [], handled: 0 };
  return {
    readStream: (streamName, options) => store.readStream(streamName, options),
    readFeed: (range) => store.readFeed(range),
    ...(store.listen && { listen: store.listen }),
    readCheckpoint: async () => standing,
    async commitCheckpoint(_, move) {
      const { park = [], retry = [], unpark = [], handled = 0 } = move;
      const stays = ({ streamName }: { streamName: string }) => !unpark.includes(streamName);
      standing = {
        cursor: move.cursor,
        revision: standing.revision + 1,
        parked: [...standing.parked.filter(stays), ...park],
        retrying: [...standing.retrying.filter(stays), ...retry],
        handled: standing.handled + handled,
      };
      committed(move.cursor);
    },
  };
}
