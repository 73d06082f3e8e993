import { commands } from 'auxilio';
import { isToken } from 'auxilio/privacy';
import { beforeEach, describe, expect, it } from 'vitest';
import { continueErasures, type ErasurePreview, type ErasureReply } from '../../../examples/field/server/erasures.ts';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeEach(async () => {
  host = await fieldHost({ streams: { heartbeatMs: 3_600_000 } });
  await host.assign('v-1', 'gerardo', 'EXP-2026-000071', 'Ana Rojas');
  await host.assign('v-2', 'lucia', 'EXP-2026-000072', 'José Núñez');
});

const operator = { role: 'contact-center', id: 'op-03' } as const;
const at = '2026-03-17T14:10:00.000Z';

async function close(visitId: string) {
  const cancel = { visitId, at, about: 'visit', decision: 'cancel', text: 'Ya no' } as const;
  await host.field.service.handle(commands.giveInstruction(cancel, operator, `cancel-${visitId}`));
  const closed = await host.field.service.handle(
    commands.closeVisit({ visitId, at, reason: 'Cancelada' }, operator, `close-${visitId}`),
  );
  expect(closed.ok).toBe(true);
}

const post = (path: string, body: object) => host.as('silvia', `/api${path}`, { method: 'POST', body });
const text = async (login: string, path: string) => (await host.as(login, `/api${path}`)).text();
const preview = async (visitId: string) =>
  (await (await host.as('silvia', `/api/visits/${visitId}/erasure`)).json()) as ErasurePreview;
const erase = async (visitId: string) =>
  (await (await post(`/visits/${visitId}/erasure`, { ground: 'client' })).json()) as ErasureReply;

