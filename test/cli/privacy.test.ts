import { existsSync } from 'node:fs';
import { createPrivacy, fileWrappingKeys } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { sqliteKeyStore, sqliteStore } from 'auxilio/sqlite';
import { visitAt } from 'auxilio/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { auxilio, file, jsonLines, pathOf, stdoutOf } from './support.ts';

const [store, keys, wrapping] = [pathOf('privacidad.sqlite'), pathOf('llaves.sqlite'), pathOf('maestra.txt')];
const { visitId, commands } = visitAt('completed');
const open = [store, '--keys', keys, '--wrapping', wrapping];
const privacy = (action: string, ...more: string[]) => ['privacy', action, ...open, ...more];
const erase = privacy('erase', '--visit', visitId, '--by', 'op-7');

beforeAll(async () => {
  const [events, own] = [sqliteStore({ file: store }), sqliteKeyStore({ file: keys })];
  const texts = await createPrivacy({ keys: own, wrapping: fileWrappingKeys(wrapping), store: events });
  const { handle } = createService({ store: events, privacy: texts });
  for (const command of commands) expect((await handle(command)).ok).toBe(true);
  await Promise.all([events.close(), own.close()]);
});

describe('privacy', () => {
  it('reports the texts of a visit', () => {
    const [report] = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(report).toMatchObject({ visitId, unopened: [], erasures: [] });
    expect(JSON.stringify(report)).toContain('Rojas');
  });

  it('says what an erasure will do, and does nothing without --yes', () => {
    const out = stdoutOf(erase);
    expect(out).toContain(`Borra la llave de client en la visita ${visitId}`);
    expect(out).toContain('No se hizo nada. Repítalo con --yes.');
    expect(stdoutOf([...erase, '--locale', 'en'])).toContain('Nothing was done. Repeat it with --yes.');
    expect(stdoutOf(privacy('report', '--visit', visitId))).toContain('Rojas');
  });

  it('holds a visit, whose texts then stay', () => {
    const held = jsonLines(stdoutOf(privacy('hold', '--visit', visitId, '--by', 'op-7', '--reason', 'juicio')));
    expect(held).toMatchObject([[{ visitId, reason: 'juicio' }]]);
    expect(auxilio([...erase, '--yes'])).toMatchObject({
      code: 2,
      err: `auxilio: ${visitId}: los datos personales se conservan: la visita está retenida\n`,
    });
    expect(jsonLines(stdoutOf(privacy('hold', '--visit', visitId, '--release', '--yes')))).toEqual([[]]);
  });

  it('says when visits are due, and refuses to dispose of one that is not', () => {
    const series = { authority: 'CISED', series: 'AD-1', support: 'electronic', trigger: 'end', years: 900 };
    const table = file('plazos.json', JSON.stringify([series]));
    expect(stdoutOf(privacy('due', '--table', table))).toContain(`${visitId}: `);
    const [due] = jsonLines(stdoutOf(privacy('due', '--table', table, '--json')));
    expect(due).toMatchObject({ visitId, series: 'AD-1', refusal: 'debts-open' });
    const dispose = privacy('dispose', '--visit', visitId, '--by', 'op-7', '--table', table, '--yes');
    expect(auxilio(dispose)).toMatchObject({ code: 2, err: expect.stringContaining('tiene un pendiente abierto') });
    const bad = auxilio(privacy('due', '--table', file('malo.json', '[{}]'), '--locale', 'en'));
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('is not a retention table') });
    expect(bad.err).toContain('/0/years: a whole number from 1 to 1000');
  });

  it('erases a client; a rotation makes old backups of the keys useless', () => {
    expect(stdoutOf([...erase, '--yes'])).toContain('la llave está borrada; un respaldo viejo');
    const [report] = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(JSON.stringify(report)).not.toContain('Rojas');
    expect(stdoutOf(privacy('rotate', '--yes'))).toContain('la llave maestra anterior está destruida');
    const again = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(again).toMatchObject([{ erasures: [{ confirmed: true, waitsFor: 'none' }] }]);
  });

  it('creates no store where there is none, and asks for what an action needs', () => {
    const missing = pathOf('ninguno.sqlite');
    const given = ['privacy', 'report', missing, '--keys', keys, '--wrapping', wrapping, '--visit', visitId];
    expect(auxilio(given)).toMatchObject({ code: 2, err: `auxilio: ${missing}: no existe ese archivo\n` });
    expect(existsSync(missing)).toBe(false);
    expect(auxilio(privacy('erase', '--visit', visitId)).err).toContain('falta --by');
    expect(auxilio(['privacy', 'report', store]).err).toContain('--keys');
    expect(auxilio(privacy('forget')).err).toContain('report, erase, due, dispose, hold, rotate');
  });
});
