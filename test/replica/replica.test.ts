import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import {
  type ActCommand,
  createReplica,
  parseUnsent,
  type Remote,
  RemoteError,
  type ReplicaOptions,
} from '../../src/replica.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { commands, type Policy } from '../../src/visit/index.ts';
import { asAct, assignVisit, own, plain, world } from './device.ts';
import { sealOf } from './unsent.ts';

const visitId = 'visit-1';

/** A device on which the assigned visit is. */
async function atTheDoor() {
  const here = world();
  await here.server.service.handle(assignVisit);
  const phone = here.device();
  await phone.replica.sync();
  return { ...here, ...phone };
}

/** The same, where a test changes some calls to the server. */
async function withRemote(change: (remote: Remote) => Partial<Remote>, options: Partial<ReplicaOptions> = {}) {
  const here = await atTheDoor();
  const base = here.server.remoteFor(actors.provider);
  const remote = { ...base, ...change(base) };
  return { ...here, ...here.device(actors.provider, { store: here.store, remote, ...options }), remote };
}

/** An act of the plain visit, whose photograph has a hash of its own. */
const withPhoto = (step: VisitCommand, sha256: string): ActCommand =>
  JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256));

describe('a replica, online', () => {
  it('fetches the visits that are assigned to its user', async () => {
    const { replica, network } = await atTheDoor();
    const { confirmed, events } = await replica.visit(visitId);
    expect(confirmed.phase).toBe('in-transit');
    expect(events.map(({ type }) => type)).toEqual(['VisitAssigned']);
    expect(network.calls).toEqual(['assignments null', 'events visit-1 0', 'sync ']);
    expect(replica.status).toMatchObject({ online: true, visits: 1, waiting: 0, failing: [] });
  });

  it('asks for what changed since, and for nothing that it has', async () => {
    const { replica, network } = await atTheDoor();
    network.calls.length = 0;
    await replica.sync();
    expect(network.calls).toEqual(['assignments 1']);
  });
});

describe('a server that was restored', () => {
  it('is asked for all visits once a day, and each is compared, since the cursor may be past what it lacks', async () => {
    const { replica, network, clock } = await atTheDoor();
    network.calls.length = 0;
    clock.ms += 86_399_000;
    await replica.sync();
    clock.ms += 2_000;
    await replica.sync();
    await replica.sync();
    expect(network.calls).toEqual(['assignments 1', 'assignments null', 'events visit-1 1', 'assignments 1']);
  });
});

describe('the list of all visits, which is asked for once a day', () => {
  it('is asked for again a day after the last time, though new visits came meanwhile', async () => {
    const { replica, server, network, clock } = await atTheDoor();
    clock.ms += 43_200_000;
    await server.service.handle(command('GiveInstruction', { about: 'visit', decision: 'proceed', text: 'Siga' }));
    await replica.sync();
    network.calls.length = 0;
    clock.ms += 43_200_000;
    await replica.sync();
    await replica.sync();
    expect(network.calls).toEqual(['assignments null', 'events visit-1 2', 'assignments 2']);
  });
});

