import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { Actor, VisitEvent } from '../../src/messages/index.ts';
import type { ServiceSignal } from '../../src/service.ts';
import { minute } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { operator, otherProvider, policyAllowing, provider } from '../scenarios/commands.ts';
import { arrive, assign, serviceOn } from './fixture.ts';

const device: Actor = { role: 'provider', id: 'prov-1' };

const fact = (type: string, data: object, metadata?: object, by: Actor = provider) =>
  ({ type, data: { visitId: 'visit-1', at: minute(5), ...data, by }, ...(metadata && { metadata }) }) as VisitEvent;

const credential = fact('CredentialShown', {}, { eventId: 'device-7' });

const recording = (store = memoryStore()) => serviceOn(store, { factRecorders: ['provider', 'contact-center'] });

describe('a fact on record', () => {
  it('is stored though decide would refuse it, and answered with the findings of the audit (1.1-01)', async () => {
    const { handle, record, load } = recording();
    await handle(assign);
    const recorded = await record(credential, device);
    expect(recorded).toMatchObject({ version: 2n, repeated: false });
    expect(recorded.findings).toMatchObject([{ index: 1, kind: 'violation', rule: 'arrived', clause: '1.1-01' }]);
    const { events, state } = await load('visit-1');
    expect(events[1]).toEqual(recorded.event);
    expect(state).toEqual(recorded.state);
  });

  it('that is lawful has no finding', async () => {
    const { handle, record } = recording();
    await handle(assign);
    await handle(arrive);
    expect((await record(credential, device)).findings).toEqual([]);
  });

  it('of a former provider, dated before they were replaced, is late (1.2-12)', async () => {
    const { handle, record } = recording();
    await handle(assign);
    await record(
      fact('InstructionGiven', { about: 'visit', decision: 'reassign', text: 'Otro proveedor' }, undefined, operator),
      operator,
    );
    await record(
      fact(
        'ProviderReassigned',
        { at: minute(8), provider: { id: 'prov-2', name: 'Sara Ruiz' }, arriveBy: minute(60) },
        undefined,
        operator,
      ),
      operator,
    );
    const { findings } = await record(fact('FaultLocated', { where: 'cocina', at: minute(6) }), device);
    expect(findings.map(({ kind, clause }) => [kind, clause])).toEqual([
      ['late', '1.2-12'],
      ['violation', '1.1-01'],
      ['violation', '1.1-08'],
    ]);
  });

  it('keeps who brought it and what metadata it brought, and a seal of its own', async () => {
    const { handle, record } = recording();
    await handle(assign);
    const { event } = await record(credential, operator);
    expect(event.metadata).toMatchObject({
      commandId: 'device-7',
      recorder: operator,
      source: { eventId: 'device-7' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      previousHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(event.data.by).toEqual(provider);
  });

  it('without metadata keeps no source', async () => {
    const { handle, record, load } = recording();
    await handle(assign);
    const { event } = await record(fact('CredentialShown', {}), device);
    expect(event.metadata).toMatchObject({ commandId: 'own-1', recorder: device });
    expect(event.metadata).not.toHaveProperty('source');
    expect((await load('visit-1')).events[1]).toStrictEqual(event);
  });

  it('sent again is stored once, and answered as the first time, though the visit went on', async () => {
    const { handle, record, load } = recording();
    await handle(assign);
    const first = await record(credential, device);
    expect(first).not.toHaveProperty('recognisedBy');
    await handle(arrive);
    expect(await record(credential, device)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
    expect((await load('visit-1')).version).toBe(3n);
  });

  it('of other content under the same id is an error', async () => {
    const { handle, record } = recording();
    await handle(assign);
    await record(credential, device);
    const changed = fact('CredentialShown', { credentialId: 'c-9' }, { eventId: 'device-7' });
    await expect(record(changed, device)).rejects.toMatchObject({ code: 'command-id-reused', commandId: 'device-7' });
  });

  it('twenty times at once is stored once', async () => {
    const { handle, record, load } = recording();
    await handle(assign);
    const all = await Promise.all(Array.from({ length: 20 }, () => record(credential, device)));
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await load('visit-1')).version).toBe(2n);
  });

  it('has the id that it brought, that of its event, or a new one', async () => {
    const { handle, record } = recording();
    await handle(assign);
    const both = { commandId: 'device-8', eventId: 'event-8' };
    const ids: unknown[] = [];
    for (const metadata of [both, { eventId: 'event-9' }, undefined]) {
      const { event } = await record(fact('ClientImpactEscalated', { what: 'fuga' }, metadata), device);
      ids.push(event.metadata?.commandId, event.metadata?.source);
    }
    expect(ids).toEqual(['device-8', both, 'event-9', { eventId: 'event-9' }, 'own-1', undefined]);
  });

  it('is answered with its own findings, and none of those before it', async () => {
    const { handle, record } = recording();
    await handle(assign);
    await record(credential, device);
    const { findings } = await record(fact('ToolsShown', { tools: ['llave'] }), device);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ index }) => index === 2)).toBe(true);
  });

  it('is audited under the policy of the host (1.1-31)', async () => {
    const findingsUnder = async (options: object) => {
      const { handle, record } = serviceOn(memoryStore(), { factRecorders: ['provider'], ...options });
      await handle(assign);
      await handle(arrive);
      const { findings } = await record(fact('OffContractActPerformed', { activity: 'material-purchase' }), device);
      return findings.filter(({ clause }) => clause === '1.1-31').map(({ kind }) => kind);
    };
    expect(await findingsUnder({})).toContain('violation');
    expect(await findingsUnder({ policy: policyAllowing('material-purchase') })).toEqual(['deviation']);
  });

  it('is told to the observer as what it is', async () => {
    const signals: ServiceSignal[] = [];
    const { record } = serviceOn(memoryStore(), {
      factRecorders: ['contact-center'],
      observe: (signal) => signals.push(signal),
    });
    await record(credential, operator);
    expect(signals).toContainEqual({
      name: 'auxilio.command',
      streamName: 'visit-visit-1',
      visitId: 'visit-1',
      type: 'CredentialShown',
      role: 'contact-center',
      commandId: 'device-7',
      outcome: 'accepted',
      rules: [],
      durationMs: expect.any(Number),
    });
  });

  it('can be the first of a visit', async () => {
    const { record, load } = recording();
    const { findings } = await record(credential, device);
    expect(findings).toMatchObject([{ index: 0, kind: 'violation', rule: 'assigned-first', clause: '1.1-13' }]);
    expect((await load('visit-1')).version).toBe(1n);
  });

  it('is recorded by those roles alone that the host names; by nobody unless it names some', async () => {
    const forbidden = { name: 'RecordingForbiddenError', errorCode: 403, code: 'recording-forbidden' };
    const service = serviceOn();
    await expect(service.record(credential, device)).rejects.toMatchObject({ ...forbidden, role: 'provider' });
    await expect(recording().record(credential, { role: 'client', id: 'c' })).rejects.toMatchObject(forbidden);
    expect((await service.load('visit-1')).version).toBe(0n);
  });

  it.each([
    ['null', null],
    ['a command', assign],
    ['of an unknown type', fact('VisitPainted', {})],
    ['of a newer version', fact('CredentialShown', {}, { schemaVersion: 3 })],
    ['with an unknown field', fact('CredentialShown', { colour: 'red' })],
    ['without its author', { type: 'CredentialShown', data: { visitId: 'visit-1', at: minute(5) } }],
  ])('that is %s is malformed, and nothing is stored', async (_, wrong) => {
    const { record, load } = recording();
    const malformed = { name: 'MalformedFactError', errorCode: 400, code: 'malformed-fact' };
    await expect(record(wrong as never, otherProvider)).rejects.toMatchObject(malformed);
    expect((await load('visit-1')).version).toBe(0n);
  });

  const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
  it.each([
    ['is too deep', { eventId: 'f-1', own: nested(14) }, { path: '/metadata', code: 'too-deep' }],
    ['is too large', { eventId: 'f-1', own: Array(32).fill('x'.repeat(4_080)) }, { path: '', code: 'too-large' }],
  ])('that as it would be stored %s is malformed, for nobody could read it', async (_, metadata, issue) => {
    const { record, load } = recording();
    const given = fact('CredentialShown', {}, metadata);
    expect(parseEvent(JSON.stringify(given))).toMatchObject({ ok: true });
    await expect(record(given, device)).rejects.toMatchObject({ code: 'malformed-fact', issues: [issue] });
    expect((await load('visit-1')).version).toBe(0n);
  });

  it('that just fits is stored, and can be read again', async () => {
    const { record, load } = recording();
    const sized = (length: number) =>
      fact('CredentialShown', {}, { eventId: 'f-1', own: Array(32).fill('x'.repeat(length)) });
    const lengths = Array.from({ length: 40 }, (_, n) => 4_080 - n);
    for (const length of lengths) if (await record(sized(length), device).then(Boolean, () => false)) break;
    const [stored] = (await load('visit-1')).events;
    const text = JSON.stringify(stored);
    expect(text.length).toBeGreaterThan(128 * 1024 - 300);
    expect(parseEvent(text)).toMatchObject({ ok: true });
  });

  it.each([
    ['no id', { role: 'provider' }, '/metadata/recorder/id'],
    ['an invalid id', { role: 'provider', id: '🏠' }, '/metadata/recorder/id'],
  ])('by a recorder with %s is malformed', async (_, recorder, path) => {
    const { record } = recording();
    const failing = record(credential, recorder as Actor);
    await expect(failing).rejects.toMatchObject({ code: 'malformed-fact', issues: [{ path }] });
  });

  it('by nobody is forbidden', async () => {
    await expect(recording().record(credential, undefined as never)).rejects.toMatchObject({
      code: 'recording-forbidden',
    });
  });
});
