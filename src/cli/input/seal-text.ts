import type { ChainReport } from '../../chain.ts';
import type { VisitAudit } from '../../logs.ts';
import type { Id } from '../../messages/index.ts';
import type { Wording } from '../console/context.ts';
import type { Heads } from './kept-heads.ts';

/** The seal of a visit for another program. */
export type SealJson = Pick<ChainReport, 'intact' | 'head' | 'sealedFrom'> | null;

export const sealJson = (chain: ChainReport | undefined): SealJson =>
  chain === undefined ? null : { intact: chain.intact, head: chain.head, sealedFrom: chain.sealedFrom };

/** The seal of a visit in a few words. */
export function sealText(visitId: Id | null, chain: ChainReport, { byVisit, only }: Heads, wording: Wording): string {
  const { faults, head, sealedFrom } = chain;
  const { paint, words } = wording;
  const { seal } = words.output;
  if (faults.length > 0 || head === null) return paint('red', seal.broken(faults.length));
  const isKnown = only !== null || (visitId !== null && byVisit.has(visitId));
  const text = paint('green', isKnown ? seal.confirmed : seal.intact);
  return sealedFrom === 0 ? text : `${text} · ${seal.from(sealedFrom + 1)}`;
}

/** The seal of a visit with the head to be kept or compared, or a note that the log has no seal. */
export function sealLine({ visitId, chain }: VisitAudit, heads: Heads, wording: Wording): string {
  const { seal } = wording.words.output;
  if (chain === undefined) return wording.paint('dim', seal.none);
  const text = sealText(visitId, chain, heads, wording);
  return chain.head === null ? text : `${text} · ${seal.head(chain.head.count, chain.head.hash)}`;
}
