import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../src/sqlite.ts';
import { auxilio, file, jsonLines, pathOf, stdoutOf } from './support.ts';

describe('store backup', () => {
  const source = pathOf('visitas.sqlite');

  it('copies a store that is in use, and says what the copy holds', async () => {
    const store = sqliteStore({ file: source });
    const event = (n: number) => ({ type: 'T', data: { n } });
    await store.appendToStream('V-1', [event(1), event(2)]);
    await store.appendToStream('V-2', [event(3)]);
    const target = pathOf('respaldo.sqlite');
    expect(stdoutOf(['store', 'backup', source, target])).toBe(`${target}: 3 actos, 2 visitas\n`);
    const other = pathOf('backup.sqlite');
    const [made] = jsonLines(stdoutOf(['store', 'backup', source, other, '--json']));
    expect(made).toMatchObject({ file: other, events: 3, streams: 2, position: 3 });
    await store.close();
    const copy = sqliteStore({ file: target });
    expect((await copy.readStream('V-1')).currentStreamVersion).toBe(2n);
    await copy.close();
  });

  it('writes over no file, and says why no copy was made', () => {
    const there = file('ya.sqlite', 'x');
    expect(auxilio(['store', 'backup', source, there])).toMatchObject({
      err: `auxilio: ${there}: ya existe; indique un archivo nuevo para la copia\n`,
      code: 2,
    });
    const text = file('texto.sqlite', 'no es una base de datos. '.repeat(50));
    const target = pathOf('nada.sqlite');
    const { err, code } = auxilio(['store', 'backup', text, target, '--locale', 'en']);
    expect([err.split('(')[0], code]).toEqual([`auxilio: ${text}: the copy could not be made `, 2]);
    expect(existsSync(target)).toBe(false);
  });

  it('asks for both files, and knows no other action', () => {
    expect(auxilio(['store', 'backup', source])).toMatchObject({
      code: 2,
      err: expect.stringContaining('falta target'),
    });
    expect(auxilio(['store', 'restore', source, 'x']).err).toContain('puede ser: backup');
    expect(auxilio(['store']).code).toBe(2);
    expect(auxilio(['store', 'backup', 'a', 'b', 'c']).err).toContain('sobran argumentos');
  });
});
