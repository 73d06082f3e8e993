import { spawnSync } from 'node:child_process';
import { closeSync, linkSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate.ts';
import { auxilio, cli, file, pathOf, told } from './support.ts';

const [one = '', two = ''] = [...simulate({ visits: 2, seed: 9 })].map(({ events }) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join(''),
);
const [first, second] = [file('first.ndjson', one), file('second.ndjson', two)];
const page = pathOf('page.html');

describe('report', () => {
  it('never writes over what it reads, however it is named', () => {
    const [soft, hard] = [pathOf('soft.html'), pathOf('hard.html')];
    symlinkSync(second, soft);
    linkSync(second, hard);
    for (const output of [second, relative('.', second), soft, hard]) {
      expect(auxilio(['report', first, second, '-o', output])).toEqual({
        out: '',
        err: `auxilio: ${output}: es uno de los archivos que se leen; indique otro con --output\n`,
        code: 2,
      });
    }
    const stdin = openSync(second, 'r');
    const piped = spawnSync(process.execPath, [cli, 'report', '-o', second], { stdio: [stdin, 'pipe', 'pipe'] });
    closeSync(stdin);
    expect(piped.status).toBe(2);
    for (const option of ['--policy', '--map']) {
      const read = file('read.json', '{}');
      const { err, code } = auxilio(['report', first, option, read, '-o', read, '--locale', 'en']);
      expect(err).toBe(`auxilio: ${read}: is one of the files that are read; name another with --output\n`);
      expect(code).toBe(2);
      expect(readFileSync(read, 'utf8')).toBe('{}');
    }
    expect(readFileSync(second, 'utf8')).toBe(two);
  });

  it('takes a policy that can be read once, for all files', () => {
    const policy = ['--policy', '-'] as const;
    expect(told(['report', first, second, ...policy, '-o', page], { input: '{}' })).toBe(`${page}: 2 visitas\n`);
  });

  it('wants the visit in one of the files, not in each', () => {
    const visit = (id: string) => auxilio(['report', first, second, '--visit', id, '-o', page]);
    expect(visit('sim-2')).toEqual({ out: `${page}: 1 visita\n`, err: '', code: 0 });
    expect(visit('sim-7')).toEqual({ out: '', err: 'auxilio: no se encontró la visita sim-7\n', code: 2 });
  });
});
