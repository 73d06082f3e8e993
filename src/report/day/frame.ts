import type { Context } from '../context.ts';
import type { Frame } from '../page.ts';
import { script, scriptHash } from '../script.ts';
import { dayOf } from './day.ts';
import type { Digest } from './digest.ts';

/** The frame of the page of several visits. */
export function dayFrame(context: Context, visits: readonly Digest[]): Frame {
  const { day } = context.words;
  const local = dayOf(context, visits);
  const title = context.title ?? (local === null ? day.untitled : day.title(local));
  return { title, lead: null, script: { text: script, hash: scriptHash } };
}

/** The first instant in the logs; `NaN` if there is none. */
export const firstMs = (visits: readonly Digest[]): number =>
  visits.find(({ begun }) => !Number.isNaN(begun))?.begun ?? Number.NaN;
