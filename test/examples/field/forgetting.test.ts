/** Phones and clients' pages that are asked to forget an erased visit, and confirm. */
import { memoryKeyStore } from 'auxilio/memory';
import { memoryWrappingKeys } from 'auxilio/privacy';
import { describe, expect, it } from 'vitest';
import { fieldHost } from './field-host.ts';

type Copies = { copies: readonly { copyId: string; visitId: string; holder?: string; device?: string }[] };
const at = new Date(Date.UTC(2026, 2, 17, 14)).toISOString();
const by = { role: 'contact-center', id: 'op-7' } as const;

/** A visit that is cancelled, of which Gerardo has two phones and the client a page. */
async function erased() {
  const host = await fieldHost({ keys: { keys: memoryKeyStore(), wrapping: memoryWrappingKeys() } });
  await host.assign('v-1', 'gerardo');
  const { field } = host;
  const enter = async (device: string) => {
    const body = { login: 'gerardo', password: 'prueba', device };
    const reply = await host.send('/api/session', { method: 'POST', body });
    const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    return {
      ask: async () => (await (await host.send('/api/forgotten', { headers: { cookie } })).json()) as Copies,
      confirm: (copyIds: readonly string[]) =>
        host.send('/api/forgotten', { method: 'POST', body: { copyIds }, headers: { cookie } }),
    };
  };
  const phones = [await enter('phone-a'), await enter('phone-b')] as const;
  const { privacy } = field;
  const subjects = [{ visitId: 'v-1', subject: 'client' }];
  const erase = () => privacy.erase({ subjects, by, erasureId: 'e-1' });
  const state = async () => (await privacy.erasure('e-1'))?.remembered;
  const forgetting = async () => (await (await host.as('marta', '/api/forgetting')).json()) as Copies;
  return { host, field, phones, erase, state, forgetting, privacy };
}

describe('an erasure', () => {
  it('waits for each phone of the provider, until the last has confirmed', async () => {
    const { host, phones, erase, state, forgetting } = await erased();
    await end(host);
    expect(await phones[0].ask()).toEqual({ copies: [] });
    expect((await erase()).remembered).toEqual(['phones']);
    const [one, other] = [await phones[0].ask(), await phones[1].ask()];
    expect([one, other].map(({ copies }) => copies.map(({ visitId }) => visitId))).toEqual([['v-1'], ['v-1']]);
    // Of another phone, it confirms nothing.
    await phones[1].confirm(one.copies.map(({ copyId }) => copyId));
    expect((await phones[0].ask()).copies).toHaveLength(1);
    const confirmed = await phones[0].confirm(one.copies.map(({ copyId }) => copyId));
    expect([confirmed.status, confirmed.headers.get('clear-site-data')]).toEqual([204, '"cache"']);
    expect(await phones[0].ask()).toEqual({ copies: [] });
    expect([await state(), (await forgetting()).copies.map(({ device }) => device)]).toEqual([['phones'], ['phone-b']]);
    await phones[1].confirm(other.copies.map(({ copyId }) => copyId));
    expect([await state(), await forgetting()]).toEqual([[], { copies: [] }]);
  });

  it('of a visit that is open asks once it has ended', async () => {
    const { host, phones, erase, privacy } = await erased();
    expect((await erase()).subjects[0]?.state).toBe('waiting');
    expect(await phones[0].ask()).toEqual({ copies: [] });
    await end(host);
    await privacy.continueErasures();
    expect((await phones[0].ask()).copies).toHaveLength(1);
  });

  it('names a phone that was revoked, until a supervisor waits for it no longer', async () => {
    const { host, field, phones, erase, state, forgetting } = await erased();
    await end(host);
    await erase();
    await field.devices.revoke({ providerId: 'prov-014', device: 'phone-b' }, field.now());
    await phones[0].confirm((await phones[0].ask()).copies.map(({ copyId }) => copyId));
    const { copies } = await forgetting();
    expect(copies).toMatchObject([{ device: 'phone-b', visitId: 'v-1', revokedAt: expect.any(String) }]);
    const path = `/api/forgetting/${copies[0]?.copyId}`;
    const supervisor = 'silvia';
    expect((await host.as('marta', path, { method: 'DELETE' })).status).toBe(403);
    expect((await host.as(supervisor, path, { method: 'DELETE' })).status).toBe(204);
    expect(await state()).toEqual([]);
    expect((await host.as(supervisor, path, { method: 'DELETE' })).status).toBe(404);
  });

  it("asks the client's page, whose session ends once it has forgotten", async () => {
    const { host, phones, erase, state } = await erased();
    await host.as('marta', '/api/visits/v-1/telephones', { method: 'POST', body: { client: '8777 3333' } });
    const made = await host.as('marta', '/api/visits/v-1/client-link', { method: 'POST', body: {} });
    const { url } = (await made.json()) as { url: string };
    const body = { secret: url.split('#')[1], device: 'page-1' };
    const opened = await host.send('/api/client/session', { method: 'POST', body });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    await end(host);
    await erase();
    for (const phone of phones) await phone.confirm((await phone.ask()).copies.map(({ copyId }) => copyId));
    expect(await state()).toEqual(['phones']);
    const ask = async (device: string) =>
      (await (await host.send(`/api/client/forgotten?device=${device}`)).json()) as Copies;
    expect(await ask('page-2')).toEqual({ copies: [] });
    const copyIds = (await ask('page-1')).copies.map(({ copyId }) => copyId);
    await host.send('/api/client/forgotten', { method: 'POST', body: { device: 'page-1', copyIds } });
    expect(await state()).toEqual([]);
    expect((await host.send('/api/client/session', { headers: { cookie } })).status).toBe(401);
  });
});

/** Cancels the visit. */
async function end({ as }: Awaited<ReturnType<typeof fieldHost>>): Promise<void> {
  const told = { about: 'visit', decision: 'cancel', text: 'Ya no' };
  for (const [type, data] of Object.entries({ GiveInstruction: told, CloseVisit: {} })) {
    const message = { type, data: { visitId: 'v-1', at, ...data }, metadata: { commandId: `c-${type}` } };
    const reply = await as('marta', '/api/visits/v-1/commands', { method: 'POST', body: message });
    expect([reply.status, (await reply.text()).slice(0, 200)]).toEqual([200, expect.any(String)]);
  }
}
