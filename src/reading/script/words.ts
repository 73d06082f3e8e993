/** A text after what leads to it; nothing without a text. */
export const after = (lead: string, text: string | null): string => (text === null ? '' : lead + text);
