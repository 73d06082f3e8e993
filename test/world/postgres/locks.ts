/** The locks of one server: rows, keys of unique indexes that are being written, and advisory locks, until a transaction ends. */
import { type Io, ServerError } from './io.ts';

type Mode = 'shared' | 'exclusive';
type Request = Readonly<{ owner: object; mode: Mode; grant: () => void; refuse: (error: unknown) => void }>;
type Lock = { readonly held: Map<object, Mode>; waiting: Request[] };

export type Locks = Readonly<{
  /** Waits for a lock, at most that long; 0 for no limit. */
  take(owner: object, key: string, mode: Mode, patienceMs: number): Promise<void>;
  /** Gives back all that a transaction holds. */
  release(owner: object): void;
  /** Ends the wait of a transaction by an error. */
  interrupt(owner: object, error: unknown): void;
  /** Ends all waits. */
  stop(): void;
}>;

export function createLocks(io: Io): Locks {
  const locks = new Map<string, Lock>();

  async function take(owner: object, key: string, mode: Mode, patienceMs: number): Promise<void> {
    const lock = locks.get(key) ?? { held: new Map<object, Mode>(), waiting: [] };
    locks.set(key, lock);
    const own = lock.held.get(owner);
    if (own === 'exclusive' || own === mode) return;
    if (canHold(lock, owner, mode) && lock.waiting.length === 0) return void lock.held.set(owner, mode);
    await wait(lock, owner, mode, patienceMs);
  }

  async function wait(lock: Lock, owner: object, mode: Mode, patienceMs: number): Promise<void> {
    let stopTimer: (() => void) | undefined;
    try {
      await new Promise<void>((grant, refuse) => {
        lock.waiting.push({ owner, mode, grant, refuse });
        if (waitsForItself(owner)) refuse(new ServerError('40P01', 'deadlock detected'));
        const late = () => refuse(new ServerError('55P03', 'canceling statement due to lock timeout'));
        if (patienceMs > 0) stopTimer = io.setTimer(late, patienceMs);
      });
    } catch (error) {
      lock.waiting = lock.waiting.filter((one) => one.owner !== owner);
      grantNext(lock);
      throw error;
    } finally {
      stopTimer?.();
    }
  }

  /** True if a chain of waits leads from a transaction to itself. */
  function waitsForItself(first: object): boolean {
    const seen = new Set<object>();
    const toVisit = [...blockersOf(first)];
    for (let owner = toVisit.pop(); owner !== undefined; owner = toVisit.pop()) {
      if (owner === first) return true;
      if (seen.has(owner)) continue;
      seen.add(owner);
      toVisit.push(...blockersOf(owner));
    }
    return false;
  }

  function blockersOf(owner: object): object[] {
    for (const { held, waiting } of locks.values()) {
      const place = waiting.findIndex((one) => one.owner === owner);
      if (place < 0) continue;
      const { mode } = waiting[place] as Request;
      const holders = [...held].filter(([other, kept]) => other !== owner && conflict(kept, mode));
      const before = waiting.slice(0, place).filter((one) => conflict(one.mode, mode));
      return [...holders.map(([other]) => other), ...before.map((one) => one.owner)];
    }
    return [];
  }

  const everyRequest = () => [...locks.values()].flatMap(({ waiting }) => waiting);
  return {
    take,
    release(owner) {
      for (const [key, lock] of locks) {
        if (!lock.held.delete(owner)) continue;
        grantNext(lock);
        if (lock.held.size === 0 && lock.waiting.length === 0) locks.delete(key);
      }
    },
    interrupt(owner, error) {
      for (const one of everyRequest()) if (one.owner === owner) one.refuse(error);
    },
    stop() {
      for (const { refuse } of everyRequest()) refuse(new Error('the server has stopped'));
    },
  };
}

const conflict = (one: Mode, other: Mode) => one === 'exclusive' || other === 'exclusive';

const canHold = ({ held }: Lock, owner: object, mode: Mode) =>
  [...held].every(([other, kept]) => other === owner || !conflict(kept, mode));

/** Grants a lock to the first who wait for it, in their order. */
function grantNext(lock: Lock): void {
  for (;;) {
    const [next] = lock.waiting;
    if (next === undefined || !canHold(lock, next.owner, next.mode)) return;
    lock.waiting.shift();
    lock.held.set(next.owner, next.mode);
    next.grant();
  }
}
