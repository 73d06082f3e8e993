import type { HandleOptions } from 'auxilio/service';
import type { Call } from './call.ts';
import { wrong } from './problem.ts';

/** The version of a visit as an entity tag. */
export const etagOf = (version: bigint): string => `"${version}"`;

/** True if the caller has that version already (`If-None-Match`). */
export function isKnown({ header }: Call, version: bigint): boolean {
  const tags = header('if-none-match')?.split(',') ?? [];
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etagOf(version));
}

/** At which version alone the command is to be judged: `If-Match: "17"`, one that exists: `*`, or `If-None-Match: *`. */
export function expectationOf({ header }: Call): HandleOptions {
  const match = header('if-match')?.trim();
  const noneMatch = header('if-none-match')?.trim();
  if (noneMatch !== undefined) {
    if (noneMatch !== '*' || match !== undefined) throw wrong('header', 'If-None-Match', 'not-a-star-alone');
    return { expectedVersion: 'STREAM_DOES_NOT_EXIST' };
  }
  if (match === undefined) return {};
  if (match === '*') return { expectedVersion: 'STREAM_EXISTS' };
  const version = /^"(0|[1-9]\d{0,17})"$/.exec(match)?.[1];
  if (version === undefined) throw wrong('header', 'If-Match', 'not-one-strong-version');
  return { expectedVersion: BigInt(version) };
}
