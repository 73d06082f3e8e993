import type { NonEmptyText, Sha256, VisitEvent } from '../messages/index.ts';
import type { ChainFound } from '../reading/index.ts';
import type { Integrity } from '../reading/integrity.ts';
import { Unreadable } from '../reading/judging/log.ts';
import { asArray, asRecord } from '../util/json.ts';

/** The place of an entry in the file that it was read from: a line of a log, or a row of a sheet. @since 0.5.0 */
export type EntryOrigin = {
  /** The name of the file, as in `provenance.sources`. */
  readonly file?: NonEmptyText;
  /** The sheet of a workbook. */
  readonly sheet?: NonEmptyText;
  /** The line, from 1. */
  readonly line?: number;
  /** The row, from 1. */
  readonly row?: number;
  /** The reason why an entry could not be read, in the language of the report. */
  readonly problem?: NonEmptyText;
};

/** The log of one visit, and where its entries stand in the files that they were read from. @since 0.5.0 */
export type SourcedLog = {
  /** The entries in their order; null or anything else in place of one that could not be read. */
  readonly events: Iterable<VisitEvent | null>;
  /** The origin of each entry, by its index. */
  readonly origins?: readonly (EntryOrigin | undefined)[];
  /** The result of verifying its chain; without it, `chain` of the options is called. */
  readonly chain?: ChainFound;
  /** The integrity of the log, where more is known of it than its events and its chain say. */
  readonly integrity?: Integrity;
  /** SHA-256 of the file that it was read from: its beginning stands on each printed page of a log that is not sealed. @since 0.6.0 */
  readonly sha256?: Sha256;
};

/** The log of one visit: its events, alone or with their origins. @since 0.5.0 */
export type VisitLog = Iterable<VisitEvent> | SourcedLog;

/** A log that was taken in: its entries, and their origins where they are known. */
type TakenLog = {
  readonly log: readonly unknown[];
  readonly origins: readonly Origin[];
  readonly chain?: ChainFound;
  readonly integrity?: Integrity;
  readonly sha256?: Sha256;
};

/** An origin whose fields were checked. */
export type Origin = {
  readonly file: string | null;
  readonly sheet: string | null;
  readonly number: number | null;
  readonly isRow: boolean;
};

const unknown: Origin = { file: null, sheet: null, number: null, isRow: false };

export const isIterable = (item: unknown): item is Iterable<unknown> =>
  typeof item === 'object' &&
  item !== null &&
  typeof (item as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';

export const isSourced = (item: unknown): item is SourcedLog => isIterable(asRecord(item).events) && !isIterable(item);

/** Reads the log of a visit from a caller. An invalid log becomes one unreadable entry. */
export function readSourcedLog(item: unknown): TakenLog {
  if (isIterable(item)) return { log: [...item], origins: [] };
  if (!isSourced(item)) return { log: [item], origins: [] };
  const given = asArray(item.origins);
  const log = [...item.events].map((entry: unknown, index) => {
    const { problem } = asRecord(given[index]);
    return typeof problem === 'string' && asRecord(entry).type === undefined ? new Unreadable({ problem }) : entry;
  });
  const { chain, integrity, sha256 } = item;
  return {
    log,
    origins: given.map(toOrigin),
    ...(chain && { chain }),
    ...(integrity && { integrity }),
    ...(typeof sha256 === 'string' && sha256 !== '' && { sha256 }),
  };
}

function toOrigin(value: unknown): Origin {
  const { file, sheet, line, row } = asRecord(value);
  const number = row ?? line;
  return {
    ...unknown,
    ...(typeof file === 'string' && { file }),
    ...(typeof sheet === 'string' && { sheet }),
    ...(typeof number === 'number' && Number.isSafeInteger(number) && { number, isRow: row !== undefined }),
  };
}

/** The unit of the numbers of a visit's acts: places in the log, or lines or rows of its only file. */
export type Numbering = 'place' | 'line' | 'row';

export function chooseNumbering({ log, origins }: TakenLog): Numbering {
  const [first = unknown] = origins;
  const isOne = log.every((_, index) => {
    const { file, sheet, number, isRow } = origins[index] ?? unknown;
    return number !== null && file === first.file && sheet === first.sheet && isRow === first.isRow;
  });
  if (!isOne || log.length === 0) return 'place';
  return first.isRow ? 'row' : 'line';
}
