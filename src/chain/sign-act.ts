import { mustBeKeys } from '../kernel/known.ts';
import type { Sha256, VisitCommand } from '../messages/index.ts';
import { type ActKeyPair, ES256, thumbprint } from './act-keys.ts';
import { encodeHeader, isSight, joinEnvelope, signingInput } from './envelope.ts';

/** The key of {@link signAct}, and the log that the signer saw. @since 0.10.0 */
export type SignOptions = {
  /** The pair of keys of the device, ECDSA P-256. */
  readonly key: ActKeyPair;
  /** The number of events of the log that the signer saw. */
  readonly basedOn: number;
  /** The hash of the last of them (`metadata.hash`); null where the log has no seals, or no events. */
  readonly head: Sha256 | null;
};

/**
 * Signs an act by the key of a device: its type, data, actor and command id, and the version and hash of the log that the signer
 * saw. Answers with a copy that has `metadata.signature`, a compact JWS (ES256) whose payload is detached: the act itself, in
 * canonical form (RFC 8785, NFC).
 *
 * Sign a command as `parseCommand` or a creator makes it, with its time in UTC and its actor as the server authenticates them: a
 * command that the parser changes on its way in, other than to NFC, no longer matches its signature. A service keeps the signature with
 * the event; `decide` alone writes no metadata. `device` and `enteredAt` are not signed.
 *
 * @throws TypeError for an unknown option, a command without a command id, an assignment that names no edition, or a version and
 * hash that no log has
 * @since 0.10.0
 */
export async function signAct<C extends VisitCommand>(
  command: C,
  options: SignOptions,
): Promise<C & { readonly metadata: { readonly signature: string } }> {
  mustBeKeys('signAct', options, { key: 0, basedOn: 0, head: 0 });
  const { key, basedOn, head } = options;
  const { type, data, metadata } = command;
  if (type === 'AssignVisit' && data.edition === undefined)
    throw new TypeError('signAct takes an AssignVisit with its edition');
  const { actor, commandId } = metadata;
  if (commandId === undefined) throw new TypeError('signAct takes a command with a command id');
  if (!isSight(basedOn, head))
    throw new TypeError('signAct takes basedOn, a number of events, and head, the hash of the last');
  const kid = await thumbprint(await crypto.subtle.exportKey('jwk', key.publicKey));
  const headerText = encodeHeader({ kid, basedOn, head });
  const input = signingInput(headerText, { type, data, actor, commandId });
  const signed = new Uint8Array(await crypto.subtle.sign(ES256, key.privateKey, input));
  return { ...command, metadata: { ...metadata, signature: joinEnvelope(headerText, signed) } };
}