describe('an act', () => {
  it('is judged on what the user knows, stored, and answered with the visit after it', async () => {
    const { replica, network } = await atTheDoor();
    network.calls.length = 0;
    const [arrive] = own(['RecordArrival']) as [ReturnType<typeof asAct>];
    const answer = await replica.act(arrive);
    expect(answer).toMatchObject({ ok: true, violations: [], commandId: expect.any(String) });
    const { confirmed, local, pending } = await replica.visit(visitId);
    expect([confirmed.phase, local.phase]).toEqual(['in-transit', 'on-site']);
    expect(pending).toMatchObject([
      { command: { type: 'RecordArrival', metadata: { device: 'phone-1' } }, basedOn: 1 },
    ]);
    expect(network.calls).toEqual([]);
  });

  it('is there after the application ended', async () => {
    const { device, store, replica } = await atTheDoor();
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    replica.close();
    const { replica: next } = device(actors.provider, { store });
    const { local, pending } = await next.visit(visitId);
    expect(pending.map(({ command: { type } }) => type)).toEqual(['RecordArrival', 'ShowCredential']);
    expect(local.phase).toBe('on-site');
    expect(next.status.waiting).toBe(2);
  });

  it('is refused by the rules that refuse it, and leaves nothing', async () => {
    const { replica } = await atTheDoor();
    const answer = await replica.act(own(['StartWork'])[0] as never);
    expect(answer).toMatchObject({ ok: false, reason: 'refused' });
    expect(!answer.ok && answer.reason === 'refused' && answer.violations.length).toBeGreaterThan(1);
    expect((await replica.visit(visitId)).pending).toEqual([]);
  });

  it('is recorded despite a refusal, with who let it be done', async () => {
    const { replica, server } = await atTheDoor();
    const act = own(['ShowTools'])[0] as never;
    expect(await replica.act(act)).toMatchObject({ ok: false, reason: 'refused' });
    const answer = await replica.act(act, { despite: 'op-7, por teléfono, 10:14' });
    expect(answer).toMatchObject({ ok: true, violations: [expect.anything()] });
    expect(await replica.sync()).toMatchObject({ result: 'done', sent: { refused: [expect.any(String)] } });
    const report = (await server.logOf(visitId)).at(-1);
    expect(report).toMatchObject({
      type: 'DiscrepancyReported',
      data: { acts: [{ type: 'ToolsShown', despite: { by: 'op-7', reason: 'por teléfono, 10:14' } }] },
    });
    const { local, confirmed, discrepancies, pending } = await replica.visit(visitId);
    expect(pending).toEqual([]);
    expect(discrepancies.acts).toHaveLength(1);
    expect(local).not.toEqual(confirmed);
  });

  it('is judged by the policy of the device in the case of its reports', async () => {
    const { replica, device, store } = await atTheDoor();
    await replica.act(own(['RecordArrival'])[0] as never);
    await replica.act(own(['AnnounceService'])[0] as never, { despite: 'op-7' });
    await replica.sync();
    const policy: Policy = { waive: [{ rule: 'identity-valid', reason: 'by contract' }] };
    const { replica: lenient } = device(actors.provider, { store, policy });
    const kinds = [replica, lenient].map(async (one) => (await one.visit(visitId)).discrepancies.acts[0]?.kind);
    expect(await Promise.all(kinds)).toEqual(['root', 'consequence']);
  });

  it('of another role, of reconciling, or of another person is never recorded', async () => {
    const { replica } = await atTheDoor();
    const settle = asAct(command('ClientNotified' as never, {} as never));
    expect(await replica.act(settle, { despite: 'op-7' })).toMatchObject({ ok: false, reason: 'malformed' });
    const assign = asAct(plain[0] as VisitCommand);
    expect(await replica.act(assign, { despite: 'op-7' })).toMatchObject({ ok: false, reason: 'refused' });
    const others = { ...own(['RecordArrival'])[0], metadata: { actor: actors.otherProvider } } as never;
    await expect(replica.act(others)).rejects.toThrow('no other person');
  });

  it('sent again by the application under its id is recorded once', async () => {
    const { replica } = await atTheDoor();
    const act = { ...own(['RecordArrival'])[0], metadata: { commandId: 'touch-1' } } as never;
    expect(await replica.act(act)).toMatchObject({ ok: true, commandId: 'touch-1' });
    expect(await replica.act(act)).toMatchObject({ ok: true, commandId: 'touch-1' });
    await replica.sync();
    expect(await replica.act(act)).toMatchObject({ ok: true, commandId: 'touch-1' });
    expect((await replica.visit(visitId)).pending).toEqual([]);
    const other = { ...own(['ShowCredential'])[0], metadata: { commandId: 'touch-2' } } as never;
    await replica.act(other);
    await expect(
      replica.act({ ...own(['LocateFault'])[0], metadata: { commandId: 'touch-2' } } as never),
    ).rejects.toThrow('Another command waits');
  });
});

describe('undo', () => {
  it('takes an act back while the server does not have it', async () => {
    const { replica } = await atTheDoor();
    const answer = await replica.act(own(['RecordArrival'])[0] as never);
    expect(await replica.undo(answer.ok ? answer.commandId : '')).toMatchObject({ ok: true });
    expect((await replica.visit(visitId)).local.phase).toBe('in-transit');
  });

  it.each([
    ['too-late', 8_001, false, []],
    ['sent', 0, true, []],
    ['needed', 0, false, ['ShowCredential'] as const],
  ])('is refused as %s', async (reason, laterMs, isSent, then) => {
    const { replica, clock, network } = await atTheDoor();
    const answer = await replica.act(own(['RecordArrival'])[0] as never);
    for (const act of own(then)) await replica.act(act);
    clock.ms += laterMs;
    if (isSent) {
      network.online = false;
      await replica.sync();
    }
    expect(await replica.undo(answer.ok ? answer.commandId : '')).toEqual({ ok: false, reason });
    expect((await replica.visit(visitId)).local.phase).toBe('on-site');
  });

  it('knows no command that does not wait', async () => {
    const { replica } = await atTheDoor();
    expect(await replica.undo('nothing')).toEqual({ ok: false, reason: 'unknown' });
  });
});

