/** Calls of an HTTP remote: the meaning of each answer. */
import { describe, expect, it } from 'vitest';
import { createCall, type HttpRemoteOptions } from '../../src/replica/remote/http-call.ts';
import { RemoteError } from '../../src/replica.ts';

type Init = RequestInit & { readonly headers: Record<string, string> };

function calling(answer: () => Response | Promise<Response>, options: Partial<HttpRemoteOptions> = {}) {
  const sent: [string, Init][] = [];
  const fetch = async (url: string, init: Init) => {
    sent.push([url, init]);
    return answer();
  };
  return { call: createCall({ url: 'https://host.test/api//', fetch: fetch as never, ...options }), sent };
}

const json =
  (status: number, body: unknown, headers: object = {}) =>
  () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
const get = { method: 'GET', path: '/x' } as const;

const failureOf = async (answer: () => Response | Promise<Response>, options?: Partial<HttpRemoteOptions>) => {
  const error = await calling(answer, options)
    .call(get)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
};

describe('an answer', () => {
  it('given JSON, then it is its value, with the headers', async () => {
    const { call, sent } = calling(
      json(200, { a: 'ñ📞' }, { 'content-type': 'application/problem+json; charset=utf-8', etag: '1' }),
    );
    const { value, headers } = await call({ ...get, headers: { 'x-own': '1' } });
    expect([value, headers.get('etag')]).toEqual([{ a: 'ñ📞' }, '1']);
    expect(sent[0]?.[0]).toBe('https://host.test/api/x');
    expect(sent[0]?.[1]).toMatchObject({ method: 'GET', headers: { accept: 'application/json', 'x-own': '1' } });
    expect(sent[0]?.[1]).not.toHaveProperty('body');
  });

  it('given a body in parts that cut a character, then it is read whole', async () => {
    const bytes = new TextEncoder().encode('{"a":"ñ📞"}');
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    expect(await calling(() => new Response(body, { headers })).call(get)).toMatchObject({ value: { a: 'ñ📞' } });
  });

  it('given a runtime without streams, then it is read at once', async () => {
    const response = {
      ok: true,
      status: 200,
      headers: new Headers({ 'content-type': 'application/json' }),
      body: null,
    };
    const arrayBuffer = async () => new TextEncoder().encode('[7]').buffer;
    expect(await calling(() => ({ ...response, arrayBuffer }) as never).call(get)).toMatchObject({ value: [7] });
  });

  it('given a call for the headers alone, then its body is not read', async () => {
    const head = { ...get, method: 'HEAD' } as const;
    const headers = { 'upload-offset': '7' };
    const { value, headers: answered } = await calling(() => new Response(null, { headers })).call(head);
    expect([value, answered.get('upload-offset')]).toEqual([undefined, '7']);
    const failed = (status: number, type: string) =>
      calling(() => new Response(null, { status, headers: { 'content-type': type } })).call(head);
    await expect(failed(404, 'application/json')).rejects.toMatchObject({ kind: 'refused' });
    await expect(failed(404, 'text/html')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each<[string, () => Response, string]>([
    [
      'a page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'The answer (200, text/html) is not JSON: something between here and the server may have answered',
    ],
    [
      'no type',
      () => new Response(new Uint8Array(1), { status: 502 }),
      'The answer (502, no content type) is not JSON: something between here and the server may have answered',
    ],
    [
      'a text that begins as JSON does',
      () => new Response('{}', { headers: { 'content-type': 'text/application/json' } }),
      'The answer (200, text/application/json) is not JSON: something between here and the server may have answered',
    ],
    ['cut JSON', json(200, '{"a":'), 'The answer is not valid JSON: it may have been cut'],
    ['more than may be, as it says', json(200, '{}', { 'content-length': '99999999999' }), 'The answer has more than'],
  ])('given %s, then the server cannot be reached', async (_, answer, message) => {
    const error = await failureOf(answer);
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain(message);
  });
});

describe('the kind of a failure', () => {
  it.each<[number, object | null, string]>([
    [401, null, 'unauthenticated'],
    [401, {}, 'unauthenticated'],
    [413, null, 'unavailable'],
    [413, {}, 'too-large'],
    [426, null, 'upgrade-required'],
    [400, null, 'unavailable'],
    [403, null, 'unavailable'],
    [403, {}, 'forbidden'],
    [400, {}, 'refused'],
    [499, {}, 'refused'],
    [500, {}, 'unavailable'],
    [503, {}, 'unavailable'],
    [399, {}, 'unavailable'],
    [405, {}, 'unavailable'],
    [407, {}, 'unavailable'],
    [408, {}, 'unavailable'],
    [425, {}, 'unavailable'],
    [429, {}, 'unavailable'],
    [404, { code: 'no-such-path' }, 'unavailable'],
    [404, {}, 'refused'],
    [422, { index: 0 }, 'malformed'],
    [422, { index: 3 }, 'malformed'],
    [422, { index: -1 }, 'refused'],
    [422, { index: '1' }, 'refused'],
    [409, { code: 'photos-missing' }, 'photos-missing'],
    [409, [], 'unavailable'],
  ])('given the status %i with %j, then it is %s', async (status, problem, kind) => {
    const answer = problem === null ? () => new Response('no', { status }) : json(status, problem);
    expect((await failureOf(answer)).kind).toBe(kind);
  });

  it.each<[object, object]>([
    [{}, { message: 'The server answered 409', reason: undefined, index: undefined, photos: [] }],
    [{ title: 'Taken', detail: 'by another' }, { message: 'Taken: by another' }],
    [{ title: 7, detail: 'by another' }, { message: 'by another' }],
    [{ message: 'Taken' }, { message: 'Taken' }],
    [{ title: 'Taken', message: 'other' }, { message: 'Taken' }],
    [{ code: 'taken' }, { reason: 'taken' }],
    [{ code: 'taken', reason: 'lead' }, { reason: 'lead' }],
    [{ reason: 7 }, { reason: undefined }],
    [{ index: 2 }, { index: 2 }],
    [{ index: 1.5 }, { index: undefined }],
    [{ photos: ['a'.repeat(64), 'b', 7, 'A'.repeat(64), `${'a'.repeat(64)}0`] }, { photos: ['a'.repeat(64)] }],
    [{ photos: 'a'.repeat(64) }, { photos: [] }],
    [{ quarantineId: 'q-1' }, { quarantineId: 'q-1' }],
    [{ quarantineId: 1 }, { quarantineId: undefined }],
  ])('given the problem %j, then it says %j', async (problem, said) => {
    expect(await failureOf(json(409, problem))).toMatchObject(said);
  });

  it('given a word that never ends, then it is cut', async () => {
    const long = 'x'.repeat(100_000);
    const { message, reason, quarantineId } = await failureOf(
      json(409, { title: long, code: long, quarantineId: long }),
    );
    expect([message.length, reason?.length, quarantineId?.length]).toEqual([500, 100, 100]);
  });
});

describe('a body that is not read', () => {
  it.each([200, 503])('given a page under the status %i, then it is cancelled', async (status) => {
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => {
        isCancelled = true;
      },
    });
    const page = () => new Response(body, { status, headers: { 'content-type': 'text/html' } });
    expect((await failureOf(page)).kind).toBe('unavailable');
    expect(isCancelled).toBe(true);
  });
});

describe('the time to wait', () => {
  const date = 'Tue, 17 Mar 2026 14:00:00 GMT';

  it.each<[string, string | null, number | undefined]>([
    ['7', null, 7000],
    [' 0 ', null, 0],
    ['999999999', null, 86_400_000],
    ['1234567890', null, undefined],
    ['soon', date, undefined],
    ['Tue, 17 Mar 2026 14:01:00 GMT', date, 60_000],
    ['Tue, 17 Mar 2026 13:00:00 GMT', date, 0],
    ['Fri, 20 Mar 2026 14:00:00 GMT', date, 86_400_000],
    ['Tue, 17 Mar 2026 14:01:00 GMT', null, undefined],
  ])('given %j and the date %j, then it is %j ms', async (after, at, retryAfterMs) => {
    const headers = { 'retry-after': after, ...(at !== null && { date: at }) };
    expect((await failureOf(json(503, {}, headers))).retryAfterMs).toBe(retryAfterMs);
    const page = () => new Response('<html>', { status: 503, headers });
    expect((await failureOf(page)).retryAfterMs).toBe(retryAfterMs);
  });
});

describe('a call that does not come through', () => {
  it('given a network that fails, then it says so, with the cause', async () => {
    const cause = new TypeError('Failed to fetch');
    const error = await failureOf(() => Promise.reject(cause));
    expect(error).toMatchObject({
      kind: 'unavailable',
      message: 'The server cannot be reached: Failed to fetch',
      cause,
    });
    expect((await failureOf(() => Promise.reject('x'.repeat(9999)))).message.length).toBeLessThan(1000);
  });

  it('given headers of the host, then they are those of a value or of a call, and what the call throws is said', async () => {
    for (const headers of [
      { authorization: 'a' },
      () => ({ authorization: 'a' }),
      async () => ({ authorization: 'a' }),
    ]) {
      const { call, sent } = calling(json(200, {}), { headers });
      await call(get);
      expect(sent[0]?.[1].headers).toEqual({ accept: 'application/json', authorization: 'a' });
    }
    const headers = () => Promise.reject(new Error('no session'));
    expect((await failureOf(json(200, {}), { headers })).message).toBe('The server cannot be reached: no session');
  });

  it('given a signal that ends before or during the call, then nothing more is sent', async () => {
    const reason = new Error('closed');
    const before = calling(json(200, {}));
    await expect(before.call({ ...get, signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      message: 'The server cannot be reached: closed',
      cause: reason,
    });
    expect(before.sent).toEqual([]);
    const ending = new AbortController();
    const during = calling(
      () =>
        new Promise((_, reject) => {
          during.sent[0]?.[1].signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const call = during.call({ ...get, signal: ending.signal });
    await new Promise((resolve) => setImmediate(resolve));
    ending.abort(reason);
    await expect(call).rejects.toMatchObject({ cause: reason });
  });

  it('given no answer in time, then it is given up', async () => {
    const never = calling(
      () =>
        new Promise((_, reject) => {
          never.sent[0]?.[1].signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
      { timeoutMs: 1 },
    );
    await expect(never.call(get)).rejects.toMatchObject({
      message: 'The server cannot be reached: No answer within 1 ms',
    });
  });
});
