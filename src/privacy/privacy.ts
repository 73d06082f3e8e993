import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Id, VisitCommand, VisitEvent } from '../messages/index.ts';
import { createFact, takenActs } from '../reconciling/repeats.ts';
import type { PrivacyOfService } from '../service/shared/privacy.ts';
import type { ConsumerState, EventStreams } from '../stores/event-store.ts';
import type { KeyStore } from '../stores/key-store.ts';
import { runtime } from '../util/runtime.ts';
import type { Policy } from '../visit/index.ts';
import type { EnvelopeFault } from './envelope.ts';
import { type CopyOfTexts, createErasures, type Erasures } from './erasures.ts';
import { createKeyring, type Keyring, keyId, type SubjectSecret } from './keyring.ts';
import {
  createGroups,
  type Group,
  type Groups,
  noTexts,
  openTexts,
  parseGroup,
  replaceTokens,
  restoreEvent,
  sealedGroups,
  sealTexts,
  type TakenTexts,
  tokenize,
  tokenizeMetadata,
} from './sealed-texts.ts';
import type { WrappingKeys } from './wrapping.ts';

/** Options of {@link createPrivacy}. @since 0.11.0 */
export type PrivacyOptions = {
  /** The store of the keys, in a database of its own. */
  keys: KeyStore;
  /** The keys by which those in the key store are wrapped. */
  wrapping: WrappingKeys;
  /** The store of the visits, which has the ledger of erasures in rows of its own. */
  store: ConsumerState & Pick<EventStreams, 'readStream'>;
  /** The copies of opened texts outside the store, each asked to forget what was erased. */
  copies?: readonly CopyOfTexts[];
  /** The policy of the service: the activities that it allows are no personal texts. */
  policy?: Policy;
  /** The name of a visit's stream, as the service has it; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The time of erasures; the clock of the machine by default. */
  now?: () => string;
};

/** The texts of some events, opened. @since 0.11.0 */
export type OpenedVisit = Readonly<{
  /** The events with their texts, as they were recorded. A text that was erased stays a token. */
  events: readonly VisitEvent[];
  /** Puts these texts in the place of their tokens in any JSON: a state, a dossier, a row. */
  restore: <Value>(value: Value) => Value;
  /** The envelopes that did not open: those of a subject that was `erased`, and damaged or moved ones. */
  unopened: readonly Readonly<{ index: number; subjects: string; fault: EnvelopeFault | 'erased' }>[];
}>;

/**
 * Personal data under keys: takes the texts out before anything is judged or stored, opens them to be shown, and erases them.
 *
 * @since 0.11.0
 */
export type Privacy = PrivacyOfService &
  Erasures &
  Readonly<{
    /** Opens the texts of events that a service or a store answered, of one visit or of many, in one read of the keys. */
    open(events: readonly VisitEvent[]): Promise<OpenedVisit>;
  }>;

const optionNames: Readonly<Record<keyof PrivacyOptions, 0>> = {
  keys: 0,
  wrapping: 0,
  store: 0,
  copies: 0,
  policy: 0,
  streamName: 0,
  now: 0,
};

/**
 * Opens the keys, and repeats the erasures in the ledger of the event store: what a restored copy of the key store brought back is
 * erased again.
 *
 * @throws KeysUnavailableError when the keys or the ledger cannot be read: then nothing can be tokenized
 * @throws TypeError when an option is unknown or missing
 * @since 0.11.0
 */
export async function createPrivacy(options: PrivacyOptions): Promise<Privacy> {
  mustKnowKeys('createPrivacy', options, optionNames);
  const { keys, wrapping, store, policy, streamName = (visitId) => `visit-${visitId}` } = options;
  mustBe(typeof keys?.read === 'function', 'createPrivacy takes a key store, { keys }', keys);
  mustBe(typeof wrapping?.unwrap === 'function', 'createPrivacy takes wrapping keys, { wrapping }', wrapping);
  mustBe(typeof store?.commitCheckpoint === 'function', 'createPrivacy takes a store with rows, { store }', store);
  const keyring = createKeyring(keys, wrapping);
  const erasures = await createErasures(keyring, options);
  return {
    ...erasures,
    ...tokenizing(keyring, policy?.allow ?? []),
    sealTexts: (event, name, texts) => sealTexts(event, name, texts as readonly TakenTexts[]),
    isErased: async (event) => (await findUnreadable(keyring, [event])).size > 0,
    open: (events) => open(keyring, streamName, events),
  };
}

/** A key that nothing is opened with: of a subject that was erased. */
const throwAway = () => runtime.randomBytes(32);

