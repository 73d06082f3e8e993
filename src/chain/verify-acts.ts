import type { Actor, Id } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import { type ActKey, ES256, indexKeys, type KnownKey } from './act-keys.ts';
import { findCommandType } from './command-types.ts';
import { checkEntries, isSha256 } from './entries.ts';
import { parseEnvelope, type Sight, type SignedAct, signingInput } from './envelope.ts';

/**
 * The result of verifying the signature of an act, the first that applies:
 *
 * - `unsigned`: the act has none;
 * - `malformed`: `signAct` makes no such text, or the act cannot be read;
 * - `unknown-key`: by a key that was not given;
 * - `other-owner`: by the key of another person than the recorder of the act;
 * - `invalid`: not over this act: its type, data, recorder, command id, or the version and hash of its log;
 * - `other-log`: the log had other events at the version that it names;
 * - `valid`.
 *
 * @since 0.10.0
 */
export type SignatureStatus =
  | 'valid'
  | 'unsigned'
  | 'malformed'
  | 'unknown-key'
  | 'other-owner'
  | 'invalid'
  | 'other-log';

/** The signature of an act of a log. @since 0.10.0 */
export type ActSignature = {
  /** The place of the event, from 0. */
  readonly index: number;
  /** Of an act in the report of a discrepancy: its position in `acts`, from 0; else null. */
  readonly act: number | null;
  /** The person who recorded it, who had to sign it; null if that cannot be read. */
  readonly recorder: Actor | null;
  readonly status: SignatureStatus;
  /** The thumbprint of the key (RFC 7638), and the log that the signer saw; null without a signature that can be read. */
  readonly signed: (Sight & { readonly kid: string }) | null;
};

/** The result of {@link verifyActs}. `audit` and `dossier` take it as their `signatures`. @since 0.10.0 */
export type SignatureReport = {
  /** An entry for each event, and for each act in a report of a discrepancy, in the order of the log. */
  readonly acts: readonly ActSignature[];
};

/** An act as it stands in a log: the command from which it came, and its signature. */
type FoundAct = Omit<ActSignature, 'status' | 'signed'> & {
  readonly signature: unknown;
  readonly type: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  readonly commandId: unknown;
};

/** Fields of events that their commands do not have. The edition of an assignment may be in its command. */
const derived: { readonly [field: string]: string | null } = {
  by: null,
  recordedBy: null,
  passed: 'QualityTested',
  outcome: 'VisitClosed',
};

/**
 * Verifies the signatures of a log: of each event, and of each act in a report of a discrepancy. `keys` are those that the host
 * enrolled, each with the person whose device has it. An act that a settlement took on record has none of its own: look at the
 * report.
 *
 * The log is read as a service or a parser gives it, decoded and in the order in which it was stored. The hashes that the events
 * state are compared with the one that a signature names; `verifyChain` says if they are right.
 *
 * Takes some 0.2 ms a signature. Rejects for no content of the log.
 *
 * @throws TypeError for a log that cannot be iterated, or keys that are no list of `{ key, actor }`
 * @since 0.10.0
 */
export async function verifyActs(log: Iterable<unknown>, keys: readonly ActKey[]): Promise<SignatureReport> {
  const entries = Array.from(checkEntries(log));
  const known = await indexKeys(keys);
  const acts: ActSignature[] = [];
  for (const found of listActs(entries)) acts.push(await verifyAct(found, entries, known));
  return { acts };
}

/** Lists the events of a log, and after each report of a discrepancy the acts in it. */
function* listActs(entries: readonly unknown[]): Iterable<FoundAct> {
  for (const [index, entry] of entries.entries()) {
    const { type, data, metadata } = asRecord(entry);
    const { commandId, signature } = asRecord(metadata);
    const author = findRecorder(data);
    yield { index, act: null, recorder: author, signature, type, data: asRecord(data), commandId };
    if (type !== 'DiscrepancyReported') continue;
    for (const [act, reported] of asArray(asRecord(data).acts).entries()) {
      const { type, data, commandId, signature } = asRecord(reported);
      yield { index, act, recorder: findRecorder(data), signature, type, data: asRecord(data), commandId };
    }
  }
}

/** The recorder of an act; null for a value that has none. */
function findRecorder(data: unknown): Actor | null {
  const { by, recordedBy = by } = asRecord(data);
  const { role, id } = asRecord(recordedBy);
  return typeof role === 'string' && typeof id === 'string' ? ({ role, id } as Actor) : null;
}

async function verifyAct(
  found: FoundAct,
  entries: readonly unknown[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<ActSignature> {
  const { index, act, recorder, signature } = found;
  const answer = (status: SignatureStatus, signed: ActSignature['signed'] = null): ActSignature => ({
    ...{ index, act, recorder, status, signed },
  });
  if (signature === undefined) return answer('unsigned');
  const envelope = parseEnvelope(signature);
  const signedAct = readAct(found);
  if (envelope === undefined) return answer('malformed');
  const { header, headerText } = envelope;
  if (signedAct === undefined) return answer('malformed', header);
  const key = known.get(header.kid);
  const loaded = await key?.load();
  if (key === undefined || loaded === undefined) return answer('unknown-key', header);
  const { role, id } = signedAct.actor;
  if (!key.owners.some((owner) => owner.role === role && owner.id === id)) return answer('other-owner', header);
  const input = inputOf(headerText, signedAct);
  if (input === undefined) return answer('malformed', header);
  if (!(await crypto.subtle.verify(ES256, loaded, envelope.signature, input))) return answer('invalid', header);
  return answer(isSightOf(header, entries, index) ? 'valid' : 'other-log', header);
}

/** The signed part of an act, without what `decide` adds to the data of its command; undefined for a value that is not an act. */
function readAct({ type, data, recorder, commandId }: FoundAct): SignedAct | undefined {
  const commandType = findCommandType(type);
  if (commandType === undefined || recorder === null || typeof commandId !== 'string') return undefined;
  const isOwn = ([field]: [string, unknown]) => {
    const event = Object.hasOwn(derived, field) ? derived[field] : undefined;
    return event === undefined || (event !== null && event !== type);
  };
  const own = Object.fromEntries(Object.entries(data).filter(isOwn));
  return { type: commandType, data: own, actor: recorder, commandId: commandId as Id };
}

/** The bytes that had to be signed; undefined for data that have no canonical form, such as those of too many levels. */
function inputOf(headerText: string, act: SignedAct): Uint8Array<ArrayBuffer> | undefined {
  try {
    return signingInput(headerText, act);
  } catch {
    return undefined;
  }
}

/** True if the log had that hash at that version, before the act. */
function isSightOf({ basedOn, head }: Sight, entries: readonly unknown[], index: number): boolean {
  if (basedOn > index) return false;
  const { hash } = asRecord(asRecord(entries[basedOn - 1]).metadata);
  return head === (isSha256(hash) ? hash : null);
}
