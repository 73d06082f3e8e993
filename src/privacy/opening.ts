import type { Id, VisitEvent } from '../messages/index.ts';
import { createFact, takenActs } from '../reconciling/repeats.ts';
import { stripStoreMetadata } from '../service/shared/stream.ts';
import type { EventStreams } from '../stores/event-store.ts';
import type { EnvelopeFault } from './envelope.ts';
import { type Keyring, keyId, type SubjectSecret } from './keyring.ts';
import { type OpenedTexts, openTexts, replaceTokens, restoreEvent } from './opened-texts.ts';
import { createGroups, type Group, parseGroup, sealedGroups, textsIn, throwAwayKey } from './sealed-texts.ts';
import { isToken } from './token.ts';

/** The texts of some events, opened. @since 0.11.0 */
export type OpenedVisit = Readonly<{
  /** The events with their texts, as they were recorded. A text that was erased stays a token. */
  events: readonly VisitEvent[];
  /** Puts these texts in the place of their tokens in any JSON: a state, a dossier, a row. */
  restore: <Value>(value: Value) => Value;
  /** The envelopes that did not open: those of a subject that was `erased`, and damaged or moved ones. */
  unopened: readonly Readonly<{ index: number; subjects: string; fault: EnvelopeFault | 'erased' }>[];
}>;

type Source = Readonly<{
  keyring: Keyring;
  store: Pick<EventStreams, 'readStream'>;
  streamName: (visitId: Id) => string;
}>;

type NamedGroup = Readonly<{ visitId: string; name: string }>;

/** Reads the keys of all groups of some events at once. */
async function readGroups(keyring: Keyring, events: readonly VisitEvent[]) {
  const named = new Map<string, NamedGroup>();
  for (const event of events) {
    const { visitId } = event.data;
    for (const name of sealedGroups(event)) named.set(keyId(visitId, name), { visitId, name });
  }
  const ids = [...named.values()].flatMap(({ visitId, name }) =>
    parseGroup(name).map(({ subject }) => keyId(visitId, subject)),
  );
  const secrets = ids.length === 0 ? new Map<string, SubjectSecret>() : await keyring.read([...new Set(ids)], false);
  const groups = new Map<string, Group>();
  for (const [key, { visitId, name }] of named) {
    const subjects = parseGroup(name);
    const lives = subjects.map(({ subject }) => secrets.get(keyId(visitId, subject)));
    if (subjects.some(({ life }, nth) => lives[nth]?.life !== life || lives[nth]?.secret === null)) continue;
    const groupsOf = createGroups((subject) => secrets.get(keyId(visitId, subject)), throwAwayKey);
    groups.set(key, groupsOf(subjects.map(({ subject }) => subject)) as Group);
  }
  return { named, groups };
}

/** True if an event has texts of a subject that was erased, or lives again since. */
export async function hasErased(keyring: Keyring, event: VisitEvent): Promise<boolean> {
  const { named, groups } = await readGroups(keyring, [event]);
  return named.size > groups.size;
}

/** Decrypts the envelopes of events, with one read of the keys. */
async function openAll({ keyring, streamName }: Source, events: readonly VisitEvent[]) {
  const { groups } = await readGroups(keyring, events);
  const opened = await Promise.all(
    events.map((event) => {
      const { visitId } = event.data;
      return openTexts(event, streamName(visitId), (name) => groups.get(keyId(visitId, name)));
    }),
  );
  return { opened, byToken: new Map(opened.flatMap((one) => [...one.byToken])) };
}

/** Opens the texts of events. */
export async function openEvents(source: Source, events: readonly VisitEvent[]): Promise<OpenedVisit> {
  const { opened, byToken } = await openAll(source, events);
  const restored = events.map((event, index) => restoreEvent(event, { ...(opened[index] as OpenedTexts), byToken }));
  for (const visitId of new Set(events.map(({ data }) => data.visitId))) restoreTaken(events, restored, visitId);
  return {
    events: restored,
    restore: (value) => replaceTokens(value, byToken),
    unopened: opened.flatMap(({ faults }, index) => faults.map((fault) => ({ index, ...fault }))),
  };
}

/** Opens the texts of rows, from the first event of the visit of each that has a token of it. */
export async function openRows<Row>(source: Source, rows: readonly Row[], visitIdOf: (row: Row) => Id): Promise<Row[]> {
  const wanted = new Map<Id, Set<string>>();
  for (const row of rows) {
    const tokens = [...textsIn(row)].filter(isToken);
    const known = wanted.get(visitIdOf(row)) ?? new Set();
    if (tokens.length > 0) wanted.set(visitIdOf(row), new Set([...known, ...tokens]));
  }
  const found = await Promise.all([...wanted].map(([visitId, tokens]) => findEvents(source, visitId, tokens)));
  const { byToken } = await openAll(source, found.flat());
  return rows.map((row) => replaceTokens(row, byToken));
}

/** Finds the first event of a visit with each of these tokens. */
async function findEvents({ store, streamName }: Source, visitId: Id, tokens: Set<string>): Promise<VisitEvent[]> {
  const { events } = await store.readStream<VisitEvent>(streamName(visitId));
  const left = new Set(tokens);
  return events.map(stripStoreMetadata).filter((event) => {
    if (sealedGroups(event).length === 0) return false;
    const own = [...textsIn(event.data)].filter((text) => left.has(text));
    for (const text of own) left.delete(text);
    return own.length > 0;
  });
}

/** Restores what a settlement took: it is on record without what was left out of it, which the report has. */
function restoreTaken(events: readonly VisitEvent[], restored: VisitEvent[], visitId: Id): void {
  const places = [...events.keys()].filter((at) => events[at]?.data.visitId === visitId);
  const log = places.map((at) => events[at] as VisitEvent);
  for (const { index, act } of takenActs(log)) {
    const report = log.findIndex(({ type, data }) => type === 'DiscrepancyReported' && data.acts.includes(act));
    const [quoted, whole] = [log[report], restored[places[report] as number]];
    const own = restored[places[index] as number];
    if (quoted?.type !== 'DiscrepancyReported' || whole?.type !== 'DiscrepancyReported') continue;
    const reported = whole.data.acts[quoted.data.acts.indexOf(act)];
    if (reported === undefined || own?.data.recordedBy === undefined) continue;
    restored[places[index] as number] = { ...own, data: createFact(reported, own.data.recordedBy).data } as VisitEvent;
  }
}
