import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, pathOf, sheet } from './support.ts';

const [one = [], two = []] = [...simulate({ visits: 2, seed: 9 })].map(({ events }) =>
  events.map((event) => JSON.stringify(event)),
);
const log = (name: string, lines: readonly string[]) => file(name, `${lines.join('\n')}\n`);
const page = pathOf('left-out.html');

describe('lines without a visit that is known', () => {
  const damaged = log('damaged.ndjson', [...one.slice(0, 2), '{"type":"Work', ...one.slice(2), 'null', ...two]);
  const places = `3, ${one.length + 2}`;
  const reported = `auxilio: ${damaged}: 2 líneas de visita desconocida quedaron fuera (${places}); vea el detalle con auxilio audit\n`;

  it.each([
    ['show', damaged],
    ['show', damaged, '--visit', 'sim-2', '--json'],
    ['dossier', damaged],
    ['dossier', damaged, '--json', '--quiet'],
    ['report', damaged, '-o', page],
  ])('are reported by %s of %s %s %s, which goes on', (...args) => {
    expect(auxilio(args)).toMatchObject({ err: reported, code: args[0] === 'show' ? 0 : 1 });
  });

  it('are reported in English too, and where the visit is not there either', () => {
    const wanted = ['show', damaged, '--visit', 'sim-7', '--locale', 'en'];
    expect(auxilio(wanted)).toEqual({
      out: '',
      err: [
        `auxilio: ${damaged}: 2 lines of an unknown visit were left out (${places}); see them with auxilio audit`,
        'auxilio: there is no visit sim-7',
        '',
      ].join('\n'),
      code: 2,
    });
  });

  it('are counted, of a sheet as rows; the first of them are named', () => {
    const bad = log('many.ndjson', [...one, ...Array.from({ length: 1500 }, () => 'no')]);
    const first = Array.from({ length: 5 }, (_, place) => one.length + 1 + place).join(', ');
    expect(auxilio(['show', bad]).err).toContain(
      `1\u00a0500 líneas de visita desconocida quedaron fuera (${first}, …);`,
    );
    const columns = { visitId: { column: 'v' }, at: { column: 't' }, by: { id: { column: 'p' } } };
    const act = { column: 'a', words: { Llegada: 'ProviderArrived' } };
    const map = file('rows.json', JSON.stringify({ ...columns, act }));
    const row = '17/03/2026 08:05,Llegada,P-1';
    const rows = file('rows.csv', `v,t,a,p\nV-1,${row}\n,${row}\n`);
    expect(auxilio(['show', rows, '--map', map]).err).toContain('1 fila de visita desconocida quedó fuera (3);');
  });

  it.each(['show', 'dossier'])('are no log where nothing else is there, which %s refuses', (command) => {
    const prose = log('prose.ndjson', ['hola', 'adiós']);
    const { out, err, code } = auxilio([command, prose]);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain(`${prose}: no hay ningún evento que se pueda leer\n  si es una hoja, indique con --map`);
  });

  it('are of none where all have one', () => {
    expect(auxilio(['show', ...sheet]).err).toBe('');
  });
});

describe('guide of a visit of which only the id can be read', () => {
  const cut = (line = '') => line.slice(0, line.indexOf('"at"'));
  const ids = [one, two].map(([line = '']) => JSON.parse(line).data.visitId);

  it('names it, and names those that it could be', () => {
    const single = log('cut-one.ndjson', [cut(one[0])]);
    expect(auxilio(['guide', single, '--role', 'provider']).out).toMatch(new RegExp(`^Visita ${ids[0]} ·`));
    expect(JSON.parse(auxilio(['guide', single, '--role', 'provider', '--json']).out)).toMatchObject({
      visitId: ids[0],
    });
    const both = log('cut-two.ndjson', [cut(one[0]), cut(two[0])]);
    expect(auxilio(['guide', both, '--role', 'provider']).err).toContain(`${ids[0]}, ${ids[1]}\n`);
  });
});

describe('guide of a visit that cannot all be read', () => {
  const role = ['--role', 'provider'] as const;
  const [assigned = '', ...more] = one.slice(0, 5);
  const newer = JSON.stringify({ ...JSON.parse(assigned), metadata: { schemaVersion: 9 } });

  it('says that the answer does not count what stands there, with 1', () => {
    const cut = log('cut-act.ndjson', [assigned, ...more.slice(0, -1), more.at(-1)!.slice(0, 80), newer]);
    const { out, err, code } = auxilio(['guide', cut, ...role]);
    expect(err).toBe(
      `auxilio: ${cut}: no se pudieron leer 2 líneas de esta visita (5, 6): lo que sigue no cuenta con lo que se hizo ahí; antes de repetir un acto, revise con auxilio show\n`,
    );
    expect(out).toMatch(/^Visita sim-1 · /);
    expect(code).toBe(1);
    const json = auxilio(['guide', cut, ...role, '--json', '--locale', 'en']);
    expect(json.err).toContain('2 lines of this visit could not be read (5, 6): what follows does not count');
    expect(json.code).toBe(1);
    expect(jsonLines(json.out)[0]).toMatchObject({ visitId: 'sim-1' });
  });

  it('says so of a line that may be of any visit', () => {
    const { err, code } = auxilio(['guide', log('any.ndjson', [assigned, '{"type":"Prov', ...more]), ...role]);
    expect(err).toContain('1 línea de visita desconocida quedó fuera (2); vea el detalle con auxilio audit');
    expect(code).toBe(1);
  });

  it('says nothing of what is wrong with other visits', () => {
    const other = log('other-visit.ndjson', [assigned, ...more, two[0]!, two[1]!.slice(0, 80)]);
    expect(auxilio(['guide', other, '--visit', 'sim-1', ...role])).toMatchObject({ err: '', code: 0 });
  });
});
