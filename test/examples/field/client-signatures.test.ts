import { commands, dossier, type VisitEvent } from 'auxilio';
import { type ActKeyPair, signAct, verifyReceipt } from 'auxilio/chain';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientSessionReply } from '../../../examples/field/client-contract.ts';
import type { ClientSessionsReply } from '../../../examples/field/server/client-links.ts';
import { telephoneKey } from '../../../examples/field/server/telephones.ts';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
let recorded: string;
beforeEach(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo');
  const of = 'EXP-v-1';
  await host.field.telephones.change(telephoneKey.client(of), () => ({ of, number: '8777-4512' }));
  recorded = new Date(Date.UTC(2026, 2, 17, 14, 5)).toISOString();
  const arrival = { type: 'RecordArrival', data: { visitId: 'v-1', at: recorded }, metadata: { commandId: 'a-1' } };
  await host.as('gerardo', '/api/visits/v-1/commands', { method: 'POST', body: arrival });
});

const newKey = (): Promise<ActKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

/** Opens a session of a device of the client, by a link, with a key. */
async function enter({ publicKey }: ActKeyPair) {
  const made = await host.as('marta', '/api/visits/v-1/client-link', { method: 'POST' });
  const { url } = (await made.json()) as { url: string };
  const key = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  const body = { secret: url.slice(url.indexOf('#') + 1), device: 'd-1', key };
  const reply = await host.send('/api/client/session', { method: 'POST', body });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, ...((await reply.json()) as ClientSessionReply) };
}

const eventsOf = async (): Promise<readonly VisitEvent[]> => (await host.field.service.load('v-1')).events;

const wordOf = (actorId: string, commandId: string, agrees = true) =>
  commands.attestFacts(
    { visitId: 'v-1', at: recorded, facts: [{ fact: 'arrival', recorded, agrees }] },
    { role: 'client', id: actorId },
    commandId,
  );

/** Sends an act of the client, as the page does. */
async function send(cookie: string, command: object): Promise<void> {
  const body = { basedOn: 2, commands: [command] };
  const reply = await host.send('/api/client/sync', { method: 'POST', headers: { cookie }, body });
  expect(await reply.json()).toMatchObject({ outcomes: [{ outcome: 'accepted' }] });
}

const shown = async () =>
  (await (await host.as('marta', '/api/visits/v-1/client-sessions')).json()) as ClientSessionsReply;

const statuses = async () => (await shown()).signatures.acts.map(({ index, status }) => [index, status]);

describe('the signatures of a client', () => {
  it('are verified by the keys that their devices registered, act by act', async () => {
    const key = await newKey();
    const { cookie, actorId } = await enter(key);
    const head = (await eventsOf())[1]?.metadata?.hash ?? null;
    await send(cookie, await signAct(wordOf(actorId, 'k-1'), { key, basedOn: 2, head }));
    await send(cookie, wordOf(actorId, 'k-2'));
    expect(await statuses()).toEqual([
      [2, 'valid'],
      [3, 'unsigned'],
    ]);
    expect((await shown()).version).toBe(4);
  });

  it('are not valid by a key that no device registered, for a word that was turned round, and on another log', async () => {
    const key = await newKey();
    const { cookie, actorId } = await enter(key);
    const on = { basedOn: 2, head: (await eventsOf())[1]?.metadata?.hash ?? null };
    await send(cookie, await signAct(wordOf(actorId, 'k-1'), { key: await newKey(), ...on }));
    const yes = await signAct(wordOf(actorId, 'k-2'), { key, ...on });
    await send(cookie, { ...wordOf(actorId, 'k-2', false), metadata: yes.metadata });
    await send(cookie, await signAct(wordOf(actorId, 'k-3'), { key, ...on, head: '0'.repeat(64) }));
    expect(await statuses()).toEqual([
      [2, 'unknown-key'],
      [3, 'invalid'],
      [4, 'other-log'],
    ]);
  });
});

describe('the receipt of a client', () => {
  const receiptOf = async (cookie?: string) =>
    host.send('/api/client/receipt', { headers: cookie === undefined ? {} : { cookie } });
  const readFacts = (log: readonly unknown[]) => dossier(log as readonly VisitEvent[]).facts;

  it('holds with the log, and has nothing of others', async () => {
    const key = await newKey();
    const { cookie, actorId } = await enter(key);
    const head = (await eventsOf())[1]?.metadata?.hash ?? null;
    await send(cookie, await signAct(wordOf(actorId, 'k-1'), { key, basedOn: 2, head }));
    const about = { about: 'visit', decision: 'wait', text: 'Espere adentro del carro' };
    const instruction = { type: 'GiveInstruction', data: { visitId: 'v-1', at: recorded, ...about } };
    await host.as('marta', '/api/visits/v-1/commands', {
      method: 'POST',
      body: { ...instruction, metadata: { commandId: 'i-1' } },
    });
    const reply = await receiptOf(cookie);
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const text = await reply.text();
    const log = (await host.field.stored.load('v-1')).events;
    expect(log).toHaveLength(4);
    expect(await verifyReceipt(text, { log, readFacts })).toMatchObject({
      ...{ ok: true, sound: true, signatures: [{ version: 3, status: 'valid' }] },
      receipt: { facts: [{ fact: 'arrival', word: 'both', said: 3 }] },
    });
    for (const hidden of ['Espere adentro', 'InstructionGiven', 'Marta', 'op-', 'Rojas'])
      expect(text).not.toContain(hidden);
  });

  it('is for the client of the visit alone, and of no log that is broken', async () => {
    const { cookie } = await enter(await newKey());
    expect((await receiptOf()).status).toBe(401);
    expect((await host.as('gerardo', '/api/client/receipt')).status).toBe(401);
    const { load } = host.field.stored;
    host.field.stored.load = (async (visitId: string) => {
      const loaded = await load(visitId);
      return { ...loaded, events: loaded.events.slice(1) };
    }) as typeof load;
    expect((await receiptOf(cookie)).status).toBe(503);
  });
});
