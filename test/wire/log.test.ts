import { describe, expect, it } from 'vitest';
import { type Lines, parseCommands } from '../../src/wire.ts';
import { parseLog } from './bare.ts';
import { command, event } from './samples.ts';

const started = event('StartWork');
const line = JSON.stringify(started);
const good = (number: number) => ({ line: number, ok: true, value: started });
const bad = (number: number, text: string) => ({
  line: number,
  ok: false,
  issues: [{ path: '', code: 'invalid-json' }],
  text,
});

const read = (lines: Lines) => collect(parseLog(lines));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* streamed(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('parseLog', () => {
  it('reads lines of any source, numbered from 1', async () => {
    expect(await read([line, line])).toStrictEqual([good(1), good(2)]);
    expect(await read(new Set([line]))).toStrictEqual([good(1)]);
    expect(await read(streamed([line, line]))).toStrictEqual([good(1), good(2)]);
    expect(await read(`${line}\n${line}\n`)).toStrictEqual([good(1), good(2)]);
    expect(await read([])).toStrictEqual([]);
    expect(await read('')).toStrictEqual([]);
  });

  it('passes over blank lines and counts them', async () => {
    expect(await read(['', line, '  \t', '\r', line, ''])).toStrictEqual([good(2), good(5)]);
  });

  it('ignores a byte order mark, on the first line alone', async () => {
    expect(await read([`\uFEFF${line}`, `\uFEFF${line}`])).toStrictEqual([good(1), bad(2, `\uFEFF${line}`)]);
    expect(await read(['\uFEFF', line])).toStrictEqual([good(2)]);
  });

  it('takes lines that end in CRLF or still have their end', async () => {
    expect(await read([`${line}\r`, `${line}\r\n`, `${line}\n`])).toStrictEqual([good(1), good(2), good(3)]);
  });

  it('is not stopped by a cut or a broken line, and keeps its text', async () => {
    const cut = line.slice(0, 60);
    expect(await read([line, cut, line, 'null ]\r', line])).toStrictEqual([
      good(1),
      bad(2, cut),
      good(3),
      bad(4, 'null ]\r'),
      good(5),
    ]);
  });

  it('says which lines are of a later time', async () => {
    const later = '{ "type":"DroneDispatched", "data":{ } }';
    expect(await read([later, line])).toStrictEqual([
      { line: 1, ok: false, issues: [{ path: '/type', code: 'unknown-type' }], unknown: true, text: later },
      good(2),
    ]);
  });

  it('refuses a line that is too long and goes on', async () => {
    const [first, second] = await read([' '.repeat(128 * 1024 + 1) + line, line]);
    expect(first).toMatchObject({ line: 1, ok: false, issues: [{ path: '', code: 'too-large' }] });
    expect(second).toStrictEqual(good(2));
  });

  it('takes one line at a time', async () => {
    let taken = 0;
    function* source(): Generator<string> {
      for (;;) {
        taken += 1;
        yield line;
      }
    }
    for await (const read of parseLog(source())) if (read.line === 3) break;
    expect(taken).toBe(3);
  });

  it('throws what the source throws', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield line;
      throw new Error('disk');
    }
    await expect(read(broken())).rejects.toThrow('disk');
  });
});

describe('parseCommands', () => {
  it('reads commands as parseLog reads events', async () => {
    const start = command('StartWork');
    expect(await collect(parseCommands([JSON.stringify(start), '', line]))).toStrictEqual([
      { line: 1, ok: true, value: start },
      { line: 3, ok: false, issues: [{ path: '/type', code: 'unknown-type', nearest: 'StartWork' }], text: line },
    ]);
  });
});
