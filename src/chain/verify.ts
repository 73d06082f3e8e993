import type { ChainFault } from '../messages/index.ts';
import { isObject } from '../util/json.ts';
import { type ChainHead, checkEntries, isSha256, type Link, readLink } from './entries.ts';
import { type Faults, findFaults } from './faults.ts';

/** The result of {@link verifyChain}. `audit` and `dossier` take it as their `chain`. @since 0.4.0 */
export type ChainReport = {
  /** True if there are no faults. */
  readonly intact: boolean;
  /** The head of the log; null if there are no events, or the last one is changed or not sealed. */
  readonly head: ChainHead | null;
  /**
   * The place of the first event of the chain, from 0: those before it, an unsealed beginning, have no seal and pass. 0 where
   * the log is sealed from its first event on, or nowhere.
   *
   * @since 0.5.0
   */
  readonly sealedFrom: number;
  /** By their places in the log, from 0, in order, at most one a place. */
  readonly faults: readonly { readonly index: number; readonly fault: ChainFault }[];
};

/**
 * Verifies a sealed log of one stream, from its beginning: parsed JSON, in the order in which it was stored, as it was
 * sealed, as a store reads it, or as it was exported. With a `head`, also verifies that the log still contains the
 * head's last event; it may have grown since.
 *
 * A log that was sealed later than it began has an unsealed beginning: events without a seal before the first that has
 * one, which names no predecessor. Such a beginning passes, and `sealedFrom` is the index of its end: the chain proves
 * nothing about it. A log in which no event has a seal is `unsealed`, event by event. A head counts the beginning, too:
 * `inserted` and `dropped` are then found by number, at the first events and at the first sealed one.
 *
 * The place of a fault:
 * - an event that was changed, or lost its hash: at its own position, `changed` or `unsealed`. It proves nothing about
 *   its neighbours: a gap right after it cannot be distinguished from it
 * - missing events: at the event that names them, in their position, `dropped`; at the end only with a head, `cut`, at
 *   the position after the last
 * - two events that changed places: at both, `swapped`; one that was moved: at it, and at the first of those that it
 *   passed
 * - an event too many: at its own place, `inserted`. Of two that follow one predecessor, the chain goes on with the one
 *   that
 *   leads to the head, else with the one that more events follow, else with the earlier. Of equal ones the one that follows
 *   its predecessor is kept, else the earlier. Before the first of a chain without its beginning, and after the last, an
 * event that is not sealed is only that;
 *   after the last, one of another log is `dropped`, as after a gap
 * - an event that was replaced and sealed again: at the one after it, `dropped`. A whole end that was sealed again
 *   fits; a head
 *   tells, `changed`, at the event that it counts last
 *
 * An event put at the end, well sealed, is a log that goes on: hashes have no secret. Only a head that was kept where
 * the log could not be written shows what happened to the end.
 *
 * Synchronous: takes some 5 µs an event. Never throws, whatever the entries are: one that is no event is `unsealed`; what
 * cannot be iterated is a `TypeError`. A head that is invalid is `cut`.
 *
 * @since 0.4.0
 */
export function verifyChain(events: Iterable<unknown>, head?: ChainHead | null): ChainReport {
  return verifyLinks(Array.from(checkEntries(events), readLink), head);
}

/** {@link verifyChain} for entries that were read one by one. */
export function verifyLinks(links: readonly Link[], head?: ChainHead | null): ChainReport {
  const known = head === undefined || head === null ? undefined : parseHead(head);
  const sealedFrom = countUnsealed(links);
  const chain = sealedFrom === 0 ? links : links.slice(sealedFrom);
  const broken: Faults = isWhole(chain) ? new Map() : findFaults(chain, known?.hash);
  const found: Faults = new Map(Array.from(broken, ([index, fault]) => [index + sealedFrom, fault]));
  if (known !== undefined) checkHead(links, sealedFrom, known, found);
  const faults = Array.from(found, ([index, fault]) => ({ index, fault })).sort((one, two) => one.index - two.index);
  return { intact: faults.length === 0, head: findHead(links), sealedFrom, faults };
}

/** The number of unsealed entries before a chain that names no predecessor. */
function countUnsealed(links: readonly Link[]): number {
  const first = links.findIndex(({ isSealed }) => isSealed);
  return links[first]?.previous === undefined ? Math.max(first, 0) : 0;
}

/**
 * The head of a sealed log, to be signed and kept elsewhere; null when there are no events.
 *
 * @throws Error when the log is not intact: its head would vouch for what is broken
 * @since 0.4.0
 */
export function exportHead(events: Iterable<unknown>): ChainHead | null {
  const { head, faults } = verifyChain(events);
  const [first] = faults;
  if (first !== undefined) {
    const help = first.fault === 'unsealed' ? '; seal the log first' : '';
    throw new Error(`A broken chain has no head to export: ${first.fault} at ${first.index}${help}`);
  }
  return head;
}

/** True if each entry is sound and follows the one before it. */
function isWhole(links: readonly Link[]): boolean {
  return links.every(({ hash, previous }, index) => hash !== undefined && previous === links[index - 1]?.hash);
}

function findHead(links: readonly Link[]): ChainHead | null {
  const hash = links.at(-1)?.hash;
  return hash === undefined ? null : { count: links.length, hash };
}

/** A head as it was given. An invalid one counts more events than any log has. */
function parseHead(head: unknown): ChainHead {
  const { count, hash } = (isObject(head) ? head : {}) as Partial<ChainHead>;
  const isHead = Number.isSafeInteger(count) && Number(count) > 0 && isSha256(hash);
  return isHead ? { count: Number(count), hash } : { count: Number.POSITIVE_INFINITY, hash: '' };
}

/** True if the event that the head counts last is here, and at its place. */
function checkHead(links: readonly Link[], sealedFrom: number, { count, hash }: ChainHead, found: Faults): void {
  const place = links.findIndex((link) => link.hash === hash || link.aliases.includes(hash));
  // A shifted position is explained by missing or additional entries before it.
  if (place >= 0 && (place === count - 1 || found.size > 0)) return;
  // The head counts the events of an unsealed beginning, too.
  if (place >= 0 && sealedFrom > 0) {
    const surplus = Math.min(place - count + 1, sealedFrom);
    if (surplus < 0) found.set(sealedFrom, 'dropped');
    for (let index = 0; index < surplus; index += 1) found.set(index, 'inserted');
    return;
  }
  if (count > links.length) found.set(links.length, 'cut');
  else if (!found.has(count - 1)) found.set(count - 1, 'changed');
}
