/** The code of a check that zod does not know. */
export type CheckCode =
  | 'invalid-id'
  | 'invalid-instant'
  | 'invalid-sha256'
  | 'invalid-signature'
  | 'null-character'
  | 'control-character'
  | 'bidi-character'
  | 'lone-surrogate'
  | 'too-many-marks'
  | 'blank'
  | 'too-precise'
  | 'not-ascending'
  | 'repeated';

/** An issue of zod, of any kind. */
export type RawIssue = {
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
};

/** The messages of checks and of zod's own issues, for those who read a schema itself. */
type Words = {
  readonly messages: Readonly<Record<CheckCode, string>>;
  readonly wordIssue: (issue: RawIssue) => string;
};

let words: Words | undefined;

export function useWords(given: Words): void {
  words = given;
}

/** The mark of a code in the place of a message: no message of zod begins with it. */
const CODE = '#';

/** Gives the message of a check: its code, until a schema of `commandSchemas` or `eventSchemas` is read, which brings the words. */
export const sayCode = (code: CheckCode): string => words?.messages[code] ?? CODE + code;

/** A check that says why it failed. */
export const saying = (code: CheckCode) => ({ error: () => sayCode(code) });

/** The code of a check by its message. */
export function codeOfMessage(message: string): CheckCode | undefined {
  if (message.startsWith(CODE)) return message.slice(CODE.length) as CheckCode;
  const found = Object.entries(words?.messages ?? {}).find(([, words]) => words === message);
  return found?.[0] as CheckCode | undefined;
}

/** The messages of a schema. With `zod/mini` and no locale all would read "Invalid input". */
export const withMessages = { error: (issue: RawIssue) => words?.wordIssue(issue) } as const;
