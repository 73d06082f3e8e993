import type { EventMetadata, Id, VisitEvent } from '../messages/index.ts';
import { initialState, type VisitState } from './state.ts';
import { eventTypes } from './table.ts';
import { evolve } from './visit.ts';

/** The fields that Castore adds to an event when it is pushed. */
type Placed = { aggregateId: Id; version: number; timestamp: string };

/**
 * An event as Castore 2 asks for it: the data are the `payload`. `aggregateId`, `version` (from 1, without gaps: Castore
 * does not check) and `timestamp` (when it was pushed, not when it happened) are added by the code that pushes it.
 * @since 0.2.0
 */
export type CastoreEvent<E extends VisitEvent = VisitEvent> = E extends VisitEvent
  ? { type: E['type']; payload: E['data']; metadata?: EventMetadata | undefined }
  : never;

/** An event as Castore 2 hands it out. @since 0.2.0 */
export type CastoreEventDetail<E extends VisitEvent = VisitEvent> = E extends VisitEvent
  ? CastoreEvent<E> & Placed
  : never;

/** The type of an event for Castore 2: a name, and the type of its detail. @since 0.2.0 */
export type CastoreEventType<E extends VisitEvent = VisitEvent> = E extends VisitEvent
  ? { type: E['type']; _types?: { detail: CastoreEventDetail<E> } }
  : never;

/** A visit as an aggregate of Castore 2: its state, and the fields of every aggregate. @since 0.2.0 */
export type CastoreAggregate = { aggregateId: Id; version: number; visit: VisitState };

/**
 * The types of all events, in the order of the protocol, for `new EventStore({ eventTypes })`. A list of your own each
 * time: Castore asks for one that may be changed.
 * @since 0.2.0
 */
export function castoreEventTypes(): CastoreEventType[] {
  return eventTypes.map((type) => ({ type }) as CastoreEventType);
}

/**
 * The reducer for `new EventStore({ reducer })`: `evolve` on `aggregate.visit`. Total, as `evolve` is; the first event
 * of an aggregate comes without one.
 * @since 0.2.0
 */
export function castoreReducer(aggregate: CastoreAggregate | undefined, detail: CastoreEventDetail): CastoreAggregate {
  const { aggregateId, version } = detail;
  return { aggregateId, version, visit: evolve(aggregate?.visit ?? initialState(), fromEventDetail(detail)) };
}

/**
 * An event for Castore, without its place: `pushEvent({ aggregateId, version, ...toEventDetail(event) })`. It shares the
 * data of the event.
 * @since 0.2.0
 */
export function toEventDetail<E extends VisitEvent>({ type, data, metadata }: E): CastoreEvent<E> {
  return { type, payload: data, ...(metadata === undefined ? {} : { metadata }) } as CastoreEvent<E>;
}

/** The event behind a Castore detail: equal to the one that was stored, at any version. @since 0.2.0 */
export function fromEventDetail<E extends VisitEvent = VisitEvent>(detail: CastoreEvent<E>): E {
  const { type, payload, metadata }: CastoreEvent = detail;
  return { type, data: payload, ...(metadata === undefined ? {} : { metadata }) } as E;
}
