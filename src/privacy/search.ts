/** The search of visits under keys: by keyed hashes of whole words, shown with opened texts, and forgotten with their subjects. */
import { mustKnowKeys } from '../kernel/known.ts';
import type { Id } from '../messages/index.ts';
import { checkStore } from '../service/projections/projection.ts';
import { nameBuilder } from '../service/projections/rebuild.ts';
import { type HeldText, nameSearch, termRows, type VisitRow, visitKey } from '../service/projections/search-rows.ts';
import { shortened, splitWords } from '../service/projections/search-terms.ts';
import type { PrivacyOfSearch, SearchRow } from '../service/shared/privacy.ts';
import { isCheckpointConflict } from '../stores/errors.ts';
import type { ConsumerState, RowChange } from '../stores/event-store.ts';
import type { CopyOfTexts } from './erasures.ts';
import type { Keyring } from './keyring.ts';
import { readIndexKey } from './persons.ts';
import { deriveKey, hashToken, isToken } from './token.ts';

/**
 * The words by which a text is found whole, folded as those of a query are: of a name also the parts that a hyphen joins, of a
 * case number also its last four digits.
 */
function listWords({ kind }: HeldText, text: string): readonly string[] {
  const words = splitWords(text);
  const whole = words.map((parts) => parts.join(''));
  const lastDigits = /\d{4}$/.exec(whole.join('').replace(/\D/g, '')) ?? [];
  const others = { name: words.flat(), id: [], 'case-number': [...lastDigits] }[kind];
  return [...new Set([...whole, ...others].map(shortened))];
}

type OpenRows = <Row>(rows: readonly Row[], visitIdOf: (row: Row) => Id) => Promise<Row[]>;

/** The search of a service whose texts are under keys. */
export function createSearch(keyring: Keyring, openRows: OpenRows): PrivacyOfSearch['search'] {
  /** Reads the key of the search, or makes it. */
  async function hashWords(words: readonly string[]): Promise<string[]> {
    const key = deriveKey(await readIndexKey(keyring, true), 'auxilio/search/1');
    return words.map((word) => hashToken(key, word));
  }

  /** Replaces the texts of a row by keyed terms, and leaves out those that did not open. */
  async function keyHeld(held: readonly HeldText[], texts: readonly string[]): Promise<HeldText[]> {
    const left = held.filter((_, nth) => !isToken(texts[nth]));
    const words = texts.filter((text) => !isToken(text)).map((text, nth) => listWords(left[nth] as HeldText, text));
    const hashes = await hashWords(words.flat());
    return left.map((one, nth) => ({ ...one, terms: hashes.splice(0, words[nth]?.length) }));
  }

  async function keyRows(rows: readonly RowChange[]): Promise<RowChange[]> {
    const read = ({ body }: RowChange) => body as VisitRow | null;
    const fresh = rows.filter((row) => read(row)?.held?.some(({ terms }) => terms === undefined));
    const opened = await openRows(
      fresh.map((row) => read(row) as VisitRow),
      ({ found }) => found.visitId,
    );
    const keyed = await Promise.all(
      fresh.map(async (row, nth) => {
        const { held = [], ...body } = read(row) as VisitRow;
        const texts = opened[nth]?.held?.map(({ text }) => text) ?? [];
        return [row, { ...row, body: { ...body, held: await keyHeld(held, texts) } }] as const;
      }),
    );
    const byRow = new Map<RowChange, RowChange>(keyed);
    return rows.map((row) => byRow.get(row) ?? row);
  }

  async function openVisits<Row extends SearchRow>(rows: readonly Row[]): Promise<Row[]> {
    const opened = await openRows(rows, ({ found }) => found.visitId);
    return opened.map((row) => ({ ...row, held: row.held?.filter(({ text }) => !isToken(text)) ?? [] }));
  }

  return { hashWords, keyRows, openVisits };
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
      const body = (await store.readRow(name, key))?.body as VisitRow | undefined;
      if (body === undefined) continue;
      const held = (body.held ?? []).filter(({ subject }) => !subjects.has(subject));
      rows.push({ projection: name, key, body: { ...body, held } });
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
