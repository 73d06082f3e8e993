import { type EventStore, memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { describe, expect, it } from 'vitest';
import { devicesIn } from '../../../examples/http/devices.ts';
import { memoryPhotoStore } from '../../../examples/http/photo-store.ts';
import { quarantineIn } from '../../../examples/http/quarantine.ts';
import type {
  DecisionReply,
  DevicesReply,
  EventsReply,
  LeadReply,
  ProblemReply,
  QuarantineReply,
  SyncReply,
  UnsentReply,
} from '../../../examples/http/replies.ts';
import { createReplica, httpRemote } from '../../../src/replica.ts';
import { sealOf } from '../../replica/unsent.ts';
import { opened, temporaryFile } from '../../stores/files.ts';
import { ana, arrive, assign, at, eva, hostOn, luis, operator, start } from './host.ts';
import { hashOf, inspecting, photo, submit, take } from './photo-bytes.ts';

const json = { 'content-type': 'application/json' };
type Claims = Readonly<Record<string, unknown>> | null;

async function visited(store: EventStore<never> = memoryStore(), quarantine = quarantineIn(store)) {
  const host = hostOn(store, { devices: devicesIn(store), quarantine });
  await host.send(operator, assign());
  const post = <T>(claims: Claims, path: string, body: unknown, headers: Record<string, string> = {}) =>
    host.ask<T>(claims, 'POST', path, { body: JSON.stringify(body), headers: { ...json, ...headers } });
  const sync = <T = SyncReply>(commands: object[], device: unknown = 'phone-7', claims: Claims = luis, headers = {}) =>
    post<T>(claims, '/visits/v-1/sync', { basedOn: 1, commands, ...(device !== null && { device }) }, headers);
  const revoke = (device = 'phone-7') => post<object>(operator, '/devices/revoke', { providerId: 'p-1', device });
  const waiting = async () => (await host.ask<QuarantineReply>(operator, 'GET', '/quarantine')).body.batches;
  const decide = <T = DecisionReply>(
    id: string,
    decision: unknown,
    text: unknown = 'Es su teléfono viejo',
    claims: Claims = operator,
  ) => post<T>(claims, `/quarantine/${id}`, { decision, text });
  return { ...host, post, sync, revoke, waiting, decide };
}

describe('devices', () => {
  it('are listed with their last contact and what they had seen, those that called last first', async () => {
    const { sync, ask } = await visited();
    await sync([], 'phone-1');
    await sync([arrive('v-1', 'c-1')]);
    await sync([], null, luis, { device: 'phone-1' });
    const { body } = await ask<DevicesReply>(operator, 'GET', '/devices');
    const visits = [{ visitId: 'v-1', basedOn: 1 }];
    const called = { providerId: 'p-1', lastContactAt: at(30), visits, revokedAt: null };
    expect(body.devices).toEqual([
      { ...called, device: 'phone-1' },
      { ...called, device: 'phone-7' },
    ]);
  });

  it('are listed with their last contact after the host started again, by any process', async () => {
    const store = memoryStore();
    const { sync } = await visited(store);
    const other = devicesIn(store);
    await Promise.all(
      ['phone-2', 'phone-3', 'phone-4'].map((device, n) =>
        other.contact({ providerId: 'p-2', device, at: at(40 + n), visitId: 'v-2', basedOn: n }),
      ),
    );
    await sync([arrive('v-1', 'c-1')]);
    const listed = await devicesIn(store).list();
    expect(listed.map(({ device, lastContactAt }) => [device, lastContactAt])).toEqual([
      ['phone-4', at(42)],
      ['phone-3', at(41)],
      ['phone-2', at(40)],
      ['phone-7', at(30)],
    ]);
    expect(listed.at(-1)?.visits).toEqual([{ visitId: 'v-1', basedOn: 1 }]);
  });

  describe('that ask what is new for them', () => {
    const lastOf = async (before: string | null) => {
      const store = memoryStore();
      const { ask } = await visited(store);
      const devices = devicesIn(store);
      const name = { providerId: 'p-1', device: 'phone-7' };
      if (before !== null) await devices.contact({ ...name, at: before, visitId: 'v-1', basedOn: 1 });
      expect((await ask(luis, 'GET', '/assignments', { headers: { device: 'phone-7' } })).status).toBe(200);
      const [found] = (await ask<DevicesReply>(operator, 'GET', '/devices')).body.devices;
      return [found?.lastContactAt, found?.visits];
    };
    const visits = [{ visitId: 'v-1', basedOn: 1 }];

    it('are heard of, though they send nothing', async () => {
      expect(await lastOf(null)).toEqual([at(30), []]);
      expect(await lastOf(at(25))).toEqual([at(30), visits]);
    });

    it('are not noted again within five minutes', async () => {
      expect(await lastOf(at(26))).toEqual([at(26), visits]);
    });
  });

  it('of one provider are kept up to twenty, and a hundred visits of each', async () => {
    const devices = devicesIn(memoryStore());
    const contact = (device: string, n: number) =>
      devices.contact({ providerId: 'p-1', device, at: at(n), visitId: `v-${n}`, basedOn: 1 });
    await Promise.all(Array.from({ length: 25 }, (_, n) => contact(`phone-${n}`, n)));
    await Promise.all(Array.from({ length: 120 }, (_, n) => contact('phone-24', n)));
    const listed = await devices.list();
    expect([listed.length, listed[0]?.device, listed[0]?.visits.length]).toEqual([20, 'phone-24', 100]);
  });

  it('that were revoked may read no more, and stay revoked when the host starts again', async () => {
    const store = memoryStore();
    const { ask, sync, revoke } = await visited(store);
    expect((await revoke()).status).toBe(200);
    expect((await revoke()).status).toBe(200);
    const headers = { device: 'phone-7' };
    for (const path of ['/assignments', '/visits/v-1', '/visits/v-1/events', '/visits/v-1/guide']) {
      expect((await ask(luis, 'GET', path, { headers })).body).toMatchObject({ status: 403, code: 'device-revoked' });
      expect((await ask(luis, 'GET', path, { headers: { device: 'phone-8' } })).status).toBe(200);
    }
    expect((await ask(eva, 'GET', '/assignments', { headers })).status).toBe(200);
    expect((await sync<object>([])).body).toMatchObject({ code: 'device-revoked' });
    const again = devicesIn(store);
    expect(await again.isRevoked({ providerId: 'p-1', device: 'phone-7' })).toBe(true);
    const { devices } = (await ask<DevicesReply>(operator, 'GET', '/devices')).body;
    const revoked = devices.find(({ providerId, revokedAt }) => providerId === 'p-1' && revokedAt !== null);
    expect(revoked).toEqual({
      providerId: 'p-1',
      device: 'phone-7',
      lastContactAt: null,
      visits: [],
      revokedAt: at(30),
    });
  });

  it('are those of the token, if it is bound to one', async () => {
    const { ask, sync, revoke } = await visited();
    const bound = { ...luis, device: 'phone-7' };
    expect((await sync<object>([], 'phone-8', bound)).body).toMatchObject({ status: 403, code: 'other-device' });
    expect((await sync([], null, bound)).status).toBe(200);
    await revoke();
    expect((await ask(bound, 'GET', '/assignments')).body.code).toBe('device-revoked');
    expect((await ask(bound, 'GET', '/assignments', { headers: { device: 'phone-8' } })).body.code).toBe(
      'other-device',
    );
  });

  it.each([7, '', 'x'.repeat(201), 'a\u0000', null])('are not named %j', async (device) => {
    const { sync, post } = await visited();
    if (device !== null) expect((await sync<object>([], device)).body).toMatchObject({ status: 400 });
    const refused = await post<object>(operator, '/devices/revoke', { providerId: 'p-1', device });
    expect(refused.body).toMatchObject({ status: 400, issues: [{ at: '/device', code: 'not-a-device' }] });
  });

  it('are for the contact center alone to list and revoke', async () => {
    const { ask, post } = await visited();
    for (const claims of [luis, ana]) {
      for (const path of ['/devices', '/quarantine']) expect((await ask(claims, 'GET', path)).status).toBe(403);
      for (const path of ['/devices/revoke', `/quarantine/q-${'0'.repeat(32)}`]) {
        expect((await post<object>(claims, path, {})).body).toMatchObject({ status: 403, code: 'not-yours' });
      }
    }
    const { ask: none, post: nor } = { ...hostOn(), post };
    expect((await none(operator, 'GET', '/devices')).status).toBe(404);
    expect((await nor<object>(operator, '/quarantine/x', { decision: 'vouch', text: 'x' })).status).toBe(404);
  });
});

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['SQLite', () => opened({ file: temporaryFile() })],
];

