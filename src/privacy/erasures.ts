import { mustBe } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import { foldRead, readVisit } from '../service/shared/stream.ts';
import { isCheckpointConflict } from '../stores/errors.ts';
import type { ConsumerState, EventStreams } from '../stores/event-store.ts';
import { currentInstant, runtime } from '../util/runtime.ts';
import { KeysUnavailableError } from './errors.ts';
import { type Keyring, keyId } from './keyring.ts';

/** A person in a visit: `client`, `representative`, `provider/` and their id, or `operator/` and theirs. @since 0.11.0 */
export type Subject = Readonly<{ visitId: Id; subject: string }>;

/** A copy of opened texts outside the event store: rows of the host, an outbox, phones. @since 0.11.0 */
export type CopyOfTexts = Readonly<{
  name: string;
  /** Forgets the texts of these subjects, and resolves once it has. Called again until it does. */
  forget: (subjects: readonly Subject[]) => Promise<void> | void;
}>;

/** The erasure of one subject in one visit. @since 0.11.0 */
export type SubjectErasure = Subject &
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

/** The erasures of personal texts. @since 0.11.0 */
export type Erasures = Readonly<{
  /**
   * Erases the keys of subjects: recorded in the event store first, then the keys go, then the copies are asked to forget. In a visit
   * that has not ended it waits: {@link Erasures.continueErasures} erases it then.
   */
  erase(
    request: Readonly<{ subjects: readonly Subject[]; by: Actor; reason?: string; erasureId?: Id }>,
  ): Promise<Erasure>;
  /** Reads an erasure; null if there is none of that id. */
  erasure(erasureId: Id): Promise<Erasure | null>;
  /** Lists all erasures, the oldest first. */
  listErasures(): Promise<readonly Erasure[]>;
  /** Continues all erasures that are not confirmed: those of visits that have ended since, and of copies that failed. */
  continueErasures(): Promise<readonly Erasure[]>;
  /** Knows an erased subject again, by a key of its next life. What was erased stays so. */
  revive(subjects: readonly Subject[]): Promise<void>;
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
}>;

/** The rows of the ledger, and the consumer whose revision orders its writes. */
const LEDGER = 'auxilio.erasures';
const PAGE = 500;

/** Opens the ledger, and erases again what it says is erased. */
export async function createErasures(keyring: Keyring, options: Options): Promise<Erasures> {
  const { store, copies = [], streamName = (visitId) => `visit-${visitId}`, now = currentInstant } = options;

  /** Writes a row of the ledger; a writer in between makes it try again. */
  async function write(change: (known: Stored | null) => Stored, erasureId: Id): Promise<Stored> {
    for (;;) {
      const { revision } = await store.readCheckpoint(LEDGER);
      const next = change(await readStored(erasureId));
      const rows = [{ projection: LEDGER, key: erasureId, body: next }];
      try {
        await store.commitCheckpoint(LEDGER, { expected: revision, cursor: null, rows });
        return next;
      } catch (error) {
        if (!isCheckpointConflict(error)) throw error;
      }
    }
  }

  const readStored = async (erasureId: Id): Promise<Stored | null> =>
    ((await store.readRow(LEDGER, erasureId))?.body as Stored | undefined) ?? null;

  async function listStored(): Promise<Stored[]> {
    const all: Stored[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await store.readRows(LEDGER, { maxCount: PAGE, ...(after !== undefined && { after }) });
      all.push(...page.map(({ body }) => body as Stored));
      if (page.length < PAGE) break;
      after = page.at(-1)?.key;
    }
    return all.sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
  }

  const eraseKeys = (subjects: readonly SubjectErasure[]) =>
    keyring.erase(subjects.map(({ visitId, subject, life }) => ({ id: keyId(visitId, subject), life })));

  async function hasEnded(visitId: Id): Promise<boolean> {
    const { phase } = foldRead(await readVisit(store, streamName(visitId)));
    return phase === 'completed' || phase === 'closed' || phase === 'unassigned';
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
      if (state === 'recorded' || (state === 'waiting' && (await hasEnded(visitId)))) ended.add(visitId);
    }
    const due = stored.subjects.filter(({ visitId, state }) => state !== 'erased' && ended.has(visitId));
    let next = stored;
    if (due.length > 0) {
      await eraseKeys(due);
      const epoch = await keyring.readEpoch();
      next = await write((known = stored) => {
        const { subjects, ...rest } = known ?? stored;
        const marked = subjects.map((one) => (ended.has(one.visitId) ? { ...one, state: 'erased' as const } : one));
        return { ...rest, subjects: marked, epoch, isDestroyed: epoch === null };
      }, stored.erasureId);
    }
    const erased = next.subjects.filter(({ state }) => state === 'erased');
    if (erased.length < next.subjects.length) return next;
    for (const { name, forget } of copies) {
      if (next.forgotten.includes(name)) continue;
      try {
        await forget(erased.map(({ visitId, subject }) => ({ visitId, subject })));
      } catch {
        continue;
      }
      next = await write(
        (known) => ({ ...(known ?? next), forgotten: [...(known ?? next).forgotten, name] }),
        next.erasureId,
      );
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
      mustBe(SUBJECT.test(subject), 'A subject is client, representative, provider/ID or operator/ID', subject);
    }
    const lives = await keyring.read(
      subjects.map(({ visitId, subject }) => keyId(visitId, subject)),
      false,
    );
    const asked = await Promise.all(
      subjects.map(async ({ visitId, subject }): Promise<SubjectErasure> => {
        const life = lives.get(keyId(visitId, subject))?.life ?? 1;
        return { visitId, subject, life, state: (await hasEnded(visitId)) ? 'recorded' : 'waiting' };
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
    const stored = await write((known) => known ?? fresh, erasureId);
    return toErasure(await advance(stored), await keyring.readEpoch());
  }

  async function rotate() {
    const { epoch, previous, keys } = await keyring.rotate();
    const isLeft = await keyring.hasOlder(epoch);
    const destroyed = previous === null || (!isLeft && (await keyring.destroy(previous)));
    await confirmEpochs();
    return { epoch, keys, destroyed };
  }

  /** Marks the erasures whose wrapping keys are gone. */
  async function confirmEpochs(): Promise<void> {
    const newest = await keyring.readEpoch();
    for (const stored of await listStored()) {
      const { epoch, isDestroyed, subjects } = stored;
      if (isDestroyed || epoch === null || epoch === newest || !subjects.every(({ state }) => state === 'erased'))
        continue;
      if (!(await keyring.destroy(epoch))) continue;
      await write((known) => ({ ...(known ?? stored), isDestroyed: true }), stored.erasureId);
    }
  }

  async function continueErasures(): Promise<readonly Erasure[]> {
    for (const stored of await listStored()) await advance(stored);
    await confirmEpochs();
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
      const stored = await readStored(erasureId);
      return stored === null ? null : toErasure(stored, await keyring.readEpoch());
    },
    listErasures,
    continueErasures,
    revive: (subjects) => keyring.revive(subjects.map(({ visitId, subject }) => keyId(visitId, subject))),
    rotate,
  };
}

const SUBJECT = /^(?:client|representative|(?:provider|operator)\/[A-Za-z0-9][\w.:/@+-]{0,127})$/;
