/** The search of visits under keys: by keyed hashes of whole words, shown with opened texts, and forgotten with their subjects. */
import { mustKnowKeys } from '../kernel/known.ts';
import type { Id } from '../messages/index.ts';
import { checkStore, nameBuilder } from '../service/projections/projection.ts';
import { nameSearch, termRows, type VisitRow, visitKey } from '../service/projections/search-rows.ts';
import { shortened, splitWords } from '../service/projections/search-terms.ts';
import type { PrivacyOfSearch } from '../service/shared/privacy.ts';
import { isCheckpointConflict } from '../stores/errors.ts';
import type { ConsumerState, RowChange } from '../stores/event-store.ts';
import type { CopyOfTexts } from './erasures.ts';
import type { Keyring } from './keyring.ts';
import { readIndexKey } from './persons.ts';
import { deriveKey, hashToken, isToken } from './token.ts';

/** A text by which a visit is found, and the subject of the visit whose it is; an id is of none. */
type SearchedText = Readonly<{ subject: string; kind: 'name' | 'id' | 'case-number'; text: string }>;

/** A text as the row of a visit has it; its terms are the next `count` ones of the row. */
type HeldText = Readonly<{ subject: string; text: string; count: number }>;
type KeyedRow = VisitRow & Readonly<{ held: readonly HeldText[] }>;

function listTexts({ found: { visitId, caseNumber, client }, assigned = [] }: VisitRow): readonly SearchedText[] {
  return [
    { subject: 'client', kind: 'case-number', text: caseNumber ?? '' },
    { subject: 'client', kind: 'name', text: client ?? '' },
    ...assigned.map(({ id, name }) => ({ subject: `provider/${id}`, kind: 'name', text: name }) as const),
    ...[visitId, ...assigned.map(({ id }) => id)].map((id) => ({ subject: '', kind: 'id', text: id }) as const),
  ];
}

/**
 * The words by which a text is found whole, folded as those of a query are: of a name also the parts that a hyphen joins, of a case
 * number also its last four digits.
 */
function listWords(kind: SearchedText['kind'], text: string): readonly string[] {
  const words = splitWords(text);
  const whole = words.map((parts) => parts.join(''));
  const lastDigits = /\d{4}$/.exec(whole.join('').replace(/\D/g, '')) ?? [];
  const others = { name: words.flat(), id: [], 'case-number': [...lastDigits] }[kind];
  return [...new Set([...whole, ...others].map(shortened))];
}

/** Leaves out texts of a row, with their terms. */
function keepHeld<Row extends KeyedRow>(row: Row, isKept: (text: HeldText) => boolean): Row {
  let [at, terms] = [0, [] as string[]];
  const held = row.held.filter((one) => {
    const own = row.terms.slice(at, at + one.count);
    at += one.count;
    if (isKept(one)) terms = [...terms, ...own];
    return isKept(one);
  });
  return { ...row, held, terms };
}

type OpenRows = <Row>(rows: readonly Row[], visitIdOf: (row: Row) => Id) => Promise<Row[]>;

/** The search of a service whose texts are under keys. */
export function createSearch(keyring: Keyring, openRows: OpenRows): PrivacyOfSearch['search'] {
  /** Reads the key of the search, or makes it. */
  async function hashWords(words: readonly string[]): Promise<string[]> {
    const key = deriveKey(await readIndexKey(keyring, true), 'auxilio/search/1');
    return words.map((word) => hashToken(key, word));
  }

  /** Makes the terms of a row from its opened texts, and leaves out those that did not open. */
  async function keyRow(row: VisitRow, opened: VisitRow): Promise<KeyedRow> {
    const texts = listTexts(row);
    const words = listTexts(opened).map(({ kind, text }) => (isToken(text) ? [] : listWords(kind, text)));
    const held = texts.map(({ subject, text }, nth) => ({ subject, text, count: words[nth]?.length ?? 0 }));
    const terms = await hashWords(words.flat());
    return { found: row.found, terms, held: held.filter(({ count }) => count > 0) };
  }

  async function keyRows(rows: readonly RowChange[]): Promise<RowChange[]> {
    const fresh = rows.flatMap(({ body }) => ((body as VisitRow | null)?.assigned ? [body as VisitRow] : []));
    const opened = await openRows(fresh, ({ found }) => found.visitId);
    const keyed = new Map<object | null, KeyedRow>();
    for (const [nth, row] of fresh.entries()) keyed.set(row, await keyRow(row, opened[nth] ?? row));
    return rows.map((row) => ({ ...row, body: keyed.get(row.body) ?? row.body }));
  }

  return {
    hashWords,
    keyRows,
    openVisits: async (rows) => {
      const opened = await openRows(rows, ({ found }) => found.visitId);
      return opened.map((row) => keepHeld(row as typeof row & KeyedRow, ({ text }) => !isToken(text)));
    },
  };
}

type CopyStore = Pick<ConsumerState, 'readCheckpoint' | 'commitCheckpoint' | 'readRow' | 'startGeneration'>;

/** Options of {@link searchCopy}. @since 0.12.0 */
export type SearchCopyOptions = Readonly<{
  /** The namespace of the search. */
  namespace?: string;
  /** The name of a visit's stream, as the service has it; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
}>;

/**
 * Creates the copy that forgets the keyed terms of erased subjects, for the `copies` of `createPrivacy`:
 * `createPrivacy({ ..., copies: [searchCopy(store)] })`. A rebuild that runs meanwhile begins again.
 *
 * @throws TypeError for a store that lacks a method, or an unknown option
 * @since 0.12.0
 */
export function searchCopy(store: CopyStore, options: SearchCopyOptions = {}): CopyOfTexts {
  checkStore('searchCopy', store, 'startGeneration');
  mustKnowKeys('searchCopy', options, { namespace: 0, streamName: 0 });
  const { namespace, streamName = (visitId) => `visit-${visitId}` } = options;
  const name = nameSearch(true, namespace);

  /** Makes what a rebuild has opened before the erasure fail: drops the rows that it has written. */
  async function restartBuild(): Promise<void> {
    const builder = nameBuilder(name);
    const { revision: expected, cursor } = await store.readCheckpoint(builder);
    if (cursor !== null) return store.startGeneration(name, builder);
    await store.commitCheckpoint(builder, { expected, cursor });
  }

  async function forgetRows(gone: ReadonlyMap<Id, ReadonlySet<string>>): Promise<void> {
    // Committed without a change, too: a projector that has opened the texts before fails, and opens them again.
    const { revision: expected, cursor } = await store.readCheckpoint(name);
    const rows: RowChange[] = [];
    for (const [visitId, subjects] of gone) {
      const key = visitKey(streamName(visitId));
      const body = (await store.readRow(name, key))?.body as KeyedRow | undefined;
      if (body === undefined) continue;
      rows.push({ projection: name, key, body: keepHeld(body, ({ subject }) => !subjects.has(subject)) });
    }
    await store.commitCheckpoint(name, { expected, cursor, rows: await termRows(store, name, rows, new Map()) });
  }

  return {
    name,
    async forget(subjects) {
      const gone = new Map<Id, Set<string>>();
      for (const { visitId, subject } of subjects) gone.set(visitId, (gone.get(visitId) ?? new Set()).add(subject));
      await repeatOnConflict(restartBuild);
      await repeatOnConflict(() => forgetRows(gone));
    },
  };
}

async function repeatOnConflict(commit: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await commit();
    } catch (error) {
      if (!isCheckpointConflict(error)) throw error;
    }
  }
}
