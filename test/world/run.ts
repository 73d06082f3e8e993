/** One run of the world: a safety phase with faults, a liveness phase without, and the checks. */
import { createHash } from 'node:crypto';
import type { Id } from '../../src/messages/index.ts';
import { createService } from '../../src/service.ts';
import { actors } from '../../src/testing.ts';
import { createChannels } from './channels.ts';
import { checkAll } from './checks.ts';
import type { PlantedConsole } from './console.ts';
import { createConsole } from './console.ts';
import { createMemoryDatabase, type Database } from './database.ts';
import { createDisk, type Disk } from './disk.ts';
import { forbidEscapes, replace } from './escapes.ts';
import { bringFaults } from './faults.ts';
import { createLedger, wordsFor } from './ledger.ts';
import { createNetwork } from './network.ts';
import { type Act, createTab, createUser, type PlantedPhone, type Tab } from './phone.ts';
import { createScheduler, type WorldNode } from './scheduler.ts';
import { createServers, type PlantedServer, type Server } from './server.ts';
import type { Situation } from './situations.ts';
import { createTape, type Decisions } from './tape.ts';
import { actsOf, assignmentOf, BYTES, HASH, VISITS, withId } from './visits.ts';
import { DECISION, type Failure, type Line, type World } from './world.ts';

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
  /** Words for events and commands, by id. */
  names: ReadonlyMap<Id, string>;
  decisions: Decisions;
  reached: ReadonlySet<Situation>;
  /** A hash of all that happened, in order. */
  hash: string;
}>;

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
/** Time in which faults may come. */
const SAFETY_MS = 6 * MINUTE;
/** Times after the end of all faults at which all is checked. At the last time it must be: phones pause for five minutes at most. */
const LOOKS_MS = [3 * MINUTE, 6 * MINUTE, 12 * MINUTE];
const TURN_MS = 15_000;

/** Lets the world run on until the checks hold, at the latest until the end of the liveness phase: what fails then has failed. */
async function comeToRest({ scheduler, failures, spawn, fail }: World, check: () => Promise<void>): Promise<void> {
  const harness = scheduler.createNode('checks');
  const before = failures.length;
  for (const atMs of LOOKS_MS) {
    await scheduler.runUntil(SAFETY_MS + atMs);
    failures.splice(before);
    let isChecked = false;
    spawn(harness, async () => {
      await check();
      isChecked = true;
    });
    await scheduler.runUntil(SAFETY_MS + atMs + MINUTE / 2);
    if (!isChecked) fail('the checks end', 'They did not');
    if (failures.length === before) return;
  }
}

/** Places where the second visit begins: unassigned, before its photographs, or shortly before its end. */
const BEGINNINGS = [0, 6, 19] as const;

/** Records what was done the day before in the second visit, without faults. */
async function begin(
  world: World,
  database: Database,
  places: Map<string, number>,
  disks: readonly Disk[],
): Promise<void> {
  const { tape, scheduler } = world;
  const start = BEGINNINGS[tape.choose('begin', 'visit', BEGINNINGS.length, 0.6)] as number;
  const visitId = VISITS[1] as Id;
  if (start === 0) return;
  const { handle } = createService({ store: database.direct() as never });
  world.spawn(scheduler.createNode('yesterday'), async () => {
    for (const one of [assignmentOf(visitId), ...actsOf(visitId).slice(0, start)]) {
      const id = `yesterday:${one.type}`;
      world.ledger.commands.set(id, { who: 'yesterday', type: one.type, fate: 'sent' });
      const send = (): Promise<unknown> => handle(withId(one, id)).catch(again);
      // A cluster may be slow, and leave an append in doubt.
      const again = () => scheduler.sleep(5_000).then(send);
      await send();
    }
  });
  for (const { name } of disks) places.set(`${name} ${visitId}`, start);
  world.tell('yesterday', `${visitId} is recorded up to ${actsOf(visitId)[start - 1]?.type}`);
  await scheduler.runUntil(scheduler.now());
}

/** Runs the world of a seed. */
export async function runWorld({ seed, decisions, planted = {}, database: choose }: RunOptions): Promise<Outcome> {
  const lines: Line[] = [];
  const tape = createTape(seed, decisions, (name, value) => {
    lines.push({ at: scheduler.now(), who: DECISION, text: `${name} = ${value}` });
  });
  const scheduler = createScheduler(tape);
  const ledger = createLedger();
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
          world.fail('no unexpected error', `${node.name}: ${(error as Error)?.stack ?? String(error)}`);
        });
      });
    },
  };
  const endEscapes = forbidEscapes((what) => world.fail('nothing escapes the scheduler', what));
  const endRuntime = scheduler.use();
  const endChannels = replace(globalThis, { BroadcastChannel: createChannels(world) });
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
    const tab = (disk: Disk, n: number): Tab =>
      createTab(world, servers, network, {
        name: `${disk.name}/tab-${n}`,
        disk,
        actor: disk.name === 'phone-3' ? actors.otherProvider : actors.provider,
        planted: planted.phone ?? {},
      });
    const twoTabs = disks[tape.choose('begin', 'second tab', disks.length, 0.6)];
    const tabs = disks.flatMap((disk) => (disk === twoTabs ? [tab(disk, 1), tab(disk, 2)] : [tab(disk, 1)]));
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
        // A process that is killed as soon as it starts does nothing.
        if (busy?.alive || !node.alive) return;
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

    await begin(world, database, places, disks);
    if (places.size > 0) servers.photos.set(HASH, BYTES);
    servers.startAll();
    for (const [n, visitId] of VISITS.entries()) {
      const desk = desks[n % desks.length] as (typeof desks)[number];
      if (!places.has(`phone-1 ${visitId}`)) world.spawn(desk.node, () => desk.screen.assign(visitId));
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
    // Phones compare all visits once a day, by their clocks, so that they notice a server that was restored.
    if (reached.has('a server restored from an older backup')) scheduler.pass(2 * DAY_MS);
    world.tell('world', 'all faults end');
    await comeToRest(world, () =>
      checkAll(world, { database, tabs, acts, screens: desks.map(({ screen }) => screen), servers }),
    );
    for (const one of tabs) one.replica().close();
  } finally {
    endChannels();
    endRuntime();
    endEscapes();
  }
  return { failures, lines, names: wordsFor(ledger), decisions: tape.taken, reached, hash: hash.digest('hex') };
}
