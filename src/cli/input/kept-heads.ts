import type { ChainHead } from '../../chain/sealed.ts';
import { sealReader } from '../../logs/seals.ts';
import type { Seals } from '../../logs/visit-auditor.ts';
import type { Id } from '../../messages/index.ts';
import { Failure } from '../console/cli-error.ts';

/** The known heads: by visit, and one that names none. Plain data, which can be sent to a worker. */
export type Heads = { readonly byVisit: ReadonlyMap<Id, ChainHead>; readonly only: ChainHead | null };

export const noHeads: Heads = { byVisit: new Map(), only: null };

/** Verifies the seals of each visit against the heads that were kept. */
export function sealsOf({ byVisit, only }: Heads, wanted?: Id): Seals {
  let owner = wanted;
  return (visitId) => {
    if (only === null) return sealReader(byVisit.get(visitId));
    owner ??= visitId;
    // A head that names no visit is that of the one there is.
    if (owner !== visitId && wanted === undefined) throw new Failure(({ failures }) => failures.headWithoutVisit);
    return sealReader(owner === visitId ? only : undefined);
  };
}
