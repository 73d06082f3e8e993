import { mustBe } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import { foldRead, readVisit } from '../service/shared/stream.ts';
import type { ConsumerState, EventStreams } from '../stores/event-store.ts';
import { compareTexts, deepEqual } from '../util/equality.ts';
import { currentInstant, runtime } from '../util/runtime.ts';
import { hasEnded } from '../visit/state.ts';
import { createEpochs } from './epochs.ts';
import { KeysUnavailableError, PrivacyRefusedError } from './errors.ts';
import { type Keyring, keyId } from './keyring.ts';
import { createLedger } from './ledger.ts';

/** A person in a visit: `client`, `representative`, `provider/` and their id, or `operator/` and theirs. @since 0.11.0 */
export type DataSubject = Readonly<{ visitId: Id; subject: string }>;

/** A copy of opened texts outside the event store: rows of the host, an outbox, phones. @since 0.11.0 */
export type CopyOfTexts = Readonly<{
  name: string;
  /** Forgets the texts of these subjects, and resolves once it has. Called again until it does, and with those that were erased since. */
  forget: (subjects: readonly DataSubject[]) => Promise<void> | void;
}>;

/** The erasure of one subject in one visit. @since 0.11.0 */
export type SubjectErasure = DataSubject &
  Readonly<{
    /** `waiting` until the visit ends, `recorded` before its key is gone, then `erased`. */
    state: 'waiting' | 'recorded' | 'erased';
    /** The life whose key it erases. */
    life: number;
  }>;

/** An erasure, and what has confirmed it. @since 0.11.0 */
export type Erasure = Readonly<{
  erasureId: Id;
  requestedAt: Instant;
  by: Actor;
  /** The reason, stored in clear: it has no personal data. */
  reason?: string;
  subjects: readonly SubjectErasure[];
  /** The copies that have forgotten the texts, by name. */
  forgotten: readonly string[];
  /** The copies that have not yet. */
  remembered: readonly string[];
  /** The epoch of the wrapping key under which the erased keys may be found in an old backup; null before there was one. */
  epoch: string | null;
  /**
   * `rotation`: the other keys are to be wrapped again. `operator`: the wrapping key of the epoch is to be destroyed by the operator.
   * `none`: no backup brings the keys back.
   */
  waitsFor: 'rotation' | 'operator' | 'none';
  /** True once all subjects are erased, all copies have forgotten them, and it waits for nothing. */
  confirmed: boolean;
}>;

/**
 * A visit whose texts must not be erased or disposed of, such as for a lawsuit. Its `reason` is stored in clear: write no personal data
 * into it.
 *
 * @since 0.11.0
 */
export type Hold = Readonly<{ visitId: Id; reason: string; by: Actor; at: Instant }>;

/** The erasures of personal texts. @since 0.11.0 */
export type Erasures = Readonly<{
  /**
   * Erases the keys of subjects: recorded in the event store first, then the keys go, then the copies are asked to forget. In a visit
   * that has not ended it waits: `continueErasures` erases it then. The `reason` is stored in clear, and stays: write no personal data
   * into it.
   *
   * @throws PrivacyRefusedError `held` when a visit is held: then nothing is recorded
   * @throws RangeError when an erasure of other subjects has this id
   */
  erase(
    request: Readonly<{ subjects: readonly DataSubject[]; by: Actor; reason?: string; erasureId?: Id }>,
  ): Promise<Erasure>;
  /** Reads an erasure; null if no erasure has that id. */
  erasure(erasureId: Id): Promise<Erasure | null>;
  /** Lists all erasures, the oldest first. */
  listErasures(): Promise<readonly Erasure[]>;
  /**
   * Continues all erasures that are not confirmed: those of visits that have ended since, and of copies that failed. Rejects with the
   * first error, once it has tried them all.
   */
  continueErasures(): Promise<readonly Erasure[]>;
  /** Holds a visit: nothing of it is erased until it is released. */
  hold(hold: Hold): Promise<void>;
  /** Ends the hold of a visit. */
  release(visitId: Id): Promise<void>;
  /** Lists the visits that are held. */
  listHolds(): Promise<readonly Hold[]>;
  /** Knows an erased subject again, by a key of its next life. What was erased stays so. */
  revive(subjects: readonly DataSubject[]): Promise<void>;
  /**
   * Wraps all keys again under a new epoch, and destroys the wrapping key of the one before, by which an old backup of the keys would
   * open. No ciphertext changes.
   */
  rotate(): Promise<Readonly<{ epoch: string; keys: number; destroyed: boolean }>>;
}>;

