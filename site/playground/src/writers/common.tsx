/** What the columns have in common: times, and lists of which the newest come first. */
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
