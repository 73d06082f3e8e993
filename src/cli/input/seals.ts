import { isSha256 } from '../../chain/sealed.ts';
import type { ChainHead } from '../../chain.ts';
import { idOf } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';
import { asRecord, parseJson } from '../../util/json.ts';
import { Failure } from '../console/cli-error.ts';
import type { Context } from '../console/context.ts';
import { sourceAt } from './inputs.ts';
import { type Heads, noHeads } from './kept-heads.ts';
import { wholeText } from './source.ts';

/**
 * The heads of a file, if one is named: the result of `exportHead`, which names no visit; or several, each with its
 * `visitId`, as a list, one a line, or by visit. The output of `audit --json` has them, too.
 */
export async function headsAt(path: string | undefined, context: Context): Promise<Heads> {
  if (path === undefined) return noHeads;
  const source = await sourceAt(path, context);
  const bad = () => new Failure(({ failures }) => failures.badHead(source.name));
  const values = valuesIn((await wholeText(source)).replace(/^\uFEFF/, ''));
  const only = values.length === 1 ? headOf(values[0]) : null;
  if (only !== null && asRecord(values[0]).visitId === undefined) return { byVisit: new Map(), only };
  const byVisit = new Map<Id, ChainHead>();
  for (const value of values) {
    const { visitId, head, chain } = asRecord(value);
    // A visit that carries no seal has no head.
    if (head === null || chain === null) continue;
    const id = idOf(visitId);
    const known = headOf(value) ?? headOf(head) ?? headOf(asRecord(chain).head);
    if (id === null || known === null) throw bad();
    byVisit.set(id, known);
  }
  if (byVisit.size === 0) throw bad();
  return { byVisit, only: null };
}

function headOf(value: unknown): ChainHead | null {
  const { count, hash } = asRecord(value);
  return Number.isSafeInteger(count) && Number(count) > 0 && isSha256(hash) ? { count: Number(count), hash } : null;
}

/** The values of a file of JSON, of a list or of an object by visit, or of one a line. */
function valuesIn(text: string): readonly unknown[] {
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole;
  if (whole === undefined)
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parseJson);
  const { count, visitId } = asRecord(whole);
  if (count !== undefined || visitId !== undefined) return [whole];
  return Object.entries(asRecord(whole)).map(([id, head]) => ({ visitId: id, head }));
}
