import fc from 'fast-check';
import { type ChainHead, type ChainReport, type Sealable, seal, verifyChain } from '../../src/chain.ts';
import { codePoint } from '../support/code-point.ts';

type Json = Record<string, unknown>;
export type Entry = { type: string; data: Json; metadata: Json & { hash: string; previousHash?: string } };

const record = fc.dictionary(fc.string({ unit: codePoint, maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 4,
});

/** Events of any JSON, with and without metadata of their own. */
export const anyEvents = (minLength: number, maxLength = 9): fc.Arbitrary<Sealable[]> =>
  fc.array(
    fc.record(
      { type: fc.string({ maxLength: 8 }), data: record, metadata: record },
      { requiredKeys: ['type', 'data'] },
    ),
    { minLength, maxLength },
  );

/** Sealed logs of any JSON. */
export const sealedLogs = (minLength = 1, maxLength = 9): fc.Arbitrary<Entry[]> =>
  anyEvents(minLength, maxLength).map((events) => sealed(events));

/** A sealed log, and through JSON, so that nothing of it is shared. */
export const sealed = (events: readonly Sealable[], previous?: string): Entry[] =>
  JSON.parse(JSON.stringify(seal(events, previous)));

/** A log of so many events. */
export const logOf = (count: number): Entry[] =>
  sealed(Array.from({ length: count }, (_, index) => ({ type: 'Noted', data: { visitId: 'v-1', index } })));

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A log with another entry in a place. */
export const withAt = (log: readonly Entry[], index: number, entry: unknown): unknown[] =>
  log.with(index, entry as Entry);

/** A log with an entry more. */
export const insertedAt = (log: readonly Entry[], index: number, entry: unknown): unknown[] =>
  log.toSpliced(index, 0, entry as Entry);

/** The faults, as `3 dropped`. */
export const found = ({ faults }: ChainReport): string[] => faults.map(({ index, fault }) => `${index} ${fault}`);

/** The faults of a log, without a head and with one. */
export function foundIn(log: readonly unknown[], head: ChainHead): { alone: string[]; headed: string[] } {
  return { alone: found(verifyChain(log)), headed: found(verifyChain(log, head)) };
}

export const headOf = (log: readonly Entry[]): ChainHead => ({ count: log.length, hash: log.at(-1)!.metadata.hash });
