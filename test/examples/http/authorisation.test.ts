import { memoryStore, StoreError } from 'auxilio/memory';
import { describe, expect, it } from 'vitest';
import type { Claims } from '../../../examples/http/call.ts';
import type { CommandReply, ProblemReply } from '../../../examples/http/replies.ts';
import { arrive, assign, breach, close, eva, hostOn, luis, operator, start } from './host.ts';

/** A host whose commands are sent to the visit that they name. */
function sending({ ask }: ReturnType<typeof hostOn>) {
  const send = <T = ProblemReply>(
    claims: object,
    command: { type: string; data: { visitId: string }; metadata?: object },
    headers: Record<string, string> = {},
  ) =>
    ask<T>(claims as Claims, 'POST', `/visits/${command.data.visitId}/commands`, {
      body: JSON.stringify(command),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { ask, send };
}

/** Visits of Luis: one in transit, one that has ended, one that this release cannot read. There is no `v-none`. */
async function visitsOfLuis() {
  const store = memoryStore();
  const host = sending(hostOn(store));
  for (const visitId of ['v-1', 'v-ended', 'v-unreadable']) {
    await host.send(operator, assign(visitId, 'c-assign'));
    await host.send(luis, arrive(visitId, 'c-arrive'));
  }
  for (const command of close('v-ended')) await host.send(operator, command);
  await store.appendToStream('visit-v-unreadable', [{ type: 'DroneSent', data: { visitId: 'v-unreadable' } }]);
  return host;
}

type Host = Awaited<ReturnType<typeof visitsOfLuis>>;

const requests: [string, (host: Host, visitId: string) => Promise<unknown>][] = [
  ['an act', ({ send }, visitId) => send(eva, arrive(visitId))],
  ['an act out of order', ({ send }, visitId) => send(eva, start(visitId))],
  ['an act of another role', ({ send }, visitId) => send(eva, assign(visitId))],
  ['an act at the version that it has', ({ send }, visitId) => send(eva, arrive(visitId), { 'if-match': '"2"' })],
  ['an act at another version', ({ send }, visitId) => send(eva, arrive(visitId), { 'if-match': '"7"' })],
  ['an act if it exists', ({ send }, visitId) => send(eva, arrive(visitId), { 'if-match': '*' })],
  ['an act if it is missing', ({ send }, visitId) => send(eva, arrive(visitId), { 'if-none-match': '*' })],
  ['an id that was used for the same act', ({ send }, visitId) => send(eva, arrive(visitId, 'c-arrive'))],
  [
    'an id that was used for another',
    ({ send }, visitId) => send(eva, start(visitId), { 'idempotency-key': 'c-assign' }),
  ],
  ['a read', ({ ask }, visitId) => ask(eva, 'GET', `/visits/${visitId}`)],
  [
    'a read of a version',
    ({ ask }, visitId) => ask(eva, 'GET', `/visits/${visitId}`, { headers: { 'if-none-match': '"2"' } }),
  ],
  [
    'a read unless it exists',
    ({ ask }, visitId) => ask(eva, 'GET', `/visits/${visitId}`, { headers: { 'if-none-match': '*' } }),
  ],
  ['a head', ({ ask }, visitId) => ask(eva, 'HEAD', `/visits/${visitId}`)],
  ['the guide', ({ ask }, visitId) => ask(eva, 'GET', `/visits/${visitId}/guide`)],
  ['the dossier', ({ ask }, visitId) => ask(eva, 'GET', `/visits/${visitId}/dossier`)],
];

/** All that an answer says. */
async function saidBy(answering: Promise<unknown>) {
  const { status, headers, text } = (await answering) as { status: number; headers: Headers; text: string };
  return { status, headers: [...headers], text };
}

describe('a provider who is not assigned', () => {
  it.each(requests)('learns the same of every visit, and of one that is missing, by %s', async (_, request) => {
    const host = await visitsOfLuis();
    const missing = await saidBy(request(host, 'v-none'));
    expect(missing.status).toBe(403);
    expect(missing.headers.some(([name]) => name === 'etag')).toBe(false);
    for (const visitId of ['v-1', 'v-ended', 'v-unreadable']) {
      expect(await saidBy(request(host, visitId))).toEqual(missing);
    }
  });

  it('gets again the answer to a command that was answered before the replacement', async () => {
    const { send } = await visitsOfLuis();
    const at = '2026-03-17T14:10:00.000Z';
    const instruct = {
      type: 'GiveInstruction',
      data: { visitId: 'v-1', at, about: 'visit', decision: 'reassign', text: 'x' },
    };
    const provider = { id: 'p-2', name: 'Eva Mora' };
    const reassign = { type: 'ReassignProvider', data: { visitId: 'v-1', at, provider, arriveBy: at } };
    for (const command of [instruct, reassign]) expect((await send(operator, command as never)).status).toBe(200);
    const again = await send<CommandReply>(luis, arrive('v-1', 'c-arrive'));
    expect([again.status, again.body.repeated, again.body.version]).toEqual([200, true, 2]);
    for (const command of [arrive('v-1'), { ...start('v-1'), metadata: { commandId: 'c-arrive' } }]) {
      expect((await send<ProblemReply>(luis, command)).body).toMatchObject({ status: 403, code: 'not-yours' });
    }
  });
});

describe('a visit of which nothing can be read', () => {
  it.each(requests)('is one that a provider may not read, as one that is missing, by %s', async (_, request) => {
    const store = memoryStore();
    const sound = sending(hostOn(store));
    for (const visitId of ['v-1', 'v-corrupt']) await sound.send(operator, assign(visitId, 'c-assign'));
    const readStream: typeof store.readStream = (streamName, ...of) => {
      if (streamName === 'visit-v-corrupt') throw new StoreError('corrupt', 'The event at 2 is not JSON');
      return store.readStream(streamName, ...of);
    };
    const host = sending(hostOn({ ...store, readStream }));
    expect(await saidBy(request(host, 'v-corrupt'))).toEqual(await saidBy(request(host, 'v-none')));
    expect((await host.ask(luis, 'GET', '/visits/v-corrupt')).status).toBe(403);
    expect((await host.ask(operator, 'GET', '/visits/v-corrupt')).status).toBe(503);
    expect((await host.ask(luis, 'GET', '/visits/v-1')).status).toBe(200);
  });
});

describe('those whose visit it is', () => {
  it('learn all of it: versions, used ids, what cannot be read, and that there is none', async () => {
    const { send, ask } = await visitsOfLuis();
    const stale = await send(luis, start('v-1'), { 'if-match': '"7"' });
    expect([stale.status, stale.headers.get('etag')]).toEqual([412, '"2"']);
    expect((await send(luis, { ...start('v-1'), metadata: { commandId: 'c-arrive' } })).body.code).toBe('id-reused');
    expect((await send(luis, arrive('v-unreadable'))).body.code).toBe('unreadable');
    expect((await ask(luis, 'GET', '/visits/v-unreadable')).body.code).toBe('unreadable');
    expect((await send(operator, breach('x', 'v-none'))).body.code).toBe('not-assigned');
    expect((await ask(operator, 'GET', '/visits/v-none')).body.code).toBe('not-assigned');
  });
});
