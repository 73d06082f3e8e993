import type { Id, Instant } from '../messages/index.ts';
import { toInstant } from '../wire/instant.ts';
import { ID } from '../wire/text.ts';

/** What comes from the host as JSON would write it; the thing itself where JSON cannot, for the wire says why. */
export function jsonOf(given: unknown): unknown {
  try {
    return JSON.stringify(given);
  } catch {
    return given;
  }
}

/** The clock of the host, whose every answer is looked at: what is stored with a wrong one could never be read again. */
export function clockOf(now: () => Instant): () => Instant {
  return validated(
    now,
    (at) => typeof at === 'string' && toInstant(at) === at,
    'now answers an instant in UTC with milliseconds',
  );
}

/** The ids that the host makes, each looked at, too. */
export function idsOf(newId: () => Id): () => Id {
  return validated(
    newId,
    (id) => typeof id === 'string' && ID.test(id),
    'newId answers an id of 1 to 128 ASCII characters',
  );
}

function validated<T>(make: () => T, isGood: (value: unknown) => boolean, says: string): () => T {
  return () => {
    const value = make();
    if (!isGood(value)) throw new TypeError(`${says}, not ${String(value)}`);
    return value;
  };
}

/** Refuses an option that is there and is no function. */
export function mustBeFunction(what: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new TypeError(`${what} a function`);
}
