/** The parts of a replica that all its operations share. */
import type { Id } from '../messages/index.ts';
import {
  asLenient,
  type Copies,
  createCopies,
  findLosses,
  forgetCopy,
  readCopy,
  refreshCopies,
} from './copies/copies.ts';
import { prefixOf } from './copies/copy.ts';
import { openJournal } from './copies/journaled.ts';
import { createLosses, findEarlierActs, type Losses, listLosses } from './copies/losses.ts';
import { countingSleep, createClock, type DeviceClock } from './device/clock.ts';
import { connectTabs, createListeners, type Listeners } from './device/listeners.ts';
import { createRoom, mayStandIn, type Roomy } from './device/room.ts';
import type { ResolvedOptions } from './options.ts';
import { createServer, type Server } from './remote/calls.ts';
import { createSettings, type Settings } from './settings.ts';
import { deriveStatus, type ReplicaChange, type ReplicaStatus, type Rounds } from './status.ts';

export type Host = ResolvedOptions &
  Readonly<{
    clock: DeviceClock;
    server: Server;
    settings: Settings;
    copies: Copies;
    losses: Losses;
    rounds: { -readonly [Name in keyof Rounds]: Rounds[Name] };
    roomy: Roomy;
    changes: Listeners<[ReplicaChange]>;
    acts: Listeners<[]>;
    /** Aborted when the replica is closed. */
    ended: AbortSignal;
    status: () => ReplicaStatus;
    /** Tells the listeners of a change of a visit, or of the status alone. */
    notify: (visitId: Id | null) => void;
    /** Reads what is stored, once; tried again after a failure. */
    opened: () => Promise<void>;
    close: () => void;
  }>;

/** `free` makes room on a full device. */
export function createHost(options: ResolvedOptions, free: (writing?: Id) => Promise<boolean>): Host {
  const { store, actor, now } = options;
  const roomy = createRoom(free, (isFull) => {
    rounds.storeFull = isFull;
  });
  const journal = openJournal(store.journal, actor);
  const losses = createLosses({ ...options, journal, keep: (values) => settings.note(values) });
  const settings = createSettings({ store, roomy, now, losses }, `replica/${prefixOf(actor)}`);
  const changes = createListeners<[ReplicaChange]>();
  const acts = createListeners<[]>();
  const rounds: Host['rounds'] = {
    online: null,
    syncing: false,
    revoked: false,
    storeFull: false,
    lastSyncAt: null,
    lastResult: null,
  };
  const ended = new AbortController();
  const clock = createClock(now, countingSleep(now, options.monotonicMs, ended.signal));

  const status = () =>
    deriveStatus(
      [...copies.heads.values()],
      { ...rounds, lastServerTime: clock.lastServerTime(), journal: journal.state, losses: listLosses(losses) },
      isRead,
    );
  const notify = (visitId: Id | null) => changes.call({ visitId, status: status() });

  const tabs = connectTabs(prefixOf(actor), (visitId) => {
    forgetCopy(copies, visitId);
    void opened()
      .then(() => refreshCopies(asLenient(copies), visitId))
      .then(
        () => notify(visitId),
        () => undefined,
      );
  });
  const copies: Copies = createCopies({
    ...options,
    roomy,
    journal,
    losses,
    timesEmptied: settings.timesEmptied,
    changed: (visitId) => {
      notify(visitId);
      tabs.tell(visitId);
    },
  });

  let opening: Promise<void> | undefined;
  let isRead = false;
  const opened = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  async function open(): Promise<void> {
    isRead = await readStored({ copies, settings, clock, rounds });
    if (isRead) notify(null);
    // The values beside the copies are read once the store is back.
    else opening = undefined;
  }

  function close(): void {
    ended.abort();
    tabs.close();
    changes.clear();
    acts.clear();
  }

  return {
    ...options,
    clock,
    server: createServer(options.remote, options.callTimeoutMs),
    losses,
    settings,
    copies,
    rounds,
    roomy,
    changes,
    acts,
    ended: ended.signal,
    status,
    notify,
    opened,
    close,
  };
}

/** Reads what is stored; answers false if the store fails, so that the journal alone was read. */
async function readStored(host: Pick<Host, 'copies' | 'settings' | 'clock' | 'rounds'>): Promise<boolean> {
  const { copies, settings, clock, rounds } = host;
  const { journal, losses } = copies;
  await refreshCopies(asLenient(copies));
  await findLosses(copies);
  const values = await settings.read().catch((error: unknown) => {
    if (!mayStandIn(error) || journal.state === 'none') throw error;
    return null;
  });
  if (values === null) return false;
  const { clock: anchor, lastSyncAt, revoked = false } = values;
  rounds.revoked ||= revoked;
  if (anchor !== undefined) clock.restore(anchor);
  rounds.lastSyncAt ??= lastSyncAt ?? null;
  // A first round that was cut short may not have stored the losses that it found.
  if (losses.isNew)
    for (const visitId of copies.heads.keys()) findEarlierActs(losses, await readCopy(asLenient(copies), visitId));
  await settings.flush().catch(() => undefined);
  return true;
}