describe('a day without a signal', () => {
  it('sends everything in its order when the signal is back', async () => {
    const { replica, network, server } = await atTheDoor();
    network.online = false;
    const photo = await replica.photos.add(visitId, new Uint8Array([0xff, 0xd8, 1]), { mediaType: 'image/jpeg' });
    for (const step of plain.slice(1)) {
      expect(await replica.act(withPhoto(step, photo.sha256))).toMatchObject({ ok: true });
      await replica.sync();
    }
    expect(replica.status).toMatchObject({ online: false, waiting: plain.length - 1, photosWaiting: 1 });
    expect((await replica.visit(visitId)).local.phase).toBe('completed');
    network.online = true;
    network.calls.length = 0;
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
    const log = await server.logOf(visitId);
    expect(log.map(({ type }) => type)).toEqual((await replica.visit(visitId)).events.map(({ type }) => type));
    expect(log).toHaveLength(plain.length);
    expect(network.calls.filter((call) => !call.startsWith('assign'))).toEqual([
      expect.stringMatching(/^photo /),
      expect.stringMatching(/^sync RecordArrival .* CompleteVisit$/),
    ]);
    expect(server.photos.has(photo.sha256)).toBe(true);
    expect(replica.status).toMatchObject({ online: true, waiting: 0, photosWaiting: 0 });
    expect(await replica.photos.read(photo.sha256)).toBeNull();
  });

  it('goes on after an answer that was lost: nothing is there twice', async () => {
    let isLost = true;
    const { replica, server } = await withRemote((remote) => ({
      sync: async (batch) => {
        const answer = await remote.sync(batch);
        if (isLost) throw new RemoteError('unavailable', 'cut');
        return answer;
      },
    }));
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    await replica.sync();
    isLost = false;
    await replica.sync();
    expect((await server.logOf(visitId)).map(({ type }) => type)).toEqual([
      'VisitAssigned',
      'ProviderArrived',
      'CredentialShown',
    ]);
    expect((await replica.visit(visitId)).pending).toEqual([]);
  });
});

describe('a visit that fails', () => {
  it('stops no other', async () => {
    const { device, server } = await atTheDoor();
    await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: 'visit-2' } } as VisitCommand);
    const remote = server.remoteFor(actors.provider);
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        sync: async (batch) => {
          if (batch.visitId === visitId) throw new RemoteError('forbidden', 'No', { reason: 'not-yours' });
          return remote.sync(batch);
        },
      },
    });
    await replica.sync();
    const arrive = own(['RecordArrival'])[0] as never as { data: object };
    await replica.act(arrive as never);
    await replica.act({ ...arrive, data: { ...arrive.data, visitId: 'visit-2' } } as never);
    const report = await replica.sync();
    expect(report.failures).toMatchObject([
      { visitId, failure: { kind: 'forbidden', reason: 'not-yours', rounds: 1 } },
    ]);
    expect(await server.logOf('visit-2')).toHaveLength(2);
    expect(replica.status).toMatchObject({ waiting: 1, failing: [{ visitId }] });
  });

  it('keeps a command that the server cannot read, with its words, and sends the others', async () => {
    const { replica, server } = await withRemote((remote) => ({
      sync: async (batch) => {
        const index = batch.commands.findIndex(({ type }) => type === 'ShowCredential');
        if (index !== -1) throw new RemoteError('malformed', 'No se entiende', { index });
        return remote.sync(batch);
      },
    }));
    for (const act of own(['RecordArrival', 'ShowCredential', 'ValidateIdentity'])) await replica.act(act);
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 1 });
    const { pending } = await replica.visit(visitId);
    expect(pending).toMatchObject([
      { command: { type: 'ShowCredential' }, withheld: { reason: 'malformed', message: 'No se entiende' } },
    ]);
    expect((await server.logOf(visitId)).length).toBe(3);
  });
});

describe('a round', () => {
  const endingWith = async (error: RemoteError) => {
    const { replica } = await withRemote(() => ({
      sync: () => Promise.reject(error),
      assignments: () => Promise.reject(error),
    }));
    await replica.act(own(['RecordArrival'])[0] as never);
    return { replica, report: await replica.sync() };
  };

  it.each(['unauthenticated', 'upgrade-required'] as const)(
    'ends as %s, which is no failure of a visit',
    async (kind) => {
      const { replica, report } = await endingWith(new RemoteError(kind, 'No'));
      expect(report).toMatchObject({ result: kind, failures: [] });
      expect(replica.status).toMatchObject({ waiting: 1, failing: [] });
    },
  );

  it('waits as long as the server asks', async () => {
    const { report } = await endingWith(new RemoteError('unavailable', 'Busy', { retryAfterMs: 7_000 }));
    expect(report.retryAfterMs).toBe(7_000);
  });

  it('that is ended keeps what waits', async () => {
    const { replica } = await atTheDoor();
    await replica.act(own(['RecordArrival'])[0] as never);
    expect(await replica.sync({ signal: AbortSignal.abort() })).toMatchObject({ result: 'aborted' });
    expect(replica.status).toMatchObject({ waiting: 1, failing: [] });
  });

  it('takes a call that never ends for one without an answer', async () => {
    const { replica } = await withRemote(() => ({ sync: () => new Promise<never>(() => undefined) }), {
      callTimeoutMs: 5,
    });
    await replica.act(own(['RecordArrival'])[0] as never);
    const { failures } = await replica.sync();
    expect(failures).toMatchObject([
      { failure: { kind: 'unavailable', message: 'The server did not answer in time' } },
    ]);
  });

  it('runs in one of two tabs at a time', async () => {
    const { device, store, network, clock } = await atTheDoor();
    const other = device(actors.provider, { store });
    const [first, second] = await Promise.all([
      device(actors.provider, { store }).replica.sync(),
      other.replica.sync(),
    ]);
    expect([first.result, second.result].sort()).toEqual(['busy', 'done']);
    clock.ms += 1;
    network.calls.length = 0;
    expect((await other.replica.sync()).result).toBe('done');
  });
});

