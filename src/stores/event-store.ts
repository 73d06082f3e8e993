/** The port that every event store of this library implements: all of its parts. */
import type { ConsumerState } from './consumer-state.ts';
import type { EventStreams } from './event-streams.ts';
import type { GlobalStream } from './global-stream.ts';

export type * from './consumer-state.ts';
export * from './event-streams.ts';
export type * from './global-stream.ts';
export type * from './rows.ts';

/**
 * An append-only store of streams of events, the global stream of them all, and the state of its consumers. It has
 * parts, which a store may implement separately: {@link EventStreams}, {@link GlobalStream}, {@link ConsumerState}.
 * `Transaction` is the type that an effect writes through.
 *
 * @since 0.1.0
 */
export interface EventStore<Transaction = never> extends EventStreams, GlobalStream, ConsumerState<Transaction> {}
