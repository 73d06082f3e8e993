import { mustBe } from '../../kernel/known.ts';
import type { EventMetadata, VisitEvent } from '../../messages/index.ts';
import { type KeptMetadata, keptFields } from '../../messages/kept-metadata.ts';
import { asRecord } from '../../util/json.ts';
import { mustBeFunction } from './option-validation.ts';

/**
 * Encodes an event's `data` for storage, and decodes them: for example to encrypt personal fields with a key for each
 * visit. The type is stored unchanged, and so are the metadata, unless the codec encodes what is personal in them.
 *
 * `decode` must return valid data of that type even after an erasure, with a placeholder for each erased text. If it
 * throws, the visit cannot be read.
 *
 * `isErased` returns true for a stored event with erased data, for which `decode` returns placeholders. It is called for the
 * events that carry the id of a command that is sent again: erased data cannot be compared, so the command is then recognised
 * by its id. Without `isErased`, such a command counts as another one under the same id (409).
 *
 * `encodeMetadata` and `decodeMetadata`, both or neither, do the same for {@link PersonalMetadata}. After an erasure
 * `decodeMetadata` returns what is left, `{}` if that is nothing: no rule reads them. Events that were stored without them are read
 * as they are.
 *
 * @since 0.4.0
 */
export type Codec = {
  encode(event: VisitEvent): object | Promise<object>;
  decode(event: CodedEvent): object | Promise<object>;
  /** @since 0.5.0 */
  isErased?(event: CodedEvent): boolean | Promise<boolean>;
  /** Returns JSON, which is stored as `metadata.personal` in the place of the personal metadata. @since 0.5.0 */
  encodeMetadata?(personal: PersonalMetadata, event: VisitEvent): unknown;
  /** Returns the personal metadata of an event whose stored form is `event`. @since 0.5.0 */
  decodeMetadata?(encoded: unknown, event: CodedEvent): PersonalMetadata | Promise<PersonalMetadata>;
};

/** An event as a {@link Codec} made it and the store has it. @since 0.5.0 */
export type CodedEvent = Readonly<{ type: string; data: object; metadata?: object }>;

/**
 * The personal metadata of an event: who permitted the act though the copy refused it, the device, the time of entry; and, for a
 * recorded fact, the metadata that it came with (`source`).
 *
 * @since 0.5.0
 */
export type PersonalMetadata = Readonly<KeptMetadata & { source?: unknown }>;

/** Refuses a codec that encodes metadata and does not decode them, or the other way round. */
export function mustCodeBothWays({ encodeMetadata, decodeMetadata }: Codec): void {
  const hasBothOrNone = typeof encodeMetadata === typeof decodeMetadata;
  mustBe(hasBothOrNone, 'codec has both encodeMetadata and decodeMetadata', decodeMetadata);
  mustBeFunction('encodeMetadata of codec is', encodeMetadata);
  mustBeFunction('decodeMetadata of codec is', decodeMetadata);
}

const personalFields: ReadonlySet<string> = new Set<keyof PersonalMetadata>([...keptFields, 'source']);

/** Encodes what is personal in the metadata of an event, if anything is. */
export async function encodePersonal(event: VisitEvent, codec: Codec): Promise<EventMetadata> {
  const { metadata = {} } = event;
  const fields = Object.entries(metadata);
  const personal = Object.fromEntries(fields.filter(([name]) => personalFields.has(name)));
  if (codec.encodeMetadata === undefined || Object.keys(personal).length === 0) return metadata;
  const encoded: unknown = JSON.parse(JSON.stringify(await codec.encodeMetadata(personal, event)) ?? 'null');
  return { ...Object.fromEntries(fields.filter(([name]) => !personalFields.has(name))), personal: encoded };
}

/** Decodes the personal metadata of a stored event. The other fields stay as they are stored, whatever the codec returns. */
export async function decodePersonal<M extends object>(
  metadata: M & { readonly personal?: unknown },
  stored: CodedEvent,
  codec: Codec,
): Promise<M> {
  if (codec.decodeMetadata === undefined || metadata.personal === undefined) return metadata;
  const { personal, ...others } = metadata;
  const fields = Object.entries(asRecord(await codec.decodeMetadata(personal, stored)));
  return { ...others, ...Object.fromEntries(fields.filter(([name]) => personalFields.has(name))) } as M;
}
