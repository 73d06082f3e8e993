import { commands as create, type VisitCommand } from 'auxilio';
import { copyMemoryStore, memoryStore, StoreError } from 'auxilio/memory';
import { VisitTooLongError } from 'auxilio/service';
import { describe, expect, it } from 'vitest';
import type { EventsReply, ProblemReply, SyncReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, at, breach, close, eva, hostOn, luis, operator, sent, start } from './host.ts';

const json = { 'content-type': 'application/json' };
const nobody = { role: 'contact-center', id: 'nobody' } as const;

function phone(host = hostOn()) {
  const sync = <T = SyncReply>(claims: typeof luis | null, body: unknown, visitId = 'v-1', headers: object = {}) =>
    host.ask<T>(claims, 'POST', `/visits/${visitId}/sync`, {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...json, ...headers },
    });
  return { ...host, sync };
}

const under = (commandId: string, command: { type: string; data: object }) => ({ ...command, metadata: { commandId } });
const credential = (commandId: string) => sent(create.showCredential({ visitId: 'v-1', at: at(3) }, nobody, commandId));
const instruct = (decision: 'reassign' | 'proceed') =>
  sent(create.giveInstruction({ visitId: 'v-1', at: at(5), about: 'visit', decision, text: 'x' }, nobody));
const reassign = (id: string) =>
  sent(
    create.reassignProvider({ visitId: 'v-1', at: at(6), provider: { id, name: 'Otra' }, arriveBy: at(60) }, nobody),
  );

/** A visit of Luis, who arrived. */
async function visited() {
  const host = phone();
  await host.send(operator, assign());
  await host.send(luis, arrive('v-1', 'c-1'));
  return host;
}

/** Luis was replaced by Eva, who arrived. */
async function replaced() {
  const host = await visited();
  for (const each of [instruct('reassign'), reassign('p-2')]) {
    expect((await host.send(operator, each)).status).toBe(200);
  }
  expect((await host.send(eva, arrive('v-1', 'e-1'))).status).toBe(200);
  return host;
}

const types = ({ events }: { events: readonly { type: string }[] }) => events.map(({ type }) => type);

