import { isCheckpointConflict } from '../stores/errors.ts';
import type { ConsumerState, Row, RowChange } from '../stores/event-store.ts';

export type RowStore = Pick<ConsumerState, 'readCheckpoint' | 'commitCheckpoint' | 'readRow' | 'readRows'>;

const PAGE = 500;

/** Reads all rows of a projection whose keys begin with a prefix. */
export async function listRows(store: RowStore, projection: string, prefix: string): Promise<Row[]> {
  const found: Row[] = [];
  for (let after = prefix; ; ) {
    const page = await store.readRows(projection, { maxCount: PAGE, ...(after !== '' && { after }) });
    const own = page.filter(({ key }) => key.startsWith(prefix));
    found.push(...own);
    if (own.length < PAGE) return found;
    after = own.at(-1)?.key ?? '';
  }
}

/**
 * Writes rows that were made from what was read, in the order of the consumer's revisions; a writer in between makes them be made
 * again. Without rows it writes nothing.
 */
export async function changeRows(
  store: RowStore,
  consumer: string,
  makeRows: () => Promise<readonly RowChange[] | undefined>,
): Promise<void> {
  for (;;) {
    const { revision } = await store.readCheckpoint(consumer);
    const rows = await makeRows();
    if (rows === undefined) return;
    try {
      return await store.commitCheckpoint(consumer, { expected: revision, cursor: null, rows });
    } catch (error) {
      if (!isCheckpointConflict(error)) throw error;
    }
  }
}

const SHARDS = 32;

/** The consumer that orders what is written of the persons of a visit, and its erasure: one of 32, so that visits seldom wait. */
export function personsConsumer(visitId: string): string {
  let sum = 0;
  for (const character of visitId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return `auxilio.persons.${sum % SHARDS}`;
}
