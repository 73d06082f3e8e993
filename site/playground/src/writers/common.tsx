/** What the columns have in common: times, names of acts, and lists of which the newest come first. */
import { actName, type CommandType, commandTypes, type EventType, eventTypes } from 'auxilio';
import type { ComponentChildren } from 'preact';
import { language } from '../language.ts';
import { t } from './words.ts';

/** The time of day in Costa Rica. */
export const timeOf = (at: string | number): string =>
  new Intl.DateTimeFormat(language.value, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'America/Costa_Rica',
  }).format(new Date(at));

/** An act as it is named, with a capital. */
export function nameOf(type: CommandType): string {
  const name = actName(type, language.value);
  return name.charAt(0).toLocaleUpperCase(language.value) + name.slice(1);
}

/** The lists of commands and of events have the same order, that of the protocol. */
export const nameOfEvent = (type: EventType): string => nameOf(commandTypes[eventTypes.indexOf(type)] as CommandType);

/** The most entries of a list that are shown at once. */
const shownAtOnce = 8;

/** A list whose newest entries come first; the older ones unfold. */
export function Newest({ children, label }: { children: readonly ComponentChildren[]; label: string }) {
  const newest = [...children].reverse();
  const [shown, rest] = [newest.slice(0, shownAtOnce), newest.slice(shownAtOnce)];
  return (
    <>
      <ol class="newest" aria-label={label}>
        {shown}
      </ol>
      {rest.length > 0 && (
        <details>
          <summary>{t().earlierActs(rest.length)}</summary>
          <ol class="newest">{rest}</ol>
        </details>
      )}
    </>
  );
}