describe('the device that leads a visit', () => {
  const takeLead = (
    { ask }: Awaited<ReturnType<typeof visited>>,
    device: unknown,
    claims: Claims = luis,
    visitId = 'v-1',
  ) =>
    ask<LeadReply & ProblemReply>(claims, 'PUT', `/visits/${visitId}/lead`, {
      body: JSON.stringify({ device }),
      headers: json,
    });
  const lead = async ({ ask }: Awaited<ReturnType<typeof visited>>, claims: Claims = luis) =>
    (await ask<EventsReply>(claims, 'GET', '/visits/v-1/events')).body.lead;

  it('is the first that hands in an act, until another takes the lead', async () => {
    const host = await visited();
    expect(await lead(host)).toBeNull();
    expect((await host.sync([], 'phone-1')).body.lead).toBeNull();
    expect((await host.sync([arrive('v-1', 'c-1')], 'phone-1')).body.lead).toBe('phone-1');
    expect((await host.sync([{ ...start(), metadata: { commandId: 'c-2' } }], 'phone-2')).body.lead).toBe('phone-1');
    const taken = await takeLead(host, 'phone-2');
    expect(taken.body).toEqual({ visitId: 'v-1', device: 'phone-2', serverTime: at(30) });
    expect([await lead(host), await lead(host, operator)]).toEqual(['phone-2', undefined]);
    expect((await host.sync([arrive('v-1', 'c-1')], 'phone-1')).body.lead).toBe('phone-2');
  });

  it('is in the answer to a provider who has every event already', async () => {
    const { ask, sync } = await visited();
    await sync([arrive('v-1', 'c-1')], 'phone-1');
    const headers = { 'if-none-match': '"2"' };
    const answer = await ask<EventsReply>(luis, 'GET', '/visits/v-1/events', { headers });
    expect([answer.status, answer.body.lead, answer.headers.get('etag')]).toEqual([200, 'phone-1', null]);
    expect((await ask(operator, 'GET', '/visits/v-1/events', { headers })).status).toBe(304);
  });

  it('leads no more once it is revoked', async () => {
    const host = await visited();
    await takeLead(host, 'phone-7');
    await host.revoke();
    expect(await lead(host)).toBeNull();
    expect((await takeLead(host, 'phone-7')).body).toMatchObject({ status: 403, code: 'device-revoked' });
    expect((await host.sync([arrive('v-1', 'c-1')], 'phone-8')).body.lead).toBe('phone-8');
  });

  it('is taken by the assigned provider alone, of a visit that is theirs', async () => {
    const host = await visited();
    for (const claims of [operator, ana, eva]) expect((await takeLead(host, 'x', claims)).body.code).toBe('not-yours');
    expect((await takeLead(host, 'x', luis, 'v-none')).body).toEqual((await takeLead(host, 'x', eva)).body);
    expect((await takeLead(host, 'x', null)).status).toBe(401);
    for (const device of [undefined, 7, '', 'a\u0000']) {
      expect((await takeLead(host, device)).body).toMatchObject({ status: 400, issues: [{ at: '/device' }] });
    }
    expect((await takeLead(host, 'phone-8', { ...luis, device: 'phone-7' })).body.code).toBe('other-device');
    expect(await lead(host)).toBeNull();
  });
});

