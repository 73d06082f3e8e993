import { EventStore, isEventAlreadyExistsError } from '@castore/core';
import { InMemoryEventStorageAdapter } from '@castore/event-storage-adapter-in-memory';
import {
  type CastoreAggregate,
  type CastoreEventDetail,
  castoreEventTypes,
  castoreReducer,
  eventTypes,
  fromEventDetail,
  initialState,
  replay,
  toEventDetail,
  type VisitEvent,
} from 'auxilio';
import { points, simulate, visitAt } from 'auxilio/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';

/** As a host of Castore writes it: no casts. */
function visitStore() {
  return new EventStore({
    eventStoreId: 'VISITS',
    eventTypes: castoreEventTypes(),
    reducer: castoreReducer,
    eventStorageAdapter: new InMemoryEventStorageAdapter(),
  });
}

async function pushed(events: readonly VisitEvent[], aggregateId = 'visit-1') {
  const store = visitStore();
  for (const [index, event] of events.entries()) {
    await store.pushEvent({ aggregateId, version: index + 1, ...toEventDetail(event) });
  }
  return store;
}

const stamped = (events: readonly VisitEvent[]) =>
  events.map((event, index): VisitEvent => ({ ...event, metadata: { schemaVersion: 1, eventId: `event-${index}` } }));

describe('a visit as an aggregate of Castore', () => {
  it.each(points)('stands where replay says: %s', async (point) => {
    const { events, state } = visitAt(point);
    const { aggregate } = await (await pushed(events)).getAggregate('visit-1');
    expect(aggregate).toEqual(
      events.length === 0 ? undefined : { aggregateId: 'visit-1', version: events.length, visit: state },
    );
  });

  it('does so for visits of every kind, at every version', async () => {
    for (const { visitId, events } of simulate({ visits: 20, seed: 7 })) {
      const store = await pushed(events, visitId);
      const { aggregate } = await store.getExistingAggregate(visitId);
      expect(aggregate.visit).toEqual(replay(events));
      const maxVersion = Math.ceil(events.length / 2);
      const half = await store.getAggregate(visitId, { maxVersion });
      expect(half.aggregate?.visit).toEqual(replay(events.slice(0, maxVersion)));
    }
  });

  it('hands the same events out that went in, with and without metadata', async () => {
    for (const events of [visitAt('completed').events, stamped(visitAt('completed').events)]) {
      const store = await pushed(events);
      const found = await store.getEvents('visit-1');
      expect(found.events.map((detail) => fromEventDetail(detail))).toEqual(events);
      expect(found.events.every((detail) => Object.hasOwn(detail, 'metadata') === 'metadata' in events[0]!)).toBe(true);
    }
  });

  it('lets the next reader go on from an aggregate that went through JSON', async () => {
    const { events, state } = visitAt('completed');
    const store = await pushed(events);
    const { aggregate } = await store.getAggregate('visit-1', { maxVersion: 9 });
    const found = await store.getEvents('visit-1', { minVersion: 10 });
    const snapshot: CastoreAggregate = JSON.parse(JSON.stringify(aggregate));
    expect(store.buildAggregate(found.events, snapshot)).toEqual({
      aggregateId: 'visit-1',
      version: events.length,
      visit: state,
    });
  });

  it('is refused by Castore when two push the same version', async () => {
    const { events } = visitAt('on-site');
    const store = await pushed(events);
    const again = { aggregateId: 'visit-1', version: events.length, ...toEventDetail(events.at(-1)!) };
    const error = await store.pushEvent(again).catch((reason: unknown) => reason);
    expect(isEventAlreadyExistsError(error)).toBe(true);
  });

  it('changes by nothing that the protocol does not know', () => {
    const visit = visitAt('on-site').state;
    const strange = { ...toEventDetail(visitAt('working').events.at(-1)!), type: 'SomethingNew' };
    const detail = { aggregateId: 'visit-1', version: 4, timestamp: '2026-03-17T15:00:00.000Z', ...strange };
    const aggregate = { aggregateId: 'visit-1', version: 3, visit };
    expect(castoreReducer(aggregate, detail as CastoreEventDetail).visit).toBe(visit);
    expect(castoreReducer(undefined, detail as CastoreEventDetail).visit).toEqual(initialState());
  });
});

describe('the types', () => {
  it('are all of the protocol, in its order, in a list of one’s own', () => {
    expect(castoreEventTypes().map(({ type }) => type)).toEqual(eventTypes);
    expect(castoreEventTypes()).not.toBe(castoreEventTypes());
  });

  it('tell the payload by the type of the event', async () => {
    const { events } = await (await pushed(visitAt('in-transit').events)).getEvents('visit-1');
    const [first] = events;
    if (first?.type !== 'VisitAssigned') throw new Error('not assigned');
    expectTypeOf(first.payload.caseNumber).toEqualTypeOf<string>();
    expect(first.payload.caseNumber).toBe('EXP-1');
    expectTypeOf(fromEventDetail).returns.toExtend<VisitEvent>();
  });

  it('refuse what is no event of the protocol', async () => {
    const store = visitStore();
    const place = { aggregateId: 'visit-1', version: 1 };
    const payload = { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z', by: { role: 'client', id: 'c' } } as const;
    const pushes = () => [
      // @ts-expect-error a type that there is not
      store.pushEvent({ ...place, type: 'SomethingNew', payload }),
      // @ts-expect-error data of another event
      store.pushEvent({ ...place, type: 'VisitAssigned', payload }),
    ];
    expect(pushes).toBeTypeOf('function');
  });
});
