import type { DoorCheck } from '../chain/verify-acts.ts';
import type { Actor, VisitEvent } from '../messages/index.ts';
import type { PersonalTexts } from '../service/shared/privacy.ts';
import { deepEqual } from '../util/equality.ts';
import { asRecord, isObject } from '../util/json.ts';
import { runtime } from '../util/runtime.ts';
import { findRecorder } from '../visit/reconstruct-command.ts';
import type { SealedField } from './decision.ts';
import { sealEnvelope } from './envelope.ts';
import type { SubjectSecret } from './keyring.ts';
import { deriveKey, hashToken, joinSecrets, textToken } from './token.ts';
import { eventTypeOf, mapData, mapMetadata, type Place } from './walk.ts';

/** The personal values of some subjects: texts and hashes, found again by their tokens, and values that are left out, by their paths. */
type Values = { readonly texts: string[]; readonly hashes: string[]; readonly others: Record<string, unknown> };

/**
 * The value of `metadata.sealed`: for each group of subjects, its envelope in parts that the parser accepts, and for each signature what
 * its check at the door found, by its path.
 */
type SealedTexts = Readonly<{
  v: 1;
  of: Readonly<Record<string, readonly string[]>>;
  signed?: Readonly<Record<string, DoorCheck>>;
}>;

/** A group of subjects that have a text in common, with their lives: `client`, `client provider/prov-14~2`. */
export type Group = Readonly<{ name: string; secret: Uint8Array; tokenKey: Uint8Array; isErased: boolean }>;

/**
 * The groups of a visit, from the secrets of its subjects; those of an erased subject have a key that is thrown away. Undefined where a
 * walk only asks whose texts there are.
 */
export type Groups = (subjects: readonly string[]) => Group | undefined;

type Taken = Readonly<{ group: Group; kind: SealedField['stored']; value: unknown }>;

/** A message from which texts were taken, as it is with tokens, and the values that it no longer has, by their paths. */
type Origin = Readonly<{
  commandId: string | undefined;
  type: string;
  data: object;
  recorder: Actor;
  leftOut: readonly (Taken & Readonly<{ path: string }>)[];
  /** The check of its signature, where it has one. */
  signed: DoorCheck | undefined;
}>;

export type TakenTexts = PersonalTexts & Readonly<{ byToken: Map<string, Taken>; origins: Origin[] }>;

export const noTexts = (visitId: string): TakenTexts => ({ visitId, byToken: new Map(), origins: [] });

/** The texts that were taken, by their tokens. */
export const readTexts = ({ byToken }: TakenTexts): ReadonlyMap<string, string> =>
  new Map([...byToken].map(([token, { value }]) => [token, String(value)]));

/** A key that nothing is opened with: of a subject that was erased. */
export const throwAwayKey = (): Uint8Array => runtime.freshBytes(32);

const LIFE = '~';

/** Makes the groups of a visit from its secrets, each once. */
export function createGroups(
  secretOf: (subject: string) => SubjectSecret | undefined,
  throwAway: () => Uint8Array,
): Groups {
  const groups = new Map<string, Group>();
  return (subjects) => {
    const key = subjects.join(' ');
    const known = groups.get(key);
    if (known !== undefined) return known;
    const found = subjects.map((subject) => secretOf(subject) ?? { life: 1, secret: null });
    const secrets = found.flatMap(({ secret }) => secret ?? []);
    const isErased = secrets.length < subjects.length;
    const name = subjects.map((subject, nth) => nameLife(subject, found[nth]?.life ?? 1)).join(' ');
    const group = { name, ...(isErased ? deriveKeys([throwAway()]) : keysOf(secrets, name)), isErased };
    groups.set(key, group);
    return group;
  };
}

type GroupKeys = Pick<Group, 'secret' | 'tokenKey'>;

function deriveKeys(secrets: readonly Uint8Array[]): GroupKeys {
  const secret = joinSecrets(secrets);
  return { secret, tokenKey: deriveKey(secret, 'auxilio/token/1') };
}

/** The keys of groups that were derived, by their first secret and their names, for as long as that secret is kept. */
const derived = new WeakMap<Uint8Array, Map<string, GroupKeys>>();

/** The keys of a group, derived once: its first secret is of one visit, where its name stands for the others. */
function keysOf(secrets: readonly Uint8Array[], name: string): GroupKeys {
  const [first] = secrets as [Uint8Array];
  const byName = derived.get(first) ?? new Map<string, GroupKeys>();
  const keys = byName.get(name) ?? deriveKeys(secrets);
  derived.set(first, byName.set(name, keys));
  return keys;
}

const nameLife = (subject: string, life: number) => (life === 1 ? subject : `${subject}${LIFE}${life}`);

/** The subjects of a group, and the life of each. */
export const parseGroup = (name: string): readonly Readonly<{ subject: string; life: number }>[] =>
  name.split(' ').map((one) => {
    const [subject = '', life = '1'] = one.split(LIFE);
    return { subject, life: Number(life) };
  });

/** A message, with the metadata that it brings, and the person who records it. */
type Brought<Message, Metadata> = Readonly<{
  message: Message;
  metadata: Metadata & Readonly<{ commandId?: string }>;
  /** The person who recorded its act. */
  by: Actor;
  /** The person who sends it. */
  recorder: Actor;
  signed?: DoorCheck | undefined;
}>;

