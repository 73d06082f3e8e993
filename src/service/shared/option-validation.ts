import { mustBe } from '../../kernel/known.ts';
import type { Id, Instant } from '../../messages/index.ts';
import { isId } from '../../wire/characters.ts';
import { toInstant } from '../../wire/instant.ts';

/** Serializes a value of the host as JSON; returns the value itself if JSON cannot, so that the parser reports why. */
export function toJsonText(given: unknown): unknown {
  try {
    return JSON.stringify(given);
  } catch {
    return given;
  }
}

/** Validates every instant of the host's clock: an event stored with an invalid one could never be read again. */
export function validatedClock(now: () => Instant): () => Instant {
  const isInstant = (at: unknown) => typeof at === 'string' && toInstant(at) === at;
  return validated(now, isInstant, 'now answers an instant in UTC with milliseconds');
}

/** Validates every id that the host generates. */
export function validatedIds(newId: () => Id): () => Id {
  return validated(newId, isId, 'newId answers an id of 1 to 128 ASCII characters');
}

function validated<T>(make: () => T, isGood: (value: unknown) => boolean, says: string): () => T {
  return () => {
    const value = make();
    if (!isGood(value)) throw new TypeError(`${says}, not ${String(value)}`);
    return value;
  };
}

/** Refuses an option that is present and not a function. */
export function mustBeFunction(what: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new TypeError(`${what} a function`);
}

/** Refuses an option that is present and no signal. */
export function mustBeSignal(signal: unknown): void {
  const isOne = signal === undefined || typeof (signal as AbortSignal | null)?.aborted === 'boolean';
  mustBe(isOne, 'signal is an AbortSignal', signal);
}

/** Refuses a size of a page that is no whole number from 1 to the largest. */
export function mustBePageSize(maxCount: number, most: number): void {
  if (!Number.isSafeInteger(maxCount) || maxCount < 1 || maxCount > most)
    throw new RangeError(`maxCount is a whole number from 1 to ${most.toLocaleString('en')}`);
}