function tokenizing(
  keyring: Keyring,
  allowed: readonly string[],
): Pick<PrivacyOfService, 'tokenizeCommands' | 'tokenizeFact'> {
  /** Runs a walk twice: first to learn whose keys are needed, then with them. */
  async function withGroups<T>(
    visitIds: readonly string[],
    walk: (groupsOf: (visitId: string) => Groups) => T,
  ): Promise<T> {
    const needed = new Map(visitIds.map((visitId) => [visitId, new Set<string>()]));
    walk((visitId) => (subjects) => {
      for (const subject of subjects) needed.get(visitId)?.add(subject);
      return noGroup;
    });
    const ids = [...needed].flatMap(([visitId, subjects]) => [...subjects].map((subject) => keyId(visitId, subject)));
    const secrets = ids.length === 0 ? new Map<string, SubjectSecret>() : await keyring.read(ids, true);
    const groups = new Map(
      visitIds.map((visitId) => [visitId, createGroups((subject) => secrets.get(keyId(visitId, subject)), throwAway)]),
    );
    return walk((visitId) => groups.get(visitId) as Groups);
  }

  return {
    tokenizeCommands: (commands) =>
      withGroups([...new Set(commands.map(({ data }) => data.visitId))], (groupsOf) => {
        const texts = new Map<string, TakenTexts>();
        return commands.map((command) => {
          const { visitId } = command.data;
          const into = texts.get(visitId) ?? noTexts(visitId);
          texts.set(visitId, into);
          return { message: tokenizeCommand(command, allowed, groupsOf(visitId), into), texts: into };
        });
      }),
    tokenizeFact: ({ metadata = {}, ...fact }, recorder) =>
      withGroups([fact.data.visitId], (groupsOf) => {
        const { visitId, by, recordedBy = by } = fact.data;
        const groups = groupsOf(visitId);
        const { commandId } = metadata;
        const into = noTexts(visitId);
        const message = tokenize(fact as VisitEvent, recordedBy, commandId, allowed, groups, into);
        const kept = tokenizeMetadata({ ...metadata, recorder }, recorder, commandId, groups, into);
        return { message: { ...message, metadata: kept } as VisitEvent, texts: into, recorder: kept.recorder };
      }),
  };
}

const noGroup: Group = { name: '', secret: new Uint8Array(32), tokenKey: new Uint8Array(32), isErased: true };

/** The command with tokens; its actor too, where they are the client. What its metadata brought besides is taken out. */
function tokenizeCommand(
  command: VisitCommand,
  allowed: readonly string[],
  groups: Groups,
  into: TakenTexts,
): VisitCommand {
  const { actor, commandId, ...brought } = command.metadata;
  const message = tokenize(command, actor, commandId, allowed, groups, into);
  const { recorder } = tokenizeMetadata({ ...brought, recorder: actor }, actor, commandId, groups, into);
  const metadata = { actor: recorder, ...(commandId !== undefined && { commandId }) };
  return { ...message, metadata } as VisitCommand;
}

/** The names of the groups in events that no longer open, since a subject of them was erased or lives again. */
async function findUnreadable(keyring: Keyring, events: readonly VisitEvent[]): Promise<ReadonlySet<string>> {
  const { secrets, named } = await readGroups(keyring, events);
  return new Set([...named].filter(([, { visitId, name }]) => !isReadable(secrets, visitId, name)).map(([key]) => key));
}

type NamedGroup = Readonly<{ visitId: string; name: string }>;

/** Reads the keys of all groups of some events at once. */
async function readGroups(keyring: Keyring, events: readonly VisitEvent[]) {
  const named = new Map<string, NamedGroup>();
  for (const event of events) {
    for (const name of sealedGroups(event)) {
      const { visitId } = event.data;
      named.set(keyId(visitId, name), { visitId, name });
    }
  }
  const ids = [...named.values()].flatMap(({ visitId, name }) =>
    parseGroup(name).map(({ subject }) => keyId(visitId, subject)),
  );
  const secrets = ids.length === 0 ? new Map<string, SubjectSecret>() : await keyring.read([...new Set(ids)], false);
  return { secrets, named };
}

const isReadable = (secrets: ReadonlyMap<string, SubjectSecret>, visitId: string, name: string): boolean =>
  parseGroup(name).every(({ subject, life }) => {
    const known = secrets.get(keyId(visitId, subject));
    return known !== undefined && known.secret !== null && known.life === life;
  });

async function open(
  keyring: Keyring,
  streamName: (visitId: Id) => string,
  events: readonly VisitEvent[],
): Promise<OpenedVisit> {
  const { secrets, named } = await readGroups(keyring, events);
  const groupsOf = new Map<string, Group>();
  for (const [key, { visitId, name }] of named) {
    if (!isReadable(secrets, visitId, name)) continue;
    const subjects = parseGroup(name).map(({ subject }) => subject);
    const groups = createGroups((subject) => secrets.get(keyId(visitId, subject)), throwAway);
    groupsOf.set(key, groups(subjects));
  }
  const opened = await Promise.all(
    events.map((event) =>
      openTexts(event, streamName(event.data.visitId), (name) => groupsOf.get(keyId(event.data.visitId, name))),
    ),
  );
  const byToken = new Map(opened.flatMap((one) => [...one.byToken]));
  const restored = events.map((event, index) => restoreEvent(event, { byToken, others: opened[index]?.others ?? {} }));
  for (const visitId of new Set(events.map(({ data }) => data.visitId))) restoreTaken(events, restored, visitId);
  return {
    events: restored,
    restore: (value) => replaceTokens(value, byToken),
    unopened: opened.flatMap(({ faults }, index) => faults.map((fault) => ({ index, ...fault }))),
  };
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