describe('POST /visits/:id/sync', () => {
  it('answers the outcome of each command, and the events that the phone lacks', async () => {
    const { send, sync } = phone();
    await send(operator, assign());
    await send(operator, arrive('v-1', 'o-1'));
    const commands = [arrive('v-1', 'c-1'), credential('c-2'), under('c-3', start())];
    const { status, body } = await sync(luis, { basedOn: 1, commands, device: 'phone-7' });
    expect([status, body.outcomes.map(({ outcome }) => outcome)]).toEqual([200, ['twin', 'accepted', 'refused']]);
    expect(types(body)).toEqual(['ProviderArrived', 'CredentialShown', 'DiscrepancyReported']);
    expect(body).toMatchObject({ visitId: 'v-1', version: 4, serverTime: at(30) });
    expect(body.own).toBeUndefined();
    const again = await sync(luis, { basedOn: 1, commands });
    expect(again.body.outcomes.map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated', 'repeated']);
    expect(again.body.events).toEqual(body.events);
  });

  it('without commands answers the events alone', async () => {
    const { sync } = await visited();
    const { body } = await sync(luis, { basedOn: 1, commands: [] });
    expect([body.outcomes, types(body), body.version]).toEqual([[], ['ProviderArrived'], 2]);
  });

  it.each<[string, unknown, number, string, object?]>([
    ['no basedOn', { commands: [] }, 400, 'malformed'],
    ['a basedOn below nothing', { basedOn: -1, commands: [] }, 400, 'malformed'],
    ['a basedOn as a text', { basedOn: '1', commands: [] }, 400, 'malformed'],
    ['a basedOn beyond the log', { basedOn: 3, commands: [] }, 400, 'malformed', { reason: 'based-on-invalid' }],
    ['no list', { basedOn: 1 }, 400, 'malformed'],
    ['a list that is none', { basedOn: 1, commands: {} }, 400, 'malformed'],
    ['null', null, 400, 'malformed'],
    ['no JSON', '{', 400, 'malformed'],
    ['a key twice', '{"basedOn":1,"basedOn":1,"commands":[]}', 400, 'malformed'],
    ['a command that is none', { basedOn: 1, commands: [credential('c-2'), 7] }, 400, 'malformed', { index: 1 }],
    ['a command without an id', { basedOn: 1, commands: [start()] }, 400, 'malformed', { index: 0 }],
    ['a NUL', { basedOn: 1, commands: [under('c\u0000', start())] }, 400, 'malformed', { index: 0 }],
    [
      'a command of another visit',
      { basedOn: 1, commands: [arrive('v-2', 'c-2')] },
      422,
      'contradiction',
      { index: 0 },
    ],
    [
      'a command of another actor',
      {
        basedOn: 1,
        commands: [{ ...start(), metadata: { commandId: 'c-2', actor: { role: 'provider', id: 'p-2' } } }],
      },
      403,
      'other-actor',
      { index: 0 },
    ],
    [
      'commands of two recorders',
      {
        basedOn: 1,
        commands: [
          credential('c-2'),
          { ...start(), metadata: { commandId: 'c-3', actor: { role: 'client', id: 'p-1' } } },
        ],
      },
      403,
      'other-actor',
      { index: 1 },
    ],
    [
      'a report of its own',
      { basedOn: 1, commands: [credential('c-2'), { ...report(), metadata: { commandId: 'c-3' } }] },
      400,
      'malformed',
      { index: 1, reason: 'not-recordable' },
    ],
    [
      'an act of the contact center',
      { basedOn: 1, commands: [under('c-2', instruct('proceed'))] },
      400,
      'malformed',
      { index: 0, reason: 'not-recordable' },
    ],
    ['101 commands', { basedOn: 1, commands: Array(101).fill(0) }, 413, 'too-large', { reason: 'too-many-commands' }],
    ['more than 65 kB', { basedOn: 1, commands: Array(40).fill('x'.repeat(1700)) }, 413, 'too-large'],
    [
      'commands of more than 64 KiB with their actors',
      { basedOn: 1, commands: Array.from({ length: 34 }, (_, n) => longEscalation(`c-${n}`)) },
      413,
      'too-large',
      { reason: 'too-large' },
    ],
  ])('refuses %s, and records nothing', async (_, body, status, code, more = {}) => {
    const { sync, version } = await visited();
    expect((await sync<ProblemReply>(luis, body)).body).toMatchObject({ status, code, ...more });
    expect(await version()).toBe(2n);
  });

  it('names a malformed command by its place, so that the phone can send the others', async () => {
    const { sync } = await visited();
    const wrong = { type: 'StartWork', data: { visitId: 'v-1', at: '17/03/2026' }, metadata: { commandId: 'c-3' } };
    const commands = [credential('c-2'), wrong, under('c-4', start())];
    const { body } = await sync<ProblemReply>(luis, { basedOn: 2, commands });
    expect(body).toMatchObject({ index: 1, issues: [{ in: 'body', at: '/commands/1/data/at' }] });
    const others = await sync(luis, { basedOn: 2, commands: commands.toSpliced(body.index ?? -1, 1) });
    expect(others.body.outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused']);
  });

  it('keeps a batch for a visit that is too long, and says so', async () => {
    const host = await visited();
    const { service } = host;
    service.sync = async () => {
      throw new VisitTooLongError('visit-v-1', 10_000);
    };
    const { body } = await host.sync<ProblemReply>(luis, { basedOn: 2, commands: [credential('c-2')] });
    expect(body).toMatchObject({ status: 409, code: 'batch-refused', reason: 'visit-too-long' });
    expect(host.failures).toHaveLength(1);
  });

  it('takes nothing but JSON', async () => {
    const { sync } = await visited();
    const { status } = await sync<ProblemReply>(luis, '{}', 'v-1', { 'content-type': 'text/plain' });
    expect(status).toBe(415);
  });
});

const report = () =>
  sent(
    create.reportDiscrepancy(
      {
        visitId: 'v-1',
        at: at(9),
        discrepancyId: 'd-9',
        basedOn: 1,
        acts: [
          {
            type: 'WorkStarted',
            data: { visitId: 'v-1', at: at(9), by: { role: 'provider', id: 'p-1' } },
            commandId: 'x-1',
            on: 1,
            violations: [],
            lawfulThen: true,
          } as never,
        ],
      },
      nobody,
    ),
  );

const longEscalation = (commandId: string) =>
  sent(create.escalateClientImpact({ visitId: 'v-1', at: at(7), what: 'x'.repeat(1760) }, nobody, commandId));

describe('a phone that has another log', () => {
  it('is refused as diverged, and nothing is recorded', async () => {
    const { sync, ask, version, service } = await visited();
    const ids = (await service.load('v-1')).events.map(({ metadata }) => metadata?.eventId ?? '');
    const batch = { basedOn: 1, commands: [credential('c-2')] };
    for (const head of [
      { version: 2, lastEventId: ids[0] },
      { version: 3, lastEventId: ids[1] },
    ]) {
      expect((await sync<ProblemReply>(luis, { ...batch, head })).body).toMatchObject({
        status: 409,
        code: 'diverged',
      });
      const query = `after=${head.version}&lastEventId=${head.lastEventId}`;
      expect((await ask(luis, 'GET', `/visits/v-1/events?${query}`)).body).toMatchObject({ code: 'diverged' });
    }
    expect((await sync<ProblemReply>(luis, { ...batch, head: 'x' })).body).toMatchObject({ status: 400 });
    expect(await version()).toBe(2n);
    expect((await ask(luis, 'GET', `/visits/v-1/events?after=2&lastEventId=${ids[1]}`)).status).toBe(200);
    expect((await sync(luis, { ...batch, head: { version: 2, lastEventId: ids[1] } })).status).toBe(200);
  });
});

describe('a server that fails over while it answers a batch', () => {
  it('refuses it as diverged, though it had read the log of the phone before', async () => {
    const lost = memoryStore();
    let primary = lost;
    let reads = Number.POSITIVE_INFINITY;
    const store = {
      ...lost,
      readStream: (...call: Parameters<typeof lost.readStream>) => {
        const answer = primary.readStream(...call);
        reads -= 1;
        if (reads === 0) primary = promoted;
        return answer;
      },
      appendToStream: (...call: Parameters<typeof lost.appendToStream>) => primary.appendToStream(...call),
    } as typeof lost;
    const { send, sync, service } = phone(hostOn(store));
    await send(operator, assign());
    const promoted = copyMemoryStore(lost);
    await send(luis, arrive('v-1', 'c-1'));
    const log = (await service.load('v-1')).events;
    await hostOn(promoted).send(operator, breach('late'));
    reads = 1;
    const head = { version: 2, lastEventId: log[1]?.metadata?.eventId };
    const { body } = await sync<ProblemReply>(luis, { basedOn: 2, head, commands: [credential('c-2')] });
    expect(body).toMatchObject({ status: 409, code: 'diverged' });
    expect(types(await service.load('v-1'))).toEqual(['VisitAssigned', 'ConductBreachReported']);
  });
});

describe('those who may sync', () => {
  const batch = { basedOn: 0, commands: [arrive('v-1', 'c-1')] };

  it('are neither a provider who never was assigned, nor the client of another visit; they learn nothing of a visit', async () => {
    const store = memoryStore();
    const readStream: typeof store.readStream = (streamName, ...of) => {
      if (streamName === 'visit-v-corrupt') throw new StoreError('corrupt', 'The event at 2 is not JSON');
      return store.readStream(streamName, ...of);
    };
    const { send, sync } = phone(hostOn({ ...store, readStream }));
    await send(operator, assign());
    await store.appendToStream('visit-v-odd', [{ type: 'DroneSent', data: { visitId: 'v-odd' } }]);
    const said = async (visitId: string, body: object = batch) => {
      const { status, text, headers } = await sync<ProblemReply>(eva, body, visitId);
      return { status, text, headers: [...headers] };
    };
    const other = { basedOn: 9, commands: [] };
    const none = await said('v-none', other);
    expect(none.status).toBe(403);
    for (const visitId of ['v-1', 'v-odd', 'v-corrupt']) expect(await said(visitId, other)).toEqual(none);
    const another = { ...ana, visit: 'v-2' };
    expect((await sync<ProblemReply>(another, batch)).body).toMatchObject({ status: 403, code: 'not-yours' });
    expect((await sync<ProblemReply>(ana, batch)).body).toMatchObject({ status: 400, reason: 'not-recordable' });
    expect((await sync<ProblemReply>(null, batch)).status).toBe(401);
  });

  it('are not the contact center, which learns why', async () => {
    const { send, sync } = phone();
    await send(operator, assign());
    const { body } = await sync<ProblemReply>(operator, { basedOn: 1, commands: [] });
    expect(body).toMatchObject({ status: 403, code: 'not-permitted', reason: 'recorder-role' });
    expect((await sync<ProblemReply>(operator, { basedOn: 0, commands: [] }, 'v-none')).status).toBe(404);
  });
});

describe('a former provider', () => {
  it('hands in what they recorded, and sees the log up to their replacement and what became of their acts', async () => {
    const { sync, send, ask } = await replaced();
    const { body } = await sync(luis, { basedOn: 2, commands: [credential('c-2')] });
    expect(body.outcomes).toMatchObject([{ outcome: 'refused' }]);
    expect(types(body)).toEqual(['InstructionGiven', 'ProviderReassigned']);
    expect([body.version, types({ events: body.own ?? [] })]).toEqual([4, ['DiscrepancyReported']]);
    expect(JSON.stringify(body)).not.toContain('"e-1"');

    const settle = create.settleDiscrepancy(
      { visitId: 'v-1', at: at(20), discrepancyId: 'd-6', taken: [0], text: 'Sí lo mostró' },
      nobody,
      'o-9',
    );
    expect((await send(operator, sent(settle as VisitCommand))).status).toBe(200);
    const later = await ask<EventsReply>(luis, 'GET', '/visits/v-1/events?after=4');
    expect([later.body.version, later.body.events]).toEqual([4, []]);
    expect(types({ events: later.body.own ?? [] })).toEqual([
      'DiscrepancyReported',
      'CredentialShown',
      'DiscrepancySettled',
    ]);
    expect(later.headers.get('etag')).toBeNull();
    const known = await ask(luis, 'GET', '/visits/v-1/events', { headers: { 'if-none-match': '"8", *' } });
    expect(known.status).toBe(200);
  });

  it('sees nothing of the visit since then: neither facts of a refusal nor the length of the log', async () => {
    const { sync, send, ask } = await replaced();
    for (const [n, id] of ['p-3', 'p-4'].entries()) {
      await send(operator, { ...instruct('reassign'), metadata: { commandId: `i-${n}` } });
      await send(operator, { ...reassign(id), metadata: { commandId: `r-${n}` } });
    }
    const { body } = await sync(luis, { basedOn: 4, commands: [under('c-2', start())] });
    expect(JSON.stringify(body)).not.toContain('p-4');
    for (const basedOn of [5, 9, 99]) {
      const { body: refused } = await sync<ProblemReply>(luis, { basedOn, commands: [under('c-3', start())] });
      expect(refused).toMatchObject({ status: 400, reason: 'based-on-invalid' });
    }
    for (const path of ['', '/guide', '/dossier'])
      expect((await ask(luis, 'GET', `/visits/v-1${path}`)).status).toBe(403);
    expect((await send(luis, breach('x'))).body).toMatchObject({ status: 403, code: 'not-yours' });
  });

  it('who is assigned once more sees all', async () => {
    const { sync, send } = await replaced();
    await send(operator, { ...instruct('reassign'), metadata: { commandId: 'i' } });
    await send(operator, { ...reassign('p-1'), metadata: { commandId: 'r' } });
    const { body } = await sync(luis, { basedOn: 2, commands: [] });
    expect([body.version, body.own]).toEqual([7, undefined]);
  });

  it('hands in after the end of the visit', async () => {
    const { sync, send } = await replaced();
    for (const command of close()) expect((await send(operator, command)).status).toBe(200);
    const { body } = await sync(luis, { basedOn: 2, commands: [credential('c-2')] });
    expect([body.version, types({ events: body.own ?? [] })]).toEqual([4, ['DiscrepancyReported']]);
  });
});