describe('what is not sent', () => {
  it('is handed over as a file, and read again', async () => {
    const { replica, server } = await atTheDoor();
    const photo = await replica.photos.add(visitId, new Uint8Array([1, 2, 3]), { mediaType: 'image/jpeg' });
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    const parsed = await parseUnsent(await replica.exportUnsent({ photos: true }));
    if (!parsed.ok) throw new Error(parsed.reason);
    const { actor, device, commands, photos } = parsed.value;
    expect([actor, device]).toEqual([actors.provider, 'phone-1']);
    expect(photos).toEqual([
      { visitId, sha256: photo.sha256, mediaType: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) },
    ]);
    const batch = { visitId, basedOn: commands[0]?.basedOn ?? 0, commands: commands.map(({ command: one }) => one) };
    await server.service.sync(batch, actor);
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect(await server.logOf(visitId)).toHaveLength(3);
    expect(replica.status.waiting).toBe(0);
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -40), 'seal-broken'],
    ['changed', (text: string) => text.replace('ShowCredential', 'InspectArea'), 'seal-broken'],
    [
      'without a line',
      (text: string) =>
        text
          .split('\n')
          .filter((_, n) => n !== 1)
          .join('\n'),
      'seal-broken',
    ],
    ['cut after its first line', (text: string) => text.split('\n')[0] ?? '', 'seal-broken'],
    ['of another kind', () => '{"type":"VisitAssigned"}', 'not-unsent'],
    ['empty', () => '', 'not-unsent'],
    [
      'of a version that was never published',
      (text: string) => text.replace('"version":2', '"version":1'),
      'not-unsent',
    ],
    ['of a later release', (text: string) => text.replace('"version":2', '"version":3'), 'newer-version'],
  ])('is refused when the file is %s', async (_, damage, reason) => {
    const { replica } = await atTheDoor();
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    expect(await parseUnsent(damage(await (await replica.exportUnsent()).text()))).toMatchObject({ ok: false, reason });
  });
});

describe('a file of unsent commands that the device signs', () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const ecdsa = { name: 'ECDSA', hash: 'SHA-256' };

  /** A pair of which the private key cannot leave the device. */
  async function keys() {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    return {
      sign: (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.sign(ecdsa, privateKey, bytes),
      verify: (bytes: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) =>
        crypto.subtle.verify(ecdsa, publicKey, signature, bytes),
    };
  }

  async function exported(isSigned = true) {
    const { device, store } = await atTheDoor();
    const { sign, verify } = await keys();
    const { replica } = device(actors.provider, { store, ...(isSigned && { sign }) });
    await replica.act(own(['RecordArrival'])[0] as never);
    return { text: await (await replica.exportUnsent()).text(), verify };
  }

  it('is proved to be its own by the public key, and is read without it, too', async () => {
    const { text, verify } = await exported();
    expect(await parseUnsent(text, { verify })).toMatchObject({ ok: true, value: { commands: [{ visitId }] } });
    expect(await parseUnsent(text)).toMatchObject({ ok: true });
  });

  it('is refused under the key of another device, without a signature, or sealed again after a change', async () => {
    const { text, verify } = await exported();
    const refused = { ok: false, reason: 'signature-invalid', line: 3 };
    expect(await parseUnsent(text, { verify: (await keys()).verify })).toEqual(refused);
    expect(await parseUnsent((await exported(false)).text, { verify })).toEqual(refused);
    const [header = '', command = '', last = ''] = text.split('\n');
    const body = `${header}\n${command.replace('phone-1', 'phone-2')}\n`;
    const seal = sealOf(body);
    for (const signature of [JSON.parse(last).signature, '', '*', 7, null]) {
      expect(await parseUnsent(`${body}${JSON.stringify({ seal, signature })}\n`, { verify })).toEqual(refused);
    }
    expect(await parseUnsent(text.slice(0, -60), { verify })).toMatchObject({ reason: 'seal-broken' });
  });
});

describe('a file of unsent commands that the device cannot sign', () => {
  it.each<[string, () => Promise<ArrayBuffer>]>([
    ['fails', () => Promise.reject(new Error('no key store'))],
    [
      'throws',
      () => {
        throw new Error('no WebCrypto');
      },
    ],
  ])('is written without a signature when signing %s', async (_, sign) => {
    const { device, store } = await atTheDoor();
    const { replica } = device(actors.provider, { store, sign });
    await replica.act(own(['RecordArrival'])[0] as never);
    const parsed = await parseUnsent(await replica.exportUnsent());
    expect(parsed).toMatchObject({ ok: true, value: { isSigned: false, commands: [{ visitId }] } });
  });
});

