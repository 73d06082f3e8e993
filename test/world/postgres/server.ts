/** One server: a primary or a standby, with its sessions, locks and WAL. */
import { addRecord, createDisk, type Disk, endLsn, flushLsn, flushTo, lsnAt, timelineOf, truncate } from './disk.ts';
import { type Conditions, type Io, ServerError } from './io.ts';
import { createLocks, type Locks } from './locks.ts';
import { dropTransaction, type Host, runStatement, type Session } from './session.ts';
import { isReached, type Link } from './standby-names.ts';
import { complete, createState, replay, type State } from './state.ts';
import type { Parsed } from './statements.ts';
import { beginTransaction, type Entry, type Transaction } from './transaction.ts';

export type Settings = { synchronousStandbyNames: string; synchronousCommit: string };

/** Memory of a server while it runs: a crash takes it all. */
type Running = {
  readonly state: State;
  readonly locks: Locks;
  readonly sessions: Map<number, Session & { end(error: unknown): void; isGone: boolean }>;
  /** Reports of its standbys. */
  readonly links: Map<string, Link>;
  /** Number of records that a standby has replayed. */
  replayed: number;
  readonly startedAt: number;
};

export type Server = ReturnType<typeof createServer>;
export type Connected = ReturnType<Server['connect']>;

type Parts = Readonly<{
  io: Io;
  conditions: Conditions;
  parse: (text: string) => Parsed;
  isStandby: boolean;
  settings: Settings;
}>;

let pids = 1000;
let starts = 0;

