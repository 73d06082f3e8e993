import type { Id, Instant, NonEmptyText, Provider } from '../../messages/index.ts';
import type { CheckpointUpdate, ConsumerState, RowChange } from '../../stores/event-store.ts';
import type { Phase } from '../../visit/index.ts';
import { qualifyNames } from './projection.ts';

/** A visit that was found. @since 0.5.0 */
export type FoundVisit = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText | null;
  readonly phase: Phase;
  readonly provider: Provider | null;
  /** The name of the client; null if names of clients are not kept. */
  readonly client: NonEmptyText | null;
  readonly service: NonEmptyText | null;
  /** The time of the last act of its log. */
  readonly lastActAt: Instant | null;
};

/** The row of a visit: what is shown of it, and the terms by which it is found. */
export type VisitRow = Readonly<{
  found: FoundVisit;
  terms: readonly string[];
  /** Under keys, before its terms are made: all who were assigned to it. */
  assigned?: readonly Provider[];
}>;

/** Names the rows of a search: those under keys have other terms. */
export const nameSearch = (isKeyed: boolean, namespace: string | undefined): string =>
  qualifyNames({ name: isKeyed ? 'auxilio-search-keyed-1' : 'auxilio-search-1' }, namespace).name;

// No term is empty: the rows of the visits stand before those of the terms.
export const visitKey = (streamName: string) => ` ${streamName}`;
const termKey = (term: string, streamName: string) => `${term} ${streamName}`;

/** Adds to the rows of visits those of their terms, and removes those of the terms that they no longer have. */
export async function termRows(
  store: Pick<ConsumerState, 'readRow'>,
  projection: string,
  rows: NonNullable<CheckpointUpdate['rows']>,
  built: Map<string, Set<string>>,
): Promise<RowChange[]> {
  const changes: RowChange[] = [];
  // Of several rows of a visit the last one stands.
  for (const row of new Map(rows.map((each) => [each.key, each])).values()) {
    const streamName = row.key.slice(1);
    const before = new Set(readTerms(await store.readRow(projection, row.key)));
    const after = new Set(readTerms(row));
    // The rows of a generation that is built cannot be read: what was written to it is remembered.
    if (row.generation !== undefined) {
      for (const term of built.get(streamName) ?? []) before.add(term);
      built.set(streamName, new Set([...before, ...after]));
    }
    const termRow = (term: string, body: object | null) => ({ ...row, key: termKey(term, streamName), body });
    for (const term of before) if (!after.has(term)) changes.push(termRow(term, null));
    for (const term of after) changes.push(termRow(term, {}));
    changes.push(row);
  }
  return changes;
}

const readTerms = (row: Pick<RowChange, 'body'> | null): readonly string[] =>
  (row?.body as VisitRow | null | undefined)?.terms ?? [];
