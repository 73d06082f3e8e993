import type { Content } from '../chain/entries.ts';
import { sealNew } from '../chain/seal.ts';
import type { EventMetadata, VisitEvent } from '../messages/index.ts';
import { isEventIdReused, isStoreError, isVersionConflict } from '../stores/errors.ts';
import {
  type EventShape,
  type ExpectedStreamVersion,
  type RowChange,
  STREAM_DOES_NOT_EXIST,
} from '../stores/event-store.ts';
import { jsonable } from '../util/digits.ts';
import { runtime } from '../util/runtime.ts';
import type { VisitState } from '../visit/index.ts';
import type { Context } from './context.ts';
import { rowChange } from './projections/projection.ts';
import { type Codec, encodePersonal } from './shared/codec.ts';
import type { PersonalTexts, PrivacyOfService } from './shared/privacy.ts';
import { type VisitStream, wholeLog } from './shared/stream.ts';
import { integrityInSlices } from './shared/verification.ts';

/** The outcome of an append; `in-doubt` if it is unknown whether it was written. */
export type AppendOutcome =
  | Readonly<{ kind: 'stored'; events: readonly VisitEvent[] }>
  | Readonly<{ kind: 'conflict' | 'in-doubt' | 'failed'; cause: unknown }>;

/** Appends to the stream as it was read, with the rows that the projections derive from the new state. */
export async function append(
  context: Context,
  stream: VisitStream,
  events: readonly VisitEvent[],
  state: VisitState,
  texts: readonly PersonalTexts[] = [],
): Promise<AppendOutcome> {
  const { streamName, version, lastId } = stream;
  const startedAt = runtime.monotonicMs();
  const prepared = await prepare(context, stream, events, state, texts).catch((cause: unknown) => ({ cause }));
  if ('cause' in prepared) return { kind: 'failed', cause: prepared.cause };
  const { shapes, stored, rows } = prepared;
  const expectedStreamVersion: ExpectedStreamVersion = version === 0n ? STREAM_DOES_NOT_EXIST : version;
  const expected = { expectedStreamVersion, ...(lastId === undefined ? {} : { expectedLastEventId: lastId }) };
  try {
    const answer = await context.store.appendToStream(streamName, shapes, { ...expected, rows });
    // A process that handled the same commands wrote these events first; read again, they are recognised as repeats.
    if (answer.repeated) return { kind: 'conflict', cause: undefined };
  } catch (cause) {
    if (isVersionConflict(cause) || isEventIdReused(cause)) return { kind: 'conflict', cause };
    const isUnwritten = isStoreError(cause) && cause.kind !== 'io';
    return { kind: isUnwritten ? 'failed' : 'in-doubt', cause };
  }
  const durationMs = runtime.monotonicMs() - startedAt;
  context.observe({ name: 'auxilio.append', streamName, events: events.length, durationMs });
  const commit = { streamName, events: stored, state, version: version + BigInt(events.length) };
  await notifyCommit(context, jsonable(commit));
  return { kind: 'stored', events: stored };
}

type Seal = Pick<EventMetadata, 'previousHash' | 'hash'>;

type Prepared = Readonly<{ shapes: EventShape[]; stored: VisitEvent[]; rows: RowChange[] }>;

/** Prepares the append: the events encoded, or with their texts encrypted, then sealed, and the rows. */
async function prepare(
  { store, codec, privacy, sealed, projections }: Context,
  stream: VisitStream,
  given: readonly VisitEvent[],
  state: VisitState,
  texts: readonly PersonalTexts[],
): Promise<Prepared> {
  const { streamName, lastHash } = stream;
  const events = privacy === undefined ? given : await sealTexts(privacy, given, streamName, texts);
  const contents = codec === undefined ? (events as Content[]) : await encodeAll(codec, events);
  const shapes = sealed ? sealNew(contents, lastHash) : contents;
  const stored = codec === undefined ? (shapes as VisitEvent[]) : addSeals(events, shapes);
  if (projections.length === 0) return { shapes, stored, rows: [] };
  const integrity = await integrityInSlices([...stream.stored, ...shapes]);
  const visit = { streamName, state, events: [...wholeLog(stream), ...stored], integrity };
  const rows = await Promise.all(projections.map((projection) => rowChange(store, projection, visit)));
  return { shapes, stored, rows };
}

/** The events before they were encoded, with the seals of their encoded form. */
const addSeals = (events: readonly VisitEvent[], shapes: readonly EventShape[]): VisitEvent[] =>
  events.map(({ type, data, metadata }, index) => {
    const { previousHash, hash } = (shapes[index]?.metadata ?? {}) as Seal;
    const seal = { ...(previousHash !== undefined && { previousHash }), ...(hash !== undefined && { hash }) };
    return { type, data, metadata: { ...metadata, ...seal } } as VisitEvent;
  });

/** Adds the encrypted texts of events, for their places in the stream. */
function sealTexts(
  privacy: PrivacyOfService,
  events: readonly VisitEvent[],
  streamName: string,
  texts: readonly PersonalTexts[],
): Promise<VisitEvent[]> {
  return Promise.all(
    events.map(async (event) => {
      const sealed = await privacy.sealTexts(event, streamName, texts);
      return sealed === undefined ? event : { ...event, metadata: { ...event.metadata, sealed } };
    }),
  );
}

/** Encodes the data of events and what is personal in their metadata; the result is always plain JSON. */
function encodeAll(codec: Codec, events: readonly VisitEvent[]): Promise<Content[]> {
  return Promise.all(
    events.map(async (event) => {
      const data: unknown = JSON.parse(JSON.stringify(await codec.encode(event)) ?? 'null');
      if (typeof data !== 'object' || data === null) throw new TypeError('A codec encodes data as an object');
      return { ...event, data, metadata: await encodePersonal(event, codec) } as Content;
    }),
  );
}

/** Calls and awaits the host's `onCommit`; its errors are reported to `observe`. */
async function notifyCommit({ onCommit, observe }: Context, commit: Parameters<Context['onCommit']>[0]): Promise<void> {
  try {
    await onCommit(commit);
  } catch (error) {
    observe({ name: 'auxilio.hook-failed', streamName: commit.streamName, error, durationMs: 0 });
  }
}
