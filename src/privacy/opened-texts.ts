import type { VisitEvent } from '../messages/index.ts';
import { asRecord, isObject } from '../util/json.ts';
import { type EnvelopeFault, openEnvelope } from './envelope.ts';
import type { Group } from './sealed-texts.ts';
import { hashToken, textToken } from './token.ts';

/** The contents of an event's envelopes: the texts by their tokens, and the values that were left out. */
export type OpenedTexts = Readonly<{
  byToken: ReadonlyMap<string, string>;
  others: Readonly<Record<string, unknown>>;
  faults: readonly Readonly<{ subjects: string; fault: EnvelopeFault | 'erased' }>[];
}>;

/** Decrypts the envelopes of an event. */
export async function openTexts(
  event: VisitEvent,
  streamName: string,
  groupOf: (name: string) => Group | undefined,
): Promise<OpenedTexts> {
  const byToken = new Map<string, string>();
  const others: Record<string, unknown> = {};
  const faults: { subjects: string; fault: EnvelopeFault | 'erased' }[] = [];
  const { v, of } = asRecord(event.metadata?.sealed);
  for (const [name, parts] of Object.entries(asRecord(of))) {
    const group = groupOf(name);
    if (v !== 1) {
      faults.push({ subjects: name, fault: 'unknown-version' });
      continue;
    }
    if (group === undefined) {
      faults.push({ subjects: name, fault: 'erased' });
      continue;
    }
    const place = { streamName, eventId: event.metadata?.eventId ?? '', subjects: name };
    const envelope = Array.isArray(parts) ? parts.join('') : '';
    const opened = await openEnvelope(group.secret, place, envelope);
    if (!opened.ok) {
      faults.push({ subjects: name, fault: opened.fault });
      continue;
    }
    const { t = [], h = [], o = {} } = asRecord(opened.value) as { t?: string[]; h?: string[]; o?: object };
    for (const text of t) byToken.set(textToken(group.tokenKey, text), text);
    for (const hash of h) byToken.set(hashToken(group.tokenKey, hash), hash);
    Object.assign(others, o);
  }
  return { byToken, others, faults };
}

/** Puts texts in the place of their tokens, wherever they are in a value of JSON. */
export function replaceTokens<Value>(value: Value, byToken: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return (byToken.get(value) ?? value) as Value;
  if (Array.isArray(value)) return value.map((inner) => replaceTokens(inner, byToken)) as Value;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, replaceTokens(inner, byToken)] as const);
  return Object.fromEntries(entries) as Value;
}

/** The event as it was before its texts were taken out, as far as they could be opened. What could not is still in `sealed`. */
export function restoreEvent(
  event: VisitEvent,
  { byToken, others, faults }: Pick<OpenedTexts, 'byToken' | 'others' | 'faults'>,
): VisitEvent {
  const { sealed, ...whole } = event.metadata ?? {};
  const metadata = faults.length === 0 ? whole : { ...whole, sealed };
  const opened: Record<string, unknown> = structuredClone(
    replaceTokens({ type: event.type, data: event.data, metadata }, byToken),
  );
  for (const [path, value] of Object.entries(others)) putAt(opened, path.slice(1).split('/'), value);
  return opened as unknown as VisitEvent;
}

/** Puts a value where an object has none: what was left out never replaces what an event says. */
function putAt(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    if (Object.hasOwn(object, key)) return;
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else if (Object.hasOwn(object, key) && isObject(object[key]))
    putAt(object[key] as Record<string, unknown>, rest, value);
}
