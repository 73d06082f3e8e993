import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import type { Names } from './messages.ts';
import { lookup } from './text.ts';

// The names as they are looked up: what comes from outside may be none that this release knows.

export const nameOfAct = ({ acts, unknownAct }: Names, command: CommandType): string =>
  lookup(acts, command, unknownAct);

export const nameOfRole = ({ roles, unknownRole }: Names, role: Role): string => lookup(roles, role, unknownRole);

export const nameOfRequirement = ({ requirements }: Names, rule: WaivableRule): string =>
  lookup(requirements, rule, rule);
