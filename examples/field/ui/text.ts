/** Texts as parts of sentences. */

/** With a capital at its beginning. */
export const toSentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
