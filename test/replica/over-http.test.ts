import { commands as create, type VisitCommand } from 'auxilio';
import { memoryReplicaStore, memoryStore } from 'auxilio/memory';
import type { Codec } from 'auxilio/service';
import { describe, expect, it } from 'vitest';
import { devicesIn } from '../../examples/http/devices.ts';
import { memoryPhotoStore } from '../../examples/http/photo-store.ts';
import { quarantineIn } from '../../examples/http/quarantine.ts';
import { type ActCommand, createReplica, httpRemote } from '../../src/replica.ts';
import { ana, assign, at, breach, eva, hostOn, luis, operator, sent } from '../examples/http/host.ts';
import { inspecting, photo, submit, take } from '../examples/http/photo-bytes.ts';

const nobody = { role: 'contact-center', id: 'nobody' } as const;

/** The example application, and phones that reach it over a network that a test may cut. */
function world(store = memoryStore(), codec?: Codec) {
  const photos = memoryPhotoStore();
  const devices = devicesIn(store);
  const quarantine = quarantineIn(store);
  const host = hostOn(store, { photos, devices, quarantine, ...(codec && { codec }) });
  const network = { online: true, lostAnswers: 0, sent: [] as string[], altered: (body: string) => body };
  let ids = 0;

  function phone(claims = luis, device = 'phone-7', disk = memoryReplicaStore()) {
    const fetch = async (input: string, { method = 'GET', body, headers, signal }: RequestInit) => {
      const { pathname, search } = new URL(input);
      network.sent.push(`${method} ${pathname}`);
      if (!network.online) throw new TypeError('fetch failed');
      const response = await host.request(claims, method, pathname + search, {
        headers: headers as Record<string, string>,
        ...(body != null && {
          body: typeof body === 'string' ? network.altered(body) : (body as Uint8Array<ArrayBuffer>),
        }),
        ...(signal != null && { signal }),
      });
      if (method !== 'GET' && network.lostAnswers > 0) {
        network.lostAnswers -= 1;
        throw new TypeError('terminated');
      }
      return response;
    };
    return createReplica({
      store: disk,
      remote: httpRemote({ url: 'https://host.test', fetch: fetch as typeof globalThis.fetch }),
      actor: { role: claims.role as 'provider' | 'client', id: claims.sub },
      device,
      now: () => at(30),
      monotonicMs: () => 0,
      newId: () => `${claims.sub}-${++ids}`,
      undoMs: 0,
    });
  }

  return { ...host, store, photos, devices, quarantine, network, phone };
}

/** The same, with a visit that is assigned, and the phone of its provider on which it is. */
async function assigned() {
  const here = world();
  await here.send(operator, assign());
  const replica = here.phone();
  await replica.sync();
  return { ...here, replica };
}

const act = (command: object) => command as ActCommand;
const arrival = (visitId = 'v-1') => act(sent(create.recordArrival({ visitId, at: at(1) }, nobody)));
const reassigning = (id: string) => [
  sent(create.giveInstruction({ visitId: 'v-1', at: at(5), about: 'visit', decision: 'reassign', text: 'x' }, nobody)),
  sent(
    create.reassignProvider({ visitId: 'v-1', at: at(6), provider: { id, name: 'Otra' }, arriveBy: at(60) }, nobody),
  ),
];

/** A store with the first events of another, as an older backup has them. */
async function olderBackup(store: ReturnType<typeof memoryStore>, maxCount: number) {
  const backup = memoryStore();
  for (const { streamName, text } of await store.readFeed({ maxCount })) {
    await backup.appendToStream(streamName, [JSON.parse(text)]);
  }
  return backup;
}

