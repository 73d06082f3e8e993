import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id, Instant, NonEmptyText } from '../messages/index.ts';
import type { ReplicaStore } from '../stores/replica-store.ts';
import { currentInstant, runtime } from '../util/runtime.ts';
import { defaultPolicy, type Policy } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { isId } from '../wire/characters.ts';
import type { Remote } from './remote/remote.ts';

/** Options of {@link createReplica}. @since 0.5.0 */
export type ReplicaOptions = Readonly<{
  /** The store on the device: `indexedDbReplicaStore`, `sqliteReplicaStore`, `memoryReplicaStore`. */
  store: ReplicaStore;
  /** The server. */
  remote: Remote;
  /** The person who acts: a provider, or a client. Several may use one device in turn, each with a replica of their own. */
  actor: Actor;
  /**
   * The name of the device, which is kept with each act. Personal. Each installation has its own, and keeps it: two devices of one name cannot
   * be told apart when one leads a visit, and a new store that fetches acts of this person under its own name reports that the store before it
   * was lost. A name that outlives the data of the site, such as one that the server gives at the login, makes the loss of all data noticed;
   * an application that removes the store on purpose takes another name, or calls `dismissLosses`.
   */
  device: NonEmptyText;
  /** The policy that judges; by default `defaultPolicy`. It should be that of the server. */
  policy?: Policy;
  /** The clock of the device; by default the system's. */
  now?: () => Instant;
  /** A clock that only goes forward, in milliseconds; by default `performance.now`. It need not count the sleep of a hidden page. */
  monotonicMs?: () => number;
  /** Ids for commands; random UUIDs by default. */
  newId?: () => Id;
  /**
   * Signs the file of `exportUnsent` with a key of the device, such as one of WebCrypto that cannot leave it; `verify` of
   * `parseUnsent` has its public part. By default, or where it fails, the file is not signed.
   */
  sign?: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  /**
   * The public key of `sign`, the SPKI form in base64, which is registered with the server at the first contact, so that it can verify the file.
   * `indexedDbDeviceKey` has both. By default no key is registered.
   */
  publicKey?: () => Promise<string>;
  /** The time for which an act can be undone, in milliseconds; 8,000 by default. */
  undoMs?: number;
  /** The longest time of a call to the server, in milliseconds; 30,000 by default. */
  callTimeoutMs?: number;
  /** The time after which a visit that ended and was synced is removed from the device, in milliseconds; 60 days by default. */
  keepEndedMs?: number;
  /**
   * The most bytes of a photograph that the server takes, as `10 * 1024 * 1024` of the example server: `photos.add` refuses more. By default
   * there is no limit, and the server refuses it at its first upload.
   */
  maxPhotoBytes?: number;
}>;

type Keyed = 'sign' | 'publicKey';

export type ResolvedOptions = Required<Omit<ReplicaOptions, Keyed>> & Pick<ReplicaOptions, Keyed>;

const DAY_MS = 86_400_000;

const defaults = {
  policy: defaultPolicy,
  now: currentInstant,
  monotonicMs: () => runtime.monotonicMs(),
  newId: () => runtime.randomId(),
  undoMs: 8_000,
  callTimeoutMs: 30_000,
  keepEndedMs: 60 * DAY_MS,
  maxPhotoBytes: Number.POSITIVE_INFINITY,
} satisfies Partial<ReplicaOptions>;

type WithoutDefault = Exclude<keyof ReplicaOptions, keyof typeof defaults>;

const known: Readonly<Record<WithoutDefault, 0>> = { store: 0, remote: 0, actor: 0, device: 0, sign: 0, publicKey: 0 };

/** Completes the options; refuses invalid ones. */
export function resolveOptions(options: ReplicaOptions): ResolvedOptions {
  mustKnowKeys('createReplica', options, { ...known, ...defaults });
  const resolved: ResolvedOptions = { ...defaults, ...options };
  const { store, remote, actor, device, policy, sign, publicKey } = resolved;
  const { undoMs, callTimeoutMs, keepEndedMs, maxPhotoBytes } = resolved;
  mustBe(typeof store?.writeGroup === 'function', 'createReplica takes { store }, such as memoryReplicaStore()', store);
  mustBe(typeof remote?.sync === 'function', 'createReplica takes { remote }, the server', remote);
  for (const [name, given] of Object.entries({ sign, publicKey })) {
    mustBe(given === undefined || typeof given === 'function', `${name} is a function`, given);
  }
  mustBe(typeof device === 'string' && device !== '', 'createReplica takes { device }, a name', device);
  mustBe(isId(actor?.id), 'createReplica takes { actor }, a provider or a client: { role, id }', actor);
  mustKnow('role of the actor of createReplica:', actor.role, ['provider', 'client']);
  for (const ms of [undoMs, callTimeoutMs, keepEndedMs]) {
    mustBe(typeof ms === 'number' && ms >= 0, 'A time of createReplica is a number of milliseconds from 0', ms);
  }
  mustBe(maxPhotoBytes > 0, 'maxPhotoBytes of createReplica is a number of bytes', maxPhotoBytes);
  mustBePolicy(policy);
  return resolved;
}
