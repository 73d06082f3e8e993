import { existsSync, readFileSync } from 'node:fs';
import { commands as acts, type VisitCommand } from 'auxilio';
import { postgresKeyStore, postgresStore } from 'auxilio/postgres';
import { createPrivacy, disposalPageHtml, fileWrappingKeys } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { sqliteKeyStore, sqliteStore } from 'auxilio/sqlite';
import { visitAt } from 'auxilio/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { beside } from '../stores/postgres-host.ts';
import { serverOfFile } from '../stores/postgres-server.ts';
import { auxilio, file, jsonLines, pathOf, stdoutOf } from './support.ts';

const server = serverOfFile({ fsync: 'off' });

/** A database of its own on the server of the file. */
async function createDatabase(name: string): Promise<string> {
  await beside(server(), (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server().connectionString);
  url.pathname = name;
  return url.href;
}

const hosts = {
  SQLite: {
    open: async () => [pathOf('privacidad.sqlite'), pathOf('llaves.sqlite')] as const,
    eventStore: (file: string) => sqliteStore({ file }),
    keyStore: (file: string) => sqliteKeyStore({ file }),
  },
  PostgreSQL: {
    open: async () => [await createDatabase('visitas'), await createDatabase('llaves')] as const,
    eventStore: (connectionString: string) => postgresStore({ connectionString }),
    keyStore: (connectionString: string) => postgresKeyStore({ connectionString }),
  },
};

const { visitId, commands, next: at, state } = visitAt('completed');
const operator = { role: 'contact-center', id: 'op-7' } as const;

describe.each(Object.entries(hosts))('privacy over %s', (name, { open, eventStore, keyStore }) => {
  let given: readonly [store: string, keys: string] = ['', ''];
  const wrapping = pathOf(`maestra-${name}.txt`);
  const privacy = (action: string, ...more: string[]) => [
    ...['privacy', action, given[0], '--keys', given[1], '--wrapping', wrapping],
    ...more,
  ];
  const erase = () => privacy('erase', '--visit', visitId, '--by', 'op-7');
  const reported = () => JSON.stringify(jsonLines(stdoutOf(privacy('report', '--visit', visitId))));

  /** Brings acts into the store, as a service does. */
  async function handleAll(acts: readonly VisitCommand[]) {
    const [events, keys] = [eventStore(given[0]), keyStore(given[1])];
    const texts = await createPrivacy({ keys, wrapping: fileWrappingKeys(wrapping), store: events });
    const { handle } = createService({ store: events, privacy: texts });
    for (const act of acts) expect(await handle(act)).toMatchObject({ ok: true });
    await Promise.all([events.close(), keys.close()]);
  }

  beforeAll(async () => {
    given = await open();
    await handleAll(commands);
  });

  it('reports the texts of a visit', () => {
    const [report] = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(report).toMatchObject({ format: 'auxilio-opened-visit-1', visitId, unopened: [], erasures: [] });
    expect(JSON.stringify(report)).toContain('Rojas');
  });

  it('says what an erasure will do, and does nothing without --yes', () => {
    const out = stdoutOf(erase());
    expect(out).toContain(`Borra la llave de client en la visita ${visitId}`);
    expect(out).toContain('No se hizo nada. Repítalo con --yes.');
    expect(stdoutOf([...erase(), '--locale', 'en'])).toContain('Nothing was done. Repeat it with --yes.');
    expect(stdoutOf([...erase(), '--reason', 'solicitud 31'])).toContain('y sin cifrar, la razón: solicitud 31.');
    expect(stdoutOf([...erase(), '--reason', 'x', '--locale', 'en'])).toContain('and the reason in clear: x.');
    expect(stdoutOf(privacy('report', '--visit', visitId))).toContain('Rojas');
  });

  it('holds a visit, whose texts then stay', () => {
    const held = jsonLines(stdoutOf(privacy('hold', '--visit', visitId, '--by', 'op-7', '--reason', 'juicio')));
    expect(held).toMatchObject([[{ visitId, reason: 'juicio' }]]);
    expect(auxilio([...erase(), '--yes'])).toMatchObject({
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
    expect(stdoutOf([...erase(), '--yes'])).toContain('la llave está borrada; un respaldo viejo');
    const [report] = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(JSON.stringify(report)).not.toContain('Rojas');
    expect(stdoutOf(privacy('rotate', '--yes'))).toContain('la llave maestra anterior está destruida');
    const again = jsonLines(stdoutOf(privacy('report', '--visit', visitId)));
    expect(again).toMatchObject([{ erasures: [{ confirmed: true, waitsFor: 'none' }] }]);
  });

  it('disposes of a visit that is due, and writes the record as a page to sign, once', async () => {
    const photoIds = Object.keys(state.photos.byId);
    const papers = {
      'document-start': acts.documentStart({ visitId, at }, operator),
      'document-photos': acts.documentPhotos({ visitId, at, photoIds }, operator),
    };
    await handleAll(state.debts.map(({ kind }) => papers[kind as keyof typeof papers]));
    const series = {
      authority: 'CISED',
      series: 'AD-1',
      support: 'electronic',
      trigger: { at: '2020-01-01T06:00:00.000Z' },
      years: 1,
    };
    const table = file('plazos-cortos.json', JSON.stringify([series]));
    const given = ['--visit', visitId, '--by', 'op-7', '--asked-by', 'archivo-1', '--table', table];
    const disposing = (page: string, ...more: string[]) => privacy('dispose', ...given, '--page', page, ...more);
    const page = pathOf(`acta-${name}.html`);
    expect(reported()).toContain('Mora');
    expect(stdoutOf(disposing(page))).toContain('No se hizo nada');
    expect(existsSync(page)).toBe(false);
    const taken = file(`ocupada-${name}.html`, 'otra acta');
    expect(auxilio(disposing(taken, '--yes'))).toMatchObject({ code: 2, err: expect.stringContaining('ya existe') });
    const nowhere = pathOf('ninguna-carpeta/acta.html');
    expect(auxilio(disposing(nowhere, '--yes'))).toMatchObject({ code: 2, err: expect.stringContaining('no se pudo') });
    expect(auxilio(disposing('-', '--yes'))).toMatchObject({ code: 2, err: expect.stringContaining('un archivo') });
    expect(auxilio(privacy('due', '--table', table, '--page', page)).err).toContain('--page y due');
    expect([readFileSync(taken, 'utf8'), reported().includes('Mora')]).toEqual(['otra acta', true]);
    const [record] = jsonLines(stdoutOf(disposing(page, '--yes', '--locale', 'en')));
    expect(record).toMatchObject({
      visitId,
      start: { at: '2020-01-01T06:00:00.000Z', event: null },
      askedBy: { role: 'contact-center', id: 'archivo-1' },
      by: operator,
    });
    const written = readFileSync(page, 'utf8');
    expect(written).toBe(disposalPageHtml(record, 'en'));
    for (const text of ['Record of disposal', 'archivo-1', 'the date that the table sets'])
      expect(written).toContain(text);
    expect(reported()).not.toContain('Mora');
  });

  it('creates no store where there is none, and asks for what an action needs', () => {
    const missing = name === 'SQLite' ? pathOf('ninguno.sqlite') : given[0].replace(/visitas$/, 'ninguna');
    const asked = ['privacy', 'report', missing, '--keys', given[1], '--wrapping', wrapping, '--visit', visitId];
    const refusal =
      name === 'SQLite'
        ? `${missing}: no existe ese archivo`
        : 'no se puede leer el almacén, sus llaves o la llave maestra (Postgres cannot be reached: database "ninguna" does not exist)';
    const { code, err } = auxilio(asked);
    expect([code, err]).toEqual([2, `auxilio: ${refusal}\n`]);
    expect(existsSync(missing)).toBe(false);
    expect(auxilio(privacy('erase', '--visit', visitId)).err).toContain('falta --by');
    expect(auxilio(['privacy', 'report', given[0]]).err).toContain('--keys');
    expect(auxilio(privacy('forget')).err).toContain('report, erase, due, dispose, hold, rotate');
  });
});
