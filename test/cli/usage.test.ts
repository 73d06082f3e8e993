import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { esCR } from '../../src/cli/words/es-cr.ts';
import { auxilio, stdoutOf } from './support.ts';

const commands = Object.keys(esCR.help.commands);

describe('help', () => {
  it.each(['es-CR', 'en'])('in %s is what is on record', async (locale) => {
    const pages = ['', ...commands].map((command) => {
      const args = [...(command === '' ? [] : [command]), '--help', '--locale', locale];
      return [`$ auxilio ${args.join(' ')}`, stdoutOf(args, { env: { COLUMNS: '100' } })].join('\n');
    });
    await expect(pages.join('\n')).toMatchFileSnapshot(`../golden/help.${locale}.txt`);
  });

  it('is the same however it is asked for', () => {
    expect(stdoutOf(['help'])).toBe(stdoutOf(['--help']));
    expect(stdoutOf(['help', 'audit'])).toBe(stdoutOf(['audit', '-h']));
  });

  it('is shown when nothing is asked, with 2', () => {
    const { out, err, code } = auxilio([]);
    expect(out).toBe('');
    expect(err).toBe(stdoutOf(['--help']));
    expect(code).toBe(2);
  });

  it('has an example for each command, and no English in the Spanish one', () => {
    for (const command of commands) {
      const text = stdoutOf([command, '--help']);
      expect(text).toMatch(/\nEjemplos:\n {2}\S/);
      expect(text).not.toMatch(/\b(?:Usage|Options|Arguments|default|choices|display)\b/);
    }
  });
});

it('tells its version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(stdoutOf(['--version'])).toBe(`${version}\n`);
  expect(stdoutOf(['-V'])).toBe(`${version}\n`);
});

describe('a mistake is told in a line or three, with 2', () => {
  it('takes the tags of a locale that the library takes', () => {
    const english = stdoutOf(['clauses', '1.1-19', '--locale', 'en']);
    for (const tag of ['en-US', 'EN-gb']) expect(stdoutOf(['clauses', '1.1-19', '--locale', tag])).toBe(english);
    for (const tag of ['es', 'es-419']) {
      expect(stdoutOf(['clauses', '1.1-19', `--locale=${tag}`])).toBe(stdoutOf(['clauses', '1.1-19']));
    }
  });
  it.each([
    [['audt'], 'no existe el comando audt\n  ¿quiso decir audit?\n', ''],
    [['xyz'], 'no existe el comando xyz\n', ''],
    [['audit', '--jsn'], 'no existe la opción --jsn\n  ¿quiso decir --json?\n', ' audit'],
    [['show', '--vist', 'v'], 'no existe la opción --vist\n  ¿quiso decir --visit?\n', ' show'],
    [['--nope'], 'no existe la opción --nope\n', ''],
    [['audit', '--policy'], 'a la opción --policy le falta su valor\n', ' audit'],
    [['guide', '--role', 'client', 'a', 'b'], 'sobran argumentos\n', ' guide'],
    [['clauses', '--locale', 'fr'], 'el valor de --locale no sirve; puede ser: es-CR, en\n', ''],
    [['clauses', '--locale', 'fr-en'], 'el valor de --locale no sirve; puede ser: es-CR, en\n', ''],
    [['guide', 'v'], 'falta la opción --role\n', ' guide'],
    [['report', 'v', '--outputs', 'x'], 'no existe la opción --outputs\n  ¿quiso decir --output?\n', ' report'],
    [['report', 'v', '--title', 'x'], 'falta la opción --output\n', ' report'],
    [['guide', '--role', 'x'], 'el valor de --role no sirve; puede ser: provider, contact-center, client\n', ' guide'],
    [
      ['guide', '--role', 'client', '--now', 'ayer'],
      'el valor de --now no sirve; puede ser: una fecha y hora con su zona, como 2026-03-17T08:00:00-06:00\n',
      ' guide',
    ],
    [['explore', '--limit', 'no'], 'el valor de --limit no sirve; puede ser: un número entero desde 1\n', ' explore'],
    [['audit', "--it's"], "no existe la opción --it's\n", ' audit'],
    [['sheet'], 'falta action\n', ' sheet'],
    [['sheet', 'x', 'y'], 'el valor de action no sirve; puede ser: guess\n', ' sheet'],
    [['sheet', 'guess', 'a', 'b'], 'sobran argumentos\n', ' sheet'],
    [['schema', '--command', 'A', '--event', 'B'], '--command y --event no van juntas\n', ' schema'],
    [['audit', '--json=x'], 'no existe la opción --json=x\n  ¿quiso decir --json?\n', ' audit'],
    [['audit', '-qx'], 'no existe la opción -x\n', ' audit'],
    [['clauses', '--locale'], 'a la opción --locale le falta su valor\n', ''],
    [['audt', '--help'], 'no existe el comando audt\n  ¿quiso decir audit?\n', ''],
    [['help', 'audt'], 'no existe el comando audt\n  ¿quiso decir audit?\n', ''],
    [['__proto__'], 'no existe el comando __proto__\n', ''],
    [['audit', '--__proto__'], 'no existe la opción --__proto__\n', ' audit'],
    [['\u001b[31m'], 'no existe el comando  [31m\n', ''],
  ])('%j', (args, message, command) => {
    const { out, err, code } = auxilio(args);
    expect(out).toBe('');
    expect(err).toBe(`auxilio: ${message}  Ayuda: auxilio${command} --help\n`);
    expect(code).toBe(2);
  });

  it('takes options in any place, the last one where it is given twice', () => {
    const english = stdoutOf(['clauses', '1.1-19', '--locale', 'en']);
    expect(stdoutOf(['--locale', 'es', 'clauses', '--locale=en', '1.1-19'])).toBe(english);
    expect(stdoutOf(['--visits', '9', 'simulate', '--visits', '2'])).toBe(stdoutOf(['simulate', '--visits', '2']));
    expect(auxilio(['clauses', '1.1-19', '-q'])).toEqual({ out: '', err: '', code: 0 });
  });

  it('takes everything after -- as it stands', () => {
    const { err, code } = auxilio(['--json', 'audit', '--', '--help']);
    expect(err).toBe('auxilio: --help: no existe ese archivo\n');
    expect(code).toBe(2);
  });

  it('in English too', () => {
    expect(auxilio(['audt', '--locale', 'en']).err).toBe(
      'auxilio: there is no command audt\n  did you mean audit?\n  Help: auxilio --help\n',
    );
  });
});
