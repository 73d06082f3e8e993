import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { telephoneKey } from '../../../examples/field/server/telephones.ts';
import { plainVisit } from '../../../src/testing.ts';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeAll(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo', 'EXP-2026-004512', 'Zoila Núñez');
  await host.assign('v-2', 'lucia');
});

type Reply = { status: number; body: Record<string, unknown> };

async function ask(login: string, method: string, path: string, body?: object): Promise<Reply> {
  const response = await host.as(login, `/api${path}`, { method, ...(body && { body }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

describe('a claim', () => {
  it('is held by one person until it expires, is renewed or let go', async () => {
    expect(await ask('marta', 'POST', '/claims/v-1', {})).toMatchObject({
      status: 200,
      body: { visitId: 'v-1', actorId: 'op-03', name: 'Marta Solano Brenes', until: '2026-03-17T14:10:00.000Z' },
    });
    const refused = await ask('diego', 'POST', '/claims/v-1', {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'claimed-by-other', claim: { actorId: 'op-03' } } });
    expect((await ask('diego', 'DELETE', '/claims/v-1')).status).toBe(409);
    host.time.minutes = 5;
    const renewed = await ask('marta', 'POST', '/claims/v-1', { minutes: 20 });
    expect(renewed.body).toMatchObject({ since: '2026-03-17T14:00:00.000Z', until: '2026-03-17T14:25:00.000Z' });
    host.time.minutes = 25;
    expect((await ask('marta', 'GET', '/claims')).body.claims).toEqual([]);
    expect((await ask('diego', 'POST', '/claims/v-1', {})).status).toBe(200);
    expect((await ask('diego', 'DELETE', '/claims/v-1')).status).toBe(204);
  });

  it('is taken over by a supervisor who asks for it', async () => {
    await ask('diego', 'POST', '/claims/v-1', {});
    expect((await ask('silvia', 'POST', '/claims/v-1', {})).status).toBe(409);
    expect((await ask('marta', 'POST', '/claims/v-1', { take: true })).status).toBe(409);
    expect((await ask('silvia', 'POST', '/claims/v-1', { take: true })).status).toBe(200);
    expect((await ask('silvia', 'DELETE', '/claims/v-1')).status).toBe(204);
  });

  it('of two who ask at once is held by one', async () => {
    const both = await Promise.all(['marta', 'diego'].map((login) => ask(login, 'POST', '/claims/v-2', {})));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await ask('marta', 'POST', '/claims/v-none', {})).status).toBe(404);
    expect((await ask('marta', 'POST', '/claims/v-1', { minutes: 0 })).status).toBe(400);
  });
});

describe('notes and shifts', () => {
  it('are kept in order, by whom and when, as they were written', async () => {
    const texts = ['Primera', '<b>negrita</b>\nsegunda línea', 'José 😀'];
    for (const text of texts) {
      host.time.minutes += 1;
      expect((await ask('marta', 'POST', '/visits/v-1/notes', { text })).status).toBe(201);
    }
    const { body } = await ask('diego', 'GET', '/visits/v-1/notes');
    expect((body.notes as { text: string }[]).map(({ text }) => text)).toEqual(texts);
    expect((await ask('diego', 'GET', '/visits/v-2/notes')).body.notes).toEqual([]);
    for (const text of ['', '  ', 'a\u0000b', '\u202e', 'x'.repeat(2001), 7, null]) {
      expect((await ask('marta', 'POST', '/visits/v-1/notes', { text })).status).toBe(400);
    }
  });

  it('begin once, and end with a word to the next and without claims', async () => {
    const { body: begun } = await ask('marta', 'POST', '/shifts', {});
    host.time.minutes += 1;
    expect((await ask('marta', 'POST', '/shifts', {})).body).toEqual(begun);
    await ask('marta', 'POST', '/claims/v-1', {});
    const { body: ended } = await ask('marta', 'POST', '/shifts/end', { text: 'Queda la visita de Barva' });
    expect(ended).toMatchObject({ startedAt: begun.startedAt, handover: 'Queda la visita de Barva' });
    const { claims } = (await ask('silvia', 'GET', '/claims')).body;
    expect((claims as { actorId: string }[]).filter(({ actorId }) => actorId === 'op-03')).toEqual([]);
    expect((await ask('silvia', 'GET', '/shifts')).body.shifts).toMatchObject([{ actorId: 'op-03' }]);
  });
});

describe('the providers', () => {
  it('are all who can be sent to a visit, with one or without', async () => {
    const { body } = await ask('marta', 'GET', '/providers');
    expect(body.providers).toEqual([
      { id: 'prov-014', name: 'Gerardo Ureña Solís', number: '8888-0014' },
      { id: 'prov-022', name: 'Lucía Mora Vargas', number: '8888-0022' },
    ]);
  });
});

describe('a reply', () => {
  const zippedFor = async (login: string, path: string) =>
    host.as(login, path, { headers: { 'accept-encoding': 'gzip' } });

  it('is compressed for those who take it, if it is not short', async () => {
    const zipped = await zippedFor('marta', '/api/visits/v-1/guide');
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.headers.get('content-length')).toBe(null);
    expect(zipped.headers.get('vary')).toMatch(/accept-encoding/i);
    const text = await (await host.as('marta', '/api/visits/v-1/guide')).text();
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(text);
    const [short, refused] = [await zippedFor('marta', '/api/shifts'), await zippedFor('gerardo', '/api/board')];
    expect([short, refused].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, null]);
    expect((await short.json()) as object).toHaveProperty('shifts');
  });

  it('is not compressed where it is a stream', async () => {
    const stream = await zippedFor('marta', '/api/stream');
    expect(stream.headers.get('content-encoding')).toBe(null);
    await stream.body?.cancel();
  });
});