describe('a file of unsent commands under a good seal', () => {
  it.each([
    ['no actor', '"actor":{"role":"provider","id":"prov-1"}', '"actor":7', 1],
    ['an actor of the contact center', '"role":"provider"', '"role":"contact-center"', 1],
    ['no device', '"device":"phone-1"', '"device":null', 1],
    ['visits that were not read, of another kind', '"exportedAt"', '"unread":{},"exportedAt"', 1],
    ['a place that is negative', '"basedOn":1', '"basedOn":-1', 2],
    ['a place that is a text', '"basedOn":1', '"basedOn":"1"', 2],
    ['no time', '"recordedAt":"2026', '"recordedAt":7,"x":"2026', 2],
    ['no visit', '"visitId":"visit-1","command"', '"visitId":"a b","command"', 2],
    ['a command that is none', '"type":"RecordArrival"', '"type":"Arrive"', 2],
    ['bytes that are no base64', '"command"', '"base64":"*","command"', 2],
  ])('is refused with %s, by its line', async (_, from, to, line) => {
    const { replica } = await atTheDoor();
    await replica.act(own(['RecordArrival'])[0] as never);
    const lines = (await (await replica.exportUnsent()).text()).trimEnd().split('\n').slice(0, -1);
    const body = `${lines.join('\n').replace(from, to)}\n`;
    expect(body).toContain(to);
    const seal = sealOf(body);
    expect(await parseUnsent(`${body}${JSON.stringify({ seal })}\n`)).toEqual({ ok: false, reason: 'malformed', line });
  });
});

describe('a command that the server does not take', () => {
  it('can be withheld, so that those after it go on, and released', async () => {
    let refuses = true;
    const { replica } = await withRemote((remote) => ({
      sync: async (batch) => {
        const isHere = batch.commands.some(({ type }) => type === 'RecordArrival');
        if (refuses && isHere) throw new RemoteError('refused', 'Not this one');
        return remote.sync(batch);
      },
    }));
    const [arrive, credential] = own(['RecordArrival', 'ShowCredential']);
    const first = await replica.act(arrive as never);
    await replica.act(credential as never);
    const id = first.ok ? first.commandId : '';
    expect(await replica.withhold(id, 'El centro lo anota')).toBe(true);
    expect(await replica.withhold('unknown', 'x')).toBe(false);
    expect(await replica.sync()).toMatchObject({ failures: [] });
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 1, failing: [] });
    refuses = false;
    expect(await replica.release(id)).toBe(true);
    await replica.sync();
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 0 });
  });
});

describe('two devices of one provider', () => {
  /** Two phones, and a server that keeps which of them leads. */
  async function twoPhones() {
    const here = await atTheDoor();
    const lead = { device: null as string | null, online: true };
    const base = here.server.remoteFor(actors.provider);
    const remote: Remote = {
      ...base,
      sync: async (batch) => {
        lead.device ??= batch.device;
        return { ...(await base.sync(batch)), lead: lead.device };
      },
      events: async (...given) => ({ ...(await base.events(...given)), lead: lead.device }),
      takeLead: async (_, device) => {
        if (!lead.online) throw new RemoteError('unavailable', 'No signal');
        lead.device = device;
        return { serverTime: here.now() };
      },
    };
    const phone = (name: string) =>
      here.device(actors.provider, { device: name, remote, store: memoryReplicaStore() }).replica;
    return { ...here, lead, one: phone('phone-1'), other: phone('phone-2') };
  }

  it('one of them leads, and the other reads until it takes over', async () => {
    const { one, other, lead } = await twoPhones();
    await one.sync();
    await one.act(own(['RecordArrival'])[0] as never);
    await one.sync();
    await other.sync();
    const act = own(['ShowCredential'])[0] as never;
    const answer = { ok: false, reason: 'led-elsewhere', lead: { device: 'phone-1', confirmed: true } };
    expect(await other.act(act)).toMatchObject(answer);
    expect(await other.takeLead(visitId)).toEqual({ device: 'phone-2', confirmed: true });
    expect(await other.act(act)).toMatchObject({ ok: true });
    expect(lead.device).toBe('phone-2');
  });

  it('take over without a signal, with a warning, and tell the server when there is one', async () => {
    const { one, other, lead } = await twoPhones();
    await one.sync();
    await one.act(own(['RecordArrival'])[0] as never);
    await one.sync();
    await other.sync();
    lead.online = false;
    expect(await other.takeLead(visitId)).toEqual({ device: 'phone-2', confirmed: false });
    expect(await other.act(own(['ShowCredential'])[0] as never)).toMatchObject({ ok: true });
    expect(lead.device).toBe('phone-1');
    lead.online = true;
    await other.sync();
    expect((await other.visit(visitId)).lead).toEqual({ device: 'phone-2', confirmed: true });
    expect(lead.device).toBe('phone-2');
  });
});

