import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import { mustHave, type SuiteCase, suiteCase } from '../assert.ts';
import { access, devices, expired, reassign } from './access.ts';
import { batches } from './batches.ts';
import { hostile } from './hostile.ts';
import { photos } from './photos.ts';
import { reading } from './reading.ts';
import { type Cases, createStage, hasNeed, type Needs, type SyncServerHost } from './stage.ts';

/** A case of {@link syncServerConformance}, which assigns a new visit and calls the server. @since 0.5.0 */
export type SyncServerCase = SuiteCase;

const topics: readonly (readonly [topic: string, cases: Cases, needs?: Needs])[] = [
  ['batches', batches],
  ['hostile', hostile],
  ['reading', reading],
  ['access', access],
  ['access', expired, 'expired'],
  ['access', reassign, 'reassign'],
  ['photos', photos, 'photos'],
  ['devices', devices, 'devices'],
];

/**
 * The conformance cases of servers that answer a replica over HTTP, to run under any test runner:
 * `for (const { name, run } of syncServerConformance(host).cases) test(name, run)`. Each works on a new visit, so the server may have
 * others; run them one after the other, as the cases look at lists of visits.
 *
 * @throws TypeError for an option that is missing, of another type, or not known
 * @since 0.5.0
 */
export function syncServerConformance(host: SyncServerHost): { readonly cases: readonly SyncServerCase[] } {
  mustKnowKeys('syncServerConformance', host, known);
  mustHave('syncServerConformance', host, ['assign']);
  for (const person of ['provider', 'other'] as const) {
    const { actor, device } = host[person] ?? {};
    const expected = `syncServerConformance takes { ${person} } as { actor, device, headers }, the actor a provider`;
    mustBe(actor?.role === 'provider' && typeof device === 'string', expected, host[person]);
  }
  const cases = topics.flatMap(([topic, all, need]) => {
    const skip = need !== undefined && !hasNeed(host, need) && `needs ${need}`;
    return Object.entries(all).map(([title, run]) =>
      suiteCase(`${topic}: ${title}`, skip, async () => run(await createStage(host))),
    );
  });
  return { cases };
}

const known: Readonly<Record<keyof SyncServerHost, 0>> = {
  url: 0,
  fetch: 0,
  provider: 0,
  other: 0,
  anonymous: 0,
  expired: 0,
  assign: 0,
  reassign: 0,
  photos: 0,
  devices: 0,
};
