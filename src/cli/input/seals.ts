import { type ChainHead, isSha256 } from '../../chain/entries.ts';
import type { ChainReport } from '../../chain.ts';
import { sealReader } from '../../logs/seals.ts';
import type { Seals } from '../../logs/visit-auditor.ts';
import { parseId } from '../../logs/visit-id.ts';
import type { VisitAudit } from '../../logs.ts';
import type { Id } from '../../messages/index.ts';
import { asRecord, parseJson } from '../../util/json.ts';
import { type Context, Failure, type Wording } from '../console/context.ts';
import { parseJsonLines, sourceAt } from './inputs.ts';
import { wholeText } from './source.ts';

/** The kept heads: by visit, or a single one that names no visit. Plain data, which can be sent to a worker. */
export type Heads = { readonly byVisit: ReadonlyMap<Id, ChainHead>; readonly only: ChainHead | null };

export const noHeads: Heads = { byVisit: new Map(), only: null };

/** Verifies the seals of each visit against the heads that were kept. */
export function createSeals({ byVisit, only }: Heads, wanted?: Id): Seals {
  let owner = wanted;
  return (visitId) => {
    if (only === null) return sealReader(byVisit.get(visitId));
    owner ??= visitId;
    // A head that names no visit is that of the one there is.
    if (owner !== visitId && wanted === undefined) throw new Failure(({ failures }) => failures.headWithoutVisit);
    return sealReader(owner === visitId ? only : undefined);
  };
}

/**
 * The heads of a file, if one is named: the result of `exportHead`, which names no visit; or several, each with its
 * `visitId`, as a list, one a line, or by visit. The output of `audit --json` has them, too.
 */
export async function headsAt(path: string | undefined, context: Context): Promise<Heads> {
  if (path === undefined) return noHeads;
  const source = await sourceAt(path, context);
  const bad = () => new Failure(({ failures }) => failures.badHead(source.name));
  const values = valuesIn((await wholeText(source)).replace(/^\uFEFF/, ''));
  const only = values.length === 1 ? parseHead(values[0]) : null;
  if (only !== null && asRecord(values[0]).visitId === undefined) return { byVisit: new Map(), only };
  const byVisit = new Map<Id, ChainHead>();
  for (const value of values) {
    const { visitId, head, chain } = asRecord(value);
    // A visit that carries no seal has no head.
    if (head === null || chain === null) continue;
    const id = parseId(visitId);
    const known = parseHead(value) ?? parseHead(head) ?? parseHead(asRecord(chain).head);
    if (id === null || known === null) throw bad();
    byVisit.set(id, known);
  }
  if (byVisit.size === 0) throw bad();
  return { byVisit, only: null };
}

function parseHead(value: unknown): ChainHead | null {
  const { count, hash } = asRecord(value);
  return Number.isSafeInteger(count) && Number(count) > 0 && isSha256(hash) ? { count: Number(count), hash } : null;
}

/** The values of a file of JSON, of a list or of an object by visit, or of one a line. */
function valuesIn(text: string): readonly unknown[] {
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole;
  if (whole === undefined) return parseJsonLines(text);
  const { count, visitId } = asRecord(whole);
  if (count !== undefined || visitId !== undefined) return [whole];
  return Object.entries(asRecord(whole)).map(([id, head]) => ({ visitId: id, head }));
}

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
