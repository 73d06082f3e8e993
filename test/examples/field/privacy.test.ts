import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { afterAll, describe, expect, it } from 'vitest';
import { demoUsers } from '../../../examples/field/server/demo.ts';
import { startFieldServer } from '../../../examples/field/server/server.ts';
import { fieldHost } from './field-host.ts';

const root = mkdtempSync(join(tmpdir(), 'field-privacy-'));
const folder = join(root, 'data');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const started = () =>
  startFieldServer({
    port: 0,
    folder,
    screens: {},
    isDemo: true,
    password: 'prueba',
    onFailure: (error) => {
      throw error;
    },
  });

/** The names, places and telephones of the day of the demo, as they stand in the events that are answered. */
const personal = [
  ...['Marta Eugenia Solano Brenes', 'José Ángel Núñez Araya', 'Ana Lucía Peña Mora', 'Óscar Chaves Quirós'],
  ...['Curridabat', 'Barva, Heredia', 'Escazú', 'Desamparados', 'frente a la escuela'],
  ...['EXP-2026-004512', '004513', 'Vidriería', 'Fontanería', '8777-4512', '87774512', '8888-0014'],
  ...demoUsers.map(({ name }) => name),
];

const filesOf = () => readdirSync(folder).filter((name) => /sqlite/.test(name));

/** The texts that stand in clear in the bytes of the files of the server. */
function inClear(): readonly string[] {
  const bytes = filesOf().map((name) => readFileSync(join(folder, name)));
  const forms = (text: string) => [text, text.normalize('NFD'), JSON.stringify(text).slice(1, -1), text.toLowerCase()];
  return personal.filter((text) => forms(text).some((form) => bytes.some((file) => file.includes(form))));
}

describe('the files of the server', () => {
  it('have no name, place, telephone or case of the day, while it runs, when it has ended and when it runs again', async () => {
    const server = await started();
    const { url, field } = server;
    const login = { login: 'marta', password: 'prueba', device: 'marta-1' };
    const json = { 'x-field': '1', 'content-type': 'application/json' };
    const session = await fetch(`${url}/api/session`, { method: 'POST', headers: json, body: JSON.stringify(login) });
    const headers = { ...json, cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '' };
    const get = async (path: string) => (await fetch(`${url}/api${path}`, { headers })).text();
    const note = JSON.stringify({ text: 'Ana Lucía Peña Mora: 8777-4512' });
    await fetch(`${url}/api/visits/v-2026-0001/notes`, { method: 'POST', headers, body: note });
    for (const path of ['/board', '/visits/v-2026-0001/events', '/visits/v-2026-0001', '/search?q=curridabat'])
      expect(await get(path)).toContain(path.startsWith('/search') ? '[]' : 'Solano Brenes');
    expect(await get('/search?q=solano')).toContain('EXP-2026-004512');
    expect(await get('/search?q=4513')).toContain('José Ángel Núñez Araya');
    expect(await get('/search?q=8777-4512')).toContain('Marta Eugenia');
    await field.models.catchUp('payments');
    expect(filesOf()).toContain('field.sqlite-wal');
    expect(inClear()).toEqual([]);
    await server.close();
    expect(inClear()).toEqual([]);
    const again = await started();
    expect((await again.field.service.load('v-2026-0001')).state.client?.name).toBe('Marta Eugenia Solano Brenes');
    expect((await again.field.stored.load('v-2026-0001')).state.client?.name).toMatch(/^[A-Pa-p]{64}$/);
    await again.close();
    expect(inClear()).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['data', 'data-keys.epoch-1']);
  });

  it('go on in clear where they were begun without keys', async () => {
    const store = memoryStore();
    const service = createService({ store });
    const assigned = commands.assignVisit(
      {
        ...{ visitId: 'v-1', at: '2026-03-17T14:00:00.000Z', caseNumber: 'EXP-1', client: { name: 'Ana Rojas' } },
        ...{ service: 'fontanería', place: 'Barva', provider: { id: 'prov-014', name: 'Gerardo' } },
        arriveBy: '2026-03-17T15:00:00.000Z',
      },
      { role: 'contact-center', id: 'op-03' },
      'c-1',
    );
    await service.handle(assigned);
    const host = await fieldHost({ store });
    expect(host.field.isClear).toBe(true);
    await host.assign('v-2', 'lucia');
    const { events } = await store.readStream('visit-v-2');
    expect(JSON.stringify(events.map(({ data }) => data))).toContain('Ana Rojas');
    expect(await (await host.as('marta', '/api/search?q=ana')).json()).toMatchObject({ visits: [{}, {}] });
    expect((await host.field.service.handle(assigned)).ok).toBe(true);
    expect((await fieldHost()).field.isClear).toBe(false);
  });
});
