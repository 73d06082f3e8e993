/** A text after what leads to it; nothing where there is none. */
export const after = (lead: string, text: string | null): string => (text === null ? '' : lead + text);