describe('a replica over HTTP', () => {
  it('says that the server was restored from an older backup, and gives it back what it lacks', async () => {
    const before = world();
    await before.send(operator, assign());
    const store = memoryReplicaStore();
    const replica = before.phone(luis, 'phone-7', store);
    await replica.sync();
    for (const each of [arrival(), ...inspecting()]) await replica.act(act(each));
    await replica.sync();
    const after = world(await olderBackup(before.store, 2));
    const next = after.phone(luis, 'phone-7', store);
    expect(await next.act(act(take('f-1', photo(9).sha256, 'x')))).toMatchObject({ ok: true });
    expect((await next.sync()).failures).toMatchObject([{ failure: { kind: 'diverged' } }]);
    expect(await after.version()).toBe(2n);
    expect(await next.refetch('v-1')).toMatchObject({ ok: true, requeued: { length: inspecting().length } });
    expect(await next.sync()).toMatchObject({ result: 'done', failures: [] });
    const typesOf = async ({ service }: typeof after) => (await service.load('v-1')).events.map(({ type }) => type);
    expect(await typesOf(after)).toEqual([...(await typesOf(before)), 'PhotosTaken']);
  });

  describe('tells the server what has arrived, which its contact center sees', () => {
    const instruction = () =>
      sent(
        create.giveInstruction({ visitId: 'v-1', at: at(5), about: 'visit', decision: 'cancel', text: 'x' }, nobody),
      );
    const seen = async ({ devices }: Awaited<ReturnType<typeof assigned>>) =>
      (await devices.list()).flatMap(({ visits }) => visits.map(({ basedOn }) => basedOn));

    it('of events that were fetched', async () => {
      const here = await assigned();
      expect(await seen(here)).toEqual([1]);
      await here.send(operator, instruction());
      await here.replica.sync();
      expect(await seen(here)).toEqual([2]);
      const calls = here.network.sent.length;
      await here.replica.sync();
      expect(here.network.sent.slice(calls)).toEqual(['GET /assignments']);
    });

    it('of events that came in the answer to acts', async () => {
      const here = await assigned();
      await here.send(operator, instruction());
      await here.replica.act(arrival());
      expect(await here.replica.sync()).toMatchObject({ result: 'done', failures: [] });
      expect(await seen(here)).toEqual([3]);
    });

    it('later, if the answer is lost', async () => {
      const here = await assigned();
      await here.send(operator, instruction());
      here.network.altered = () => 'no JSON';
      here.network.lostAnswers = 1;
      expect(await here.replica.sync()).toMatchObject({ result: 'done', failures: [] });
      expect(await seen(here)).toEqual([1]);
      here.network.altered = (body) => body;
      await here.replica.sync();
      expect(await seen(here)).toEqual([2]);
    });

    it('of no visit that has ended for its user', async () => {
      const here = await assigned();
      for (const each of reassigning('prov-99')) await here.send(operator, each);
      await here.replica.sync();
      expect(await seen(here)).toEqual([1]);
    });
  });

  it('does a visit without a signal up to its photographs, and has it all on record afterwards', async () => {
    const { replica, network, photos, service } = await assigned();
    network.online = false;
    const one = photo(300_000);
    await replica.photos.add('v-1', one.bytes, { mediaType: 'image/jpeg' });
    const acts = [arrival(), ...inspecting(), take('f-1', one.sha256, 'x'), submit(['f-1'], 'x')];
    for (const { type, data } of acts) expect(await replica.act(act({ type, data }))).toMatchObject({ ok: true });
    expect((await replica.sync()).result).toBe('offline');
    network.online = true;
    network.lostAnswers = 2;
    for (let rounds = 0; replica.status.waiting !== 0 && rounds < 5; rounds += 1) await replica.sync();
    const { events, state } = await service.load('v-1');
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['PhotosTaken', 'PhotosSubmitted']);
    expect([state.photos.sent, await photos.size(one.sha256), events.length]).toEqual([1, 300_000, 8]);
    expect((await replica.visit('v-1')).events).toEqual(JSON.parse(JSON.stringify(events)));
  });

  it('uploads photographs whose taking the log refused: a person may take it on record, and that they were sent', async () => {
    const { replica, send, network, photos, service } = await assigned();
    network.online = false;
    const one = photo(500);
    await replica.photos.add('v-1', one.bytes);
    for (const { type, data } of [arrival(), ...inspecting(), take('f-1', one.sha256, 'x')]) {
      await replica.act(act({ type, data }));
    }
    const cancel = { visitId: 'v-1', at: at(2), about: 'visit', decision: 'cancel', text: 'x' } as const;
    expect((await send(operator, sent(create.giveInstruction(cancel, nobody)))).status).toBe(200);
    network.online = true;
    await replica.sync();
    const { type, data } = submit(['f-1'], 'x');
    await replica.act(act({ type, data }), { despite: 'op-7, por teléfono' });
    await replica.sync();
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 0 });
    expect([await photos.size(one.sha256), (await service.load('v-1')).state.discrepancies.length]).toEqual([500, 2]);
  });

  it('hands in what a former provider recorded, and hears what became of it', async () => {
    const { replica, send, network, service } = await assigned();
    network.online = false;
    await replica.act(arrival());
    for (const each of reassigning('p-2')) expect((await send(operator, each)).status).toBe(200);
    await send(eva, arrival() as VisitCommand);
    network.online = true;
    const { sent: outcomes } = await replica.sync();
    expect(outcomes.refused).toHaveLength(1);
    const before = await replica.visit('v-1');
    expect([before.events.length, before.own.map(({ type }) => type)]).toEqual([3, ['DiscrepancyReported']]);
    const settle = { visitId: 'v-1', at: at(20), discrepancyId: 'd-5', taken: [0], text: 'Sí llegó' };
    expect((await send(operator, sent(create.settleDiscrepancy(settle, nobody)))).status).toBe(200);
    await replica.sync();
    const after = await replica.visit('v-1');
    expect([after.events.length, after.own.map(({ type }) => type)]).toEqual([
      3,
      ['DiscrepancyReported', 'ProviderArrived', 'DiscrepancySettled'],
    ]);
    network.sent.length = 0;
    await send(eva, sent(create.showCredential({ visitId: 'v-1', at: at(21) }, nobody)));
    await replica.sync();
    expect(network.sent).toEqual(['GET /assignments']);
    expect((await service.load('v-1')).events).toHaveLength(8);
  });

  it('lets the client of a visit record theirs offline, and shows them nothing that is personal to others', async () => {
    const { phone, send, network, service } = world();
    await send(operator, assign());
    await send(operator, assign('v-2'));
    const [provider, client] = [phone(), phone(ana, 'tablet-1')];
    await provider.sync();
    await provider.act(arrival());
    await provider.act(act(inspecting()[2] ?? {}), { despite: 'op-7, por teléfono' });
    await provider.sync();
    await client.sync();
    expect((await client.visits()).map(({ visitId }) => visitId)).toEqual(['v-1']);
    network.online = false;
    expect(await client.act(act(breach('fuma')))).toMatchObject({ ok: true });
    network.online = true;
    expect(await client.sync()).toMatchObject({ result: 'done', sent: { accepted: { length: 1 } } });
    const { events, lead } = await client.visit('v-1');
    const log = (await service.load('v-1')).events;
    expect(events.map(({ type }) => type)).toEqual(log.map(({ type }) => type));
    expect(events.at(-1)).toMatchObject({
      data: { by: { role: 'client', id: 'c-1' } },
      metadata: { device: 'tablet-1' },
    });
    expect(JSON.stringify(events.slice(0, -1))).not.toMatch(/phone-7|enteredAt|despite|op-7/);
    expect(JSON.stringify(log)).toMatch(/phone-7.*op-7/);
    expect(lead).toBeNull();
    network.sent.length = 0;
    await client.sync();
    expect(network.sent).toEqual(['GET /assignments']);
    await provider.sync();
    expect((await provider.visit('v-1')).events).toHaveLength(log.length);
  });

  it('lets one of two phones lead a visit, and hands the lead over', async () => {
    const { phone, send } = world();
    await send(operator, assign());
    const [one, other] = [phone(luis, 'phone-1'), phone(luis, 'phone-2')];
    await one.sync();
    await one.act(arrival());
    await one.sync();
    await other.sync();
    expect(await other.act(act(inspecting()[0] ?? {}))).toMatchObject({ ok: false, reason: 'led-elsewhere' });
    expect(await other.takeLead('v-1')).toEqual({ device: 'phone-2', confirmed: true });
    expect(await other.act(act(inspecting()[0] ?? {}))).toMatchObject({ ok: true });
    await other.sync();
    await one.sync();
    expect((await one.visit('v-1')).lead).toEqual({ device: 'phone-2', confirmed: true });
  });

  it.each(['a former provider', 'a revoked device'])(
    'hands in what %s recorded after it took the lead offline',
    async (who) => {
      const { phone, send, network, devices, service, quarantine } = world();
      await send(operator, assign());
      const [one, other] = [phone(luis, 'phone-1'), phone(luis, 'phone-2')];
      await one.sync();
      await one.act(arrival());
      await one.sync();
      await other.sync();
      network.online = false;
      expect(await other.takeLead('v-1')).toEqual({ device: 'phone-2', confirmed: false });
      expect(await other.act(act(inspecting()[0] ?? {}))).toMatchObject({ ok: true });
      if (who === 'a revoked device') await devices.revoke({ providerId: 'p-1', device: 'phone-2' }, at(9));
      else for (const each of reassigning('p-2')) await send(operator, each);
      network.online = true;
      await other.sync();
      expect(other.status.waiting).toBe(0);
      const reported = (await service.load('v-1')).state.discrepancies.length;
      expect([reported, (await quarantine.waiting()).length]).toEqual(who === 'a revoked device' ? [0, 1] : [1, 0]);
    },
  );

  it('sends the others where the server cannot read one', async () => {
    const { replica, network, version } = await assigned();
    for (const { type, data } of [arrival(), ...inspecting()]) await replica.act(act({ type, data }));
    // As of a release that knows more than the server.
    network.altered = (body) => body.replace('"type":"LocateFault"', '"type":"LocateFaults"');
    const { sent: outcomes, failures } = await replica.sync();
    expect([outcomes.accepted.length, failures]).toEqual([4, []]);
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 1 });
    const [withheld] = (await replica.visit('v-1')).pending;
    expect(withheld).toMatchObject({ command: { type: 'LocateFault' }, withheld: { reason: 'malformed' } });
    expect(await version()).toBe(5n);
  });
});

