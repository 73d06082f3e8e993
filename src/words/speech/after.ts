import type { PhraseFacts } from './phrase.ts';

/** A text after what leads to it; nothing without a text. */
export const after = (lead: string, text: string | null): string => (text === null ? '' : lead + text);

/** A name after a comma. */
export const to = (name: string | null): string => after(', ', name);

/** The one spoken to, after a comma. */
export const you = ({ addressee }: PhraseFacts): string => to(addressee);

/** The latest arrival, in brackets, so that no article has to agree with the hour. */
export const hour = ({ arriveBy }: PhraseFacts, lead = ''): string =>
  arriveBy === null ? '' : ` (${lead}${arriveBy})`;
