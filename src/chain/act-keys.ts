import { mustBe } from '../kernel/known.ts';
import type { Actor } from '../messages/index.ts';
import { canonicalJson } from '../stores/canonical.ts';
import { asRecord, isObject } from '../util/json.ts';
import { encodeBase64Url } from './envelope.ts';

/** A key of the runtime's WebCrypto. */
type RuntimeKey = Parameters<typeof crypto.subtle.sign>[1];

/** The public key of a device, ECDSA P-256, as a JSON Web Key. Its other fields are ignored. @since 0.10.0 */
export type PublicActKey = { readonly kty?: string; readonly crv?: string; readonly x?: string; readonly y?: string };

/** The key of a device, and the person whose device it is. @since 0.10.0 */
export type ActKey = {
  readonly key: PublicActKey;
  /** Person for whom the host enrolled it. */
  readonly actor: Actor;
  /** Name of the device, for people. */
  readonly device?: string;
};

/** The pair of keys of a device; the private one need not be extractable. @since 0.10.0 */
export type ActKeyPair = { readonly privateKey: RuntimeKey; readonly publicKey: RuntimeKey };

/** The algorithm of signatures, ES256 of RFC 7518. */
export const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const encoder = new TextEncoder();

/** The members of a key that count, without the rest. */
export function pickPublic(key: unknown): Required<PublicActKey> {
  const { kty, crv, x, y } = asRecord(key);
  return { kty: String(kty), crv: String(crv), x: String(x), y: String(y) };
}

/** The thumbprint of a key (RFC 7638), which signatures name it by. */
export async function thumbprint(key: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(canonicalJson(pickPublic(key))));
  return encodeBase64Url(new Uint8Array(digest));
}

/** A key by which acts are verified, and those whose key it is. */
export type KnownKey = { readonly owners: readonly Actor[]; readonly load: () => Promise<RuntimeKey | undefined> };

/** Indexes keys by their thumbprints. A key that is no public key of P-256 verifies nothing. */
export async function indexKeys(keys: readonly ActKey[]): Promise<ReadonlyMap<string, KnownKey>> {
  const known = new Map<string, { readonly owners: Actor[]; readonly load: KnownKey['load'] }>();
  mustBe(Array.isArray(keys), 'verifyActs takes a list of keys', keys);
  for (const entry of keys) {
    mustBe(isObject(entry?.key) && isObject(entry.actor), 'a key is given with its owner, { key, actor }', entry);
    const { key, actor } = entry;
    const kid = await thumbprint(key);
    const found = known.get(kid);
    if (found !== undefined) found.owners.push(actor);
    else known.set(kid, { owners: [actor], load: loadOnce(key) });
  }
  return known;
}

function loadOnce(key: PublicActKey): KnownKey['load'] {
  let loaded: Promise<RuntimeKey | undefined> | undefined;
  const load = () => crypto.subtle.importKey('jwk', pickPublic(key), P256, false, ['verify']).catch(() => undefined);
  return () => {
    loaded ??= load();
    return loaded;
  };
}
