import { actName, type CommandType, commandTypes, type EventType, eventTypes } from 'auxilio';
import { language } from './language.ts';

/** An act as it is named, with a capital. */
export function nameOfAct(type: CommandType): string {
  const name = actName(type, language.value);
  return name.charAt(0).toLocaleUpperCase(language.value) + name.slice(1);
}

/** The act of an event: the lists of commands and of events have one order, that of the protocol. */
export const nameOfEvent = (type: EventType): string =>
  nameOfAct(commandTypes[eventTypes.indexOf(type)] as CommandType);
