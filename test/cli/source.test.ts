import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectWords } from '../../src/cli/console/context.ts';
import { openSource, readRange } from '../../src/cli/input/source.ts';
import { temporaryDirectory } from '../stores/files.ts';

const all = async (parts: AsyncIterable<Uint8Array>) => {
  let size = 0;
  for await (const part of parts) size += part.length;
  return size;
};

describe('a file that becomes shorter while it is read', () => {
  it('is an error in each pass and range: the visits that are left would pass for all', async () => {
    const path = join(temporaryDirectory(), 'log.ndjson');
    writeFileSync(path, '{}\n'.repeat(1000));
    const source = await openSource(path, process.stdin, '-');
    expect(await all(source.chunks())).toBe(3000);
    expect(await all(readRange(path, { from: 1500, to: 3000 }))).toBe(1500);
    truncateSync(path, 2999);
    const words = selectWords('en');
    await expect(all(source.chunks())).rejects.toSatisfy((error) =>
      String(error.linesIn(words)).endsWith(
        'log.ndjson: was shortened or replaced while it was being read; read it again when it is whole',
      ),
    );
    await expect(all(readRange(path, { from: 1500, to: 3000 }))).rejects.toMatchObject({ code: 'ESHORTENED' });
    expect(await all(readRange(path, { from: 0, to: 2999 }))).toBe(2999);
  });

  it('may grow: what is appended meanwhile is left for the next time', async () => {
    const path = join(temporaryDirectory(), 'log.ndjson');
    writeFileSync(path, '{}\n');
    const source = await openSource(path, process.stdin, '-');
    writeFileSync(path, '{}\n{}\n');
    expect(await all(source.chunks())).toBe(3);
  });
});