describe.each(stores)('what a revoked device hands in, on %s', (_, open) => {
  const commands = [arrive('v-1', 'c-1'), { ...start(), metadata: { commandId: 'c-2' } }];

  it('waits for an operator, once, and is reconciled when one vouches for it', async () => {
    const { sync, revoke, waiting, decide, version } = await visited(open());
    await revoke();
    const first = await sync<{ quarantineId: string }>(commands);
    expect(first.body).toMatchObject({
      status: 403,
      code: 'device-revoked',
      quarantineId: expect.stringMatching(/^q-/),
    });
    const { quarantineId } = first.body;
    expect((await sync<object>(commands)).body).toEqual(first.body);
    expect(await version()).toBe(1n);
    const batches = await waiting();
    expect(batches).toMatchObject([
      { quarantineId, visitId: 'v-1', device: 'phone-7', sender: { id: 'p-1' }, receivedAt: at(30) },
    ]);
    const vouched = await decide(quarantineId, 'vouch');
    expect(vouched.body.outcomes?.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused']);
    expect(vouched.body.decided).toMatchObject({ decision: 'vouch', operator: { id: 'op-1' }, at: at(30) });
    expect([await version(), await waiting()]).toEqual([3n, []]);
    const again = await decide(quarantineId, 'vouch', 'otra vez');
    expect(again.body.decided).toEqual(vouched.body.decided);
    expect(again.body.outcomes?.map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated']);
    expect((await decide<object>(quarantineId, 'discard')).body).toMatchObject({
      status: 409,
      code: 'already-decided',
    });
    expect((await sync<object>(commands)).body).toMatchObject({ code: 'device-revoked', quarantineId });
    expect(await waiting()).toEqual([]);
  });

  it('is reconciled with another history than it was recorded on only if the operator says so', async () => {
    const { post, revoke, waiting, version } = await visited(open());
    await revoke();
    const head = { version: 1, lastEventId: 'of-a-server-before-its-restore' };
    const batch = { basedOn: 1, head, commands, device: 'phone-7' };
    const { quarantineId } = (await post<{ quarantineId: string }>(luis, '/visits/v-1/sync', batch)).body;
    const vouch = (more: object) =>
      post<DecisionReply>(operator, `/quarantine/${quarantineId}`, { decision: 'vouch', text: 'Es suyo', ...more });
    expect((await vouch({})).body).toMatchObject({ status: 409, code: 'diverged' });
    expect([await version(), (await waiting()).length]).toEqual([1n, 1]);
    expect((await vouch({ despiteHistory: true })).body.outcomes).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'refused' },
    ]);
    expect((await vouch({})).body.outcomes).toMatchObject([{ outcome: 'repeated' }, { outcome: 'repeated' }]);
  });

  it('is discarded by an operator, and not reconciled', async () => {
    const { sync, revoke, waiting, decide, version } = await visited(open());
    await revoke();
    const { quarantineId } = (await sync<{ quarantineId: string }>(commands)).body;
    expect((await decide(quarantineId, 'discard')).body.outcomes).toBeUndefined();
    expect([await version(), await waiting()]).toEqual([1n, []]);
    expect((await decide<object>(quarantineId, 'vouch')).body).toMatchObject({ code: 'already-decided' });
  });
});

