import type { Actor, Id, VisitEvent } from '../messages/index.ts';
import { findUnreadable, stripStoreMetadata } from '../service/shared/stream.ts';
import { isStoreError } from '../stores/errors.ts';
import type { EventStreams, RecordedEvent } from '../stores/event-store.ts';
import { sealedGroups } from './sealed-texts.ts';
import { isToken } from './token.ts';
import { mapData, mapMetadata, type Replace } from './walk.ts';

/** The number of encrypted visits that are remembered; the log of any other is read. */
const REMEMBERED = 10_000;

type Source = Readonly<{ store: Pick<EventStreams, 'readStream'>; streamName: (visitId: Id) => string }>;

/** Finds, of some visits, those that were begun in clear, before the service had privacy. */
export type FindClearVisits = (visitIds: readonly Id[]) => Promise<ReadonlySet<Id>>;

export function createClearVisits({ store, streamName }: Source): FindClearVisits {
  const encrypted = new Set<Id>();

  async function readLog(visitId: Id, range = {}): Promise<readonly RecordedEvent<VisitEvent>[]> {
    try {
      return (await store.readStream<VisitEvent>(streamName(visitId), range)).events;
    } catch (error) {
      // The service reads it, too, and answers the error to those who may see the visit.
      if (isStoreError(error) && error.kind === 'corrupt') return [];
      throw error;
    }
  }

  /**
   * True for a log that has personal values in clear, and neither a token nor an envelope: others follow in clear then. A log that
   * has none yet, or one token at any place, is encrypted.
   */
  async function isClear(visitId: Id): Promise<boolean> {
    if (encrypted.has(visitId)) return false;
    const first = await readLog(visitId, { maxCount: 1n });
    const found = new Set(first.flatMap(classifyValues));
    if (!found.has('token') && first.length > 0)
      for (const kind of (await readLog(visitId)).flatMap(classifyValues)) found.add(kind);
    if (!found.has('token')) return found.has('clear');
    if (encrypted.size >= REMEMBERED) encrypted.clear();
    encrypted.add(visitId);
    return false;
  }

  return async (visitIds) => {
    const unique = [...new Set(visitIds)];
    const areClear = await Promise.all(unique.map(isClear));
    return new Set(unique.filter((_, nth) => areClear[nth]));
  };
}

/**
 * Classifies the personal values of an event, as far as it can be read. A word of the protocol or of a policy is neither, nor is the
 * hash of a photograph, which looks like its token.
 */
function classifyValues(recorded: RecordedEvent<VisitEvent>): readonly ('token' | 'clear')[] {
  const event = stripStoreMetadata(recorded);
  if (sealedGroups(event).length > 0) return ['token'];
  if (findUnreadable(recorded) !== undefined) return [];
  const found: ('token' | 'clear')[] = [];
  const replace: Replace = (value, { stored, words = [] }) => {
    if (stored === 'hash-token') return value;
    if (isToken(value)) found.push('token');
    else if (!words.includes('policy') && !words.some((word) => word === value)) found.push('clear');
    return value;
  };
  const { by, recordedBy = by } = event.data;
  const { metadata = {} } = event;
  mapData(event, { recorder: recordedBy, replace });
  mapMetadata(metadata, { recorder: (metadata.recorder as Actor | undefined) ?? recordedBy, replace });
  return found;
}