describe('a replica whose visit had its subject erased', () => {
  const secret = 'Ana vive sola';

  /** A codec that stores no free text of a visit once its key is gone, and reads none that is there. */
  function erasing() {
    const key = { gone: false };
    const erased = (data: object): object =>
      JSON.parse(JSON.stringify(data, (name, value) => (['what', 'name'].includes(name) ? 'borrado' : value)));
    const codec: Codec = {
      encode: ({ data }) => ({ boxed: key.gone ? erased(data) : data }),
      decode: ({ data }) => {
        const { boxed } = data as { boxed: object };
        return key.gone ? erased(boxed) : boxed;
      },
      isErased: ({ data }) => key.gone && JSON.stringify(data).includes('"what"'),
    };
    return { key, codec };
  }

  const impact = (commandId: string) => ({
    ...act(sent(create.escalateClientImpact({ visitId: 'v-1', at: at(7), what: secret }, nobody))),
    metadata: { commandId },
  });

  /** A phone with an act that names the subject, which waits while the subject is erased. */
  async function erasedMeanwhile() {
    const { key, codec } = erasing();
    const store = memoryStore();
    const here = world(store, codec);
    await here.send(operator, assign());
    const disk = memoryReplicaStore();
    const replica = here.phone(luis, 'phone-7', disk);
    await replica.sync();
    here.network.online = false;
    await replica.act(arrival());
    expect(await replica.act(impact('touch-1') as ActCommand)).toMatchObject({ ok: true });
    key.gone = true;
    here.network.online = true;
    const stored = async () => (await store.readFeed({ maxCount: 100 })).map(({ text }) => text).join();
    return { ...here, replica, disk, stored };
  }

  it('has the batch recorded without what was erased, and waits for nothing', async () => {
    const { replica, service, stored } = await erasedMeanwhile();
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [], sent: { accepted: { length: 2 } } });
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 0 });
    expect((await service.load('v-1')).events.at(-1)).toMatchObject({
      type: 'ClientImpactEscalated',
      data: { what: 'borrado' },
      metadata: { commandId: 'touch-1' },
    });
    expect(await stored()).not.toContain(secret);
  });

  it('has it once, though answers are lost and the batch is sent again', async () => {
    const { replica, network, service } = await erasedMeanwhile();
    network.lostAnswers = 2;
    for (let rounds = 0; rounds < 4; rounds += 1) await replica.sync();
    expect(replica.status).toMatchObject({ waiting: 0, failing: [] });
    expect((await service.load('v-1')).events).toHaveLength(3);
  });

  it('has what the log refused reported without it', async () => {
    const { replica, send, service, stored } = await erasedMeanwhile();
    const cancel = { visitId: 'v-1', at: at(2), about: 'visit', decision: 'cancel', text: 'x' } as const;
    await send(operator, sent(create.giveInstruction(cancel, nobody)));
    await replica.sync();
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 0 });
    const reported = (await service.load('v-1')).events.filter(({ type }) => type === 'DiscrepancyReported');
    expect(reported).toHaveLength(1);
    expect(await stored()).not.toContain(secret);
  });

  it('loses it from the device when the log is fetched again', async () => {
    const { replica, disk } = await erasedMeanwhile();
    await replica.sync();
    expect(await replica.refetch('v-1')).toMatchObject({ ok: true, requeued: [], removed: [] });
    const groups = await disk.listGroups('');
    const records = await Promise.all(groups.map(async ({ group }) => [...(await disk.readGroup(group)).records]));
    expect(JSON.stringify(records)).not.toContain(secret);
    expect((await replica.visit('v-1')).pending).toEqual([]);
  });
});
