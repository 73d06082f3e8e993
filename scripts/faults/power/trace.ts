/** Reads the file operations of processes from a trace of strace. */
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** The start and end of a call, in milliseconds of the system clock. */
type Span = Readonly<{ at: number; end: number }>;

export type FileCall = Span &
  (
    | Readonly<{ kind: 'write'; path: string; offset: number; data: Buffer }>
    | Readonly<{ kind: 'sync'; path: string }>
    | Readonly<{ kind: 'truncate'; path: string; length: number }>
    | Readonly<{ kind: 'create'; path: string; empty: boolean }>
    | Readonly<{ kind: 'rename'; path: string; to: string }>
    | Readonly<{ kind: 'unlink'; path: string }>
  );

const CALLS = [
  ...['openat', 'open', 'creat', 'lseek', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'fsync', 'fdatasync'],
  ...['ftruncate', 'fallocate', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'msync', 'copy_file_range'],
];

/** A command that records another, which stays a child of the starting process. */
export const tracing = (file: string): string[] => [
  ...['strace', '-D', '-f', '--seccomp-bpf', '-q', '-ttt', '-T', '-y', '-xx', '-s', '33554432'],
  ...['-e', `trace=${CALLS.join(',')}`, '-o', file],
];

/** Why nothing can be recorded here, if so. */
export function untraceable(): string | undefined {
  const { error, status } = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true'], {
    stdio: 'ignore',
  });
  if (error !== undefined) return 'there is no strace';
  return status === 0 ? undefined : 'ptrace is forbidden, or this strace is older than 5.3';
}

/** Resolves once the recorder, which has no parent, has logged the end of the process. */
export async function untilRecorded(file: string, pid: number): Promise<void> {
  const ended = new RegExp(`^${pid} .*\\+\\+\\+ (killed|exited)`, 'm');
  while (!ended.test(tailOf(file))) await pause(20);
}

function tailOf(file: string): string {
  const tail = Buffer.alloc(65_536);
  const opened = openSync(file, 'r');
  try {
    const read = readSync(opened, tail, 0, tail.length, Math.max(0, statSync(file).size - tail.length));
    return tail.toString('latin1', 0, read);
  } finally {
    closeSync(opened);
  }
}

/** The calls on files in a directory, in the order in which they began. */
export async function callsIn(file: string, directory: string): Promise<FileCall[]> {
  const calls: FileCall[] = [];
  const offsets = new Map<string, number>();
  const begun = new Map<string, { at: number; head: string }>();
  for await (const line of createInterface({
    input: createReadStream(file, 'latin1'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const [, pid = '', time = '', rest = ''] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    const at = 1000 * Number(time);
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(pid, { at, head: rest.slice(0, -'<unfinished ...>'.length).trimEnd() });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const first = resumed === null ? { at, head: '' } : begun.get(pid);
    if (first === undefined) continue;
    const call = callOf(first.head + (resumed?.[1] ?? rest), offsets);
    if (call === undefined || !call.path.startsWith(`${directory}/`)) {
      if (call === undefined || call.path !== directory) continue;
    }
    const { offset, length } = call.what as { offset?: number; length?: number };
    if (Number.isNaN(offset) || Number.isNaN(length))
      throw new Error(`unreadable: ${rest.slice(0, 100)} ${rest.slice(-200)}`);
    calls.push({ ...call.what, path: call.path, at: first.at, end: first.at + call.durationMs } as FileCall);
  }
  return calls.sort((one, other) => one.at - other.at);
}

type Parsed = { path: string; durationMs: number; what: object };

/** A call that changed or synced a file; undefined if it failed. */
function callOf(text: string, offsets: Map<string, number>): Parsed | undefined {
  const [, name = '', given = '', result = '', seconds = '0'] =
    /^(\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?(?: .*?)? ?<(\d+\.\d+)>$/s.exec(text) ?? [];
  const value = Number(result);
  if (name === '' || value < 0) return undefined;
  const durationMs = 1000 * Number(seconds);
  const onFile = /^(\d+)<([^>]*)>(?:\(deleted\))?,? ?(.*)$/s.exec(given);
  const path = onFile === null ? '' : plain(onFile[2] ?? '');
  const parameters = onFile?.[3] ?? '';
  const parsed = (what: object, of = path) => ({ path: of, durationMs, what });
  const place = `${onFile?.[1]} ${path}`;
  switch (name) {
    case 'open':
    case 'openat':
    case 'creat':
      return opened(given, text, (what, of) => {
        offsets.set(`${value} ${of}`, 0);
        return parsed(what, of);
      });
    case 'lseek':
      offsets.set(place, value);
      return undefined;
    case 'write':
    case 'writev': {
      const offset = offsets.get(place) ?? 0;
      offsets.set(place, offset + value);
      return parsed({ kind: 'write', offset, data: bytesIn(parameters).subarray(0, value) });
    }
    case 'pwrite64':
    case 'pwritev':
    case 'pwritev2': {
      const numbers = /((?:, (?:0x)?\d+)+)(?:, 0)?$/.exec(parameters)?.[1]?.split(', ').slice(1) ?? [];
      const offset = Number(numbers[1] ?? numbers[0]);
      return parsed({ kind: 'write', offset, data: bytesIn(parameters).subarray(0, value) });
    }
    case 'fsync':
    case 'fdatasync':
      return parsed({ kind: 'sync' });
    case 'ftruncate':
      return parsed({ kind: 'truncate', length: Number(parameters) });
    case 'fallocate': {
      const [, from = 0, length = 0] = parameters.split(', ').map(Number);
      return parsed({ kind: 'write', offset: from + length, data: Buffer.alloc(0) });
    }
    case 'unlink':
    case 'unlinkat':
      return parsed({ kind: 'unlink' }, absolute(given)[0]);
    case 'rename':
    case 'renameat':
    case 'renameat2': {
      const [from = '', to = ''] = absolute(given);
      return parsed({ kind: 'rename', to }, from);
    }
    default:
      throw new Error(`${name} is not known`); // what writes and is not rebuilt would look like a loss
  }
}

function opened(given: string, text: string, parsed: (what: object, path: string) => Parsed): Parsed {
  const path = plain(/\) += \d+<([^>]*)>/.exec(text)?.[1] ?? '');
  const isMaking = given.includes('O_CREAT') || text.startsWith('creat(');
  if (isMaking || given.includes('O_TRUNC')) return parsed({ kind: 'create', empty: given.includes('O_TRUNC') }, path);
  return parsed({ kind: 'none' }, '');
}

/** The paths that a call names, each relative to the directory before it. */
function absolute(given: string): string[] {
  return [...given.matchAll(/(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"/g)].map(([, directory = '', name = '']) => {
    const path = plain(name);
    return path.startsWith('/') ? path : `${plain(directory)}/${path.replace(/^\.\//, '')}`;
  });
}

function bytesIn(parameters: string): Buffer {
  const texts = [...parameters.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text = '']) => text.replaceAll('\\x', ''));
  return Buffer.from(texts.join(''), 'hex');
}

/** A path as it is: strace writes it as it writes data. */
function plain(path: string): string {
  return path.includes('\\x') ? Buffer.from(path.replaceAll('\\x', ''), 'hex').toString() : path;
}
