import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isClauseId } from 'auxilio';
import { afterAll, describe, expect, it } from 'vitest';
import { optionsOf } from '../../examples/day/options.ts';
import type { Report } from '../../examples/day/report.ts';
import { tell } from '../../scripts/day/render.ts';
import { stories } from '../../scripts/day/scenarios.ts';
import { bundled, emptyFolder, ran } from './run-example.ts';

const { folder, remove } = emptyFolder();
afterAll(remove);

const lines = tell(stories);
const count = (kind: string) => lines.filter(({ expected }) => expected.kind === kind).length;
const counts = {
  read: lines.length,
  accepted: count('accepted'),
  refused: count('refused'),
  repeated: count('repeated'),
  reusedIds: count('reused'),
  unreadable: count('unreadable'),
};

/** The events of what comes in after the day. */
const late = 12;

const runDay = await bundled('examples/02-the-day.ts');
const demo = (...args: readonly string[]) => runDay(folder, ...args);

/** The lines of a printed section, from its title on. */
function section(printed: string, title: string): string[] {
  const from = printed.slice(printed.indexOf(`\n${title} (`) + 1);
  return from.slice(0, from.indexOf('\n\n')).split('\n');
}

describe('01, a visit', () => {
  it('prints what is accepted, and what is refused in Spanish', async () => {
    const { code, stdout, stderr } = await ran(folder, 'examples/01-a-visit.ts');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ registrar la llegada → on-site');
    expect(stdout).toContain('✗ iniciar el trabajo\n    ');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('5 eventos; al volver a leerlos la visita está igual: true');
  });
});

describe('02, the day', () => {
  it('prints the day, and a second run on the same file appends nothing and says so', async () => {
    const first = await ran(folder, 'examples/02-the-day.ts');
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'auxilio-day.sqlite'))).toBe(true);
    expect(first.stdout).not.toContain('\u001b');
    expect(first.stdout).toContain(
      `Líneas: ${counts.read}. Aceptadas: ${counts.accepted}; rechazadas: ${counts.refused}; repetidas: ${counts.repeated}; ` +
        `con identificador ajeno: ${counts.reusedIds}; sin leer: ${counts.unreadable}.\n` +
        `Eventos agregados: ${counts.accepted + late}.`,
    );
    const second = await demo('--file', join(folder, 'auxilio-day.sqlite'));
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
    expect(second.stdout).toContain(
      `Aceptadas: 0; rechazadas: ${counts.refused}; repetidas: ${counts.accepted + counts.repeated}; `,
    );
    expect(second.stdout).toContain('No se agregó ningún evento');
    for (const title of ['Visitas', 'Dispensas', 'Correcciones', 'Pendientes del Centro de Contacto']) {
      expect(section(second.stdout, title)).toEqual(section(first.stdout, title));
    }
  });

  it('says a line for each visit, with local times, and each refusal with its clause', async () => {
    const { stdout } = await demo('--store', 'memory');
    const visits = section(stdout, 'Visitas').slice(2);
    expect(visits).toHaveLength(stories.length);
    expect(visits[0]).toMatch(
      /^ {2}v-2026-0317-01 {2}doña Marta +Fontanería +concluida +06:41 +07:52 +08:22 +09:19 +0:53$/,
    );
    expect(visits.find((line) => line.includes('0317-20'))).toMatch(/14:20 {2}19\/03 09:12 {2}19\/03 10:15/);
    expect(section(stdout, 'Rechazos').filter((line) => line.startsWith('  línea '))).toHaveLength(counts.refused);
    expect(section(stdout, 'Rechazos').join('\n')).toMatch(
      /iniciar el trabajo · proveedor prov-003\n {6}1\.1-19 {2}\S/,
    );
    expect(section(stdout, 'Dispensas').join('\n')).toMatch(
      /la conservación de la estructura · dejó pasar: entregar el trabajo \(1\.1-45/,
    );
    expect(stdout).not.toContain('000000000000');
  });

  it('prints one JSON document with the same content', async () => {
    const { code, stdout } = await demo('--store', 'memory', '--json');
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(0);
    expect(report.counts).toEqual({ ...counts, appended: counts.accepted + late });
    expect(report.corrections.map(({ kind }) => kind)).toEqual(['time', 'annulled', 'settled', 'settled']);
    expect(report.offline).toHaveLength(2);
    expect(report.visits).toHaveLength(stories.length);
    expect(report.refusals).toHaveLength(counts.refused);
    for (const { violations } of report.refusals) {
      for (const { clause, sentence } of violations)
        expect([isClauseId(clause), sentence.length > 20]).toEqual([true, true]);
    }
    expect(report.waivers.map(({ rule, letThrough }) => [rule, letThrough.map(({ act }) => act)])).toEqual([
      ['identified', ['ValidateIdentity']],
      ['photos-sent', ['StartWork']],
      ['structure-preserved', ['HandOverSite']],
    ]);
    expect(report.debts.length).toBeGreaterThanOrEqual(6);
    expect(report.unreadable.map(({ issues }) => issues[0]?.code)).toEqual(['invalid-json', 'unrecognized-key']);
  });

  it('speaks English, and never of the clock of the machine', async () => {
    const [one, two] = await Promise.all([
      demo('--store', 'memory', '--locale', 'en'),
      demo('--store', 'memory', '--locale', 'en'),
    ]);
    expect(one.stdout).toBe(two.stdout);
    expect(section(one.stdout, 'Refusals').join('\n')).toContain('start the work · provider prov-003');
    expect(one.stdout).toContain(`Events appended: ${counts.accepted + late}.`);
  });

  it.each([
    [['--nope'], 'No existe la opción --nope.'],
    [['--store', 'redis'], '--store es sqlite o memory.'],
    [['--locale', 'fr'], '--locale es es-CR o en.'],
    [['--file'], 'A --file le falta su valor.'],
    [['--json=yes'], '--json no lleva valor.'],
    [['otro.ndjson'], 'No se esperaba «otro.ndjson».'],
    [['--store', 'memory', '--file', 'x.sqlite'], '--file solo sirve con --store sqlite.'],
    [['--locale', 'en', '--store'], '--store lacks its value.'],
  ])('refuses %j with a message', (args, message) => {
    const asked = optionsOf(args);
    expect('refused' in asked && asked.refused.split('\n')[0]).toBe(message);
  });

  it('ends with 2 when it refuses its options, and helps when asked', async () => {
    const { code, stdout, stderr } = await demo('--nope');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^No existe la opción --nope\.\n\nUso: /);
    const help = await demo('--help', '--locale', 'en');
    expect({ code: help.code, stderr: help.stderr }).toEqual({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: /);
  });

  it('refuses a file that is not a database', async () => {
    writeFileSync(join(folder, 'letter.txt'), 'Estimada doña Marta:\n'.repeat(100));
    const { code, stdout, stderr } = await demo('--file', 'letter.txt');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('letter.txt no es una base de datos de SQLite, o está dañada.\n');
  });
  it('refuses a folder', async () => {
    const { code, stderr } = await demo('--file', '.', '--locale', 'en');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '. cannot be used (there is no such folder, or it is one).\n',
    });
  });
});

describe('the script that makes the day', () => {
  it('finds the committed file as it makes it', async () => {
    expect(await ran(folder, 'scripts/generate-day.ts', '--check')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
