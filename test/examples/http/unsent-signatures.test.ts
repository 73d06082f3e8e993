import { memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { describe, expect, it } from 'vitest';
import { devicesIn } from '../../../examples/http/devices.ts';
import { quarantineIn } from '../../../examples/http/quarantine.ts';
import type {
  DecisionReply,
  DeviceKeyReply,
  ProblemReply,
  QuarantineReply,
  UnsentReply,
} from '../../../examples/http/replies.ts';
import { type ActCommand, createReplica, httpRemote } from '../../../src/replica.ts';
import { sealOf } from '../../replica/unsent.ts';
import { ana, arrive, assign, at, eva, hostOn, luis, operator } from './host.ts';

const json = { 'content-type': 'application/json' };
type Claims = typeof luis | typeof ana;

/** A key as a device makes one. */
async function newKey() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey)).toString('base64');
  const sign = (bytes: Uint8Array<ArrayBuffer>) =>
    crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes);
  return { spki, sign, publicKey: async () => spki };
}

type Key = Partial<Pick<Awaited<ReturnType<typeof newKey>>, 'sign' | 'publicKey'>>;

async function host() {
  const store = memoryStore();
  const here = hostOn(store, { devices: devicesIn(store), quarantine: quarantineIn(store) });
  await here.send(operator, assign());
  const post = <T>(claims: Claims, path: string, body: unknown) =>
    here.ask<T>(claims, 'POST', path, { body: JSON.stringify(body), headers: json });
  const register = <T = DeviceKeyReply>(key: unknown, device: unknown = 'phone-7', claims: Claims = luis) =>
    here.ask<T>(claims, 'PUT', '/devices/key', { body: JSON.stringify({ device, key }), headers: json });
  const revoke = (device = 'phone-7') => post<object>(operator, '/devices/revoke', { providerId: 'p-1', device });
  const handIn = (body: string, headers = {}) =>
    here.ask<UnsentReply & ProblemReply>(operator, 'POST', '/unsent', { body, headers });
  const waiting = async () => (await here.ask<QuarantineReply>(operator, 'GET', '/quarantine')).body.batches;
  const vouch = (id = '', more: object = {}) =>
    post<DecisionReply & ProblemReply>(operator, `/quarantine/${id}`, { decision: 'vouch', text: 'Lo llamé', ...more });

  let ids = 0;
  /** A phone of a provider, which has synced once. */
  async function phone({ sign, publicKey }: Key = {}, device = 'phone-7') {
    const calls: string[] = [];
    const replica = createReplica({
      ...(sign && { sign }),
      ...(publicKey && { publicKey }),
      store: memoryReplicaStore(),
      remote: httpRemote({
        url: 'https://host.test',
        fetch: (async (input: string, { method = 'GET', body, headers }: RequestInit) => {
          const { pathname, search } = new URL(input);
          calls.push(`${method} ${pathname}`);
          return here.request(luis, method, pathname + search, {
            headers: headers as Record<string, string>,
            ...(typeof body === 'string' && { body }),
          });
        }) as typeof globalThis.fetch,
      }),
      actor: { role: 'provider', id: 'p-1' },
      device,
      now: () => at(30),
      monotonicMs: () => 0,
      newId: () => `r-${++ids}`,
    });
    await replica.sync();
    const { type, data } = arrive();
    expect(await replica.act({ type, data } as ActCommand)).toMatchObject({ ok: true });
    return { replica, calls, file: await (await replica.exportUnsent()).text() };
  }
  return { ...here, post, register, revoke, handIn, waiting, vouch, phone };
}

/** The file with another place of arrival, under a seal that fits: what the seal alone cannot tell. */
function tampered(file: string): string {
  const lines = file.trimEnd().split('\n');
  const last = JSON.parse(lines.pop() ?? '');
  const body = `${lines.join('\n').replace(at(1), at(2))}\n`;
  expect(body).not.toBe(`${lines.join('\n')}\n`);
  return `${body}${JSON.stringify({ ...last, seal: sealOf(body) })}\n`;
}