type Stored = Omit<Erasure, 'waitsFor' | 'confirmed' | 'remembered'> & Readonly<{ isDestroyed: boolean }>;

type Options = Readonly<{
  store: ConsumerState & Pick<EventStreams, 'readStream'>;
  copies?: readonly CopyOfTexts[];
  streamName?: (visitId: Id) => string;
  now?: () => Instant;
  /** Deletes the rows of the persons of these subjects, whose keys are erased. */
  forgetRows: (subjects: readonly DataSubject[]) => Promise<void>;
}>;

/** Opens the ledger, and erases again what it says is erased. */
export async function createErasures(keyring: Keyring, options: Options): Promise<Erasures> {
  const {
    store,
    copies = [],
    streamName = (visitId) => `visit-${visitId}`,
    now = currentInstant,
    forgetRows,
  } = options;

  const ledger = createLedger<Stored>(store, 'auxilio.erasures');
  const holds = createLedger<Hold>(store, 'auxilio.holds');
  const epochs = createEpochs(keyring, store);

  const listStored = async (): Promise<Stored[]> =>
    (await ledger.list()).sort((one, other) => compareTexts(one.requestedAt, other.requestedAt));

  const eraseKeys = (subjects: readonly SubjectErasure[]) =>
    keyring.erase(subjects.map(({ visitId, subject, life }) => ({ id: keyId(visitId, subject), life })));

  async function isOver(visitId: Id): Promise<boolean> {
    const state = foldRead(await readVisit(store, streamName(visitId)));
    return state.visitId === null || hasEnded(state);
  }

  const toErasure = ({ isDestroyed, ...stored }: Stored, newest: string | null): Erasure => {
    const isErased = stored.subjects.every(({ state }) => state === 'erased');
    const waitsFor = isDestroyed ? 'none' : stored.epoch === newest && newest !== null ? 'rotation' : 'operator';
    const remembered = copies.map(({ name }) => name).filter((name) => !stored.forgotten.includes(name));
    const confirmed = isErased && remembered.length === 0 && waitsFor === 'none';
    return { ...stored, remembered, waitsFor, confirmed };
  };

  /** Does what is left to do for an erasure, and records each step once it is done. */
  async function advance(stored: Stored): Promise<Stored> {
    const ended = new Set<Id>();
    for (const { visitId, state } of stored.subjects) {
      if (state !== 'erased' && (await holds.read(visitId)) !== null) continue;
      if (state === 'recorded' || (state === 'waiting' && (await isOver(visitId)))) ended.add(visitId);
    }
    const due = stored.subjects.filter(({ visitId, state }) => state !== 'erased' && ended.has(visitId));
    let next = stored;
    if (due.length > 0) {
      const mark = (state: SubjectErasure['state'], change: Partial<Stored> = {}) =>
        ledger.write(stored.erasureId, (known) => {
          const { subjects, ...rest } = known ?? stored;
          const marked = subjects.map((one) =>
            ended.has(one.visitId) && one.state !== 'erased' ? { ...one, state } : one,
          );
          return { ...rest, subjects: marked, ...change };
        });
      // Recorded before its key is gone: else a copy of the keys that is restored after a crash would keep it.
      if (due.some(({ state }) => state === 'waiting')) await mark('recorded');
      await eraseKeys(due);
      await forgetRows(due);
      const epoch = await keyring.readEpoch();
      next = await mark('erased', { epoch, isDestroyed: epoch === null });
    }
    const erased = next.subjects.filter(({ state }) => state === 'erased');
    if (erased.length === 0) return next;
    for (const { name, forget } of copies) {
      if (next.forgotten.includes(name)) continue;
      try {
        await forget(erased.map(({ visitId, subject }) => ({ visitId, subject })));
      } catch {
        continue;
      }
      // It will be asked again for those that wait.
      if (erased.length < next.subjects.length) continue;
      next = await ledger.write(next.erasureId, (known) => {
        const { forgotten, ...rest } = known ?? next;
        return { ...rest, forgotten: [...new Set([...forgotten, name])] };
      });
    }
    return next;
  }

  async function erase(request: Parameters<Erasures['erase']>[0]): Promise<Erasure> {
    const { subjects, by, reason, erasureId = runtime.randomId() } = request;
    mustBe(
      Array.isArray(subjects) && subjects.length > 0,
      'erase takes subjects, a list of { visitId, subject }',
      subjects,
    );
    for (const { subject } of subjects) {
      mustBe(isSubject(subject), 'A subject is client, representative, provider/ID or operator/ID', subject);
    }
    for (const { visitId } of subjects) {
      if ((await holds.read(visitId)) !== null) throw new PrivacyRefusedError('held', visitId);
    }
    const lives = await keyring.read(
      subjects.map(({ visitId, subject }) => keyId(visitId, subject)),
      false,
    );
    const asked = await Promise.all(
      subjects.map(async ({ visitId, subject }): Promise<SubjectErasure> => {
        const life = lives.get(keyId(visitId, subject))?.life ?? 1;
        return { visitId, subject, life, state: (await isOver(visitId)) ? 'recorded' : 'waiting' };
      }),
    );
    const fresh: Stored = {
      erasureId,
      requestedAt: now(),
      by,
      ...(reason !== undefined && { reason }),
      subjects: asked,
      forgotten: [],
      epoch: await keyring.readEpoch(),
      isDestroyed: false,
    };
    const stored = await ledger.write(erasureId, (known) => {
      if (known !== null && !hasSameSubjects(known, fresh))
        throw new RangeError(`Another erasure has the id ${erasureId}`);
      return known ?? fresh;
    });
    return toErasure(await advance(stored), await keyring.readEpoch());
  }

  async function rotate() {
    const { epoch, previous, keys } = await epochs.rotate();
    await confirmEpochs();
    return { epoch, keys, destroyed: await epochs.isDestroyed(previous) };
  }

  /** Marks the erasures of old epochs, once the wrapping keys of all of them are destroyed. */
  async function confirmEpochs(): Promise<void> {
    const newest = await epochs.destroyOld();
    if (newest === null) return;
    for (const stored of await listStored()) {
      const { epoch, isDestroyed, subjects } = stored;
      if (isDestroyed || epoch === null || epoch === newest || !subjects.every(({ state }) => state === 'erased'))
        continue;
      await ledger.write(stored.erasureId, (known) => ({ ...(known ?? stored), isDestroyed: true }));
    }
  }

  async function continueErasures(): Promise<readonly Erasure[]> {
    const failures: unknown[] = [];
    for (const stored of await listStored()) {
      try {
        await advance(stored);
      } catch (error) {
        failures.push(error);
      }
    }
    await confirmEpochs();
    if (failures.length > 0) throw failures[0];
    return listErasures();
  }

  async function listErasures(): Promise<readonly Erasure[]> {
    const newest = await keyring.readEpoch();
    return (await listStored()).map((stored) => toErasure(stored, newest));
  }

  // A restored copy of the keys has what was erased since: it goes again before anything is opened.
  try {
    const recorded = (await listStored()).flatMap(({ subjects }) =>
      subjects.filter(({ state }) => state !== 'waiting'),
    );
    if (recorded.length > 0) await eraseKeys(recorded);
  } catch (cause) {
    throw cause instanceof KeysUnavailableError ? cause : new KeysUnavailableError({ cause });
  }

  return {
    erase,
    erasure: async (erasureId) => {
      const stored = await ledger.read(erasureId);
      return stored === null ? null : toErasure(stored, await keyring.readEpoch());
    },
    listErasures,
    continueErasures,
    hold: async (hold) => void (await holds.write(hold.visitId, () => hold)),
    release: async (visitId) => void (await holds.write(visitId, () => null)),
    listHolds: () => holds.list(),
    revive: (subjects) => keyring.revive(subjects.map(({ visitId, subject }) => keyId(visitId, subject))),
    rotate,
  };
}

/** True for erasures of the same subjects in the same lives. */
const hasSameSubjects = (...erasures: readonly [Stored, Stored]): boolean => {
  const [one, other] = erasures.map(({ subjects }) =>
    subjects.map(({ visitId, subject, life }) => `${keyId(visitId, subject)} ${life}`).sort(),
  );
  return deepEqual(one, other);
};

const SUBJECT = /^(?:client|representative|(?:provider|operator)\/[A-Za-z0-9][\w.:/@+-]{0,127})$/;

export const isSubject = (subject: unknown): boolean => typeof subject === 'string' && SUBJECT.test(subject);