describe('an erasure from the console', () => {
  it('is for supervisors, with a ground of the list', async () => {
    for (const login of ['marta', 'gerardo', 'pablo'])
      expect((await host.as(login, '/api/visits/v-1/erasure')).status).toBe(403);
    expect((await post('/visits/v-1/erasure', { ground: 'Ana Rojas' })).status).toBe(400);
    expect((await post('/visits/v-9/erasure', { ground: 'client' })).status).toBe(404);
  });

  it('waits until the visit ends, and is recorded once', async () => {
    expect(await preview('v-1')).toMatchObject({ waits: true, hold: null, erasure: null, isClear: false });
    const made = await erase('v-1');
    expect(made).toMatchObject({ state: 'waiting', visitId: 'v-1', ground: 'client', by: 'sup-01' });
    expect((await erase('v-1')).erasureId).toBe(made.erasureId);
    expect(await text('marta', '/board')).toContain('Ana Rojas');
    const number = { method: 'POST', body: { client: '87775151' } };
    expect((await host.as('marta', '/api/visits/v-1/telephones', number)).status).toBe(200);
    await close('v-1');
    await continueErasures(host.field);
    expect(await (await host.as('silvia', '/api/erasures')).json()).toMatchObject({
      erasures: [{ state: 'erased', confirmed: true, remembered: [], waitsFor: 'none' }],
    });
    expect(await host.field.privacy.listRequests()).toMatchObject([
      { kind: 'erasure', answer: { outcome: 'answered' } },
    ]);
  });

  it('stops while the visit is held', async () => {
    await close('v-1');
    expect(await (await post('/visits/v-1/hold', { reason: 'lawsuit' })).json()).toMatchObject({
      hold: { reason: 'lawsuit' },
    });
    expect((await post('/visits/v-1/erasure', { ground: 'client' })).status).toBe(409);
    await host.as('silvia', '/api/visits/v-1/hold', { method: 'DELETE' });
    expect((await preview('v-1')).hold).toBe(null);
    expect((await erase('v-1')).state).toBe('erased');
  });

  it('removes rows, terms, the telephone and announcements, has screens read again, and leaves other visits', async () => {
    const following = follow(host.field, await presentPosition(host.field), 10);
    const note = { method: 'POST', body: { text: 'Ana Rojas prefiere la tarde' } };
    for (const visitId of ['v-1', 'v-2']) {
      await host.as('marta', `/api/visits/${visitId}/notes`, note);
      await host.as('marta', `/api/visits/${visitId}/telephones`, { method: 'POST', body: { client: '87771122' } });
      await host.as('marta', `/api/claims/${visitId}`, { method: 'POST', body: {} });
    }
    const disagreement = { disagreementId: 'd-1', at, reason: 'Ana Rojas sí estaba' };
    await host.as('gerardo', '/api/visits/v-1/disagreements', { method: 'POST', body: disagreement });
    await post('/visits/v-1/client-link', {});
    await close('v-1');
    expect(await text('marta', '/rows')).toContain('José Núñez');
    expect(await text('marta', '/search?q=0071')).toContain('Ana Rojas');
    const stream = streamOf(await host.as('marta', '/api/stream'));
    await stream.next();
    expect(await preview('v-1')).toMatchObject({ goes: { notes: 1, disagreements: 1, link: true }, waits: false });
    expect((await erase('v-1')).remembered).toEqual(['phones']);
    for (let event = await stream.next(); event?.name !== 'reset'; event = await stream.next())
      expect(event).not.toBe(null);
    const paths = [
      '/rows',
      '/board',
      '/search?q=rojas',
      '/search?q=8777-1122',
      '/visits/v-1/events',
      '/visits/v-1/notes',
    ];
    const more = ['/visits/v-1/report', '/visits/v-1/timeline', '/visits/v-1/disagreements', '/disagreements'];
    const left = await Promise.all([...paths, ...more].map((path) => text('marta', path)));
    expect(left.join()).not.toMatch(/Ana Rojas|000071/);
    expect(await text('marta', '/search?q=nunez')).toContain('José Núñez');
    expect(await text('marta', '/search?q=8777-1122')).toContain('José Núñez');
    expect(await text('marta', '/visits/v-2/notes')).toContain('prefiere');
    expect(isToken((await host.field.service.load('v-1')).state.client?.name)).toBe(true);
    const last = await host.field.announcements.readAfter({ number: 0, id: null });
    expect(JSON.stringify(last)).not.toContain('v-1');
    // Nothing would forget a number that is noted now.
    const number = { method: 'POST', body: { client: '87773333' } };
    const refused = await host.as('marta', '/api/visits/v-1/telephones', number);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'erased' }]);
    expect((await host.as('marta', '/api/visits/v-2/telephones', number)).status).toBe(200);
    expect(await text('marta', '/visits/v-1/telephones')).toContain('"client":null');
    host.closing.abort();
    await following;
    expect(host.failures).toEqual([]);
  });

  it('reaches all visits of the case, who speaks for the client, and the number of the case', async () => {
    for (const visitId of ['v-3', 'v-4', 'v-5']) await host.assign(visitId, 'gerardo', 'EXP-2026-000071', 'Ana Rojas');
    for (const visitId of ['v-1', 'v-3', 'v-5']) await close(visitId);
    await post('/visits/v-5/hold', { reason: 'lawsuit' });
    const number = { method: 'POST', body: { client: '87771122' } };
    await host.as('marta', '/api/visits/v-1/telephones', number);
    const { telephones, privacy } = host.field;
    const kept = () => telephones.read('case EXP-2026-000071');
    expect((await preview('v-1')).others).toEqual(['v-3', 'v-4']);
    await erase('v-1');
    const { erasures } = (await (await host.as('silvia', '/api/erasures')).json()) as { erasures: ErasureReply[] };
    expect(erasures.map(({ visitId, state }) => [visitId, state])).toEqual([
      ['v-4', 'waiting'],
      ['v-3', 'erased'],
      ['v-1', 'erased'],
    ]);
    expect((await privacy.listErasures())[0]?.subjects.map(({ visitId, subject }) => `${visitId} ${subject}`)).toEqual(
      ['v-1', 'v-3', 'v-4'].flatMap((visitId) => [`${visitId} client`, `${visitId} representative`]),
    );
    expect((await preview('v-3')).erasure?.state).toBe('erased');
    // The open visit and the one that is held are of the case still.
    expect((await kept())?.number).toBe('8777-1122');
    await close('v-4');
    await continueErasures(host.field);
    expect((await kept())?.number).toBe('8777-1122');
    await host.as('silvia', '/api/visits/v-5/hold', { method: 'DELETE' });
    expect((await preview('v-5')).others).toEqual([]);
    expect((await erase('v-5')).state).toBe('erased');
    expect(await kept()).toBe(null);
    expect(await text('marta', '/search?q=rojas')).not.toContain('Ana Rojas');
  });

  it('leaves a visit that was moved to another case', async () => {
    await host.assign('v-3', 'gerardo', 'EXP-2026-000071', 'Rosa Mora');
    const amend = { visitId: 'v-3', at, caseNumber: 'EXP-2026-000079' };
    const amended = await host.field.service.handle(commands.amendAssignment(amend, operator, 'amend-v-3'));
    expect(amended.ok).toBe(true);
    for (const visitId of ['v-1', 'v-3']) await close(visitId);
    expect((await preview('v-1')).others).toEqual([]);
    await erase('v-1');
    expect(await text('marta', '/search?q=0079')).toContain('Rosa Mora');
  });

  it('removes the number of a case that no search has read yet', async () => {
    await host.as('marta', '/api/visits/v-1/telephones', { method: 'POST', body: { client: '87771122' } });
    await close('v-1');
    const { store } = host.field;
    const commit = store.commitCheckpoint;
    // A read model that lags behind the log.
    Object.assign(store, {
      commitCheckpoint: (consumer: string, update: Parameters<typeof commit>[1]) =>
        consumer.startsWith('auxilio-search') && update.rows?.length
          ? Promise.reject(new Error('Busy'))
          : commit.call(store, consumer, update),
    });
    await erase('v-1');
    expect(await host.field.telephones.read('case EXP-2026-000071')).toBe(null);
  });

  it('reaches no copy in a browser: none is stored there', async () => {
    for (const path of ['/visits/v-1/events', '/board', '/visits/v-1/notes'])
      expect((await host.as('marta', `/api${path}`)).headers.get('cache-control'), path).toMatch(/no-store/);
  });

  it('is refused where the data were begun without keys', async () => {
    const { store } = host.field;
    const readRow: typeof store.readRow = async (name, key) =>
      name === 'field-row-key-1' ? null : store.readRow(name, key);
    const bare = await fieldHost({ store: { ...store, readRow } });
    const asked = { method: 'POST', body: { ground: 'client' } };
    expect(await (await bare.as('silvia', '/api/visits/v-1/erasure', asked)).json()).toMatchObject({
      code: 'begun-in-clear',
    });
  });
});
