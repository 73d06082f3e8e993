import type { CommandType, EventType, Id, Role } from '../../messages/index.ts';
import type { FeedCursor } from '../../stores/event-store.ts';
import type { RuleId } from '../../visit/index.ts';

/**
 * The signals of a service or a subscription, one for each piece of work as it ends, for a span, a metric or a line of a log:
 * - `auxilio.command`: a command or a fact was answered, or failed
 * - `auxilio.sync`: a batch was reconciled, with the number of commands of each outcome, or failed
 * - `auxilio.append`: events were stored
 * - `auxilio.conflict`: another writer appended to the stream first; the command is judged again
 * - `auxilio.hook-failed`: `onCommit` threw; the events stay stored
 * - `auxilio.delivery`: a subscription handled events of a stream, or `parked` it
 * - `auxilio.retry`: a subscription's handler failed with a transient error; it is retried after `pauseMs`
 * - `auxilio.follow-failed`: a subscription could not reach its store, and retries
 * - `auxilio.history-changed`: the store of a subscription has another history than before, as after a promotion. It goes on after
 *   `repeatFrom`; what it did elsewhere than in the store for events after that may be for events that are gone. @since 0.9.0
 *
 * A signal has no names, texts or other data of the visit.
 *
 * @since 0.4.0
 */
export type ServiceSignal = Readonly<{ durationMs: number }> &
  Readonly<
    | {
        name: 'auxilio.command';
        streamName: string;
        visitId: Id;
        commandId: Id;
        type: CommandType | EventType;
        role: Role;
        outcome: 'accepted' | 'repeated' | 'refused' | 'failed';
        /** The rules that refused it. */
        rules: readonly RuleId[];
        error?: unknown;
      }
    | {
        name: 'auxilio.sync';
        streamName: string;
        visitId: Id;
        role: Role;
        /** The number of commands, and of each outcome; none if it failed. */
        commands: number;
        accepted: number;
        repeated: number;
        refused: number;
        twin: number;
        error?: unknown;
      }
    | { name: 'auxilio.append'; streamName: string; events: number }
    | { name: 'auxilio.conflict'; streamName: string; retry: number }
    | { name: 'auxilio.hook-failed'; streamName: string; error: unknown }
    | {
        name: 'auxilio.delivery';
        consumer: string;
        streamName: string;
        events: number;
        parked: boolean;
        error?: unknown;
      }
    | {
        name: 'auxilio.retry';
        consumer: string;
        streamName: string;
        /** The number of tries by this subscription. */
        attempt: number;
        pauseMs: number;
        error: unknown;
      }
    | { name: 'auxilio.follow-failed'; consumer: string; error: unknown }
    | { name: 'auxilio.history-changed'; consumer: string; repeatFrom: FeedCursor | null }
  >;

/** Receives signals. Its errors are ignored. @since 0.4.0 */
export type Observer = (signal: ServiceSignal) => void;

/** Wraps an observer so that it cannot throw. */
export function guardObserver(observe: Observer | undefined): Observer {
  if (observe === undefined) return () => undefined;
  return (signal) => {
    try {
      observe(signal);
    } catch {
      // An observer must not undo the work that it observes.
    }
  };
}
