import * as z from 'zod/mini';
import { withMessages } from './messages.ts';
import { lazy } from './reader.ts';
import { actor, commandMetadata, deviceMetadata, eventMetadata, ownMetadata } from './shared.ts';
import { id, instant, optional, record } from './text.ts';

/** The fields of an object, each with its schema. */
type Fields = Readonly<Record<string, z.core.$ZodType>>;

const occurrence = () => ({ visitId: id(), at: instant() });
const authored = () => ({ by: actor(), recordedBy: optional(actor()) });
const none = () => ({});

/** An act of which the event's data are the command's, its author, and `extras`. */
export const act = <C extends string, E extends string, F extends Fields, X extends Fields>(
  command: C,
  event: E,
  fields: () => F,
  extras: () => X,
) => createAct({ command, event, commandFields: fields, eventFields: fields, extras });

/** An act whose event adds nothing but its author. */
export const plainAct = <C extends string, E extends string, F extends Fields>(command: C, event: E, fields: () => F) =>
  act(command, event, fields, none);

/** An act that says nothing but that it happened, and when. */
export const bareAct = <C extends string, E extends string>(command: C, event: E) => act(command, event, none, none);

type Parts<C, E, F, G, X> = {
  readonly command: C;
  readonly event: E;
  readonly commandFields: () => F;
  readonly eventFields: () => G;
  readonly extras: () => X;
};

/**
 * The schemas of an act, each built when it is first asked for; keys come out in this order. `bareSchema` reads an event
 * without metadata, `storedSchema` one with the metadata of a store and a service, `deviceSchema` one that a device
 * recorded. Most events pass one of these, which is faster than `eventSchema`: each optional field costs a look-up.
 */
export const createAct = <C extends string, E extends string, F extends Fields, G extends Fields, X extends Fields>(
  parts: Parts<C, E, F, G, X>,
) => {
  const type = () => z.literal(parts.event, withMessages);
  const data = () => record({ ...occurrence(), ...parts.eventFields(), ...authored(), ...parts.extras() });
  return {
    command: parts.command,
    event: parts.event,
    commandSchema: lazy(() =>
      record({
        type: z.literal(parts.command, withMessages),
        data: record({ ...occurrence(), ...parts.commandFields() }),
        metadata: commandMetadata(),
      }),
    ),
    eventSchema: lazy(() => record({ type: type(), data: data(), metadata: optional(eventMetadata()) })),
    bareSchema: lazy(() => record({ type: type(), data: data() })),
    storedSchema: lazy(() => record({ type: type(), data: data(), metadata: ownMetadata() })),
    deviceSchema: lazy(() => record({ type: type(), data: data(), metadata: deviceMetadata() })),
  };
};
