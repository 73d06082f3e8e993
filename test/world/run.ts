/** One run of the world: a safety phase with faults, a liveness phase without, and the checks. */
import { createHash } from 'node:crypto';
import type { Id } from '../../src/messages/index.ts';
import { actors } from '../../src/testing.ts';
import { checkAll } from './checks.ts';
import type { PlantedConsole } from './console.ts';
import { createConsole } from './console.ts';
import { createMemoryDatabase, type Database } from './database.ts';
import { createDisk } from './disk.ts';
import { forbidEscapes } from './escapes.ts';
import { bringFaults } from './faults.ts';
import { createLedger } from './ledger.ts';
import { createNetwork } from './network.ts';
import { type Act, createTab, createUser, type PlantedPhone, type Tab } from './phone.ts';
import { createScheduler, type WorldNode } from './scheduler.ts';
import { createServers, type PlantedServer, type Server } from './server.ts';
import type { Situation } from './situations.ts';
import { createTape, type Decisions } from './tape.ts';
import { VISITS } from './visits.ts';
import type { Failure, Line, World } from './world.ts';

export type Planted = Readonly<{
  server?: PlantedServer;
  phone?: PlantedPhone;
  console?: PlantedConsole;
}>;

export type RunOptions = Readonly<{
  seed: number;
  /** Replays these decisions, and no others. */
  decisions?: Decisions;
  planted?: Planted;
  database?: (world: World) => Database;
}>;

export type Outcome = Readonly<{
  failures: readonly Failure[];
  lines: readonly Line[];
  decisions: Decisions;
  reached: ReadonlySet<Situation>;
  /** A hash of all that happened, in order. */
  hash: string;
}>;

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
/** How long faults may come, and within what time after their end all must be well: the longest pause of a phone is five minutes. */
const SAFETY_MS = 8 * MINUTE;
const LIVENESS_MS = 12 * MINUTE;
const TURN_MS = 20_000;

/** Runs the world of a seed. */
export async function runWorld({ seed, decisions, planted = {}, database: choose }: RunOptions): Promise<Outcome> {
  const tape = createTape(seed, decisions);
  const scheduler = createScheduler(tape);
  const ledger = createLedger();
  const lines: Line[] = [];
  const failures: Failure[] = [];
  const reached = new Set<Situation>();
  let quiet = false;
  const hash = createHash('sha256');
  const world: World = {
    ...{ tape, scheduler, ledger, lines, failures, reached },
    tell(who, text) {
      lines.push({ at: scheduler.now(), who, text });
      hash.update(`${scheduler.now()} ${who} ${text}\n`);
    },
    reach: (situation) => void reached.add(situation),
    fail: (check, text) => void failures.push({ check, text }),
    isQuiet: () => quiet,
    spawn(node, task) {
      scheduler.within(node, () => {
        task().catch((error: unknown) => {
          world.fail('no error that nobody expects', `${node.name}: ${(error as Error)?.stack ?? String(error)}`);
        });
      });
    },
  };
  const endEscapes = forbidEscapes((what) => world.fail('nothing escapes the scheduler', what));
  const endRuntime = scheduler.use();
  try {
    const database = (choose ?? createMemoryDatabase)(world);
    const servers = createServers(world, database, planted.server);
    const network = createNetwork<Server>(world, servers.running);
    const acts = new Map<Id, Act>();
    const places = new Map<string, number>();
    const disks = [
      createDisk(world, 'phone-1', { journal: true, marks: true }),
      createDisk(world, 'phone-2', { journal: false, marks: true }),
      createDisk(world, 'phone-3', { journal: false, marks: false }),
    ] as const;
    const tab = (name: string, disk: number, other = false): Tab =>
      createTab(world, servers, network, {
        name,
        disk: disks[disk] as (typeof disks)[number],
        actor: other ? actors.otherProvider : actors.provider,
        planted: planted.phone ?? {},
      });
    const tabs = [
      tab('phone-1/tab-1', 0),
      tab('phone-1/tab-2', 0),
      tab('phone-2/tab-1', 1),
      tab('phone-3/tab-1', 2, true),
    ];
    const people = scheduler.createNode('people');
    const users = tabs.map((one) => ({ tab: one, user: createUser(world, one, acts, places) }));
    const desks = ['console-1', 'console-2'].map((name) => {
      const node = scheduler.createNode(name);
      return { node, screen: createConsole(world, network, node, planted.console) };
    });

    /** Runs something in a node again and again, unless the last time is still under way there. */
    function every(ms: number, nodeOf: () => WorldNode, task: () => Promise<unknown>): void {
      let busy: WorldNode | undefined;
      const again = () => {
        scheduler.plan(people, ms, again);
        const node = nodeOf();
        if (busy?.alive) return;
        busy = node;
        world.spawn(node, async () => {
          try {
            await task();
          } finally {
            if (busy === node) busy = undefined;
          }
        });
      };
      scheduler.plan(people, ms, again);
    }

    servers.startAll();
    for (const [n, visitId] of VISITS.entries()) {
      const desk = desks[n % desks.length] as (typeof desks)[number];
      world.spawn(desk.node, () => desk.screen.assign(visitId));
    }
    for (const { node, screen } of desks) {
      every(
        TURN_MS,
        () => node,
        async () => quiet || screen.turn(),
      );
      every(
        8_000,
        () => node,
        () => screen.follow().catch(() => undefined),
      );
    }
    for (const { tab: one, user } of users) {
      const nodeOf = () => {
        one.replica();
        return one.node();
      };
      every(TURN_MS, nodeOf, async () => quiet || user.turn());
      every(MINUTE, nodeOf, user.lookAfter);
    }
    bringFaults(world, { servers, database, network, disks, tabs, people, screens: desks.map(({ screen }) => screen) });

    await scheduler.runUntil(SAFETY_MS);
    quiet = true;
    tape.quiet();
    database.heal();
    for (const disk of disks) disk.setFull(false);
    for (const one of tabs) one.node().skewMs = 0;
    // Phones compare all visits once a day, so that they notice a server that was restored.
    if (reached.has('a server restored from an older backup')) scheduler.pass(DAY_MS);
    world.tell('world', 'all faults end');
    await scheduler.runUntil(SAFETY_MS + LIVENESS_MS);
    const harness = scheduler.createNode('checks');
    let isChecked = false;
    world.spawn(harness, async () => {
      await checkAll(world, { database, tabs, acts, screens: desks.map(({ screen }) => screen), servers });
      isChecked = true;
    });
    await scheduler.runUntil(SAFETY_MS + LIVENESS_MS + MINUTE);
    if (!isChecked) world.fail('the checks end', 'They did not');
    for (const one of tabs) one.replica().close();
  } finally {
    endRuntime();
    endEscapes();
  }
  return { failures, lines, decisions: tape.taken, reached, hash: hash.digest('hex') };
}
