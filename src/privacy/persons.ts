import { mustBe } from '../kernel/known.ts';
import type {
  AmendAssignmentData,
  AssignVisitData,
  Id,
  ReassignProviderData,
  VisitCommand,
  VisitEvent,
} from '../messages/index.ts';
import type { EventStreams, RowChange } from '../stores/event-store.ts';
import { actOfCommand } from '../visit/table.ts';
import { type DataSubject, isSubject } from './erasures.ts';
import { changeRows, listRows, personsConsumer, type RowStore } from './fenced-rows.ts';
import { type Keyring, keyId } from './keyring.ts';
import { deriveKey, hashToken } from './token.ts';

/** An act that names persons, with its texts, before it is judged. @since 0.11.0 */
export type NamingAct = Readonly<
  | { type: 'VisitAssigned'; data: AssignVisitData }
  | { type: 'AssignmentAmended'; data: AmendAssignmentData }
  | { type: 'ProviderReassigned'; data: ReassignProviderData }
>;

/** A person by their stable name in the system of the host, and the subject of the visit that they are. @since 0.11.0 */
export type NamedPerson = Readonly<{ subject: string; person: string }>;

/** Names the persons of an act; an empty list where the host knows none. @since 0.11.0 */
export type SubjectsOf = (act: NamingAct) => readonly NamedPerson[] | Promise<readonly NamedPerson[]>;

/** A subject that a person is in a visit. @since 0.11.0 */
export type FoundSubject = DataSubject &
  Readonly<{
    /**
     * The events, by index, from the act that named the person up to the act that named another one, or the end of the log:
     * `[from, to)`.
     */
    spans: readonly (readonly [from: number, to: number])[];
  }>;

/** The persons of visits. @since 0.11.0 */
export type Persons = Readonly<{
  /** Finds the visits of a person whom `subjectsOf` named, without those in which they are erased. */
  visitsOf(person: string): Promise<readonly FoundSubject[]>;
}>;

type Source = Readonly<{
  keyring: Keyring;
  store: RowStore & Pick<EventStreams, 'readStream'>;
  streamName: (visitId: Id) => string;
}>;

/** An index row: the commands that named a person as this subject. One that was refused is in no log. */
type Naming = DataSubject & Readonly<{ person: string; commandIds: readonly string[] }>;

const PERSONS = 'auxilio.persons';
/** The id of the index key. No subject has this name. */
const INDEX_KEY = 'index persons';

/** Reads the index key, or makes it. */
export async function readIndexKey(keyring: Keyring, make: true): Promise<Uint8Array>;
/** Reads the index key; null if it was not made yet. */
export async function readIndexKey(keyring: Keyring, make: boolean): Promise<Uint8Array | null>;
export async function readIndexKey(keyring: Keyring, make: boolean): Promise<Uint8Array | null> {
  return (await keyring.read([INDEX_KEY], make)).get(INDEX_KEY)?.secret ?? null;
}

/** The keyed name of a person, for one purpose: names for two purposes cannot be compared. */
export function personToken(indexKey: Uint8Array, purpose: 'persons' | 'requests', person: string): string {
  mustBe(typeof person === 'string' && person.trim() !== '', 'A person is a text that is not blank', person);
  return hashToken(deriveKey(indexKey, `auxilio/${purpose}/1`), person);
}

