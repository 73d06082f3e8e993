/** The disk of a phone: a database, for some with a second place and marks; it may be full, lose its database, or be restored. */
import { memoryReplicaStore } from '../../src/memory.ts';
import type { Id } from '../../src/messages/index.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { isReplicaConflict, type ReplicaStore } from '../../src/stores/replica-store.ts';
import { journalInMemory, marksInMemory } from '../replica/disk.ts';
import { behindDoor, createDoor } from './door.ts';
import type { WorldNode } from './scheduler.ts';
import type { World } from './world.ts';

export type Disk = Readonly<{
  name: string;
  /** The store of a tab, which runs in a node. */
  open: (node: WorldNode, kill: (how: string) => void) => ReplicaStore;
  setFull: (isFull: boolean) => void;
  /** Deletes the database; with `isAll` also what stands beside it. `isKnown` if the server knows acts of it, and so tells of the loss. */
  lose: (isAll: boolean, isKnown: boolean) => void;
  state: DiskState;
}>;

type DiskState = {
  isFull: boolean;
  wasFull: boolean;
  wasDeleted: boolean;
  /** True once acts are gone that nothing on the device and no server knows of. */
  isSilent: boolean;
  /** True while a second place has had all that waits, from the beginning. */
  isTwofold: boolean;
  /** The visits whose photographs are here. */
  readonly photos: Set<Id>;
};

/** Files beside the database of a disk. */
export type Beside = Readonly<{ journal: boolean; marks: boolean }>;

const writes = ['writeGroup', 'dropGroup', 'putBlob', 'dropBlob'] as const;

export function createDisk(world: World, name: string, beside: Beside): Disk {
  const { scheduler, reach } = world;
  const place = scheduler.createNode(`${name}/disk`);
  const { journal, entries } = journalInMemory();
  const { marks, texts } = marksInMemory();
  const state: DiskState = {
    ...{ isFull: false, wasFull: false, wasDeleted: false, isSilent: false, isTwofold: beside.journal },
    photos: new Set(),
  };
  let database = memoryReplicaStore();

  const calls = Object.keys(database) as (keyof ReplicaStore)[];
  const current = Object.fromEntries(
    calls.map((method) => [
      method,
      async (...given: unknown[]) => {
        if (state.isFull && (method === 'writeGroup' || method === 'putBlob')) {
          reach('a full disk while something is recorded');
          throw new StoreError('full', 'No room');
        }
        try {
          return await (database[method] as (...all: unknown[]) => unknown)(...given);
        } catch (error) {
          if (isReplicaConflict(error)) reach('two tabs of a phone write one visit at once');
          throw error;
        }
      },
    ]),
  ) as unknown as ReplicaStore;

  return {
    name,
    state,
    open(node, kill) {
      const odds = { fails: 0, kills: 0.0015, slow: 0.01 };
      const door = createDoor(world, { caller: node, place, kill, odds, mayDoubt: false });
      return {
        ...behindDoor(current, door, writes),
        ...(beside.journal && { journal: behindDoor(journal, door, ['write']) }),
        ...(beside.marks && { marks }),
      };
    },
    setFull(isFull) {
      state.isFull = isFull;
      state.wasFull ||= isFull;
    },
    lose(isAll, isKnown) {
      database = memoryReplicaStore();
      state.wasDeleted = true;
      state.isTwofold &&= !isAll;
      state.photos.clear();
      reach(isAll ? 'a database deleted with all beside it' : 'a database deleted alone');
      state.isSilent ||= (isAll || !beside.marks) && !isKnown;
      if (!isAll) return;
      entries.clear();
      texts.clear();
    },
  };
}
