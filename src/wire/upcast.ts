import { mustBe } from '../kernel/known.ts';

/** An event as it was stored, of any version. @since 0.1.0 */
export type RawEvent = { readonly [key: string]: unknown };

/**
 * Brings an event from one schema version to the next. It changes type and data; the version is counted up for it.
 *
 * @since 0.1.0
 */
export type UpcastStep = {
  /** The version that it takes; it gives the next one. */
  readonly from: number;
  readonly up: (event: RawEvent) => RawEvent;
};

const isObject = (value: unknown): value is RawEvent =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema version of a stored event: none means 1; `undefined` if it is not a version. */
export function readVersion(raw: unknown): number | undefined {
  if (!isObject(raw)) return undefined;
  if (raw.metadata === undefined) return 1;
  if (!isObject(raw.metadata)) return undefined;
  const { schemaVersion = 1 } = raw.metadata;
  return Number.isSafeInteger(schemaVersion) && Number(schemaVersion) >= 1 ? Number(schemaVersion) : undefined;
}

function setVersion(event: RawEvent, version: number): RawEvent {
  const metadata = isObject(event.metadata) ? event.metadata : {};
  return { ...event, metadata: { ...metadata, schemaVersion: version } };
}

/**
 * A chain of steps up to the version `current`: the returned function takes an event of any older version through every
 * step from its own, and returns everything else untouched: the current version, a newer one, and values that are not
 * events. Throws a `RangeError` at once unless there is exactly one step from each version below `current`, in order.
 *
 * @since 0.1.0
 */
export function upcasterOf(steps: readonly UpcastStep[], current: number): (raw: unknown) => unknown {
  mustBe(Array.isArray(steps), 'upcasterOf takes a list of steps', steps);
  if (steps.length !== current - 1 || steps.some((step, index) => step.from !== index + 1)) {
    throw new RangeError(`upcasterOf needs one step from each version below ${current}, in order`);
  }
  return (raw) => {
    const version = readVersion(raw);
    if (version === undefined) return raw;
    return steps.slice(version - 1).reduce((event, { from, up }) => setVersion(up(event), from + 1), raw as RawEvent);
  };
}

/**
 * Brings a stored event to the shape that this release reads. Version 2 adds to version 1 and changes nothing of it, so
 * every event comes back as it is. An unknown or newer event is untouched. Takes JSON values; judges nothing.
 *
 * @since 0.1.0
 */
export const upcast: (raw: unknown) => unknown = upcasterOf([], 1);
