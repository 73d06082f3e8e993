/** The options of a replica and of its remote, its drafts and its listeners. */
import { describe, expect, it, vi } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { createListeners } from '../../src/replica/device/listeners.ts';
import { httpRemote } from '../../src/replica/remote/http-remote.ts';
import { type ActCommand, createReplica, type ReplicaOptions } from '../../src/replica.ts';
import { ReplicaConflictError, type ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors } from '../../src/testing.ts';
import { own, withVisits, world } from './device.ts';

const options: ReplicaOptions = {
  store: memoryReplicaStore(),
  remote: world().server.remoteFor(actors.provider),
  actor: actors.provider,
  device: 'phone-1',
};

describe('createReplica refuses', () => {
  it.each<[object, string]>([
    [{ store: {} }, 'createReplica takes { store }, such as memoryReplicaStore()'],
    [{ store: undefined }, 'createReplica takes { store }, such as memoryReplicaStore()'],
    [{ remote: {} }, 'createReplica takes { remote }, the server'],
    [{ remote: undefined }, 'createReplica takes { remote }, the server'],
    [{ device: '' }, 'createReplica takes { device }, a name'],
    [{ device: 7 }, 'createReplica takes { device }, a name'],
    [{ actor: undefined }, 'createReplica takes { actor }, a provider or a client: { role, id }'],
    [{ actor: { role: 'provider', id: 'a b' } }, 'createReplica takes { actor }, a provider or a client: { role, id }'],
    [{ actor: { role: 'contact-center', id: 'op-1' } }, 'role of the actor of createReplica: contact-center'],
    [{ undoMs: -1 }, 'A time of createReplica is a number of milliseconds from 0'],
    [{ callTimeoutMs: '7' }, 'A time of createReplica is a number of milliseconds from 0'],
    [{ keepEndedMs: Number.NaN }, 'A time of createReplica is a number of milliseconds from 0'],
    [{ undo: 1 }, 'Unknown option of createReplica: undo'],
    [{ policy: { threshold: {} } }, 'Unknown option of policy: threshold'],
  ])('%j', (wrong, message) => {
    expect(() => createReplica({ ...options, ...wrong } as never)).toThrow(message);
  });

  it('nothing where options are left out: each act has a UUID', async () => {
    const { store } = await withVisits();
    const replica = createReplica({ ...options, store });
    const [arrive] = own(['RecordArrival']) as [ActCommand];
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const answer = await replica.act(arrive, { despite: 'op-7', atConfirmed: true });
        return answer.ok ? answer.commandId : '';
      }),
    );
    replica.close();
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('nothing that is at the end of its range', () => {
    const ends = { undoMs: 0, callTimeoutMs: 0, keepEndedMs: Infinity };
    createReplica({ ...options, ...ends, actor: actors.client }).close();
  });
});

describe('httpRemote refuses', () => {
  const address = 'httpRemote takes { url }, an address without a query, such as https://visits.example/api';

  it.each<[object | undefined, string]>([
    [undefined, address],
    [{}, address],
    [{ url: '' }, address],
    [{ url: 7 }, address],
    [{ url: '/api' }, address],
    [{ url: 'localhost:3000' }, address],
    [{ url: 'https://host.test/?a' }, address],
    [{ url: 'https://host.test/#a' }, address],
    [{ url: 'https://x.test', fetch: 7 }, 'fetch is a function'],
    [{ url: 'https://x.test', headers: 'a' }, 'headers are an object or a function'],
    [{ url: 'https://x.test', headers: null }, 'headers are an object or a function'],
    [{ url: 'https://x.test', timeoutMs: 0 }, 'timeoutMs is a number of milliseconds'],
    [{ url: 'https://x.test', timeoutMs: 2 ** 31 }, 'timeoutMs is a number of milliseconds'],
    [{ url: 'https://x.test', header: {} }, 'Unknown option of httpRemote: header'],
  ])('%j', (wrong, message) => {
    expect(() => httpRemote(wrong as never)).toThrow(message);
  });

  it('no relative address where a page or a fetch of the host continues it', () => {
    expect(() => httpRemote({ url: '/api', fetch })).not.toThrow();
    vi.stubGlobal('location', new URL('https://host.test/page'));
    expect(() => httpRemote({ url: '/api' })).not.toThrow();
    vi.unstubAllGlobals();
  });

  it('neither the longest time nor headers by a call', () => {
    expect(() =>
      httpRemote({ url: 'https://x.test', timeoutMs: 2 ** 31 - 1, headers: () => ({}), fetch }),
    ).not.toThrow();
  });
});

describe('drafts', () => {
  const draft = { draftId: 'd-1', visitId: 'v-1', type: 'StartWork', data: null };

  it.each(['draftId', 'visitId', 'type'])('are refused without %s', async (field) => {
    const { replica } = world().device();
    for (const none of ['', undefined, 7]) {
      await expect(replica.drafts.save({ ...draft, [field]: none } as never)).rejects.toThrow(
        new TypeError('save takes { draftId, visitId, type, data }'),
      );
    }
  });

  it('are listed in the order in which they were touched first', async () => {
    const { device, clock } = world();
    const { replica } = device();
    for (const draftId of ['c', 'a', 'b']) {
      await replica.drafts.save({ ...draft, draftId });
      clock.ms += 1000;
    }
    await replica.drafts.save({ ...draft, draftId: 'c', data: 1 });
    expect((await replica.drafts.list()).map(({ draftId }) => draftId)).toEqual(['c', 'a', 'b']);
  });

  it('are kept where another tab has written before, and not where the store fails', async () => {
    const store = memoryReplicaStore();
    const faults: Error[] = [new ReplicaConflictError('drafts', 1, 2)];
    const writeGroup: ReplicaStore['writeGroup'] = async (...given) => {
      const fault = given[0].includes('draft') ? faults.shift() : undefined;
      if (fault !== undefined) throw fault;
      return store.writeGroup(...given);
    };
    const { replica } = world().device(actors.provider, { store: { ...store, writeGroup } });
    expect(await replica.drafts.save(draft)).toMatchObject(draft);
    faults.push(new Error('full'));
    await expect(replica.drafts.save(draft)).rejects.toThrow('full');
    expect(faults).toEqual([]);
  });
});

describe('listeners', () => {
  it('are called until they are removed, or all are', () => {
    const heard: string[] = [];
    const listeners = createListeners<[string]>();
    const remove = listeners.add((word) => heard.push(`1 ${word}`));
    listeners.add((word) => heard.push(`2 ${word}`));
    listeners.call('a');
    remove();
    listeners.call('b');
    listeners.clear();
    listeners.call('c');
    expect(heard).toEqual(['1 a', '2 a', '2 b']);
  });

  it('that throw are reported as the runtime does, and the others are called', () => {
    const error = new Error('The screen is broken');
    const reported = vi.fn();
    const listeners = createListeners<[]>();
    listeners.add(() => {
      throw error;
    });
    listeners.add(reported);
    const [shown, own] = [vi.spyOn(console, 'error').mockReturnValue(), vi.fn()];
    listeners.call();
    Object.assign(globalThis, { reportError: own });
    listeners.call();
    Reflect.deleteProperty(globalThis, 'reportError');
    expect([shown.mock.calls, own.mock.calls, reported.mock.calls.length]).toEqual([[[error]], [[error]], 2]);
    shown.mockRestore();
  });
});
