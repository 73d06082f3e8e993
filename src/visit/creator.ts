import type { Actor, CommandOf, CommandType, Id } from '../messages/index.ts';

/** Makes a command of one type from its data, the actor and, where there is one, the command's id. @since 0.1.0 */
export type Creator<T extends CommandType> = (data: CommandOf<T>['data'], actor: Actor, commandId?: Id) => CommandOf<T>;
