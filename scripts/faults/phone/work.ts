/** The minutes of the visits of a phone. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();

/** The hour of the phone and of the server. */
export const NOW = at(30);

/** An act of the provider, under the id by which it is known again; `photo`: the bytes that it names, in base64. */
export type Step = Readonly<{
  command: Readonly<{ type: string; data: object; metadata: Readonly<{ commandId: string }> }>;
  photo?: string;
}>;

/** An error that is planted in the phone, and must lose an act. */
export type PhoneFault = 'outbox-in-memory' | 'answered-early' | 'no-second-place' | 'forgetful-second-place';

/** The work of a page until it is killed. */
export type Work = Readonly<{
  steps: readonly Step[];
  /** The hour of the phone's clock. */
  now: string;
  /** Syncs at every so many acts; 0 for never. */
  syncEvery: number;
  encrypted?: boolean;
  fault?: PhoneFault;
}>;
