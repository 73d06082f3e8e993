import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Id, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { PrivacyOfSearch, PrivacyOfService } from '../service/shared/privacy.ts';
import type { ConsumerState, EventStreams } from '../stores/event-store.ts';
import type { KeyStore } from '../stores/key-store.ts';
import { currentInstant } from '../util/runtime.ts';
import type { Policy } from '../visit/index.ts';
import { createClearVisits } from './clear-visits.ts';
import { type CopyOfTexts, createErasures, type DataSubject, type Erasures } from './erasures.ts';
import { changeRows, personsConsumer } from './fenced-rows.ts';
import { createKeyring } from './keyring.ts';
import { createNotes, type Notes } from './notes.ts';
import { replaceTokens } from './opened-texts.ts';
import { hasErased, type OpenedVisit, openEvents, openRows } from './opening.ts';
import { createPersons, type Persons, type SubjectsOf } from './persons.ts';
import { createRequests, type Requests } from './requests.ts';
import { readTexts, sealTexts, type TakenTexts } from './sealed-texts.ts';
import { createSealedValues, type SealedValues } from './sealed-values.ts';
import { createSearch } from './search.ts';
import { type ActKeysOf, createTokenizer } from './tokenizing.ts';
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
  /** Names the persons of an act, so that `visitsOf` finds them. Without it, each subject of each visit is a person of its own. */
  subjectsOf?: SubjectsOf;
  /**
   * The keys of the people who sign acts in a visit, as the host enrolled them. A signature is verified by them before it is encrypted,
   * and its event keeps what was found, which `verifyActs` of `auxilio/chain` repeats. Without it, each is by an unknown key.
   *
   * @since 0.12.0
   */
  actKeys?: ActKeysOf;
  /** The policy of the service: the activities that it allows are no personal texts. */
  policy?: Policy;
  /** The name of a visit's stream, as the service has it; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The time of erasures; the clock of the machine by default. */
  now?: () => string;
};

/**
 * Personal data under keys: takes the texts out before anything is judged or stored, opens them to be shown, and erases them.
 *
 * @since 0.11.0
 */
export type Privacy = PrivacyOfService &
  PrivacyOfSearch &
  Erasures &
  Persons &
  Notes &
  SealedValues &
  Requests &
  Readonly<{
    /** The names of the copies of opened texts outside the store. */
    copies: readonly string[];
    /** Opens the texts of events that a service or a store answered, of one visit or of many, in one read of the keys. */
    open(events: readonly VisitEvent[]): Promise<OpenedVisit>;
    /**
     * Opens the texts of rows of read models, each of a visit: reads the visits, and decrypts only what has a token of the rows, in one
     * read of the keys.
     */
    openRows<Row>(rows: readonly Row[], visitIdOf: (row: Row) => Id): Promise<Row[]>;
  }>;

const optionNames: Readonly<Record<keyof PrivacyOptions, 0>> = {
  keys: 0,
  wrapping: 0,
  store: 0,
  copies: 0,
  subjectsOf: 0,
  actKeys: 0,
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
  const { keys, wrapping, store, policy, copies = [], subjectsOf, now = currentInstant } = options;
  const { streamName = (visitId) => `visit-${visitId}`, actKeys = () => [] } = options;
  mustBe(typeof keys?.read === 'function', 'createPrivacy takes a key store, { keys }', keys);
  mustBe(typeof wrapping?.unwrap === 'function', 'createPrivacy takes wrapping keys, { wrapping }', wrapping);
  mustBe(typeof store?.commitCheckpoint === 'function', 'createPrivacy takes a store with rows, { store }', store);
  mustBe(typeof (subjectsOf ?? currentInstant) === 'function', 'subjectsOf is a function', subjectsOf);
  mustBe(typeof actKeys === 'function', 'actKeys is a function', actKeys);
  const keyring = createKeyring(keys, wrapping);
  const source = { keyring, store, streamName };
  const { addPersons, visitsOf, isErased, ...persons } = createPersons(source);
  const { addNote, listNotes, ...notes } = createNotes(keyring, store);

  /** Deletes the index rows and the notes of erased subjects. It commits without rows, too: a writer who read their keys before fails. */
  async function forgetRows(subjects: readonly DataSubject[]): Promise<void> {
    for (const subject of subjects) {
      await changeRows(store, personsConsumer(subject.visitId), async () => {
        if (!(await isErased(subject))) return undefined;
        return [...(await persons.listRowsOf(subject)), ...(await notes.listRowsOf(subject))];
      });
    }
  }

  const tokenizer = createTokenizer(keyring, policy?.allow ?? [], actKeys, createClearVisits(source));
  return {
    ...(await createErasures(keyring, { ...options, forgetRows })),
    ...tokenizer,
    ...(subjectsOf !== undefined && namePersons(tokenizer, (messages) => addPersons(messages, subjectsOf))),
    ...createRequests(keyring, store, now),
    ...createSealedValues(keyring),
    sealTexts: (event, name, texts) => sealTexts(event, name, texts as readonly TakenTexts[]),
    restoreTexts: (value, texts) => replaceTokens(value, readTexts(texts as TakenTexts)),
    isErased: (event) => hasErased(keyring, event),
    open: (events) => openEvents(source, events),
    openRows: (rows, visitIdOf) => openRows(source, rows, visitIdOf),
    search: createSearch(keyring, (rows, visitIdOf) => openRows(source, rows, visitIdOf)),
    copies: copies.map(({ name }) => name),
    visitsOf,
    addNote,
    listNotes,
  };
}

type Tokenizer = ReturnType<typeof createTokenizer>;

/** Adds the persons whom messages name to the index, once their texts have keys. */
const namePersons = (
  { tokenizeCommands, tokenizeFact }: Tokenizer,
  addPersons: (messages: readonly (VisitCommand | VisitEvent)[]) => Promise<void>,
): Tokenizer => ({
  async tokenizeCommands(commands) {
    const tokenized = await tokenizeCommands(commands);
    await addPersons(commands);
    return tokenized;
  },
  async tokenizeFact(fact, recorder) {
    const tokenized = await tokenizeFact(fact, recorder);
    await addPersons([fact]);
    return tokenized;
  },
});