describe('a device that was revoked', () => {
  const revoked = () => Promise.reject(new RemoteError('forbidden', 'Retirado', { reason: 'device-revoked' }));

  it('hands in what waits, loses what is synced, and records nothing more', async () => {
    const kept: unknown[] = [];
    const { device, store, remote, replica } = await withRemote(() => ({
      sync: async ({ commands }) => {
        kept.push(...commands);
        throw new RemoteError('forbidden', 'Retirado', { reason: 'device-revoked', quarantineId: 'q-1' });
      },
    }));
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    expect(await replica.sync()).toMatchObject({ result: 'revoked' });
    expect(kept).toHaveLength(2);
    expect(await replica.visits()).toEqual([]);
    expect((await replica.visit(visitId)).events).toEqual([]);
    expect(replica.status).toMatchObject({ revoked: true, waiting: 0 });
    const { replica: next } = device(actors.provider, { store, remote });
    expect(await next.act(own(['RecordArrival'])[0] as never)).toEqual({ ok: false, reason: 'device-revoked' });
  });

  it('keeps what the server does not take', async () => {
    const { replica } = await withRemote(() => ({ sync: revoked }));
    const photo = await replica.photos.add(visitId, new Uint8Array([1]));
    await replica.act(own(['RecordArrival'])[0] as never);
    expect(await replica.sync()).toMatchObject({ result: 'revoked' });
    const { events, own: later, pending } = await replica.visit(visitId);
    expect([events, later, pending.length]).toEqual([[], [], 1]);
    expect(await replica.photos.read(photo.sha256)).toEqual(new Uint8Array([1]));
    expect((await parseUnsent(await replica.exportUnsent())).ok).toBe(true);
  });

  it('records again once the server serves it', async () => {
    let isRevoked = true;
    const { replica } = await withRemote((remote) => ({
      assignments: (...given) => (isRevoked ? revoked() : remote.assignments(...given)),
    }));
    await replica.sync();
    isRevoked = false;
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect(replica.status.revoked).toBe(false);
    expect(await replica.act(own(['RecordArrival'])[0] as never)).toMatchObject({ ok: true });
  });

  it('notices it when it only asks', async () => {
    const { replica } = await withRemote(() => ({ assignments: revoked }));
    expect(await replica.sync()).toMatchObject({ result: 'revoked' });
    expect(await replica.visits()).toEqual([]);
  });
});

describe('drafts', () => {
  it('survive the end of the application, with the moment of their first touch', async () => {
    const { device, store, replica, clock } = await atTheDoor();
    await replica.drafts.save({ draftId: '__proto__', visitId, type: 'StartWork', data: { call: '📞' } });
    clock.ms += 60_000;
    await replica.drafts.save({ draftId: '__proto__', visitId, type: 'StartWork', data: { call: 'L-1' } });
    await replica.drafts.save({ draftId: 'other', visitId: 'visit-9', type: 'StartWork', data: null });
    const { replica: next } = device(actors.provider, { store });
    expect(await next.drafts.list(visitId)).toEqual([
      { draftId: '__proto__', visitId, type: 'StartWork', data: { call: 'L-1' }, touchedAt: minute(0) },
    ]);
    await next.drafts.remove('__proto__');
    expect((await next.drafts.list()).map(({ draftId }) => draftId)).toEqual(['other']);
  });
});

describe('forgetting', () => {
  it('keeps what is open, and what was not sent', async () => {
    const { replica } = await atTheDoor();
    expect(await replica.forget('visit-9')).toEqual({ ok: false, reason: 'unknown' });
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'open' });
    await replica.act(own(['RecordArrival'])[0] as never);
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'waiting' });
  });

  it('removes a visit that ended and was synced, by itself after a time', async () => {
    const { device, store, server, clock, replica } = await atTheDoor();
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    clock.ms += 59 * 86_400_000;
    const { replica: later } = device(actors.provider, { store });
    await later.sync();
    expect(await later.visits()).toMatchObject([{ visitId, hasEnded: true }]);
    clock.ms += 2 * 86_400_000;
    await later.sync();
    expect(await later.visits()).toEqual([]);
    expect(await later.forget(visitId)).toEqual({ ok: false, reason: 'unknown' });
    clock.ms += 2 * 86_400_000;
    await later.sync();
    expect(await later.visits()).toEqual([]);
  });

  it.each([3, -11])('keeps one that ended today though the clock is wrong by %i years', async (years) => {
    const { device, store, server, clock, replica } = await atTheDoor();
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await server.service.handle(step);
    if (years > 0) await replica.sync();
    const now = () => new Date(clock.ms + years * 365 * 86_400_000).toISOString();
    const { replica: wrong } = device(actors.provider, { store, now });
    for (let round = 0; round < 2; round += 1) await wrong.sync();
    expect(await wrong.visits()).toMatchObject([{ visitId, hasEnded: true }]);
  });
});

