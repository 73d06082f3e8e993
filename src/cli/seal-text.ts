import type { Id } from '../messages/index.ts';
import type { ChainFound } from '../reading/index.ts';
import type { Heads } from './log/seals.ts';
import type { Paint } from './terminal.ts';
import type { CliWords } from './words/words.ts';

/** What the seal of a visit says, in some words. */
export function sealText(
  visitId: Id | null,
  { faults, head }: ChainFound,
  { byVisit, only }: Heads,
  { tell: { seal } }: CliWords,
  paint: Paint,
): string {
  if (faults.length > 0 || head === null) return paint('red', seal.broken(faults.length));
  const isKnown = only !== null || (visitId !== null && byVisit.has(visitId));
  return paint('green', isKnown ? seal.confirmed : seal.intact);
}

/** The seal of a visit with the head to be kept or compared; that there is none, of a log that could carry one. */
export function sealLine(
  visitId: Id | null,
  chain: ChainFound | undefined,
  heads: Heads,
  words: CliWords,
  paint: Paint,
): string {
  if (chain === undefined) return paint('dim', words.tell.seal.none);
  const text = sealText(visitId, chain, heads, words, paint);
  return chain.head === null ? text : `${text} · ${words.tell.seal.head(chain.head.count, chain.head.hash)}`;
}
