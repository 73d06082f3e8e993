import { type EventStore, memoryStore, StoreError } from 'auxilio/memory';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../examples/http/failures.ts';
import { arrive, assign, breach, hostOn, luis, operator } from './host.ts';

/** A store that has a visit, and then fails as configured. */
async function failing(how: (store: EventStore<undefined>) => Partial<EventStore<undefined>>) {
  const inner = memoryStore();
  await hostOn(inner).send(operator, assign());
  return { inner, host: hostOn({ ...inner, ...how(inner) }) };
}

const down = async (): Promise<never> => {
  throw new StoreError('unavailable', 'no route to 10.0.0.7');
};

describe('a store that fails', () => {
  it('is 503 with Retry-After, and says nothing of itself', async () => {
    const { host } = await failing(() => ({ readStream: down, readFeed: down }));
    for (const answer of [
      await host.send(luis, arrive()),
      await host.ask(operator, 'GET', '/visits/v-1'),
      await host.ask(operator, 'GET', '/board', { headers: { accept: 'text/event-stream' } }),
    ]) {
      expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.text).not.toContain('10.0.0.7');
    }
    expect(host.failures).toHaveLength(3);
    expect(String(host.failures[0])).toContain('10.0.0.7');
  });

  it.each(['corrupt', 'newer-schema', 'closed'] as const)('for good (%s) is 503 without a time', async (kind) => {
    const readStream = async (): Promise<never> => {
      throw new StoreError(kind, 'it will not pass');
    };
    const { host } = await failing(() => ({ readStream }));
    const answer = await host.send(operator, breach('x'));
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers.get('retry-after')).toBeNull();
  });

  it('by the damage of a visit: 403 to those who may not read any, and the host hears of it', async () => {
    const readStream = async (): Promise<never> => {
      throw new StoreError('corrupt', 'The event at 2 is not JSON');
    };
    const { host } = await failing(() => ({ readStream }));
    const answer = await host.send(luis, arrive());
    expect(answer.body).toMatchObject({ status: 403, code: 'not-yours' });
    expect(answer.text).not.toContain('JSON');
    expect(host.failures.map(String)).toEqual(['StoreError: The event at 2 is not JSON']);
  });

  it('in doubt: the command is sent again under the id that the answer names, and is there once', async () => {
    let fails = true;
    const { inner, host } = await failing((store) => ({
      appendToStream: async (...args) => {
        const answer = await store.appendToStream(...args);
        if (fails) throw new Error('socket hang up');
        return answer;
      },
    }));
    const first = await host.send(luis, arrive());
    expect(first.body).toMatchObject({ status: 503, code: 'in-doubt' });
    expect(first.headers.get('retry-after')).toBe('1');
    fails = false;
    const again = await host.send<{ repeated: boolean }>(luis, arrive(), {
      'idempotency-key': first.body.commandId ?? '',
    });
    expect([again.status, again.body.repeated]).toEqual([200, true]);
    expect(await inner.readStored('visit-v-1')).toHaveLength(2);
  });

  it('always written to by others: 503, to be sent again', async () => {
    let n = 0;
    const { host } = await failing((store) => ({
      appendToStream: async (streamName, events, options) => {
        await hostOn(store).send(operator, breach(`${++n}`));
        return store.appendToStream(streamName, events, options);
      },
    }));
    const answer = await host.send(luis, arrive('v-1', 'c-2'));
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable', commandId: 'c-2' });
  });

  it('holds a visit whose seals do not hold: 500, the position for the host alone; reading goes on', async () => {
    const { inner, host } = await failing((store) => ({
      readStream: async (...args) => {
        const answer = await store.readStream(...args);
        for (const { data } of answer.events) Object.assign(data, { place: 'Otra' });
        return answer as never;
      },
    }));
    const answer = await host.send(luis, arrive('v-1', 'c-2'));
    expect(answer.body).toMatchObject({ status: 500, code: 'chain-broken' });
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(host.failures).toMatchObject([{ code: 'chain-broken', position: 1n, fault: 'changed' }]);
    expect((await host.ask(operator, 'GET', '/visits/v-1')).status).toBe(200);
    expect(await inner.readStored('visit-v-1')).toHaveLength(1);
  });

  it('holds what this release cannot read: 503 without a time', async () => {
    const inner = memoryStore();
    await inner.appendToStream('visit-v-1', [{ type: 'DroneSent', data: { visitId: 'v-1' } }]);
    const host = hostOn(inner);
    const answer = await host.send(operator, breach('x'));
    expect(answer.body).toMatchObject({ status: 503, code: 'unreadable' });
    expect(answer.headers.get('retry-after')).toBeNull();
    expect((await host.ask(operator, 'GET', '/visits/v-1')).status).toBe(503);
    expect((await host.ask(operator, 'GET', '/board')).status).toBe(200);
  });
});

describe('an error of another copy of the package', () => {
  it('is known by its code, where instanceof fails', () => {
    const error = Object.assign(new Error('x'), { code: 'command-id-reused', commandId: 'c-1' });
    expect(problemOf(error)).toMatchObject({ code: 'id-reused', told: { commandId: 'c-1' } });
  });
});

describe('an error that nobody knows', () => {
  it('is 500, told to the host alone', async () => {
    const secret = new Error('password=hunter2');
    const { host } = await failing(() => ({
      readStream: async () => {
        throw secret;
      },
    }));
    const answer = await host.ask(operator, 'GET', '/visits/v-1');
    expect(answer.body).toMatchObject({ status: 500, code: 'failed' });
    expect(answer.text).not.toContain('hunter2');
    expect(host.failures).toEqual([secret]);
  });
});
