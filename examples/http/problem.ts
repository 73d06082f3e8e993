import { explain, type Id, type Locale, type Role, type Sha256, type Violation } from 'auxilio';
import type { BatchRefusal } from 'auxilio/service';
import { explainIssue, type Issue, type IssueCode, type IssueDetails } from 'auxilio/wire';
import type { Reply } from './call.ts';
import type { ProblemReply, ToldIssue } from './replies.ts';
import { issueWords, type OwnIssueCode, titles } from './words.ts';

/** Why a request is not carried out, and the status that says so: documented once, in docs/how-to/serve-visits.md. */
export const statuses = {
  malformed: 400,
  unauthenticated: 401,
  'no-role': 403,
  'not-yours': 403,
  'other-actor': 403,
  'not-permitted': 403,
  'device-revoked': 403,
  'other-device': 403,
  'not-assigned': 404,
  'no-such-path': 404,
  'no-such-batch': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'body-timeout': 408,
  refused: 409,
  'id-reused': 409,
  'batch-refused': 409,
  'photos-missing': 409,
  'offset-mismatch': 409,
  'already-decided': 409,
  'signature-invalid': 409,
  'quarantine-full': 409,
  diverged: 409,
  'version-mismatch': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'not-an-image': 415,
  contradiction: 422,
  'hash-mismatch': 422,
  'too-many-streams': 429,
  failed: 500,
  'chain-broken': 500,
  unavailable: 503,
  'in-doubt': 503,
  unreadable: 503,
} as const;

export type ProblemCode = keyof typeof statuses;

/** An error of a request: its path and its kind, never the value. */
export type RequestIssue = {
  readonly in: 'body' | 'header' | 'path' | 'query';
  /** A JSON Pointer into the body, or the name of the header or parameter. */
  readonly at: string;
  readonly code: IssueCode | OwnIssueCode;
};

/** The same, with the details of the parser. */
type FoundIssue = RequestIssue & { readonly details?: IssueDetails };

/** The details of a problem besides its code. */
export type Told = Readonly<{
  violations?: readonly Violation[];
  /** The visit whose people they concern. */
  role?: Role;
  issues?: readonly FoundIssue[];
  commandId?: Id;
  version?: bigint;
  /** Of a batch: the reason why it is refused, and the place of the command, from 0. */
  reason?: BatchRefusal | 'visit-too-long';
  index?: number;
  /** The hashes of photographs that are missing, or how many bytes of one are there. */
  photos?: readonly Sha256[];
  offset?: number;
  /** The id under which a batch waits for an operator. */
  quarantineId?: Id;
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
}>;

/** Thrown where a request ends early. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly told: Told;

  constructor(code: ProblemCode, told: Told = {}) {
    super(code, { cause: told.cause });
    this.code = code;
    this.told = told;
  }
}

/** The problem that one thing wrong with a request makes. */
export function wrong(
  where: RequestIssue['in'],
  at: string,
  code: RequestIssue['code'],
  details: IssueDetails = {},
  problem: ProblemCode = 'malformed',
): Problem {
  return new Problem(problem, { issues: [{ in: where, at, code, details }] });
}

/** An issue in the caller's language. */
function toldIssue({ in: where, at, code, details }: FoundIssue, locale: Locale): ToldIssue {
  const path = where === 'body' ? at : `/${at}`;
  const message = isOwn(code) ? issueWords[locale][code] : explainIssue({ path, code, ...details } as Issue, locale);
  return { in: where, at, code, message };
}

const isOwn = (code: RequestIssue['code']): code is OwnIssueCode => Object.hasOwn(issueWords.en, code);

/** Words a problem in the caller's language. */
export function problemBody({ code, told }: Problem, locale: Locale): ProblemReply {
  const { violations, role, issues, commandId, version, reason, index, photos, offset, quarantineId } = told;
  return {
    type: `urn:auxilio:problem:${code}`,
    title: titles[locale][code],
    status: statuses[code],
    code,
    ...(violations?.[0] && {
      detail: explain({ violations: [violations[0], ...violations.slice(1)] }, locale, role),
      violations: violations.map((violation) => ({ ...violation, message: explain(violation, locale, role) })),
    }),
    ...(issues && { issues: issues.map((issue) => toldIssue(issue, locale)) }),
    ...(commandId !== undefined && { commandId }),
    ...(version !== undefined && { version: Number(version) }),
    ...(reason !== undefined && { reason }),
    ...(index !== undefined && { index }),
    ...(photos && { photos }),
    ...(offset !== undefined && { offset }),
    ...(quarantineId !== undefined && { quarantineId }),
  };
}

export function problemReply(problem: Problem, locale: Locale): Reply {
  const body = problemBody(problem, locale);
  return {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      'cache-control': 'no-store',
      ...problem.told.headers,
    },
    body: JSON.stringify(body),
  };
}
