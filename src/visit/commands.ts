import type { Actor, CommandOf, CommandType, Id } from '../messages/index.ts';
import { commandTypes } from './table.ts';

/** Makes a command of one type from its data, the actor and, where there is one, the command's id. @since 0.1.0 */
export type Creator<T extends CommandType> = (data: CommandOf<T>['data'], actor: Actor, commandId?: Id) => CommandOf<T>;

/** A creator for every command, by its name in lower camel case. @since 0.1.0 */
export type Creators = { readonly [T in CommandType as Uncapitalize<T>]: Creator<T> };

/**
 * Creates commands, so that no envelope is put together by hand: `commands.startWork({ visitId, at }, actor)`.
 * The actor comes from the host's authenticated context. With a `commandId`, a service carries the command out once.
 * @since 0.1.0
 */
export const commands: Creators = /* @__PURE__ */ creators();

function creators(): Creators {
  const named = commandTypes.map((type) => [type[0]?.toLowerCase() + type.slice(1), creator(type)]);
  return Object.freeze(Object.fromEntries(named));
}

function creator(type: CommandType): (data: object, actor: Actor, commandId?: Id) => object {
  return (data, actor, commandId) => ({
    type,
    data,
    metadata: commandId === undefined ? { actor } : { actor, commandId },
  });
}
