/** Checked by the compiler: `npx tsc --noEmit`. Nothing here runs. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Policy, VisitCommand, VisitEvent } from 'auxilio';
import { parseCommand, parseEvent, parsePolicy } from 'auxilio/wire';

const hold = <_Truth extends readonly true[]>(): void => {};
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type In<S extends StandardSchemaV1> = StandardSchemaV1.InferInput<S>;
type Out<S extends StandardSchemaV1> = StandardSchemaV1.InferOutput<S>;

hold<[Equal<In<typeof parseCommand>, VisitCommand>, Equal<Out<typeof parseCommand>, VisitCommand>]>();
hold<[Equal<In<typeof parseEvent>, VisitEvent>, Equal<Out<typeof parseEvent>, VisitEvent>]>();
hold<[Equal<In<typeof parsePolicy>, Policy>, Equal<Out<typeof parsePolicy>, Policy>]>();

export const command: StandardSchemaV1<VisitCommand> = parseCommand;
export const event: StandardSchemaV1<VisitEvent> = parseEvent;
export const policy: StandardSchemaV1<Policy> = parsePolicy;

// @ts-expect-error: an event is not a command
export const confused: StandardSchemaV1<VisitCommand> = parseEvent;