describe('the ids of visits that were forgotten', () => {
  it('are kept as long as the server lists the visits', async () => {
    let isListed = true;
    const { replica, store, server, clock } = await withRemote((remote) => ({
      assignments: async (after) => {
        const page = await remote.assignments(after);
        return { ...page, visits: isListed ? page.visits : [] };
      },
    }));
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    await replica.forget(visitId);
    const kept = async () => {
      clock.ms += 86_400_001;
      await replica.sync();
      const [entry] = await store.listGroups('forgotten/');
      return [...(await store.readGroup(entry?.group ?? '')).records.keys()];
    };
    expect([await kept(), await replica.visits()]).toEqual([[visitId], []]);
    isListed = false;
    expect(await kept()).toEqual([]);
  });
});

describe('photographs', () => {
  const bytes = new Uint8Array([0xff, 0xd8, 7]);

  it('whose bytes are lost are reported, and wait for them without stopping the rest', async () => {
    const { replica, store, server } = await atTheDoor();
    const photo = await replica.photos.add(visitId, bytes);
    for (const step of plain.slice(1, 10)) {
      expect(await replica.act(withPhoto(step, photo.sha256))).toMatchObject({ ok: true });
    }
    await store.dropBlob(photo.sha256);
    await replica.sync();
    expect(replica.status).toMatchObject({ photosLost: 1, withheld: 1, waiting: 0 });
    expect((await server.logOf(visitId)).map(({ type }) => type)).not.toContain('PhotosSubmitted');
    await replica.photos.add(visitId, bytes);
    expect(replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 1 });
    await replica.sync();
    expect(
      (await server.logOf(visitId)).some(({ type }) => type === 'PhotosSubmitted' || type === 'DiscrepancyReported'),
    ).toBe(true);
    expect(server.photos.size).toBe(1);
  });

  it('are named, where several are lost on both sides', async () => {
    const { replica, store, server } = await atTheDoor();
    const hashes: string[] = [];
    for (const n of [1, 2]) hashes.push((await replica.photos.add(visitId, new Uint8Array([n]))).sha256);
    for (const step of plain.slice(1, 10)) {
      const act = asAct(step);
      const photos = act.type === 'TakePhotos' ? act.data.photos : [];
      const both = hashes.map((sha256, n) => ({ ...photos[0], photoId: `f-${n}`, sha256 }));
      const data = { ...act.data, ...(act.type === 'TakePhotos' && { photos: both }) };
      const sent = { ...data, ...(act.type === 'SubmitPhotos' && { photoIds: ['f-0', 'f-1'] }) };
      expect(await replica.act({ ...act, data: sent } as ActCommand)).toMatchObject({ ok: true });
      if (act.type === 'TakePhotos') await replica.sync();
    }
    server.photos.clear();
    for (const sha256 of hashes) await store.dropBlob(sha256);
    await replica.sync();
    expect((await replica.visit(visitId)).pending.map(({ withheld }) => withheld)).toContainEqual({
      reason: 'photos-lost',
      message: hashes.join(' '),
    });
    expect(replica.status).toMatchObject({ photosLost: 2 });
  });

  it('that cannot be uploaded now hold up nothing that was done before', async () => {
    const { replica, server } = await withRemote(() => ({ putPhoto: () => Promise.reject(new Error('timeout')) }));
    const photo = await replica.photos.add(visitId, bytes);
    for (const step of plain.slice(1, 10)) {
      await replica.act(withPhoto(step, photo.sha256));
    }
    expect(await replica.sync()).toMatchObject({ failures: [{ failure: { kind: 'unavailable' } }] });
    expect((await server.logOf(visitId)).at(-1)?.type).toBe('PhotosTaken');
    expect(replica.status).toMatchObject({ waiting: 2, photosWaiting: 1 });
  });

  it('that no act names can be removed, and then a visit that was a mistake', async () => {
    const { replica } = await atTheDoor();
    const photo = await replica.photos.add('visit-9', bytes);
    expect(await replica.forget('visit-9')).toEqual({ ok: false, reason: 'waiting' });
    expect(await replica.photos.remove('visit-9', photo.sha256)).toEqual({ ok: true });
    expect(await replica.photos.remove('visit-9', photo.sha256)).toEqual({ ok: false, reason: 'unknown' });
    expect(await replica.photos.read(photo.sha256)).toBeNull();
    expect(await replica.forget('visit-9')).toEqual({ ok: true });
    await expect(replica.visit('\ud800')).rejects.toThrow('A visit is named by its id');
  });

  it('are refused without bytes', async () => {
    const { replica } = await atTheDoor();
    await expect(replica.photos.add(visitId, new Uint8Array())).rejects.toThrow('A photograph has bytes');
  });
});

