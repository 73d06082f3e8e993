import type { CommandMetadata } from './base.ts';

/**
 * The metadata of a command that are kept, on its event or in the report of its act: personal, and never judged (PROTOCOL §2).
 * A codec may encode them.
 */
export type KeptMetadata = Omit<CommandMetadata, 'actor' | 'commandId'>;

const fields: { readonly [Field in keyof Required<KeptMetadata>]: 0 } = {
  despite: 0,
  device: 0,
  enteredAt: 0,
  signature: 0,
};

/** The fields of {@link KeptMetadata}, in the order in which they are stored. */
export const keptFields = /* @__PURE__ */ Object.keys(fields) as readonly (keyof KeptMetadata)[];

/** Picks the metadata that are kept from those of a command, in their order. */
export function keptMetadata(metadata: KeptMetadata): KeptMetadata {
  const kept: Record<string, unknown> = {};
  for (const field of keptFields) if (metadata[field] !== undefined) kept[field] = metadata[field];
  return kept;
}
