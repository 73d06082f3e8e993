/**
 * Castore's in-memory adapter for the suite. A stream is an aggregate; who expects version n pushes version n + 1; a batch is
 * an event group; an event that exists already is a conflict. Reads, empty batches and `STREAM_EXISTS`, which Castore knows
 * nothing of, are judged here; at which version a batch is pushed, Castore alone.
 */
import { type GroupedEvent, isEventAlreadyExistsError } from '@castore/core';
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory';
import type { StoreHost } from 'auxilio/testing';
import type { AppendToStreamOptions, EventShape, EventStore, ReadStreamOptions } from '../../src/stores/event-store.ts';

const context = { eventStoreId: 'STREAMS' };

class Conflict extends Error {
  readonly errorCode = 412;
}

/** The version after which a batch is pushed. */
function wanted(version: number, expected: ReadStreamOptions['expectedStreamVersion']): bigint {
  return expected === 'STREAM_DOES_NOT_EXIST' ? 0n : typeof expected === 'bigint' ? expected : BigInt(version);
}

function overAdapter(adapter: InMemoryEventStorageAdapter) {
  const versionOf = async (streamName: string) => {
    const { events } = await adapter.getEvents(streamName, context, { reverse: true, limit: 1 });
    return events[0]?.version ?? 0;
  };

  function judge(version: number, expected: ReadStreamOptions['expectedStreamVersion']): void {
    const holds = expected === 'STREAM_EXISTS' ? version > 0 : wanted(version, expected) === BigInt(version);
    if (!holds) throw new Conflict(`expected ${expected}, got ${version}`);
  }

  async function pushed(streamName: string, events: readonly EventShape[], before: number): Promise<void> {
    const details = events.map(({ type, data, metadata }, n) => ({
      ...{ aggregateId: streamName, version: before + n + 1, type, payload: data },
      ...(metadata === undefined ? {} : { metadata }),
    }));
    const grouped = details.map((detail) => Object.assign(adapter.groupEvent(detail), { context }));
    if (details.length === 1 && details[0]) await adapter.pushEvent(details[0], context);
    else await adapter.pushEventGroup({}, ...(grouped as [GroupedEvent, ...GroupedEvent[]]));
  }

  async function appendToStream(streamName: string, given: readonly EventShape[], options: AppendToStreamOptions = {}) {
    const events = [...given];
    const { expectedStreamVersion: expected } = options;
    const unchecked = expected === undefined || expected === 'NO_CONCURRENCY_CHECK' || expected === 'STREAM_EXISTS';
    for (;;) {
      const version = await versionOf(streamName);
      if (events.length === 0 || expected === 'STREAM_EXISTS') judge(version, expected);
      const before = Number(wanted(version, expected));
      const answer = { nextExpectedStreamVersion: BigInt(before + events.length), createdNewStream: before === 0 };
      if (events.length === 0) return { ...answer, createdNewStream: false };
      try {
        await pushed(streamName, events, before);
        return answer;
      } catch (error) {
        if (!isEventAlreadyExistsError(error)) throw error;
        if (!unchecked) throw new Conflict('the event exists already');
      }
    }
  }

  async function readStream(streamName: string, options: ReadStreamOptions = {}) {
    const { from, to, maxCount, backwards } = options;
    const { events } = await adapter.getEvents(streamName, context, {
      ...(from === undefined ? {} : { minVersion: Number(from) }),
      ...(to === undefined ? {} : { maxVersion: Number(to) }),
      ...(maxCount === undefined ? {} : { limit: Number(maxCount) }),
      ...(backwards === undefined ? {} : { reverse: backwards }),
    });
    // The last event of a whole stream has the version, in the same read.
    const whole = from === undefined && to === undefined && maxCount === undefined && backwards !== true;
    const version = whole ? (events.at(-1)?.version ?? 0) : await versionOf(streamName);
    judge(version, options.expectedStreamVersion);
    const read = events.map(({ type, payload, metadata, version: at }) => {
      const place = { messageId: `${streamName}@${at}`, streamName, streamPosition: BigInt(at) };
      return { kind: 'Event', type, data: payload, metadata: { ...(metadata ?? {}), ...place } };
    });
    return { currentStreamVersion: BigInt(version), events: read, streamExists: version > 0 };
  }

  const streamExists = async (streamName: string) => (await versionOf(streamName)) > 0;
  return { appendToStream, readStream, streamExists } as unknown as EventStore;
}

export const castoreMemory: StoreHost = {
  capabilities: ['expectations', 'racing', 'reading', 'ranges', 'backwards', 'names', 'fidelity', 'isolation'],
  open: () => ({ store: overAdapter(new InMemoryEventStorageAdapter()) }),
};
