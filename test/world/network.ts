/** The network between the devices of people and the servers: calls and answers are lost, late, doubled, and overtake each other. */
import { currentNode, type WorldNode } from './scheduler.ts';
import type { World } from './world.ts';

/** The error of a caller that got no answer. */
class LostConnection extends Error {
  override readonly name = 'LostConnection';
}

export type Network<Server> = Readonly<{
  /** Calls one of the servers that run; what is answered is told. */
  call: <T>(what: string, run: (server: Server) => Promise<T>) => Promise<T>;
  /** Cuts a device off, or connects it again. */
  cut: (device: string, isCut: boolean) => void;
}>;

type Process = Readonly<{ node: WorldNode }>;

/** Odds that a call is lost, late or doubled, and those of a large one. */
const ODDS = 0.06;
const LARGE_ODDS = 0.3;
const TRAVEL_MS = [15, 200, 2_500, 20_000] as const;
const LATE_MS = [9_000, 45_000, 130_000] as const;
/** Time without an answer after which a device gives up. */
const TIMEOUT_MS = 31_000;

export function createNetwork<Server extends Process>(world: World, running: () => readonly Server[]) {
  const { tape, scheduler, tell, reach } = world;
  const cutOff = new Set<string>();

  /** Runs a call in one of the servers, when it arrives; `done` gets what it answers. */
  function arrive<T>(what: string, run: (server: Server) => Promise<T>, done: (settle: Settled<T>) => void): void {
    const servers = running();
    const server = servers[tape.choose('balance', what, Math.max(2, servers.length), 0.5) % servers.length];
    if (server === undefined) {
      done({ error: new LostConnection('no server runs') });
      return;
    }
    const { node } = server;
    scheduler.plan(node, 0, () =>
      run(server).then(
        (value) => done({ value }),
        (error: unknown) => done({ error }),
      ),
    );
  }

  function call<T>(what: string, run: (server: Server) => Promise<T>): Promise<T> {
    const caller = currentNode() as WorldNode;
    const device = caller.name.split('/')[0] as string;
    const detail = `${caller.name} ${what}`;
    if (!caller.alive) return new Promise<T>(() => undefined);
    if (cutOff.has(device) && !world.isQuiet()) return failAfter(caller, 50, 'no signal');
    const fault = tape.choose('network', detail, 6, what === 'putPhoto' ? LARGE_ODDS : ODDS);
    const travel = () => TRAVEL_MS[tape.choose('travel', detail, TRAVEL_MS.length, 0.08)] as number;
    const path = scheduler.createNode('network');

    return new Promise<T>((resolve, reject) => {
      const fail = (inMs: number, why: string) => scheduler.plan(caller, inMs, () => reject(new LostConnection(why)));
      if (fault === 1) {
        tell(caller.name, `${what}: the request is lost`);
        return void fail(2_000, 'the request was lost');
      }
      if (fault === 2) {
        tell(caller.name, `${what}: the answer is lost`);
        reach('an answer lost after the work was done');
        fail(3_000, 'the answer was lost');
        return void scheduler.plan(path, travel(), () => arrive(what, run, () => undefined));
      }
      if (fault === 3) {
        const lateMs = LATE_MS[tape.choose('late', detail, LATE_MS.length, 0.5)] as number;
        tell(caller.name, `${what}: the request arrives ${lateMs / 1000} s late, after the caller gave it up`);
        reach('a request that arrives after its caller gave it up');
        fail(Math.min(lateMs - 1, TIMEOUT_MS), 'no answer in time');
        return void scheduler.plan(path, lateMs, () => arrive(what, run, () => undefined));
      }
      if (fault === 4) {
        tell(caller.name, `${what}: the request arrives twice`);
        reach('a request that arrives twice');
        scheduler.plan(path, travel() + 40, () => arrive(what, run, () => undefined));
      }
      if (fault === 5) {
        tell(caller.name, `${what}: the request is lost, and the caller hears nothing`);
        return void fail(TIMEOUT_MS, 'no answer in time');
      }
      // A server that is killed while it works answers nothing.
      const stopWaiting = fail(TIMEOUT_MS, 'no answer in time');
      const deliver = (settled: Settled<T>) =>
        void scheduler.plan(caller, travel(), () => {
          stopWaiting();
          if ('value' in settled) resolve(settled.value);
          else reject(settled.error);
        });
      scheduler.plan(path, travel(), () => arrive(what, run, deliver));
    });
  }

  function failAfter<T>(caller: WorldNode, inMs: number, why: string): Promise<T> {
    return new Promise((_, reject) => void scheduler.plan(caller, inMs, () => reject(new LostConnection(why))));
  }

  return {
    call,
    cut(device, isCut) {
      if (isCut) cutOff.add(device);
      else cutOff.delete(device);
    },
  } satisfies Network<Server>;
}

type Settled<T> = Readonly<{ value: T }> | Readonly<{ error: unknown }>;
