import type { Actor, Id } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import { type ActKey, ES256, indexKeys, type KnownKey } from './act-keys.ts';
import { findCommandType } from './command-types.ts';
import { checkEntries, isSha256 } from './entries.ts';
import { isSight, parseEnvelope, type Sight, type SignedAct, signingInput } from './envelope.ts';

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
export type SignatureStatus = (typeof statuses)[number];

const statuses = ['valid', 'unsigned', 'malformed', 'unknown-key', 'other-owner', 'invalid', 'other-log'] as const;

const isStatus = (value: unknown): value is SignatureStatus => statuses.some((one) => one === value);

/**
 * The result of verifying a signature at the door of a service, before it was encrypted: an event has it in
 * `metadata.sealed.signed`, by the path of the signature. Its status is never `other-log`: that is found in the log.
 *
 * @since 0.12.0
 */
export type DoorCheck = Partial<Sight> & { readonly status: SignatureStatus };

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
  /** True if the signature is encrypted or erased, and the status is what the service found when the act came. @since 0.12.0 */
  readonly atDoor?: true;
};

/** The result of {@link verifyActs}. `audit` and `dossier` take it as their `signatures`. @since 0.10.0 */
export type SignatureReport = {
  /** An entry for each event, and for each act in a report of a discrepancy, in the order of the log. */
  readonly acts: readonly ActSignature[];
};

/** An act, as its event or a report has it, and its signature. */
export type RecordedAct = {
  readonly signature: unknown;
  /** Type of its event. */
  readonly type: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  /** The person who recorded it; null if that cannot be read. */
  readonly recorder: Actor | null;
  readonly commandId: unknown;
};

/** An act at its place in a log. */
type FoundAct = RecordedAct & Pick<ActSignature, 'index' | 'act'> & { readonly door: unknown };

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
 * report. Of a signature that is encrypted, or was erased, it repeats what the service found at its door, `atDoor`: the word of
 * that service, and of the seals that cover it.
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
    const { commandId, signature, sealed } = asRecord(metadata);
    const author = findRecorder(data);
    const checks = asRecord(asRecord(sealed).signed);
    const door = checks['/metadata/signature'];
    yield { index, act: null, recorder: author, signature, type, data: asRecord(data), commandId, door };
    if (type !== 'DiscrepancyReported') continue;
    for (const [act, reported] of asArray(asRecord(data).acts).entries()) {
      const { type, data, commandId, signature } = asRecord(reported);
      const door = checks[`/data/acts/${act}/signature`];
      yield { index, act, recorder: findRecorder(data), signature, type, data: asRecord(data), commandId, door };
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
  { door, ...found }: FoundAct,
  entries: readonly unknown[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<ActSignature> {
  const { index, act, recorder } = found;
  const checked = await verifySignature(found, known);
  const answer = ({ status, signed }: Checked): ActSignature => ({
    ...{ index, act, recorder, signed },
    status: status === 'valid' && signed !== null && !isSightOf(signed, entries, index) ? 'other-log' : status,
  });
  if (door === undefined || checked.status === 'valid') return answer(checked);
  const { status, ...sight } = asRecord(door);
  const isRead = isStatus(status) && (status !== 'valid' || isSight(sight.basedOn, sight.head));
  const said = answer({ status: isRead ? status : 'malformed', signed: sight as Checked['signed'] });
  return { ...said, signed: null, atDoor: true };
}

type Checked = Pick<ActSignature, 'status' | 'signed'>;

/** Verifies the signature of an act, without the log that its signer saw. */
export async function verifySignature(act: RecordedAct, known: ReadonlyMap<string, KnownKey>): Promise<Checked> {
  if (act.signature === undefined) return { status: 'unsigned', signed: null };
  const envelope = parseEnvelope(act.signature);
  if (envelope === undefined) return { status: 'malformed', signed: null };
  const { header: signed, headerText, signature } = envelope;
  const signedAct = readAct(act);
  if (signedAct === undefined) return { status: 'malformed', signed };
  const key = known.get(signed.kid);
  const loaded = await key?.load();
  if (key === undefined || loaded === undefined) return { status: 'unknown-key', signed };
  const { role, id } = signedAct.actor;
  if (!key.owners.some((owner) => owner.role === role && owner.id === id)) return { status: 'other-owner', signed };
  const input = inputOf(headerText, signedAct);
  if (input === undefined) return { status: 'malformed', signed };
  return { status: (await crypto.subtle.verify(ES256, loaded, signature, input)) ? 'valid' : 'invalid', signed };
}

/** The signed part of an act, without what `decide` adds to the data of its command; undefined for a value that is not an act. */
function readAct({ type, data, recorder, commandId }: RecordedAct): SignedAct | undefined {
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
