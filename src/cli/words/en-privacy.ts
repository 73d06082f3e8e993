import type { PrivacyRefusal } from '../../privacy.ts';
import { inEnglish } from '../../words/nouns.ts';

const { count } = inEnglish;

const refusals: Readonly<Record<PrivacyRefusal, string>> = {
  held: 'the visit is held',
  'no-table': 'the retention table has no series for it',
  'not-ended': 'the visit has not ended',
  'before-term': 'its term has not ended',
  'debts-open': 'something of it is still pending',
  'discrepancy-open': 'a discrepancy of it is not settled',
};

const states = {
  waiting: 'it waits until the visit ends',
  recorded: 'it is recorded, and the key is still to go',
  erased: 'the key is gone',
} as const;

const waits = {
  rotation: 'an old backup of the keys still opens it until the next rotation',
  operator: 'an old backup of the keys still opens it until you destroy the wrapping key of its epoch',
  none: 'no backup of the keys opens it',
} as const;

/** The words of the command line on personal data. */
export const privacyEn = {
  refused: (visit: string, why: PrivacyRefusal): string => `${visit}: the personal data stay: ${refusals[why]}`,
  missing: (path: string) => `${path}: there is no such file`,
  /** The store or the keys cannot be read; `what` comes from them, in English. */
  unreadable: (what: string) => `the store, its keys or their wrapping key cannot be read (${what})`,
  needs: (option: string) => `--${option} is missing`,
  badTable: (path: string) => `${path}: is not a retention table`,
  ask: 'Go on? (yes/no)',
  yes: ['yes', 'y'] as readonly string[],
  dryRun: 'Nothing was done. Repeat it with --yes.',
  willErase: (visit: string, subject: string, reason: string | undefined) =>
    `Erases the key of ${subject} in visit ${visit}: no text of theirs can be read again. The events and their verdicts stay${reason === undefined ? '' : `, and the reason in clear: ${reason}`}.`,
  willDispose: (visit: string) =>
    `Erases the keys of all persons in visit ${visit}: no text of it can be read again. The events and their verdicts stay.`,
  willRelease: (visit: string) => `Ends the hold of visit ${visit}: its texts may be erased again.`,
  willRotate:
    'Wraps all keys again, and destroys the wrapping key before: older backups of the keys open nothing any more.',
  erased: (erasure: string, state: keyof typeof states, waiting: keyof typeof waits) =>
    `Erasure ${erasure}: ${states[state]}${state === 'erased' ? `; ${waits[waiting]}` : ''}`,
  due: (visit: string, date: string, why: PrivacyRefusal | null) =>
    `${visit}: ${date === 'unknown' ? 'no date' : date.slice(0, 10)}, ${why === null ? 'due' : refusals[why]}`,
  rotated: (keys: number, isDestroyed: boolean) =>
    `${count(keys, 'key')} wrapped again; the wrapping key before ${isDestroyed ? 'is destroyed' : 'is yours to destroy'}`,
};

export type PrivacyWords = typeof privacyEn;