describe('a device that registers its key', () => {
  it('does so at its first contact, once, and its file is signed by it', async () => {
    const { phone, handIn, waiting, vouch, version } = await host();
    const key = await newKey();
    const { replica, calls, file } = await phone(key);
    await replica.sync();
    expect(calls.filter((call) => call === 'PUT /devices/key')).toHaveLength(1);
    const { body } = await handIn(file);
    expect(body.signature).toEqual({
      state: 'signed',
      device: 'phone-7',
      replacedAt: null,
      message: 'Firmado por el dispositivo phone-7.',
    });
    expect((await handIn(file, { 'accept-language': 'en' })).body.signature.message).toBe('Signed by device phone-7.');
    const batches = await waiting();
    expect(batches).toMatchObject([{ signature: body.signature, device: 'phone-7' }]);
    expect((await vouch(body.quarantineIds[0])).body.outcomes).toMatchObject([{ outcome: 'repeated' }]);
    expect(await version()).toBe(2n);
  });

  it('tells it again in the next round where the call failed, and loses no sync by it', async () => {
    const { phone, revoke, handIn } = await host();
    const key = await newKey();
    let isBroken = true;
    const { replica, calls, file } = await phone({
      sign: key.sign,
      publicKey: async () => {
        if (isBroken) throw new Error('no key store');
        return key.spki;
      },
    });
    expect((await handIn(file)).body.signature.state).toBe('unknown-key');
    expect(calls).not.toContain('PUT /devices/key');
    isBroken = false;
    expect((await replica.sync()).result).toBe('done');
    expect((await handIn(file)).body.signature.state).toBe('signed');
    await revoke();
    expect((await handIn(file)).body.signature.state).toBe('signed');
  });

  it('registers one that is a public key of ECDSA on P-256, for itself alone', async () => {
    const { register, ask } = await host();
    const { spki } = await newKey();
    const rsa = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify']);
    const other = Buffer.from(await crypto.subtle.exportKey('spki', rsa.publicKey)).toString('base64');
    const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', rsa.privateKey)).toString('base64');
    for (const key of [undefined, 7, '', 'x', '%%%', other, secret, spki.slice(4), 'A'.repeat(1000)]) {
      expect((await register<ProblemReply>(key)).body).toMatchObject({
        status: 400,
        issues: [{ at: '/key', code: 'not-a-public-key' }],
      });
    }
    expect((await register<ProblemReply>(spki, '')).body).toMatchObject({ status: 400, issues: [{ at: '/device' }] });
    for (const claims of [operator, ana]) expect((await register(spki, 'phone-7', claims)).status).toBe(403);
    const bound = { ...luis, device: 'phone-8' };
    expect((await register<ProblemReply>(spki, 'phone-7', bound)).body.code).toBe('other-device');
    expect((await register(spki)).body).toEqual({ device: 'phone-7', registeredAt: at(30), serverTime: at(30) });
    const without = hostOn();
    const init = { body: JSON.stringify({ device: 'phone-7', key: spki }), headers: json };
    expect((await without.ask(luis, 'PUT', '/devices/key', init)).status).toBe(404);
    expect((await ask(null, 'PUT', '/devices/key', init)).status).toBe(401);
  });

  it('registers none once it is revoked', async () => {
    const { register, revoke } = await host();
    await revoke();
    expect((await register<ProblemReply>((await newKey()).spki)).body).toMatchObject({ code: 'device-revoked' });
  });
});

