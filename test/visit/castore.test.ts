import { describe, expect, it } from 'vitest';
import { eventsAfter } from '../../src/testing.ts';
import {
  castoreEventTypes,
  castoreReducer,
  eventTypes,
  evolve,
  fromEventDetail,
  initialState,
  toEventDetail,
} from '../../src/visit/index.ts';

describe('0-02 the bridge to Castore', () => {
  const [event] = eventsAfter('AssignVisit');
  const placed = { aggregateId: 'visit-1', version: 1, timestamp: '2026-03-17T15:00:00.000Z' };

  it('names every event, in the order of the protocol', () => {
    expect(castoreEventTypes()).toEqual(eventTypes.map((type) => ({ type })));
  });
  it('hands an event over and back, with its metadata where it has any', () => {
    const { metadata: _, ...bare } = { metadata: {}, ...event! };
    expect(toEventDetail(bare as never)).toEqual({ type: event!.type, payload: event!.data });
    expect(fromEventDetail(toEventDetail(bare as never))).toEqual(bare);
    const stamped = { ...event!, metadata: { schemaVersion: 1 } };
    expect(toEventDetail(stamped)).toEqual({ type: event!.type, payload: event!.data, metadata: { schemaVersion: 1 } });
    expect(fromEventDetail({ ...placed, ...toEventDetail(stamped) })).toEqual(stamped);
  });
  it('folds as evolve does, from nothing and from an aggregate', () => {
    const first = castoreReducer(undefined, { ...placed, ...toEventDetail(event!) });
    expect(first).toEqual({ aggregateId: 'visit-1', version: 1, visit: evolve(initialState(), event!) });
    const again = castoreReducer(first, { ...placed, version: 2, ...toEventDetail(event!) });
    expect(again).toEqual({ aggregateId: 'visit-1', version: 2, visit: first.visit });
  });
});
