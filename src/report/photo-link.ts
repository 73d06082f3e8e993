import type { NonEmptyText } from '../messages/index.ts';

const placeholders = /\{(?:photoId|sha256)\}/g;
const longest = 2_000;
/** The scheme and the host of an absolute address: without credentials, and without anything of a log. */
const absolute = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?=[/?#])/i;
/** Matches an address with another scheme or host. */
const foreign = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const allowed = /^[\w\-.~:/?#[\]@!$&()*+,;=%]+$/;

/** Makes the address of a photograph; null where the log does not say enough of it. */
export type PhotoLink = (photoId: unknown, sha256: unknown) => string | null;

/**
 * Checks a template of the addresses of photographs: `https:`, `http:` or relative, with `{photoId}` or `{sha256}`, or
 * both, after the host. Nothing else is one: no other scheme, no credentials, no spaces, quotes or backslashes.
 * @since 0.5.0
 */
export function isPhotoUrl(template: NonEmptyText): boolean {
  if (typeof template !== 'string') return false;
  const sample = template.replaceAll(placeholders, 'a');
  if (template.length > longest || sample === template || !allowed.test(sample)) return false;
  return absolute.test(template) || !foreign.test(sample);
}

/** Parses a template of the addresses of photographs. Throws a `TypeError` for an invalid one. */
export function parsePhotoUrl(template: unknown): PhotoLink {
  if (typeof template !== 'string' || !isPhotoUrl(template)) {
    throw new TypeError('photoUrl: an https, http or relative URL with {photoId} or {sha256} after its host');
  }
  return (photoId, sha256) => photoLink(template, { '{photoId}': photoId, '{sha256}': sha256 });
}

function photoLink(template: string, values: Readonly<Record<string, unknown>>): string | null {
  let isKnown = true;
  const link = template.replaceAll(placeholders, (name) => {
    const written = encoded(values[name]);
    isKnown &&= written !== null;
    return written ?? '';
  });
  return isKnown ? link : null;
}

/**
 * A text as one part of a path; null for a missing text, one that cannot be encoded, and one that would leave its
 * folder.
 */
function encoded(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || /^\.+$/.test(value) || /\p{Cs}/u.test(value)) return null;
  return encodeURIComponent(value);
}
