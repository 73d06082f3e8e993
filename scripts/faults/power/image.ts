/** Reconstructs the files after a power cut from the recorded system calls. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FileCall } from './trace.ts';

const SECTOR = 512;

type Change = Readonly<{ isSynced: boolean }> &
  (Readonly<{ offset: number; data: Buffer }> | Readonly<{ length: number }>);

/** A file under any name: its first content, and the operations on it. */
type Content = { readonly base: string | undefined; readonly calls: FileCall[] };

type Cut = Readonly<{
  calls: readonly FileCall[];
  /** The folder of the calls, and its earlier contents. */
  directory: string;
  base: string;
  at: number;
  random: () => number;
  /** The part of unsynced writes that survives, from 0 to 1; random by default. */
  keeping?: number | undefined;
}>;

/**
 * Writes to `target`, a copy of the base, what the disk holds if the power fails at a moment. What a sync that had ended covers
 * is there. Of the rest, each sector is there or not by chance; of what was done to names and lengths, a part from the beginning,
 * as a journal keeps it, and all that came before any sync.
 */
export function leaveImage({ calls, directory, base, at, random, keeping: asked }: Cut, target: string): void {
  const done = calls.filter((call) => call.at < at);
  const synced = done.filter(({ kind, end }) => kind === 'sync' && end <= at);
  const lastSync = Math.max(Number.NEGATIVE_INFINITY, ...synced.map((sync) => sync.at));
  const keeping = asked ?? [0, 0.5, 0.9, 1][Math.floor(4 * random())] ?? 0.5;

  const named = new Map<string, Content>(); // as the processes see it
  const onDisk = new Map<string, Content | null>(); // the names that are on the disk; null for one that is gone
  const contentOf = (path: string): Content => {
    const known = named.get(path);
    if (known !== undefined) return known;
    const content = { base: join(base, relative(directory, path)), calls: [] };
    named.set(path, content);
    onDisk.set(path, content);
    return content;
  };
  let isKept = true;
  for (const call of done) {
    if (call.kind === 'write' || call.kind === 'truncate' || call.kind === 'sync') {
      if (!isDirectory(join(base, relative(directory, call.path)))) contentOf(call.path).calls.push(call);
      continue;
    }
    isKept &&= call.end <= lastSync || random() < 0.7;
    rename(call, {
      named,
      onDisk,
      contentOf,
      isKept,
      isThere: (path) => existsSync(join(base, relative(directory, path))),
    });
  }
  for (const [path, content] of onDisk) {
    const place = join(target, relative(directory, path));
    if (content === null) rmSync(place, { force: true });
    else write(place, contentAt(content, at, keeping, random));
  }
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

type Names = {
  named: Map<string, Content>;
  onDisk: Map<string, Content | null>;
  contentOf: (path: string) => Content;
  isThere: (path: string) => boolean;
  isKept: boolean;
};

function rename(call: FileCall, { named, onDisk, contentOf, isThere, isKept }: Names): void {
  if (call.kind === 'create') {
    if (named.has(call.path) || isThere(call.path)) {
      if (call.empty) contentOf(call.path).calls.push({ ...call, kind: 'truncate', length: 0 });
      return;
    }
    const made = { base: undefined, calls: [] };
    named.set(call.path, made);
    if (isKept) onDisk.set(call.path, made);
  } else if (call.kind === 'unlink') {
    named.delete(call.path);
    if (isKept) onDisk.set(call.path, null);
  } else if (call.kind === 'rename') {
    const moved = contentOf(call.path);
    named.delete(call.path);
    named.set(call.to, moved);
    if (!isKept) return;
    onDisk.set(call.path, null);
    onDisk.set(call.to, moved);
  }
}

function contentAt({ base, calls }: Content, at: number, keeping: number, random: () => number): Buffer | undefined {
  const before = base === undefined || !existsSync(base) ? Buffer.alloc(0) : readFileSync(base);
  const syncs = calls.filter(({ kind, end }) => kind === 'sync' && end <= at).map((sync) => sync.at);
  const lastSync = Math.max(Number.NEGATIVE_INFINITY, ...syncs);
  if (calls.every(({ kind }) => kind === 'sync')) return base === undefined ? before : undefined;
  const changes = calls.flatMap((call): Change[] => {
    const isSynced = call.end <= lastSync;
    if (call.kind === 'write') return [{ isSynced, offset: call.offset, data: call.data }];
    return call.kind === 'truncate' ? [{ isSynced, length: call.length }] : [];
  });
  return changed(before, changes, keeping, random);
}

function changed(before: Buffer, changes: readonly Change[], keeping: number, random: () => number): Buffer {
  const ends = changes.map((change) => ('data' in change ? change.offset + change.data.length : change.length));
  const room = Buffer.alloc(Math.max(before.length, ...ends));
  before.copy(room);
  let { length } = before;
  for (const change of changes) {
    if ('length' in change) {
      if (!change.isSynced && random() >= keeping) continue;
      room.fill(0, change.length);
      length = change.length;
      continue;
    }
    const end = change.offset + change.data.length;
    for (let from = change.offset; from < end || from === end; ) {
      const to = Math.min(end, (Math.floor(from / SECTOR) + 1) * SECTOR);
      if (change.isSynced || random() < keeping) {
        change.data.copy(room, from, from - change.offset, to - change.offset);
        length = Math.max(length, to);
      }
      if (to === end) break;
      from = to;
    }
  }
  return room.subarray(0, length);
}

function write(place: string, content: Buffer | undefined): void {
  if (content === undefined) return; // as it was
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, content);
}
