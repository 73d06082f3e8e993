/** Events of a later release, which this one keeps and cannot read. */

import type { VisitEvent } from '../../messages/index.ts';
import { eventTypes } from '../../visit/index.ts';
import { schemaVersion } from '../../visit/known.ts';

const known: ReadonlySet<string> = new Set(eventTypes);

/** True if this release can read an event. */
export const isKnown = ({ type, metadata }: VisitEvent): boolean =>
  known.has(type) && (metadata?.schemaVersion ?? 1) <= schemaVersion;

/** A log whose events of a later release have a type that nothing here reads: their data may have another shape. */
export const readable = (log: readonly VisitEvent[]): readonly VisitEvent[] =>
  log.every(isKnown)
    ? log
    : log.map((event) => (isKnown(event) ? event : { ...event, type: 'OfLaterRelease' as never }));