describe('the file of what a phone had not sent', () => {
  it('that nobody signed is unsigned, and vouched for as before', async () => {
    const { phone, handIn, vouch } = await host();
    const { file } = await phone();
    const { body } = await handIn(file);
    expect(body.signature).toMatchObject({
      state: 'unsigned',
      message: 'Sin firma: nada prueba de qué dispositivo es.',
    });
    expect((await vouch(body.quarantineIds[0])).body.outcomes).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('that was changed is kept, and refused until an operator says that it is right all the same', async () => {
    const { phone, handIn, waiting, vouch, version } = await host();
    const { file } = await phone(await newKey());
    const changed = await handIn(tampered(file));
    expect(changed.body.signature).toMatchObject({ state: 'mismatch', device: 'phone-7' });
    const [id = ''] = changed.body.quarantineIds;
    expect((await vouch(id)).body).toMatchObject({ status: 409, code: 'signature-invalid' });
    expect((await vouch(id, { despiteSignature: 'yes' })).body).toMatchObject({ code: 'signature-invalid' });
    expect([await version(), (await waiting()).length]).toEqual([1n, 1]);
    // The one that the phone wrote is another batch, and no worse for it.
    const whole = await handIn(file);
    expect(whole.body.signature.state).toBe('signed');
    expect((await vouch(whole.body.quarantineIds[0])).body.outcomes).toMatchObject([{ outcome: 'accepted' }]);
    expect((await vouch(id, { despiteSignature: true })).body.outcomes).toMatchObject([
      { outcome: 'refused', violations: [{ rule: 'id-reused' }] },
    ]);
    expect(await version()).toBe(3n);
    expect((await vouch(id)).body.decided).toMatchObject({ decision: 'vouch' });
  });

  it('whose signature was cut off is not taken for one of a device that has none', async () => {
    const { phone, handIn, vouch } = await host();
    const { file } = await phone(await newKey());
    const cut = file.replace(/,"signature":"[^"]*"/, '');
    expect(cut).not.toBe(file);
    const { body } = await handIn(cut);
    expect(body.signature.state).toBe('missing');
    expect((await vouch(body.quarantineIds[0])).body).toMatchObject({ code: 'signature-invalid' });
    const discarded = await handIn(cut);
    expect(discarded.body).toEqual(body);
  });

  it('that another device signed does not match', async () => {
    const { phone, handIn, register } = await host();
    const [ours, others] = [await newKey(), await newKey()];
    await register(others.spki, 'phone-8');
    const { file } = await phone(ours);
    const { file: forged } = await phone({ sign: others.sign });
    expect((await handIn(file)).body.signature.state).toBe('signed');
    expect((await handIn(forged)).body.signature.state).toBe('mismatch');
  });

  it('that the same device of another person signed does not match', async () => {
    const { phone, handIn, register } = await host();
    const [ours, others] = [await newKey(), await newKey()];
    await register(others.spki, 'phone-7', eva);
    await register(ours.spki);
    const { file } = await phone({ sign: others.sign });
    expect((await handIn(file)).body.signature.state).toBe('mismatch');
  });

  it('that was signed with a key which the device replaced is answered as such', async () => {
    const { phone, handIn, register, vouch } = await host();
    const first = await newKey();
    const { file } = await phone(first);
    await register((await newKey()).spki);
    const { body } = await handIn(file);
    expect(body.signature).toMatchObject({ state: 'signed', replacedAt: at(30) });
    expect(body.signature.message).toContain('llave anterior');
    expect((await vouch(body.quarantineIds[0])).status).toBe(200);
    // It may come back to the one that it had.
    await register(first.spki);
    expect((await handIn(file)).body.signature.replacedAt).toBeNull();
  });

  it('that was signed with one of eleven keys before is recognised, but not the oldest', async () => {
    const { phone, handIn, register } = await host();
    const first = await newKey();
    const { file } = await phone(first);
    for (let n = 0; n < 9; n += 1) await register((await newKey()).spki);
    expect((await handIn(file)).body.signature.state).toBe('signed');
    await register((await newKey()).spki);
    expect((await handIn(file)).body.signature.state).toBe('mismatch');
  });

  it('that a revoked device signed is answered as signed, and waits', async () => {
    const { phone, revoke, handIn, waiting, vouch } = await host();
    const { file } = await phone(await newKey());
    await revoke();
    const { body } = await handIn(file);
    expect(body.signature.state).toBe('signed');
    expect(await waiting()).toHaveLength(1);
    expect((await vouch(body.quarantineIds[0])).body.outcomes).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('that has a signature which is no text is unsigned', async () => {
    const { phone, handIn } = await host();
    const { file } = await phone();
    const odd = file.replace(/"}\n$/, '","signature":7}\n');
    expect((await handIn(odd)).body.signature.state).toBe('unsigned');
    const bad = file.replace(/"}\n$/, '","signature":"%%"}\n');
    expect((await handIn(bad)).body.signature.state).toBe('unknown-key');
  });
});
