/**
 * The door between a process and what it waits for: each call takes time, may fail before it takes effect or after, and is a point at
 * which the process may be killed. A process that is killed has not stopped what it asked for.
 */
import { StoreError } from '../../src/stores/errors.ts';
import { currentNode, type WorldNode } from './scheduler.ts';
import type { World } from './world.ts';

export type Door = <T>(what: string, isWrite: boolean, run: () => Promise<T>) => Promise<T>;

export type DoorOptions = Readonly<{
  /** Sides of a door: who calls, and what is behind it, by its name and the node in which it works. */
  caller: WorldNode;
  place: WorldNode;
  /** Kills the caller, and says how. */
  kill: (how: string) => void;
  /** Odds that a call fails. */
  odds: Readonly<{ fails: number; kills: number; slow: number }>;
  /** True if a failed call may have taken effect, or may do so later: a server, and no disk of the own device. */
  mayDoubt: boolean;
}>;

const never = <T>() => new Promise<T>(() => undefined);
const PAUSES_MS = [1, 8, 60, 900, 4_000] as const;

export function createDoor(world: World, { caller, place, kill, odds, mayDoubt }: DoorOptions): Door {
  const { tape, scheduler, tell, reach } = world;

  return <T>(what: string, isWrite: boolean, run: () => Promise<T>): Promise<T> => {
    if (!caller.alive || currentNode()?.alive === false) return never();
    const detail = `${caller.name} ${what}`;
    const killed = tape.choose('kill', detail, isWrite ? 3 : 2, odds.kills);
    if (killed === 1) {
      kill(`before ${what}`);
      return never();
    }
    const failure = tape.choose('fail', detail, isWrite && mayDoubt ? 5 : 2, odds.fails);
    const pauseMs = PAUSES_MS[tape.choose('slow', detail, PAUSES_MS.length, odds.slow)] as number;

    return new Promise<T>((resolve, reject) => {
      const answer = (settle: () => void) => void scheduler.plan(caller, pauseMs, settle);
      const inDoubt = () => reject(new StoreError('io', `The connection was lost during ${what}`));
      if (failure === 1) {
        tell(caller.name, `${what} fails: nothing was done`);
        return answer(() => reject(new StoreError(mayDoubt ? 'unavailable' : 'io', `${what} failed`)));
      }
      if (failure === 2) {
        tell(caller.name, `${what} is in doubt, and was not done`);
        reach('an append in doubt that was not written');
        return answer(inDoubt);
      }
      if (failure === 3) tell(caller.name, `${what} is in doubt, and is done`);
      if (failure === 4) tell(caller.name, `${what} is in doubt, and is done later`);
      if (failure > 2) reach('an append in doubt that was written');
      if (failure === 4) answer(inDoubt);
      const lateMs = failure === 4 ? pauseMs + 3_000 : 0;
      scheduler.plan(place, lateMs, () => {
        const settled = (settle: () => void) => {
          if (killed === 2) {
            reach('a process killed after it wrote and before it knew');
            kill(`after ${what}`);
          } else if (failure === 3) answer(inDoubt);
          else if (failure !== 4) answer(settle);
        };
        run().then(
          (value) => settled(() => resolve(value)),
          (error: unknown) => settled(() => reject(error)),
        );
      });
    });
  };
}

/**
 * The same interface behind a door; `writes` are the names of what changes something. It cannot be listened to: who waits for news calls again.
 */
export function behindDoor<T extends object>(part: T, door: Door, writes: readonly (keyof T & string)[]): T {
  const calls = Object.entries(part).filter(([name]) => name !== 'listen');
  const entries = calls.map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    const isWrite = (writes as readonly string[]).includes(name);
    return [name, (...given: readonly unknown[]) => door(name, isWrite, () => method.apply(part, given))];
  });
  return Object.fromEntries(entries) as T;
}