/** Replaces the personal values of a message, of its metadata and its recorder by tokens, and takes them. */
export function tokenize<Message extends Readonly<{ type: string; data: object }>, Metadata extends object>(
  { message, metadata, by, recorder, signed }: Brought<Message, Metadata>,
  allowed: readonly string[],
  groups: Groups,
  into: TakenTexts,
): Readonly<{ message: Message; metadata: Metadata & Readonly<{ recorder: Actor }> }> {
  const leftOut: (Taken & { path: string })[] = [];
  const replace = take(allowed, groups, into.byToken, leftOut);
  const data = mapData(message, { recorder: by, replace });
  const mapped = mapMetadata({ ...metadata, recorder }, { recorder, replace }) as Metadata & { recorder: Actor };
  const { commandId } = metadata;
  into.origins.push({ commandId, type: eventTypeOf(message.type), data, recorder: mapped.recorder, leftOut, signed });
  return { message: { ...message, data }, metadata: mapped };
}

const take =
  (allowed: readonly string[], groups: Groups, byToken: Map<string, Taken>, leftOut: (Taken & { path: string })[]) =>
  (value: unknown, { stored, words = [] }: SealedField, { path, subjects }: Place): unknown => {
    if (typeof value === 'string') {
      if (words.includes(value) || (words.includes('policy') && allowed.includes(value))) return value;
    }
    const group = groups(subjects);
    if (group === undefined) return value;
    const taken = { group, kind: stored, value };
    if (stored === 'nothing' || typeof value !== 'string') {
      leftOut.push({ ...taken, path });
      return undefined;
    }
    const token = stored === 'hash-token' ? hashToken(group.tokenKey, value) : textToken(group.tokenKey, value);
    byToken.set(token, taken);
    return token;
  };

/** The longest text that the parser takes; an envelope is stored in parts of it. */
const PART = 8192;

/** Encrypts what an event has tokens of, or left out, for its place; undefined if that is nothing. */
export async function sealTexts(
  event: VisitEvent,
  streamName: string,
  texts: readonly TakenTexts[],
): Promise<SealedTexts | undefined> {
  const { values, signed } = collectValues(event, texts);
  const eventId = event.metadata?.eventId ?? '';
  const sealed = await Promise.all(
    [...values].map(async ([{ name, secret, isErased }, { texts: t, hashes: h, others: o }]) => {
      // The texts of an erased subject are gone; an event without parts tells that it had some.
      if (isErased) return [name, []] as const;
      const envelope = await sealEnvelope(
        secret,
        { streamName, eventId, subjects: name },
        {
          ...(t.length > 0 && { t }),
          ...(h.length > 0 && { h }),
          ...(Object.keys(o).length > 0 && { o }),
        },
      );
      const parts = Array.from({ length: Math.ceil(envelope.length / PART) }, (_, nth) =>
        envelope.slice(nth * PART, (nth + 1) * PART),
      );
      return [name, parts] as const;
    }),
  );
  if (sealed.length === 0) return undefined;
  return { v: 1, of: Object.fromEntries(sealed), ...(Object.keys(signed).length > 0 && { signed }) };
}

function collectValues(event: VisitEvent, texts: readonly TakenTexts[]) {
  const values = new Map<Group, Values>();
  const signed: Record<string, DoorCheck> = {};
  const valuesOf = (group: Group): Values => {
    const known = values.get(group) ?? { texts: [], hashes: [], others: {} };
    values.set(group, known);
    return known;
  };
  for (const token of new Set(listTexts(event))) {
    for (const { byToken } of texts) {
      const taken = byToken.get(token);
      if (taken === undefined) continue;
      const { texts: t, hashes } = valuesOf(taken.group);
      (taken.kind === 'hash-token' ? hashes : t).push(String(taken.value));
      break;
    }
  }
  const origins = texts.flatMap((one) => one.origins);
  for (const { prefix, ...act } of listActs(event)) {
    // A report has the metadata of an act beside its data.
    const placeOf = (path: string) => (prefix === '' ? path : `${prefix}${path.replace(/^\/metadata/, '')}`);
    const origin = findOrigin(act, origins);
    for (const { path, value, group } of origin?.leftOut ?? []) valuesOf(group).others[placeOf(path)] = value;
    if (origin?.signed !== undefined) signed[placeOf('/metadata/signature')] = origin.signed;
  }
  return { values, signed };
}

/** All texts of the data and the persons of an event. */
function* listTexts({ data, metadata }: VisitEvent): Generator<string> {
  yield* textsIn(data);
  yield* textsIn(metadata?.recorder);
}

export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isObject(value)) for (const inner of Object.values(value)) yield* textsIn(inner);
}

type Act = Pick<Origin, 'commandId' | 'type'> & Readonly<{ data: VisitEvent['data'] }>;

/** The acts of which an event tells: its own, and those of a report, with the paths of these. */
function listActs({ type, data, metadata }: VisitEvent): (Act & { prefix: string })[] {
  const own = { prefix: '', commandId: metadata?.commandId, type, data };
  if (type !== 'DiscrepancyReported') return [own];
  return [
    own,
    ...data.acts.map((act, index) => ({ ...act, prefix: `/data/acts/${index}` }) as Act & { prefix: string }),
  ];
}

/** Finds the message from which an act came: by its id, and as an id may be used twice, by its content. */
const findOrigin = ({ commandId, type, data }: Act, origins: readonly Origin[]): Origin | undefined =>
  origins
    .filter((one) => one.commandId === commandId && one.type === type)
    .find(
      (one, _, { length }) =>
        length === 1 ||
        (deepEqual(one.recorder, findRecorder(data)) &&
          Object.entries(one.data).every(([field, value]) =>
            deepEqual(value, (data as Record<string, unknown>)[field]),
          )),
    );

/** The groups whose texts an event has sealed; none for an event without any. */
export function sealedGroups({ metadata }: VisitEvent): readonly string[] {
  const { of } = asRecord(metadata?.sealed);
  return Object.keys(asRecord(of));
}
