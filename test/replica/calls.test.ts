/** Calls to the server end in time, with an answer or a `RemoteError` as a value. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServer, type Server } from '../../src/replica/remote/calls.ts';
import { type Remote, RemoteError } from '../../src/replica.ts';

const serverTime = '2026-03-17T14:00:00.000Z';
const page = { visits: [], cursor: 'c', more: false, serverTime };

/** A remote whose page of assignments is that answer. */
const remoteOf = (assignments: (options: { signal?: AbortSignal }) => unknown, more: Partial<Remote> = {}): Remote =>
  ({ assignments: async (_: unknown, options: object) => assignments(options), ...more }) as never;

const failureOf = async (calling: ReturnType<Server['assignments']>) => {
  const answered = await calling;
  if (answered.ok) return null;
  expect(answered.failure).toBeInstanceOf(RemoteError);
  return answered.failure;
};

const thrower = (thrown: unknown) => () => {
  throw thrown;
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a call', () => {
  it('given an answer, then it is passed on, and no timer is left', async () => {
    expect(
      await createServer(
        remoteOf(() => page),
        1000,
      ).assignments(null),
    ).toEqual({ ok: true, value: page });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('given no answer, then it ends at its time, and the remote is told so', async () => {
    let signal: AbortSignal | undefined;
    const never = remoteOf((options) => {
      signal = options.signal;
      return new Promise(() => undefined);
    });
    const failing = failureOf(createServer(never, 1000).assignments(null));
    await vi.advanceTimersByTimeAsync(999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await failing).toMatchObject({ kind: 'unavailable', message: 'The server did not answer in time' });
    expect(signal?.aborted).toBe(true);
  });

  it('given a time longer than any timer, then it does not end at once', async () => {
    const answered = createServer(
      remoteOf(() => new Promise((resolve) => setTimeout(() => resolve(page), 1000))),
      Number.MAX_SAFE_INTEGER,
    ).assignments(null);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await answered).toEqual({ ok: true, value: page });
  });

  it.each([0, 10])('given a signal that ends after %i ms, then it is given up', async (afterMs) => {
    const ending = new AbortController();
    if (afterMs === 0) ending.abort();
    const never = createServer(
      remoteOf(() => new Promise(() => undefined)),
      1000,
    );
    const failing = failureOf(never.assignments(null, { signal: ending.signal }));
    await vi.advanceTimersByTimeAsync(afterMs);
    ending.abort();
    expect(await failing).toMatchObject({ kind: 'unavailable', message: 'The call was given up' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the lead', () => {
  it('is taken by the remote itself, and there only where it can be', async () => {
    const taken: unknown[] = [];
    const takeLead = async function (this: unknown, ...given: unknown[]) {
      taken.push(this, ...given.slice(0, 2));
      return { serverTime };
    };
    const remote = remoteOf(() => page, { takeLead } as never);
    expect(await createServer(remote, 1000).takeLead?.('v-1', 'phone-1')).toEqual({ ok: true, value: { serverTime } });
    expect(taken).toEqual([remote, 'v-1', 'phone-1']);
    expect(
      createServer(
        remoteOf(() => page),
        1000,
      ),
    ).not.toHaveProperty('takeLead');
  });
});

describe('the failure of a call whose remote throws', () => {
  const thrownAs = (thrown: unknown) => failureOf(createServer(remoteOf(thrower(thrown)), 1000).assignments(null));

  it('is the same error, where it is one of the remote', async () => {
    const error = new RemoteError('forbidden', 'no');
    expect(await thrownAs(error)).toBe(error);
  });

  it('is one of the remote, too, of another copy of the class', async () => {
    const foreign = { code: 'remote-failed', kind: 'malformed', message: 'no', index: 3, reason: 'x' };
    expect(await thrownAs(foreign)).toMatchObject({ kind: 'malformed', message: 'no', index: 3, reason: 'x' });
  });

  it.each<[unknown, string]>([
    [new TypeError('boom'), 'boom'],
    ['boom', 'boom'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ code: 'remote-failed', kind: 'nonsense', message: 'boom' }, 'boom'],
    [{ code: 'remote-failed', kind: '__proto__', message: 'boom' }, 'boom'],
    [{ code: 'other', kind: 'forbidden', message: 'boom' }, 'boom'],
    [{ kind: 'forbidden', message: 'boom' }, 'boom'],
    [new RemoteError('nonsense' as never, 'boom'), 'boom'],
  ])('is a failure of the call otherwise: %s', async (thrown, words) => {
    expect(await thrownAs(thrown)).toMatchObject({
      kind: 'unavailable',
      message: `The call failed: ${words}`,
      cause: thrown,
    });
  });
});
