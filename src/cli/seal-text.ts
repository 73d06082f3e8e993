import type { ChainReport } from '../chain/index.ts';
import type { Id } from '../messages/index.ts';
import type { Heads } from './log/seals.ts';
import type { Paint } from './terminal.ts';
import type { CliWords } from './words/words.ts';

/** The seal of a visit for another program. */
export type SealJson = Pick<ChainReport, 'intact' | 'head' | 'sealedFrom'> | null;

export const sealJson = (chain: ChainReport | undefined): SealJson =>
  chain === undefined ? null : { intact: chain.intact, head: chain.head, sealedFrom: chain.sealedFrom };

/** The seal of a visit in a few words. */
export function sealText(
  visitId: Id | null,
  { faults, head, sealedFrom }: ChainReport,
  { byVisit, only }: Heads,
  { output: { seal } }: CliWords,
  paint: Paint,
): string {
  if (faults.length > 0 || head === null) return paint('red', seal.broken(faults.length));
  const isKnown = only !== null || (visitId !== null && byVisit.has(visitId));
  const text = paint('green', isKnown ? seal.confirmed : seal.intact);
  return sealedFrom === 0 ? text : `${text} · ${seal.from(sealedFrom + 1)}`;
}

/** The seal of a visit with the head to be kept or compared, or a note that the log has no seal. */
export function sealLine(
  visitId: Id | null,
  chain: ChainReport | undefined,
  heads: Heads,
  words: CliWords,
  paint: Paint,
): string {
  if (chain === undefined) return paint('dim', words.output.seal.none);
  const text = sealText(visitId, chain, heads, words, paint);
  return chain.head === null ? text : `${text} · ${words.output.seal.head(chain.head.count, chain.head.hash)}`;
}