describe('the read models', () => {
  it('show the board by the longest wait, a search and a timeline', async () => {
    const board = await ask('marta', 'GET', '/board?now=2026-03-17T16:00:00.000Z&maxCount=1');
    expect(board.body).toMatchObject({
      total: 2,
      overdue: 2,
      visits: [
        {
          visitId: 'v-1',
          client: 'Zoila Núñez',
          place: 'Barva',
          waits: [{ for: 'arrival', ageMs: 3_600_000 }],
        },
      ],
    });
    expect((await ask('marta', 'GET', '/board?maxCount=0')).status).toBe(400);
    expect((await ask('marta', 'GET', '/board?now=x')).status).toBe(400);
    const { rows } = (await ask('marta', 'GET', '/rows')).body as { rows: object[] };
    expect(rows).toMatchObject([{ visitId: 'v-1', client: 'Zoila Núñez', version: 1 }, { visitId: 'v-2' }]);
    const zipped = await host.as('marta', '/api/rows', { headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(JSON.parse(gunzipSync(await zipped.arrayBuffer()).toString())).toEqual({ rows });
    for (const login of ['marta', 'pablo']) {
      expect((await ask(login, 'GET', '/search?q=nunez%204512')).body).toMatchObject({ visits: [{ visitId: 'v-1' }] });
    }
    const known = { of: 'EXP-2026-004512', number: '8777-4512' };
    await host.field.telephones.change(telephoneKey.client(known.of), () => known);
    const found = async (login: string, text: string) => {
      const { body } = await ask(login, 'GET', `/search?q=${encodeURIComponent(text)}`);
      return (body.visits as { visitId: string }[]).map(({ visitId }) => visitId);
    };
    // As they stand on the display of a telephone, and as the one who calls says it; the numbers are not the payer's.
    for (const text of ['+506 8777-4512', '87774512', 'doña Zoila', 'DON zoila nuñez'])
      expect([text, await found('marta', text)]).toEqual([text, ['v-1']]);
    expect(await found('marta', '+506 8888 0022')).toEqual(['v-2']);
    expect([await found('pablo', '8777-4512'), await found('marta', '8777-451')]).toEqual([[], []]);
    for (const login of ['gerardo', 'marta', 'pablo']) {
      const { body } = await ask(login, 'GET', '/visits/v-1/timeline');
      expect(body).toMatchObject({ clean: true, entries: [{ type: 'VisitAssigned', status: 'stands' }] });
    }
    expect((await ask('pablo', 'GET', '/payments')).body).toEqual({ visits: [], next: null });
    const unknown = { visitId: 'v-1', streamName: 'visit-v-1', reference: 'T-1' };
    expect((await ask('pablo', 'POST', '/payments', unknown)).status).toBe(404);
  });
});

describe('a visit that is completed', () => {
  it('waits for its payment with its client, its service and its time', async () => {
    const { field, as } = await fieldHost();
    for (const command of plainVisit()) expect((await field.service.handle(command)).ok).toBe(true);
    const { visits } = (await (await as('pablo', '/api/payments')).json()) as { visits: readonly object[] };
    const { client, service } = (await field.service.load('visit-1')).state;
    expect(visits).toMatchObject([{ client: client?.name, service, workedMs: expect.any(Number) }]);
    expect(client?.name).toBeTypeOf('string');
  });
});

describe('the telephone of a client', () => {
  it('is noted by the center, whole, for the case', async () => {
    const note = (login: string, visitId: string, body: object) =>
      ask(login, 'POST', `/visits/${visitId}/telephones`, body);
    for (const client of ['8777', '8777-1111 x', 87771111, null]) {
      expect(await note('marta', 'v-2', { client })).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
    expect((await note('marta', 'v-none', { client: '8777-1111' })).status).toBe(404);
    expect(await note('marta', 'v-2', { client: ' +506 8777 1111 ' })).toMatchObject({
      status: 200,
      body: { client: '8777-1111' },
    });
    expect((await ask('diego', 'GET', '/visits/v-2/telephones')).body).toMatchObject({ client: '8777-1111' });
  });

  it('is sent to the provider who is to go to them, and to no other', async () => {
    await host.assign('v-3', 'lucia', 'EXP-3');
    expect((await ask('marta', 'POST', '/visits/v-3/telephones', { client: '8777 3333' })).status).toBe(200);
    const clients = async (login: string) => (await ask(login, 'GET', '/telephones')).body.clients;
    expect(await clients('lucia')).toContainEqual({ visitId: 'v-3', number: '8777-3333' });
    expect(await clients('gerardo')).not.toContainEqual(expect.objectContaining({ visitId: 'v-3' }));
    expect((await ask('pablo', 'GET', '/telephones')).status).toBe(403);
  });
});

describe('the instructions of a center', () => {
  it('are an option of the server, for its operators, and one that no instruction could have is refused', async () => {
    const templates = [
      { text: 'Cierre la llave de paso.', decision: 'proceed' },
      { text: 'Llámenos al salir.' },
    ] as const;
    const { as } = await fieldHost({ templates });
    expect(await (await as('marta', '/api/templates')).json()).toEqual({ templates });
    expect((await as('gerardo', '/api/templates')).status).toBe(403);
    for (const wrong of [{ text: '' }, { text: 'a\nb' }, { text: 'x'.repeat(1001) }, { text: 'a', decision: 'go' }])
      await expect(fieldHost({ templates: [wrong as never] })).rejects.toThrow(
        /^templates\[0\]\.(text|decision) takes /,
      );
  });
});

describe('the phones of the providers', () => {
  it('have the day of their first login, whatever comes after it', async () => {
    const { as, send, time } = await fieldHost();
    const enter = (device: string) =>
      send('/api/session', { method: 'POST', body: { login: 'gerardo', password: 'prueba', device } });
    for (const [minutes, device] of [
      [0, 'old'],
      [1500, 'new'],
      [1600, 'old'],
    ] as const) {
      time.minutes = minutes;
      expect((await enter(device)).status).toBe(200);
    }
    const { devices } = (await (await as('marta', '/api/devices')).json()) as {
      devices: readonly { device: string; enteredAt: string | null }[];
    };
    expect(new Map(devices.map(({ device, enteredAt }) => [device, enteredAt]))).toEqual(
      new Map([
        ['old', '2026-03-17T14:00:00.000Z'],
        ['new', '2026-03-18T15:00:00.000Z'],
      ]),
    );
  });
});