export function createServer(name: string, { io, conditions, parse, isStandby, settings }: Parts) {
  const disk: Disk = createDisk(isStandby);
  let running: Running | undefined;
  let isPaused = false;

  function mustRun(): Running {
    if (running === undefined) throw new Error(`${name} is down`);
    return running;
  }

  /** Recovers from the WAL that was flushed; a primary ends what was in progress. */
  function start(): void {
    if (running !== undefined) return;
    const state = createState();
    for (const record of disk.wal) replay(state, record);
    const empty = { locks: createLocks(io), sessions: new Map(), links: new Map() };
    running = { state, ...empty, replayed: disk.wal.length, startedAt: io.now() + starts++ / 1e6 };
    isPaused = false;
    if (!disk.isStandby) logAtOnce('restart');
    conditions.changed();
  }

  function logAtOnce(kind: 'restart' | 'promotion'): void {
    const now = mustRun();
    flushTo(disk, addRecord(disk, { kind }));
    for (const record of disk.wal.slice(now.replayed)) replay(now.state, record);
    now.replayed = disk.wal.length;
  }

  /** Kills all its processes: what was not flushed is lost, and so is who was connected. */
  function kill(): void {
    const before = running;
    running = undefined;
    truncate(disk, disk.flushed);
    before?.locks.stop();
    for (const session of before?.sessions.values() ?? []) session.end(new Error('Connection terminated unexpectedly'));
    conditions.changed();
  }

  function connect(applicationName: string, end: (error: unknown) => void) {
    const at = mustRun();
    const state = { tx: undefined, hasFailed: false, cancelled: false, terminated: false, isRunning: false };
    const session = { pid: ++pids, applicationName, end, isGone: false, waitsForStandby: false, ...state };
    at.sessions.set(session.pid, session);
    const host = createHost(at, session);

    /** Ends the session; a statement that runs goes on to its end. */
    function disconnect(): void {
      session.isGone = true;
      if (session.isRunning) return;
      at.sessions.delete(session.pid);
      dropTransaction(host, session);
    }

    async function run(text: string, values: readonly unknown[]) {
      if (!at.sessions.has(session.pid)) throw new Error('Connection terminated unexpectedly');
      session.isRunning = true;
      try {
        return await runStatement(host, session, text, values);
      } finally {
        session.isRunning = false;
        session.cancelled = false;
        if (session.isGone || session.terminated) disconnect();
      }
    }
    return { pid: session.pid, run, disconnect, isOf: () => running === at };
  }

  function createHost(at: Running, session: Session): Host {
    const { state, locks } = at;

    async function hold(what: string): Promise<void> {
      await io.delay(`${name}: ${what}`);
      await conditions.until(() => !isPaused || running !== at);
      if (running !== at) throw new Error('Connection terminated unexpectedly');
    }

    async function step(what: string): Promise<void> {
      await hold(what);
      const interrupted = interruptOf(session);
      if (interrupted !== undefined) throw interrupted;
    }

    function begin(): Transaction {
      const log = (entry: Entry) => addRecord(disk, entry);
      const timeline = () => (disk.isStandby ? null : timelineOf(disk));
      const ground = { state, locks, isReadOnly: () => disk.isStandby, timeline, log, step, now: io.now };
      return beginTransaction(ground, settings.synchronousCommit);
    }

    async function commit(_: Session, tx: Transaction): Promise<void> {
      const xid = tx.assigned();
      if (xid === null) return locks.release(tx.owner);
      const changes = tx.listChanges();
      const lsn = addRecord(disk, { kind: 'commit', xid, changes });
      const level = tx.settings.synchronousCommit;
      if (level !== 'off') {
        await hold('flushes a commit');
        flushTo(disk, lsn);
        conditions.changed();
        if (level !== 'local') await waitForStandbys(lsn, level === 'remote_apply' ? 'replayLsn' : 'flushLsn');
      }
      complete(state, xid, 'committed', changes);
      at.replayed = disk.wal.length;
      locks.release(tx.owner);
      conditions.changed();
      if (session.terminated) throw new Error('Connection terminated unexpectedly');
    }

    /** Waits until the standbys have a commit, which is durable here already: a cancelled wait does not undo it. */
    async function waitForStandbys(lsn: number, by: 'flushLsn' | 'replayLsn'): Promise<void> {
      session.waitsForStandby = true;
      const isDone = () => isReached(settings.synchronousStandbyNames, [...at.links.values()], lsn, by);
      await conditions.until(
        () => (!isPaused && (isDone() || session.cancelled || session.terminated)) || running !== at,
      );
      session.waitsForStandby = false;
      if (running !== at) throw new Error('Connection terminated unexpectedly');
    }

    function abort(tx: Transaction): void {
      const xid = tx.assigned();
      if (xid !== null && running === at) {
        addRecord(disk, { kind: 'abort', xid });
        complete(state, xid, 'aborted');
      }
      locks.release(tx.owner);
      conditions.changed();
    }

    const holderOf = (xid: bigint) => {
      const found = [...at.sessions.values()].find(({ tx }) => tx?.assigned() === xid);
      return found?.tx && { pid: found.pid, applicationName: found.applicationName, startedAt: found.tx.startedAt };
    };
    return { now: io.now, holderOf, report: () => report(at), begin, commit, abort, parse };
  }

  /** Contents of the views of the server. */
  const report = ({ links, startedAt }: Running) => ({
    ...{ name, isStandby: disk.isStandby, timeline: timelineOf(disk), startedAt },
    settings: { ...settings },
    links: [...links.values()],
    lsns: lsns(),
  });

  const lsns = () => ({ end: endLsn(disk), flush: flushLsn(disk), replay: lsnAt(disk, running?.replayed ?? 0) });

  /** Cancels or ends what a session does: where it waits for a lock, at its next step, or in its wait for a standby. */
  function interrupt(pid: number, how: 'cancelled' | 'terminated'): void {
    const session = running?.sessions.get(pid);
    if (session === undefined || (how === 'cancelled' && !session.isRunning)) return;
    session[how] = true;
    if (session.tx !== undefined && !session.waitsForStandby) {
      running?.locks.interrupt(session.tx.owner, interruptOf(session));
    }
    if (how === 'terminated' && !session.isRunning) {
      running?.sessions.delete(pid);
      session.end(interruptOf(session));
    }
    conditions.changed();
  }

  function setPaused(paused: boolean): void {
    isPaused = paused;
    conditions.changed();
  }

  /** Replays what a standby has received and flushed. */
  function replayAll(): void {
    const now = mustRun();
    for (; now.replayed < disk.flushed; now.replayed++)
      replay(now.state, disk.wal[now.replayed] as Disk['wal'][number]);
    conditions.changed();
  }

  /** Makes a primary of a standby, on a timeline of its own. */
  function promote(): void {
    if (!disk.isStandby) return;
    truncate(disk, disk.flushed);
    disk.isStandby = false;
    if (running !== undefined) logAtOnce('promotion');
    conditions.changed();
  }

  return {
    ...{ name, disk, settings, start, kill, connect, promote, replayAll },
    cancel: (pid: number) => interrupt(pid, 'cancelled'),
    terminate: (pid: number) => interrupt(pid, 'terminated'),
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    isPaused: () => isPaused,
    /** Memory of the server; undefined while it is down. */
    running: () => running,
    sessions: () => [...(running?.sessions.values() ?? [])],
    timeline: () => timelineOf(disk),
    lsns,
  };
}

function interruptOf({ cancelled, terminated }: Session): ServerError | undefined {
  if (terminated) return new ServerError('57P01', 'terminating connection due to administrator command', 'FATAL');
  return cancelled ? new ServerError('57014', 'canceling statement due to user request') : undefined;
}
