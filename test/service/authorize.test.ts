import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { Authorize } from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { command } from '../../src/testing.ts';
import type { VisitState } from '../../src/visit/index.ts';
import { otherProvider, provider } from '../scenarios/commands.ts';
import { arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const only =
  (id: string): Authorize =>
  ({ provider: assigned }) =>
    assigned?.id === id;

const refused = { name: 'NotAuthorizedError', errorCode: 403, code: 'not-authorized' };
const byOther = (id: string) => sent(id, command('RecordArrival', {}, otherProvider));

describe('a sender who may not see the visit', () => {
  it.each([1000, 0])('is refused before anything is said that depends on it (cacheSize: %i)', async (cacheSize) => {
    const store = memoryStore();
    const { handle, handleBatch, load } = serviceOn(store, { cacheSize });
    await handle(assign);
    await handle(arrive);
    const authorize = only('prov-2');
    for (const each of [byOther('c-9'), byOther('c-arrive'), sent('c-arrive', breach(1))]) {
      for (const expectedVersion of [undefined, 2n, 7n, 'STREAM_EXISTS', 'STREAM_DOES_NOT_EXIST'] as const) {
        const options = { authorize, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
        await expect(handle(each, options)).rejects.toMatchObject(refused);
      }
    }
    expect(await handleBatch([byOther('c-9'), arrive], { authorize })).toMatchObject([
      { ok: false, error: refused },
      { ok: true, repeated: true },
    ]);
    await expect(load('visit-1', { authorize })).rejects.toMatchObject(refused);
    await expect(load('v-none', { authorize })).rejects.toMatchObject(refused);
    expect(await store.readStored('visit-visit-1')).toHaveLength(2);
  });

  it('is told by its command in a batch, and by the visit as the batch has made it', async () => {
    const { handleBatch } = serviceOn();
    const seen: unknown[] = [];
    const authorize = (state: VisitState, { type, metadata }: typeof assign) => {
      seen.push([type, state.phase]);
      return metadata.actor.role === 'contact-center' || state.provider?.id === metadata.actor.id;
    };
    const answers = await handleBatch([assign, byOther('c-9'), arrive], { authorize });
    expect(answers.map((answer) => ('error' in answer ? answer.error.name : answer.ok))).toEqual([
      true,
      'NotAuthorizedError',
      true,
    ]);
    expect(seen).toEqual([
      ['AssignVisit', 'unassigned'],
      ['RecordArrival', 'in-transit'],
      ['RecordArrival', 'in-transit'],
    ]);
  });

  it('is anybody whom the host does not answer `true` for', async () => {
    const { handle } = serviceOn();
    await handle(assign);
    for (const answer of [undefined, 1, 'true', {}]) {
      await expect(handle(arrive, { authorize: () => answer as never })).rejects.toMatchObject(refused);
    }
    expect(await handle(arrive, { authorize: () => true })).toMatchObject({ ok: true });
  });

  it('is not known where the host answers later', async () => {
    const { handle, load } = serviceOn();
    await handle(assign);
    const authorize = (async () => true) as never;
    const error = new TypeError('authorize answers true or false, not a promise');
    await expect(handle(arrive, { authorize })).rejects.toEqual(error);
    await expect(load('visit-1', { authorize })).rejects.toEqual(error);
  });

  it('is asked about on what can be read of a visit that cannot be', async () => {
    const store = memoryStore();
    const { handle, load } = serviceOn(store);
    await handle(assign);
    await store.appendToStream('visit-visit-1', [{ type: 'DroneSent', data: { visitId: 'visit-1' } }]);
    await expect(handle(byOther('c-9'), { authorize: only('prov-2') })).rejects.toMatchObject(refused);
    await expect(load('visit-1', { authorize: only('prov-2') })).rejects.toMatchObject(refused);
    const unreadable = { code: 'unreadable-stream', position: 2n };
    await expect(handle(arrive, { authorize: only(provider.id) })).rejects.toMatchObject(unreadable);
    await expect(load('visit-1', { authorize: only(provider.id) })).rejects.toMatchObject(unreadable);
  });

  it.each(['corrupt', 'undecodable'])('is refused of a visit of which nothing can be read: %s', async (damage) => {
    const store = memoryStore();
    await serviceOn(store).handle(assign);
    const fail = () => {
      throw damage === 'corrupt' ? new StoreError('corrupt', 'The event at 1 is not JSON') : new Error('no key');
    };
    const codec = { encode: ({ data }: VisitEvent) => data, decode: fail };
    const damaged = damage === 'corrupt' ? serviceOn({ ...store, readStream: fail }) : serviceOn(store, { codec });
    const error = { code: damage === 'corrupt' ? 'store-corrupt' : 'unreadable-stream' };
    const batch = { visitId: 'visit-1', basedOn: 1, commands: [arrive] };
    for (const authorize of [only('prov-1'), only('prov-2'), () => false]) {
      await expect(damaged.load('visit-1', { authorize })).rejects.toMatchObject({ ...refused, cause: error });
      await expect(damaged.handle(arrive, { authorize })).rejects.toMatchObject(refused);
      await expect(damaged.sync(batch, provider, { authorize })).rejects.toMatchObject(refused);
      expect(await damaged.handleBatch([arrive], { authorize })).toMatchObject([{ ok: false, error: refused }]);
    }
    const isOperator = () => true;
    for (const options of [{ authorize: isOperator }, {}]) {
      await expect(damaged.load('visit-1', options)).rejects.toMatchObject(error);
      await expect(damaged.handle(arrive, options)).rejects.toMatchObject(error);
      await expect(damaged.sync(batch, provider, options)).rejects.toMatchObject(error);
      expect(await damaged.handleBatch([arrive], options)).toMatchObject([{ ok: false, error }]);
    }
  });

  it('learns the error of the check itself, where it throws', async () => {
    const service = serviceOn({ ...memoryStore(), readStream: () => Promise.reject(new StoreError('corrupt', 'x')) });
    const authorize = () => {
      throw 'no directory';
    };
    await expect(service.load('visit-1', { authorize })).rejects.toBe('no directory');
    const [answer] = await service.handleBatch([arrive], { authorize });
    const error = { message: 'The command failed', cause: 'no directory' };
    expect(answer).toMatchObject({ ok: false, error });
    expect(answer).toHaveProperty('error', expect.any(Error));
  });

  it('is not told of a store that cannot be reached as of a visit', async () => {
    const fail = () => Promise.reject(new StoreError('unavailable', 'Postgres cannot be reached'));
    const { load } = serviceOn({ ...memoryStore(), readStream: fail });
    await expect(load('visit-1', { authorize: () => false })).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('is not judged on a state that is cached and old', async () => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    await handle(assign);
    const elsewhere = serviceOn(store, { now: () => '2026-03-18T00:00:00.000Z' });
    const at = assign.data.at;
    await elsewhere.handle(command('GiveInstruction', { about: 'visit', decision: 'reassign', text: 'x' }));
    await elsewhere.handle(command('ReassignProvider', { provider: { id: 'prov-2', name: 'Eva' }, arriveBy: at }));
    await expect(handle(arrive, { authorize: only('prov-1') })).rejects.toMatchObject(refused);
    expect(await handle(byOther('c-9'), { authorize: only('prov-2') })).toMatchObject({ ok: true, version: 4n });
  });
});