/** The index of the persons of visits, in rows of the event store: by person, and by visit and subject. */
export function createPersons({ keyring, store, streamName }: Source) {
  const bySubject = ({ visitId, subject }: DataSubject) => `s ${visitId} ${subject} `;
  const rowsOf = (naming: Naming, isGone = false): RowChange[] => {
    const { visitId, subject, person } = naming;
    const keys = [`p ${person} ${visitId} ${subject}`, `${bySubject(naming)}${person}`];
    return keys.map((key) => ({ projection: PERSONS, key, body: isGone ? null : naming }));
  };

  const isErased = async (subject: DataSubject) => {
    const id = keyId(subject.visitId, subject.subject);
    return (await keyring.read([id], false)).get(id)?.secret === null;
  };

  /** Adds what a command names: before its append, so that no visit on record is missing in the index. */
  async function addNames(visitId: Id, commandId: string, named: readonly NamedPerson[]): Promise<void> {
    const indexKey = await readIndexKey(keyring, true);
    const readMissing = async (): Promise<Naming[]> => {
      const known = await Promise.all(
        named.map(async ({ subject, person: name }): Promise<Naming> => {
          const person = personToken(indexKey, 'persons', name);
          const row = await store.readRow(PERSONS, `${bySubject({ visitId, subject })}${person}`);
          return (row?.body as Naming | undefined) ?? { visitId, subject, person, commandIds: [] };
        }),
      );
      return known.filter(({ commandIds }) => !commandIds.includes(commandId));
    };
    if ((await readMissing()).length === 0) return;
    await changeRows(store, personsConsumer(visitId), async () => {
      const rows: RowChange[] = [];
      for (const naming of await readMissing()) {
        if (await isErased(naming)) continue;
        rows.push(...rowsOf({ ...naming, commandIds: [...naming.commandIds, commandId] }));
      }
      return rows.length === 0 ? undefined : rows;
    });
  }

  async function addPersons(messages: readonly (VisitCommand | VisitEvent)[], subjectsOf: SubjectsOf): Promise<void> {
    for (const message of messages) {
      const act = toNamingAct(message);
      if (act === undefined) continue;
      const named = await subjectsOf(act);
      mustBe(Array.isArray(named), 'subjectsOf answers a list of { subject, person }', named);
      for (const { subject } of named) mustBe(isSubject(subject), 'subjectsOf answers subjects', subject);
      if (named.length > 0) await addNames(act.data.visitId, message.metadata?.commandId ?? '', named);
    }
  }

  /** The spans of a log in which a subject is this person, by the acts on record that named persons as the subject. */
  async function findSpans(found: Naming): Promise<FoundSubject['spans']> {
    const namings = (await listRows(store, PERSONS, bySubject(found))).map(({ body }) => body as Naming);
    const { events } = await store.readStream<VisitEvent>(streamName(found.visitId));
    const spans: [number, number][] = [];
    let isNamed = false;
    for (const [index, { type, metadata }] of events.entries()) {
      const naming = namingTypes.has(type) && namings.find((one) => one.commandIds.includes(`${metadata.commandId}`));
      if (naming) isNamed = naming.person === found.person;
      const last = spans.at(-1);
      if (!isNamed) continue;
      if (last !== undefined && last[1] === index) last[1] = index + 1;
      else spans.push([index, index + 1]);
    }
    return spans;
  }

  async function visitsOf(person: string): Promise<readonly FoundSubject[]> {
    const indexKey = await readIndexKey(keyring, false);
    if (indexKey === null) return [];
    const rows = await listRows(store, PERSONS, `p ${personToken(indexKey, 'persons', person)} `);
    const namings = rows.map(({ body }) => body as Naming);
    const ids = namings.map(({ visitId, subject }) => keyId(visitId, subject));
    const secrets = ids.length === 0 ? new Map() : await keyring.read(ids, false);
    const left = namings.filter((_, nth) => secrets.get(ids[nth] ?? '')?.secret !== null);
    const found: FoundSubject[] = [];
    for (const naming of left) {
      const spans = await findSpans(naming);
      if (spans.length > 0) found.push({ visitId: naming.visitId, subject: naming.subject, spans });
    }
    return found;
  }

  /** The rows that go with a subject, to be deleted. */
  const listRowsOf = async (subject: DataSubject): Promise<RowChange[]> =>
    (await listRows(store, PERSONS, bySubject(subject))).flatMap(({ body }) => rowsOf(body as Naming, true));

  return { addPersons, visitsOf, listRowsOf, isErased };
}

const namingTypes: ReadonlySet<string> = new Set<NamingAct['type']>([
  'VisitAssigned',
  'AssignmentAmended',
  'ProviderReassigned',
]);

function toNamingAct({ type, data }: VisitCommand | VisitEvent): NamingAct | undefined {
  const event = actOfCommand(type)?.event ?? type;
  return namingTypes.has(event) ? ({ type: event, data } as NamingAct) : undefined;
}
