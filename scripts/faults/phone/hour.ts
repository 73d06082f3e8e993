/** The minutes of the visits of a phone. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();

/** The hour of the phone and of the server. */
export const NOW = at(30);
