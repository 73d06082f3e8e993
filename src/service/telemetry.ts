import type { CommandType, EventType, Id, Role } from '../messages/index.ts';
import type { RuleId } from '../visit/index.ts';

/**
 * The signals of a service or a subscription about its work, each as it ends, ready to become a span, a metric or a line of
 * a log:
 * - `auxilio.command`: a command or a fact was answered, or could not be
 * - `auxilio.append`: events were stored
 * - `auxilio.conflict`: others wrote to the stream meanwhile; it is judged again
 * - `auxilio.hook-failed`: `onCommit` threw; what was stored stays stored
 * - `auxilio.delivery`: a subscription handled events of a stream, or `parked` it
 * - `auxilio.retry`: a subscription's handler failed for a reason that may pass; it tries again after `pauseMs`
 * - `auxilio.follow-failed`: a subscription could not reach its store, and tries again
 *
 * No names, texts or other data of the visit are in it.
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
  >;

/** Hears signals. What it throws is ignored. @since 0.4.0 */
export type Observer = (signal: ServiceSignal) => void;

/** An observer that cannot fail. */
export function safeObserver(observe: Observer | undefined): Observer {
  if (observe === undefined) return () => undefined;
  return (signal) => {
    try {
      observe(signal);
    } catch {
      // Telling of the work must not undo it.
    }
  };
}