describe('a former provider', () => {
  it('sees what became of their acts, and nothing that was recorded since', async () => {
    const { replica, network, server } = await atTheDoor();
    network.online = false;
    for (const act of own(['RecordArrival', 'ShowCredential'])) await replica.act(act);
    await server.service.handle(command('GiveInstruction', { about: 'visit', decision: 'reassign', text: 'Cambia' }));
    const reassign = command('ReassignProvider', {
      at: minute(3),
      provider: { id: 'prov-2', name: 'Rosa' },
      arriveBy: minute(99),
    });
    expect(await server.service.handle(reassign)).toMatchObject({ ok: true });
    await server.service.handle(command('GiveInstruction', { about: 'visit', decision: 'proceed', text: 'Siga' }));
    network.online = true;
    const report = await replica.sync();
    expect(report).toMatchObject({ result: 'done', sent: { refused: [expect.any(String), expect.any(String)] } });
    const { events, own: later, pending } = await replica.visit(visitId);
    expect(events.map(({ type }) => type)).toEqual(['VisitAssigned', 'InstructionGiven', 'ProviderReassigned']);
    expect(later.map(({ type }) => type)).toEqual(['DiscrepancyReported']);
    expect(pending).toEqual([]);
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'open' });
    const settle = commands.settleDiscrepancy(
      {
        visitId,
        at: minute(60),
        discrepancyId: later[0]?.type === 'DiscrepancyReported' ? later[0].data.discrepancyId : '',
        taken: [],
        text: 'No',
      },
      actors.operator,
      'settle-1',
    );
    expect(await server.service.settle(settle)).toMatchObject({ ok: true });
    await replica.sync();
    expect((await replica.visit(visitId)).own.map(({ type }) => type)).toEqual([
      'DiscrepancyReported',
      'DiscrepancySettled',
    ]);
    expect(await replica.forget(visitId)).toEqual({ ok: true });
  });
});

describe('what a former provider knows', () => {
  it('has what they reported until that is settled', async () => {
    const { replica, network, server } = await atTheDoor();
    network.online = false;
    await replica.act(asAct(command('EscalateClientImpact', { what: 'fuga de agua', at: minute(2) })));
    const center = [
      command('GiveInstruction', { at: minute(3), about: 'visit', decision: 'reassign', text: 'Cambia' }),
      command('ReassignProvider', { at: minute(4), provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(99) }),
    ];
    for (const one of center) expect(await server.service.handle(one)).toMatchObject({ ok: true });
    network.online = true;
    await replica.sync();
    const kinds = async () => {
      const { confirmed, local } = await replica.visit(visitId);
      return [confirmed, local].map(({ debts }) => debts.map(({ kind }) => kind));
    };
    const [, report] = (await server.logOf(visitId)).slice(-2);
    expect(report?.type).toBe('DiscrepancyReported');
    const [confirmed, local] = await kinds();
    expect(local).toEqual([...(confirmed ?? []), 'take-up-escalation']);
    const discrepancyId = report?.type === 'DiscrepancyReported' ? report.data.discrepancyId : '';
    const settled = { visitId, at: minute(60), discrepancyId, taken: [], text: 'No' };
    await server.service.settle(commands.settleDiscrepancy(settled, actors.operator, 'settle-1'));
    await replica.sync();
    expect(await kinds()).toEqual([confirmed, confirmed]);
  });
});

describe('the clock of the device', () => {
  it('is not trusted when it disagrees with the server by more than two minutes', async () => {
    const { device, server, clock } = await atTheDoor();
    const skew = { ms: 0 };
    const { replica } = device(actors.provider, {
      remote: server.remoteFor(actors.provider),
      now: () => new Date(clock.ms + skew.ms).toISOString(),
    });
    await replica.sync();
    const act = own(['RecordArrival'])[0] as never;
    skew.ms = -11 * 365 * 86_400_000;
    clock.ms += 60_000;
    expect(await replica.act(act)).toEqual({ ok: false, reason: 'clock-suspect', estimate: minute(1) });
    expect(await replica.act(act, { atConfirmed: true })).toMatchObject({ ok: true });
  });

  it('that was set back while the application was closed is noticed', async () => {
    const { device, clock, store, replica } = await atTheDoor();
    replica.close();
    clock.ms -= 86_400_000;
    const { replica: next } = device(actors.provider, { store });
    const answer = await next.act(own(['RecordArrival'])[0] as never);
    expect(answer).toEqual({ ok: false, reason: 'clock-suspect', estimate: minute(0) });
  });
});

describe('options', () => {
  it('are refused by name', () => {
    const { server } = world();
    const good = {
      store: memoryReplicaStore(),
      remote: server.remoteFor(actors.provider),
      device: 'd',
      actor: actors.provider,
    };
    expect(() => createReplica({ ...good, undoms: 1 } as never)).toThrow('Did you mean undoMs?');
    expect(() => createReplica({ ...good, actor: actors.operator })).toThrow('contact-center. Known: provider, client');
    expect(() => createReplica({ ...good, actor: 7 as never })).toThrow('a provider or a client');
    expect(() => createReplica({ ...good, store: undefined } as never)).toThrow('takes { store }');
    expect(() => createReplica({ ...good, sign: 'x' } as never)).toThrow('sign is a function');
    expect(() => createReplica({ ...good, undoMs: -1 })).toThrow('milliseconds');
  });
});
