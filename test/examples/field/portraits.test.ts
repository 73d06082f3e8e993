import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientVisitReply } from '../../../examples/field/client-contract.ts';
import { telephoneKey } from '../../../examples/field/server/telephones.ts';
import { photo } from '../http/photo-bytes.ts';
import { fieldHost } from './field-host.ts';

const { bytes, sha256 } = photo();
const path = '/api/providers/prov-014/portrait';
let host: Awaited<ReturnType<typeof fieldHost>>;

beforeEach(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo');
  const of = 'EXP-v-1';
  await host.field.telephones.change(telephoneKey.client(of), () => ({ of, number: '8777-4512' }));
});

const put = async (login: string, body: Uint8Array<ArrayBuffer> = bytes, to = path) =>
  (await host.as(login, to, { method: 'PUT', body })).status;

/** The cookie of a session of the client. */
async function enter(): Promise<string> {
  const made = await host.as('marta', '/api/visits/v-1/client-link', { method: 'POST' });
  const { url } = (await made.json()) as { url: string };
  const body = { secret: url.slice(url.indexOf('#') + 1), device: 'd-1' };
  const reply = await host.send('/api/client/session', { method: 'POST', body });
  return reply.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const asked = (cookie: string, at: string) => host.send(at, { method: 'GET', headers: { cookie } });
const photoFor = async (cookie: string) =>
  ((await (await asked(cookie, '/api/client/visit')).json()) as ClientVisitReply).photo;

describe('the photograph of a provider', () => {
  it('is put there by the center alone, and only if it is a picture of at most 512 KiB', async () => {
    for (const login of ['gerardo', 'lucia', 'pablo']) expect([login, await put(login)]).toEqual([login, 403]);
    expect(await put('marta', new TextEncoder().encode('<svg onload=alert(1)>'))).toBe(415);
    expect(await put('marta', photo(200, [0, 0, 0, 24, ...Buffer.from('ftypheic')]).bytes)).toBe(415);
    expect(await put('marta', new Uint8Array(512 * 1024 + 1))).toBe(413);
    expect(await put('marta', bytes, '/api/providers/marta/portrait')).toBe(404);
    expect((await host.as('marta', path)).status).toBe(204);
    expect(await put('marta')).toBe(204);
    const shown = await host.as('silvia', path);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    expect((await host.as('silvia', path, { method: 'DELETE' })).status).toBe(204);
    expect((await host.as('silvia', path)).status).toBe(204);
  });

  it('is shown to the client while that provider is to come, and to no other', async () => {
    const cookie = await enter();
    expect(await photoFor(cookie)).toBeNull();
    await put('marta');
    const address = await photoFor(cookie);
    expect(address).toBe(`/api/client/portrait?of=${sha256.slice(0, 16)}`);
    const shown = await asked(cookie, address ?? '');
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await host.send('/api/client/portrait', { method: 'GET' })).status).toBe(401);
    expect((await host.as('gerardo', '/api/client/portrait')).status).toBe(401);
    const at = '2026-03-17T14:00:00.000Z';
    for (const [type, data] of [
      ['GiveInstruction', { about: 'visit', decision: 'reassign', text: 'Cambio' }],
      ['ReassignProvider', { provider: { id: 'prov-022', name: 'Lucía Mora Vargas' }, arriveBy: at }],
    ] as const) {
      const body = { type, data: { visitId: 'v-1', at, ...data }, metadata: { commandId: `r-${type}` } };
      expect((await host.as('marta', '/api/visits/v-1/commands', { method: 'POST', body })).status).toBe(200);
    }
    expect(await photoFor(cookie)).toBeNull();
    expect((await asked(cookie, address ?? '')).status).toBe(204);
  });
});
