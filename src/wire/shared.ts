import * as z from 'zod/mini';
import { once } from './once.ts';
import { between, fieldMetadata, id, instant, label, list, name, optional, quantity, sha256, text } from './text.ts';

/** The schema version that this library writes, and the newest that it reads. @since 0.1.0 */
export const SCHEMA_VERSION = 1;

const title = once(() => z.enum(['don', 'doña']));

export const actor = once(() =>
  z
    .strictObject({ role: z.enum(['provider', 'contact-center', 'client']), id: id() })
    .register(fieldMetadata, { id: 'Actor' }),
);

export const client = once(() =>
  z.strictObject({ name: name(), title: optional(title()) }).register(fieldMetadata, { id: 'Client' }),
);

export const provider = once(() =>
  z.strictObject({ id: id(), name: name(), title: optional(title()) }).register(fieldMetadata, { id: 'Provider' }),
);

export const contact = once(() =>
  z
    .strictObject({ at: instant(), reference: optional(label()), operatorId: optional(id()) })
    .register(fieldMetadata, { id: 'Contact' }),
);

export const position = once(() =>
  z
    .strictObject({
      latitude: between(-90, 90),
      longitude: between(-180, 180),
      accuracyMeters: optional(between(0, 40_000_000)),
    })
    .register(fieldMetadata, { id: 'Position', personal: true }),
);

export const photo = once(() =>
  z
    .strictObject({
      photoId: id(),
      sha256: sha256(),
      takenAt: instant(),
      mediaType: optional(label()),
      shot: optional(label()),
    })
    .register(fieldMetadata, { id: 'Photo', personal: true }),
);

export const material = once(() =>
  z
    .strictObject({
      item: label(),
      quantity: quantity(),
      unit: optional(label()),
      kind: optional(label()),
      quality: optional(label()),
    })
    .register(fieldMetadata, { id: 'Material' }),
);

export const suppliedItem = once(() =>
  z
    .strictObject({ item: label(), quantity: quantity(), unit: optional(label()) })
    .register(fieldMetadata, { id: 'SuppliedItem' }),
);

export const mismatch = once(() =>
  z
    .strictObject({ item: label(), reasons: optional(list(label())), note: optional(text()) })
    .register(fieldMetadata, { id: 'Mismatch' }),
);

export const commandMetadata = once(() =>
  z.strictObject({ actor: actor(), commandId: optional(id()) }).register(fieldMetadata, { id: 'CommandMetadata' }),
);

const ofEvents = () => ({
  schemaVersion: optional(z.int().check(z.minimum(1), z.maximum(SCHEMA_VERSION))),
  eventId: optional(id()),
  commandId: optional(id()),
  commandHash: optional(sha256()),
  recordedAt: optional(instant()),
  previousHash: optional(sha256()),
  hash: optional(sha256()),
});

/** Hosts add keys of their own: JSON values, kept as they are. */
export const eventMetadata = once(() => z.looseObject(ofEvents()).register(fieldMetadata, { id: 'EventMetadata' }));

/** Those of an event to which no host added any. */
export const ownMetadata = once(() => z.strictObject(ofEvents()));
