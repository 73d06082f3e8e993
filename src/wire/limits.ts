// Each limit is a literal: a bundler keeps a product such as `64 * 1024` even where nothing uses it.

/**
 * The limits of a message. Text is limited in bytes of UTF-8 before it is parsed; a value in nodes and characters
 * while it is copied, and in bytes once it is normalised. Strings are measured after NFC, but for `characters`.
 *
 * @since 0.1.0
 */
export const LIMITS = {
  /** Bytes of a command as JSON text; characters of all strings and keys of a command as a value. */
  commandBytes: 65_536,
  /** Bytes of an event as JSON text; characters of all strings and keys of an event as a value. */
  eventBytes: 131_072,
  /**
   * Bytes and characters, likewise, of a `DiscrepancyReported`, which quotes the acts of a batch with every rule that refused
   * each, and may have a token in the place of each of their texts. @since 0.5.0
   */
  reportBytes: 1_310_720,
  /** Commands of a batch that a service reconciles. @since 0.5.0 */
  batchCommands: 100,
  /** Bytes of all commands of such a batch as JSON text. @since 0.5.0 */
  batchBytes: 65_536,
  /** Events of a visit with which a service reconciles or settles. @since 0.5.0 */
  visitEvents: 10_000,
  /** Containers within each other, the message itself included. */
  depth: 16,
  /** Values of any kind in one message. */
  nodes: 4096,
  /** Values of any kind in a `DiscrepancyReported`. @since 0.5.0 */
  reportNodes: 65_536,
  /** Items of an array. */
  items: 100,
  /** Keys of an object. */
  keys: 64,
  /** UTF-16 units of a string as it comes in, a key included. */
  characters: 8192,
  /** Characters of the signature of an act. @since 0.10.0 */
  signature: 1024,
  /** Characters of a name. */
  name: 200,
  /** Characters of a label: an item, a unit, a shot, a reference. */
  label: 200,
  /** Characters of a free text. */
  text: 2000,
  /** The most of one material. */
  quantity: 1_000_000,
  /** Issues reported of one message; one more says that there were others. */
  issues: 20,
} as const;

/** True if `text` takes more than `max` bytes of UTF-8, without encoding it. */
export function exceedsBytes(text: string, max: number): boolean {
  if (text.length > max) return true;
  if (text.length * 3 <= max) return false;
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    bytes += countBytes(text, index);
  }
  return bytes > max;
}

/** A surrogate counts 2, its half of a pair of 4 bytes; a lone one would take 3, and is refused later on. */
function countBytes(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
