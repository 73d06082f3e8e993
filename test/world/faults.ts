/** The faults that no call brings about: kills, cuts, clocks, disks, backups, and those of the database. */
import type { VisitEvent } from '../../src/messages/index.ts';
import type { Database } from './database.ts';
import type { Disk } from './disk.ts';
import type { Tab } from './phone.ts';
import type { WorldNode } from './scheduler.ts';
import type { Servers } from './server.ts';
import { readReported } from './visits.ts';
import type { World } from './world.ts';

type Parts = Readonly<{
  servers: Servers;
  database: Database;
  network: { cut: (device: string, isCut: boolean) => void };
  disks: readonly Disk[];
  tabs: readonly Tab[];
  people: WorldNode;
  screens: readonly { reload: () => void }[];
}>;

const EVERY_MS = 5_000;
const JUMPS_MS = [200_000, -200_000, 3_600_000, -86_400_000] as const;

/** Looks every five seconds whether something breaks. */
export function bringFaults(world: World, parts: Parts): void {
  const { tape, scheduler, tell, reach } = world;
  const { servers, database, network, disks, tabs, people } = parts;

  const later = (run: () => unknown) => {
    const ms = [20_000, 2_000, 90_000][tape.choose('how long', 'fault', 3, 0.5)] as number;
    scheduler.plan(people, ms, run);
  };

  /** A part by number, if the tape decides for one. */
  function pick<T>(category: string, list: readonly T[], odds: number): T | undefined {
    return list[tape.choose(category, 'now', list.length + 1, odds) - 1];
  }

  function look(): void {
    if (world.isQuiet()) return;
    scheduler.plan(people, EVERY_MS, look);
    const server = pick('kill server', [0, 1], 0.02);
    if (server !== undefined) {
      servers.kill(server, 'at once');
      reach('a server killed');
    }
    pick('kill phone', tabs, 0.02)?.kill('as its system needs memory');
    const cut = pick('cut', ['phone-1', 'phone-2', 'phone-3', 'console-1'], 0.02);
    if (cut !== undefined) {
      network.cut(cut, true);
      tell(cut, 'has no signal');
      reach('a device without a signal');
      const without = tape.choose('delete', 'without a signal', 2, 0.2) === 1;
      later(async () => {
        const disk = disks.find(({ name }) => name === cut);
        if (without && disk !== undefined) await clear(disk);
        network.cut(cut, false);
        tell(cut, 'has a signal again');
      });
    }
    const full = pick('full disk', disks, 0.01);
    if (full !== undefined) {
      full.setFull(true);
      tell(full.name, 'has no room left');
      later(() => {
        full.setFull(false);
        tell(full.name, 'has room again');
      });
    }
    const lost = pick('delete', [...disks, ...disks], 0.006);
    if (lost !== undefined) world.spawn(people, () => deleteDatabase(lost));
    const jumped = pick('clock', tabs, 0.008);
    if (jumped !== undefined) jump(jumped);
    if (database.restore !== undefined) {
      const back = tape.choose('restore', 'database', 12, 0.003);
      if (back > 0) world.spawn(people, () => restore(back));
    }
    pick('database', database.faults, 0.03)?.inject();
  }

  async function deleteDatabase(disk: Disk): Promise<void> {
    const isAll = tape.choose('delete', 'all', 2, 0.5) === 1;
    tell(disk.name, `loses its database${isAll ? ' and all beside it' : ''}`);
    const isKnown = (await database.readAll()).some(({ text }) => text.includes(`"${disk.name}/`));
    disk.lose(isAll, isKnown);
  }

  /** Ends all that runs on a device, and deletes its database: nothing in memory brings back what waits. */
  async function clear(disk: Disk): Promise<void> {
    reach('a device cleared without a signal');
    for (const tab of tabs) if (tab.disk === disk) tab.kill('as its system clears the device');
    await deleteDatabase(disk);
  }

  function jump(tab: Tab): void {
    const by = JUMPS_MS[tape.choose('clock', 'by', JUMPS_MS.length, 0.7)] as number;
    tab.node().skewMs += by;
    tell(tab.name, `its clock jumps by ${by / 1000} s`);
    reach('a clock that jumps');
  }

  async function restore(back: number): Promise<void> {
    const before = await database.readAll();
    await database.restore?.(back * 3);
    const after = new Set((await database.readAll()).map(({ messageId }) => messageId));
    const gone = before.filter(({ messageId }) => !after.has(messageId));
    for (const { messageId, text } of gone) {
      world.ledger.givenUp.add(messageId);
      const event = JSON.parse(text) as VisitEvent;
      for (const { commandId } of [event.metadata ?? {}, ...readReported(event)])
        if (commandId !== undefined) world.ledger.commandsGivenUp.add(commandId);
    }
    const list = gone.map(({ streamName, streamPosition }) => `${streamName.replace(/^visit-/, '')}@${streamPosition}`);
    tell('operator', `restores a backup that lacks ${gone.length} events: ${list.join(' ')}`);
    reach('a server restored from an older backup');
    for (const screen of parts.screens) screen.reload();
  }

  scheduler.plan(people, EVERY_MS, look);
}
