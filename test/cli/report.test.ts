import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { below, Page, pairsIn, rowsIn, textOf } from '../report/page.ts';
import { auxilio, cli, file, pathOf, stdoutOf } from './support.ts';

const [one = '', two = ''] = [...simulate({ visits: 2, seed: 9 })].map(({ events }) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join(''),
);
const [first, second] = [file('first.ndjson', one), file('second.ndjson', two)];
const open = file('open.ndjson', one.split('\n').slice(0, 20).join('\n'));
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

  it('names the photographs that are missing among those of --holdings, as dossier does', () => {
    const events = one
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const taken = events.flatMap(({ type, data }) => (type === 'PhotosTaken' ? data.photos : []));
    const said = new Set(events.flatMap(({ type, data }) => (type === 'PhotosSubmitted' ? data.photoIds : [])));
    const rows = taken.map(({ sha256 }) =>
      JSON.stringify({ sha256, since: '2026-03-17T15:00:00.000Z', mediaType: 'image/jpeg', bytes: 9 }),
    );
    const [none, all, bad] = [
      file('none.ndjson', (rows[0] ?? '').replace(taken[0].sha256, 'f'.repeat(64))),
      file('all.ndjson', rows.join('\n')),
      file('bad.ndjson', '{}'),
    ];
    const marks = (holdings: string) =>
      stdoutOf(['dossier', first, '--holdings', holdings]).match(/falta desde|está desde/g) ?? [];
    expect(said.size).toBeGreaterThan(0);
    expect(marks(none)).toEqual([...said].map(() => 'falta desde'));
    expect(marks(all)).toEqual(taken.map(() => 'está desde'));
    expect(stdoutOf(['dossier', first])).not.toMatch(/falta desde|está desde/);
    expect(auxilio(['dossier', first, '--holdings', bad]).err).toContain('no dice qué fotografías hay');
    stdoutOf(['report', first, '-o', page, '--force', '--holdings', none]);
    expect(readFileSync(page, 'utf8')).toContain('Se dijo que se enviaron, y no están');
  });

  it('replaces a file that is there only when it is forced to', () => {
    const output = file('kept.html', 'kept');
    expect(auxilio(['report', first, '-o', output])).toEqual({
      out: '',
      err: `auxilio: ${output}: ya existe; con --force se reemplaza\n`,
      code: 2,
    });
    expect(auxilio(['report', first, '-o', output, '--locale', 'en']).err).toBe(
      `auxilio: ${output}: is there already; --force replaces it\n`,
    );
    expect(readFileSync(output, 'utf8')).toBe('kept');
    expect(stdoutOf(['report', first, '-o', output, '--force'])).toBe(`${output}: 1 visita\n`);
    expect(readFileSync(output, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    expect(auxilio(['report', second, '-o', second, '--force']).code).toBe(2);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps the file that it would replace, also by a link, until the page is whole',
    () => {
      const output = file('former.html', 'former');
      const link = pathOf('former-link.html');
      symlinkSync(output, link);
      // No file may have more than 8 kB here.
      const small = spawnSync('bash', [
        '-c',
        `ulimit -f 8; "$0" "$@"`,
        process.execPath,
        cli,
        'report',
        first,
        '-o',
        link,
        '--force',
      ]);
      expect(small.stderr.toString()).toBe(`auxilio: ${link}: no se pudo escribir (EFBIG)\n`);
      expect([small.status, readFileSync(output, 'utf8')]).toEqual([2, 'former']);
      expect(readdirSync(dirname(link)).filter((name) => name.startsWith('former'))).toHaveLength(2);
      expect(auxilio(['report', first, '-o', link, '--force']).code).toBe(0);
      expect(readFileSync(output, 'utf8')).toMatch(/<\/html>\s*$/);
    },
  );

  it('is never a folder', () => {
    const folder = pathOf('folder');
    mkdirSync(folder);
    expect(auxilio(['report', first, '-o', folder]).err).toBe(
      `auxilio: ${folder}: ya existe; con --force se reemplaza\n`,
    );
    expect(auxilio(['report', first, '-o', folder, '--force']).err).toBe(
      `auxilio: ${folder}: no se pudo escribir (EISDIR)\n`,
    );
  });

  it('is of the policy, and up to the time, that are given', () => {
    const policy = file('report-policy.json', '{"id":"hogar","timeZone":"Europe/Madrid"}');
    const text = (...args: readonly string[]) => stdoutOf(['report', open, '-o', '-', ...args]);
    const section = new Page(text('--policy', policy)).section('Procedencia');
    expect(pairsIn(below(section).find(({ tagName }) => tagName === 'dl')!)).toMatchObject({ Política: 'hogar' });
    expect(text('--policy', policy)).toContain('Europe/Madrid');
    expect(text('--until', '2031-05-06T08:00:00-06:00')).toContain('2031-05-06T');
    expect(text()).not.toContain('2031-05-06T');
  });

  it('on standard output is the page and nothing after it', () => {
    expect(stdoutOf(['report', first, '-o', '-'])).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
  });

  it('is written to a device, which is there and is not replaced', () => {
    expect(stdoutOf(['report', first, '-o', '/dev/null'])).toBe('/dev/null: 1 visita\n');
  });

  it('says of what files it was made, with their hashes, by which version and when', () => {
    const before = Date.now();
    const page = new Page(stdoutOf(['report', first, '-', '-o', '-'], { input: two }));
    const section = page.section('Procedencia');
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(rowsIn(section)).toEqual([
      [first, hash(one), String(Buffer.byteLength(one))],
      ['la entrada estándar', hash(two), String(Buffer.byteLength(two))],
    ]);
    expect(pairsIn(below(section).find(({ tagName }) => tagName === 'dl')!)).toMatchObject({
      'Versión de auxilio': version,
      Política: 'default',
    });
    const issued = below(section).find(({ tagName }) => tagName === 'time');
    expect(Date.parse(issued!.attrs.find(({ name }) => name === 'datetime')!.value)).toBeGreaterThanOrEqual(before);
  });

  it('numbers the acts by the lines of the file, and says why a line cannot be read', () => {
    const [assigned = '', ...others] = one.trimEnd().split('\n');
    const spoilt = assigned.replace('"caseNumber"', '"case"').replace('VisitAssigned', 'AssignmentAmended');
    const lines = [two.trimEnd(), assigned, spoilt, ...others.slice(0, 3), 'nonsense'];
    const log = file('mixed.ndjson', `${lines.join('\n')}\n`);
    const page = new Page(auxilio(['report', log, '--visit', 'sim-1', '-o', '-']).out);
    const start = two.trimEnd().split('\n').length + 1;
    const acts = rowsIn(page.section('Los actos')).filter((row) => row.length > 1);
    expect(acts.map(([line]) => line)).toEqual([0, 1, 2, 3, 4].map((place) => String(start + place)));
    expect(rowsIn(page.section('Hallazgos'))[0]).toEqual([
      expect.stringMatching(/^No se puede leer: .+/),
      '',
      `${start + 1} Entrada ilegible, —`,
      `${log}, línea ${start + 1}`,
    ]);
    expect(textOf(page.section('Procedencia'))).toContain('Líneas de visita desconocida, fuera del informe1');
  });

  it('links the photographs by a template, and refuses a hostile one', () => {
    const page = new Page(stdoutOf(['report', first, '--photo-url', 'https://fotos.example/{photoId}', '-o', '-']));
    const links = page.all('a').flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'href'));
    expect(links.filter(({ value }) => value.startsWith('https://fotos.example/')).length).toBeGreaterThan(0);
    for (const template of ['javascript:{photoId}', 'https://{photoId}/', 'https://fotos.example/']) {
      const { err, code } = auxilio(['report', first, '--photo-url', template, '-o', '-', '--locale', 'en']);
      expect([code, err]).toEqual([2, expect.stringContaining('an https, http or relative address with {photoId}')]);
    }
  });

  it('compresses the visits of a page of more than a hundred', () => {
    const [assigned = ''] = one.split('\n');
    const visits = Array.from({ length: 101 }, (_, at) => `${assigned.replaceAll('sim-1"', `v-${at}"`)}\n`);
    const output = pathOf('many.html');
    expect(stdoutOf(['report', file('many.ndjson', visits.join('')), '-o', output])).toBe(`${output}: 101 visitas\n`);
    const page = new Page(readFileSync(output, 'utf8'));
    expect([page.errors, page.all('details', 'visit').length, page.all('table', 'a').length]).toEqual([[], 101, 0]);
    const few = new Page(stdoutOf(['report', file('few.ndjson', visits.slice(0, 100).join('')), '-o', '-']));
    expect([few.errors, few.all('details', 'visit').length, few.all('table', 'a').length]).toEqual([[], 100, 100]);
  });

  it('takes a policy that can be read once, for all files', () => {
    const policy = ['--policy', '-'] as const;
    expect(stdoutOf(['report', first, second, ...policy, '--force', '-o', page], { input: '{}' })).toBe(
      `${page}: 2 visitas\n`,
    );
  });

  it('wants the visit in one of the files, not in each', () => {
    const visit = (id: string) => auxilio(['report', first, second, '--visit', id, '--force', '-o', page]);
    expect(visit('sim-2')).toEqual({ out: `${page}: 1 visita\n`, err: '', code: 0 });
    expect(visit('sim-7')).toEqual({ out: '', err: 'auxilio: no se encontró la visita sim-7\n', code: 2 });
  });
});
