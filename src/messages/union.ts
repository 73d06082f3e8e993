// biome-ignore-all assist/source/organizeImports: the order is that of the protocol

import type { RecordableActs } from './recordable.ts';
import type { Acts as Corrections } from './corrections.ts';

/**
 * Every act: by the type of its command, the command and the one event that it becomes.
 *
 * @since 0.5.0
 */
export type Acts = RecordableActs & Corrections;

/**
 * Every command, in the order of the protocol.
 *
 * @since 0.1.0
 */
export type VisitCommand = Acts[keyof Acts][0];

/**
 * Every event, in the order of the protocol.
 *
 * @since 0.1.0
 */
export type VisitEvent = Acts[keyof Acts][1];

/** The type of a command: `'StartWork'`. @since 0.1.0 */
export type CommandType = VisitCommand['type'];

/** The type of an event: `'WorkStarted'`. @since 0.1.0 */
export type EventType = VisitEvent['type'];

/**
 * From the type of each command to the type of the one event that it becomes.
 *
 * @since 0.1.0
 */
export type EventTypeOf = { readonly [T in keyof Acts]: Acts[T][1]['type'] };

/** The command of a type: `CommandOf<'StartWork'>` is `StartWork`. @since 0.1.0 */
export type CommandOf<T extends CommandType> = Acts[T][0];

/** The event that a command of a type becomes: `EventOf<'StartWork'>` is `WorkStarted`. @since 0.1.0 */
export type EventOf<T extends CommandType> = Acts[T][1];
