import { mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { Actor, CommandMetadata, CommandOf, CommandType, Id } from '../messages/index.ts';
import { type Creators, createdTypes } from './creators.ts';

/**
 * Creates commands, without assembling envelopes by hand: `commands.startWork({ visitId, at }, actor)`. The actor comes
 * from the host's authenticated context. With a `commandId`, a service executes the command once.
 * @since 0.1.0
 */
export const commands: Creators = /* @__PURE__ */ creators();

function creators(): Creators {
  const named = createdTypes.map((type) => [type[0]?.toLowerCase() + type.slice(1), creator(type)]);
  return Object.freeze(Object.fromEntries(named));
}

function creator(type: CommandType): (data: object, actor: Actor, commandId?: Id) => object {
  return (data, actor, commandId) =>
    assembleCommand(type, data, { actor, ...(commandId !== undefined && { commandId }) });
}

const assembleCommand = (type: CommandType, data: object, metadata: CommandMetadata): object => ({
  type,
  data,
  metadata,
});

/**
 * Creates a command whose type is known only at run time: `createCommand(type, data, actor, { commandId })`. The compiler
 * asks for the data of that type, or of one of the types if there are several.
 *
 * @throws TypeError for an unknown type or field of the metadata
 * @since 0.5.0
 */
export function createCommand<T extends CommandType>(
  type: T,
  data: CommandOf<T>['data'],
  actor: Actor,
  metadata: Omit<CommandMetadata, 'actor'> = {},
): CommandOf<T> {
  mustKnow('command', type, createdTypes);
  mustKnowKeys('createCommand', metadata, { commandId: 0 });
  return assembleCommand(type, data, { actor, ...metadata }) as CommandOf<T>;
}