/** A file of unsent lines under a seal that fits, which anyone can write. */
function forged(lines: readonly object[]): string {
  const actor = { role: 'provider', id: 'p-1' };
  const header = { format: 'auxilio-unsent', version: 2, actor, device: 'x', exportedAt: at(1) };
  const body = `${[header, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
  return `${body}${JSON.stringify({ seal: sealOf(body) })}\n`;
}

describe('the quarantine', () => {
  it('has room for what a revoked device hands in, however much of forged files waits', async () => {
    const { ask, revoke, sync, waiting } = await visited();
    const metadata = { actor: { role: 'provider', id: 'p-1' }, commandId: 'c-1' };
    const lines = Array.from({ length: 101 }, (_, n) => ({
      visitId: `v-${n}`,
      basedOn: 1,
      recordedAt: at(1),
      command: { ...arrive(`v-${n}`), metadata },
    }));
    const { body } = await ask<ProblemReply>(operator, 'POST', '/unsent', { body: forged(lines) });
    expect([body.code, (await waiting()).length]).toEqual(['quarantine-full', 100]);
    await revoke();
    const { quarantineId } = (await sync<{ quarantineId?: string }>([arrive('v-1', 'c-1')])).body;
    expect(quarantineId).toMatch(/^q-/);
  });

  it('says of a batch that it was vouched for, though another discarded it while it was reconciled', async () => {
    const store = memoryStore();
    const quarantine = quarantineIn(store);
    let discard = async () => {};
    const decide: typeof quarantine.decide = async (id, decided) => {
      if (decided.decision === 'vouch') await discard();
      return quarantine.decide(id, decided);
    };
    const host = await visited(store, { ...quarantine, decide });
    await host.revoke();
    const { quarantineId } = (await host.sync<{ quarantineId: string }>([arrive('v-1', 'c-1')])).body;
    discard = async () => void (await host.decide(quarantineId, 'discard'));
    expect((await host.decide(quarantineId, 'vouch')).body).toMatchObject({ outcomes: [{ outcome: 'accepted' }] });
    expect((await quarantine.find(quarantineId))?.decided?.decision).toBe('vouch');
    expect([await host.version(), await host.waiting()]).toEqual([2n, []]);
  });

  it('takes nothing for a visit that does not concern the sender', async () => {
    const { sync, post, waiting } = await visited();
    await post(operator, '/devices/revoke', { providerId: 'p-2', device: 'phone-7' });
    const { body } = await sync<object>([arrive('v-1', 'c-1')], 'phone-7', eva);
    expect(body).toMatchObject({ code: 'not-yours' });
    expect(await waiting()).toEqual([]);
  });

  it('keeps a hundred batches of one sender, and refuses more without an id', async () => {
    const { sync, revoke, waiting } = await visited();
    await revoke();
    const ids = new Set<unknown>();
    for (let n = 0; n < 101; n += 1) {
      const { body } = await sync<{ code: string; quarantineId?: string }>([arrive('v-1', `c-${n}`)]);
      expect(body.code).toBe('device-revoked');
      ids.add(body.quarantineId);
    }
    expect([ids.size, ids.has(undefined), (await waiting()).length]).toEqual([101, true, 100]);
  });

  it('takes in the file of a phone that can send no more, once', async () => {
    const store = memoryStore();
    const photos = memoryPhotoStore();
    const host = hostOn(store, { quarantine: quarantineIn(store), photos });
    await host.send(operator, assign());
    const remote = httpRemote({
      url: 'https://host.test',
      fetch: (async (input: string, { method = 'GET' }: RequestInit) =>
        host.request(luis, method, new URL(input).pathname)) as never,
    });
    let ids = 0;
    const replica = createReplica({
      store: memoryReplicaStore(),
      remote,
      actor: { role: 'provider', id: 'p-1' },
      device: 'phone-7',
      now: () => at(30),
      newId: () => `r-${++ids}`,
    });
    await replica.sync();
    const one = photo(5000);
    await replica.photos.add('v-1', one.bytes);
    for (const { type, data } of [arrive(), ...inspecting(), take('f-1', one.sha256, 'x'), submit(['f-1'], 'x')]) {
      expect(await replica.act({ type, data } as never)).toMatchObject({ ok: true });
    }
    const body = await (await replica.exportUnsent({ photos: true })).text();
    const post = () => host.ask<UnsentReply>(operator, 'POST', '/unsent', { body });
    const taken = await post();
    expect(taken.body).toMatchObject({ sender: { id: 'p-1' }, device: 'phone-7', photos: 1 });
    expect((await post()).body).toEqual(taken.body);
    const [quarantineId = '', ...others] = taken.body.quarantineIds;
    expect(others).toEqual([]);
    const headers = { 'content-type': 'application/json' };
    const decision = { body: JSON.stringify({ decision: 'vouch', text: 'Su teléfono se mojó' }), headers };
    const vouched = await host.ask<DecisionReply>(operator, 'POST', `/quarantine/${quarantineId}`, decision);
    expect(new Set(vouched.body.outcomes?.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(await photos.size(one.sha256)).toBe(5000);
  });

  it.each<[string, (file: string) => string, string]>([
    ['no file', () => '', 'not-unsent'],
    ['another file', () => '{"format":"x"}\n', 'not-unsent'],
    ['one of a later release', (file) => file.replace('"version":2', '"version":3'), 'newer-version'],
    ['one that was cut', (file) => file.slice(0, -20), 'seal-broken'],
    ['one that was changed', (file) => file.replace('"p-1"', '"p-2"'), 'seal-broken'],
    ['a NUL', () => '\u0000', 'not-unsent'],
  ])('takes in no file that is none: %s', async (_, change, code) => {
    const { ask } = await visited();
    const replica = createReplica({
      store: memoryReplicaStore(),
      remote: httpRemote({ url: 'https://host.test' }),
      actor: { role: 'provider', id: 'p-1' },
      device: 'phone-7',
    });
    const body = change(await (await replica.exportUnsent()).text());
    const { body: refused } = await ask<ProblemReply>(operator, 'POST', '/unsent', { body });
    expect(refused).toMatchObject({ status: 400, issues: [{ in: 'body', code }] });
    expect((await ask(luis, 'POST', '/unsent', { body })).body.code).toBe('not-yours');
  });

  it('takes in no command of another person in such a file', async () => {
    const { ask } = await visited();
    const command = { ...arrive(), metadata: { actor: { role: 'provider', id: 'p-2' }, commandId: 'c-1' } };
    const lines = [
      { format: 'auxilio-unsent', version: 2, actor: { role: 'provider', id: 'p-1' }, device: 'x', exportedAt: at(1) },
      { visitId: 'v-1', basedOn: 1, recordedAt: at(1), command },
    ];
    const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    const seal = JSON.stringify({ seal: sealOf(body) });
    const { body: refused } = await ask<ProblemReply>(operator, 'POST', '/unsent', { body: `${body}${seal}\n` });
    expect(refused).toMatchObject({ status: 403, code: 'other-actor', index: 0 });
  });

  it('stores of such a file no more than photographs, and reads no more lines than a phone writes', async () => {
    const store = memoryStore();
    const photos = memoryPhotoStore();
    const { send, ask } = hostOn(store, { quarantine: quarantineIn(store), photos });
    await send(operator, assign());
    const give = (lines: readonly object[]) =>
      ask<UnsentReply & ProblemReply>(operator, 'POST', '/unsent', { body: forged(lines) });
    const lineOf = (bytes: Uint8Array) => ({
      visitId: 'v-1',
      sha256: hashOf(bytes),
      mediaType: 'image/jpeg',
      base64: Buffer.from(bytes).toString('base64'),
    });
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    const huge = new Uint8Array(10 * 1024 * 1024 + 1);
    huge.set(photo().bytes);
    const { bytes, sha256 } = photo();
    expect((await give([page, huge, bytes].map(lineOf))).body).toMatchObject({ photos: 1 });
    const sizes = await Promise.all([hashOf(page), hashOf(huge), sha256].map((hash) => photos.size(hash)));
    expect(sizes).toEqual([null, null, bytes.byteLength]);
    expect((await give(Array(10_001).fill({}))).body.code).toBe('too-large');
  });

  it('keeps what cannot be reconciled', async () => {
    const { post, revoke, waiting, decide } = await visited();
    await revoke();
    const batch = { basedOn: 1, commands: [assign('v-1', 'c-1')], device: 'phone-7' };
    const { quarantineId } = (await post<{ quarantineId: string }>(luis, '/visits/v-1/sync', batch)).body;
    expect((await decide<object>(quarantineId, 'vouch')).body).toMatchObject({ status: 400, reason: 'not-recordable' });
    expect(await waiting()).toHaveLength(1);
    expect((await decide(quarantineId, 'discard')).status).toBe(200);
  });

  it.each<[string, unknown, unknown]>([
    ['no decision', undefined, 'x'],
    ['another decision', 'burn', 'x'],
    ['no reason', 'vouch', undefined],
    ['an empty reason', 'vouch', ''],
    ['a NUL', 'vouch', 'a\u0000'],
    ['too long a reason', 'vouch', 'x'.repeat(2001)],
  ])('takes no %s', async (_, decision, text) => {
    const { decide } = await visited();
    const { body } = await decide<object>('q-1', decision, text === undefined ? null : text);
    expect(body).toMatchObject({ status: 400, code: 'malformed' });
  });

  it.each(['q-1', `q-${'0'.repeat(32)}`, '..%2fx', 'a%00'])('has no batch %s', async (id) => {
    const { decide } = await visited();
    expect((await decide<object>(id, 'vouch')).body).toMatchObject({ status: 404, code: 'no-such-batch' });
  });

  it('tells the remote of a replica under which id its batch waits', async () => {
    const { request, revoke } = await visited();
    await revoke();
    const fetch = (async (input: string, { method = 'GET', body, headers }: RequestInit) =>
      request(luis, method, new URL(input).pathname, {
        headers: headers as Record<string, string>,
        body: body as string,
      })) as never;
    const remote = httpRemote({ url: 'https://host.test', fetch });
    const actor = { role: 'provider', id: 'p-1' } as const;
    const batch = {
      visitId: 'v-1',
      basedOn: 1,
      device: 'phone-7',
      commands: [{ ...arrive(), metadata: { actor, commandId: 'c-1' } }],
    };
    await expect(remote.sync(batch as never)).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'device-revoked',
      quarantineId: expect.stringMatching(/^q-[0-9a-f]{32}$/),
    });
  });
});
