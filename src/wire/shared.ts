import * as z from 'zod/mini';
import { type KeptMetadata, keptFields } from '../messages/kept-metadata.ts';
import { isObject } from '../util/json.ts';
import { roles, schemaVersion } from '../visit/known.ts';
import { withMessages } from './messages.ts';
import { lazy } from './reader.ts';
import {
  between,
  fieldMetadata,
  flag,
  id,
  instant,
  label,
  list,
  name,
  oneOf,
  optional,
  quantity,
  record,
  sha256,
  signature,
  text,
} from './text.ts';

const title = lazy(() => oneOf(['don', 'doña']));

export const actor = lazy(() => record({ role: oneOf(roles), id: id() }).register(fieldMetadata, { id: 'Actor' }));

export const client = lazy(() =>
  record({ name: name(), title: optional(title()) }).register(fieldMetadata, { id: 'Client' }),
);

export const provider = lazy(() =>
  record({ id: id(), name: name(), title: optional(title()) }).register(fieldMetadata, { id: 'Provider' }),
);

export const contact = lazy(() =>
  record({ at: instant(), reference: optional(label()), operatorId: optional(id()) }).register(fieldMetadata, {
    id: 'Contact',
  }),
);

export const position = lazy(() =>
  record({
    latitude: between(-90, 90),
    longitude: between(-180, 180),
    accuracyMeters: optional(between(0, 40_000_000)),
  }).register(fieldMetadata, { id: 'Position', personal: true }),
);

export const photo = lazy(() =>
  record({
    photoId: id(),
    sha256: sha256(),
    takenAt: instant(),
    mediaType: optional(label()),
    shot: optional(label()),
  }).register(fieldMetadata, { id: 'Photo', personal: true }),
);

export const material = lazy(() =>
  record({
    item: label(),
    quantity: quantity(),
    unit: optional(label()),
    kind: optional(label()),
    quality: optional(label()),
  }).register(fieldMetadata, { id: 'Material' }),
);

export const suppliedItem = lazy(() =>
  record({ item: label(), quantity: quantity(), unit: optional(label()) }).register(fieldMetadata, {
    id: 'SuppliedItem',
  }),
);

export const mismatch = lazy(() =>
  record({ item: label(), reasons: optional(list(label())), note: optional(text()) }).register(fieldMetadata, {
    id: 'Mismatch',
  }),
);

export const test = lazy(() => record({ name: label(), passed: flag() }).register(fieldMetadata, { id: 'Test' }));

export const representative = lazy(() => record({ name: name() }).register(fieldMetadata, { id: 'Representative' }));

const despite = lazy(() => record({ by: name(), reason: text() }).register(fieldMetadata, { id: 'Despite' }));

/** The fields that an event of a device may have. Other events are read by a schema without them, since each costs a look-up. */
export const ofDevice = () =>
  ({
    despite: optional(despite()),
    device: optional(label()).register(fieldMetadata, { personal: true }),
    enteredAt: optional(instant()).register(fieldMetadata, { personal: true }),
    signature: optional(signature()),
  }) satisfies { readonly [Field in keyof Required<KeptMetadata>]: z.ZodMiniType };

export const commandMetadata = lazy(() =>
  record({
    actor: actor(),
    commandId: optional(id()),
    ...ofDevice(),
  }).register(fieldMetadata, { id: 'CommandMetadata' }),
);

const ofEvents = <More extends z.core.$ZodShape>(more: More) => ({
  schemaVersion: optional(
    z.int(withMessages).check(z.minimum(1, withMessages), z.maximum(schemaVersion, withMessages)),
  ),
  eventId: optional(id()),
  commandId: optional(id()),
  ...more,
  commandHash: optional(sha256()),
  recordedAt: optional(instant()),
  previousHash: optional(sha256()),
  hash: optional(sha256()),
});

/** Hosts add keys of their own: JSON values, kept as they are. */
export const eventMetadata = lazy(() =>
  z.looseObject(ofEvents(ofDevice()), withMessages).register(fieldMetadata, { id: 'EventMetadata' }),
);

/** The metadata of an event without additional keys, nor those of a device. */
export const ownMetadata = lazy(() => record(ofEvents({})));

/** The metadata of an event without additional keys. */
export const deviceMetadata = lazy(() => record(ofEvents(ofDevice())));

/** True for metadata that have a field of a device. */
export const isOfDevice = (metadata: unknown): boolean =>
  isObject(metadata) && keptFields.some((field) => field in metadata);
