import type { VisitCommand } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { describe, expect, it, vi } from 'vitest';
import { devicesIn } from '../../examples/http/devices.ts';
import { memoryPhotoStore } from '../../examples/http/photo-store.ts';
import { httpRemote } from '../../src/replica/remote/http-remote.ts';
import { RemoteError, type RemoteErrorDetails, type RemoteErrorKind } from '../../src/replica/remote/remote.ts';
import { arrive, assign, at, hostOn, luis, operator, start } from '../examples/http/host.ts';
import { photo } from '../examples/http/photo-bytes.ts';

const provider = { role: 'provider', id: 'p-1' } as const;
const url = 'https://host.test';
const device = 'phone-7';

const recorded = (command: object, commandId: string) =>
  ({ ...command, metadata: { actor: provider, commandId } }) as VisitCommand;

/** A remote of the example application, as Luis. */
function remoteOf({ request }: ReturnType<typeof hostOn>, claims: typeof luis | null = luis) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (input: string, init: RequestInit) => {
    sent.push({ url: input, init });
    const { pathname, search } = new URL(input);
    const { body, method = 'GET', headers, signal } = init;
    return request(claims, method, pathname + search, {
      headers: headers as Record<string, string>,
      ...(body != null && { body: body as string }),
      ...(signal != null && { signal }),
    });
  };
  return { remote: httpRemote({ url, fetch: fetch as typeof globalThis.fetch }), sent };
}

async function visited() {
  const host = hostOn();
  await host.send(operator, assign());
  await host.send(operator, arrive('v-1', 'o-1'));
  return host;
}

const failure = (calling: Promise<unknown>): Promise<RemoteError> =>
  calling.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(RemoteError);
      return error as RemoteError;
    },
  );

describe('httpRemote and the example server', () => {
  it('reconciles a batch, and reads the events', async () => {
    const { remote, sent } = remoteOf(await visited());
    const commands = [recorded(arrive(), 'c-1'), recorded(start(), 'c-2')];
    const answer = await remote.sync({ visitId: 'v-1', basedOn: 1, commands, device });
    expect(answer.outcomes.map(({ outcome }) => outcome)).toEqual(['twin', 'refused']);
    expect(answer).toMatchObject({ version: 3, serverTime: at(30) });
    const { events, version } = await remote.events('v-1', 2);
    expect([version, events]).toEqual([3, answer.events.slice(1)]);
    expect((await remote.events('v-1', 9)).events).toEqual([]);
    expect(sent[0]?.init).toMatchObject({ method: 'POST', cache: 'no-store', redirect: 'error' });
    expect(JSON.parse(String(sent[0]?.init.body))).toMatchObject({ basedOn: 1, device });
  });

  it.each<[string, VisitCommand[], number, RemoteErrorKind, RemoteErrorDetails]>([
    ['a malformed command', [recorded({ ...start(), data: { visitId: 'v-1' } }, 'c-1')], 1, 'malformed', { index: 0 }],
    ['a basedOn beyond the log', [], 7, 'refused', { reason: 'based-on-invalid' }],
    [
      'a batch that is too large',
      Array(101).fill(recorded(start(), 'c')),
      1,
      'too-large',
      { reason: 'too-many-commands' },
    ],
    [
      'a command of another actor',
      [{ ...recorded(start(), 'c'), metadata: { actor: { role: 'provider', id: 'p-2' } } } as VisitCommand],
      1,
      'forbidden',
      { reason: 'other-actor', index: 0 },
    ],
  ])('says of %s what it is', async (_, commands, basedOn, kind, details) => {
    const { remote } = remoteOf(await visited());
    const error = await failure(remote.sync({ visitId: 'v-1', basedOn, commands, device }));
    expect(error).toMatchObject({ kind, ...details });
    expect(error.message).toMatch(/^[A-ZÁ-Ú].{10}/);
  });

  it('reads the visits of its user, all and then those that changed', async () => {
    const host = await visited();
    const { remote } = remoteOf(host);
    const all = await remote.assignments(null);
    expect(all).toMatchObject({ visits: [{ visitId: 'v-1', version: 2 }], more: false, serverTime: at(30) });
    expect((await remote.assignments(all.cursor)).visits).toEqual([]);
    await remote.sync({ visitId: 'v-1', basedOn: 2, commands: [recorded(start(), 'c-1')], device });
    expect((await remote.assignments(all.cursor)).visits).toEqual([{ visitId: 'v-1', version: 3 }]);
    expect((await failure(remote.assignments('x'))).kind).toBe('refused');
  });

  it('takes the lead of a visit, also where the server keeps none', async () => {
    const store = memoryStore();
    const host = hostOn(store, { devices: devicesIn(store) });
    await host.send(operator, assign());
    const { remote } = remoteOf(host);
    expect((await remote.events('v-1', 0)).lead).toBeNull();
    expect(await remote.takeLead?.('v-1', device)).toEqual({ serverTime: at(30) });
    expect((await remote.events('v-1', 0)).lead).toBe(device);
    const { remote: older } = remoteOf(await visited());
    expect(await older.takeLead?.('v-1', device)).toEqual({});
    expect((await older.events('v-1', 0)).lead).toBeUndefined();
    expect((await failure(remote.takeLead?.('v-9', device) as Promise<unknown>)).kind).toBe('forbidden');
  });

  it('says that a token is missing, and that a visit is another’s', async () => {
    const host = await visited();
    const none = await failure(remoteOf(host, null).remote.events('v-1', 0));
    expect([none.kind, none.reason]).toEqual(['unauthenticated', 'unauthenticated']);
    const other = await failure(remoteOf(host).remote.events('v/9', 0));
    expect([other.kind, other.reason]).toEqual(['forbidden', 'not-yours']);
  });
});

/** A server that answers so, whatever it is asked. */
const answering = (...responses: (Response | Error)[]) => {
  const fetch = async () => {
    const next = responses.length > 1 ? responses.shift() : responses[0];
    if (next instanceof Error || next === undefined) throw next;
    return next;
  };
  return httpRemote({ url, fetch: fetch as typeof globalThis.fetch });
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });

const html = (status: number) =>
  new Response('<html>Sign in</html>', { status, headers: { 'content-type': 'text/html' } });

const good = { visitId: 'v-1', version: 1, events: [{}], serverTime: at(0) };

describe('httpRemote and a server that fails', () => {
  it.each<[string, () => Response | Error, RemoteErrorKind, object]>([
    [
      'no network',
      () => new TypeError('fetch failed'),
      'unavailable',
      { message: expect.stringContaining('fetch failed') },
    ],
    ['the page of a sign-in', () => html(200), 'unavailable', { message: expect.stringContaining('is not JSON') }],
    ['a page of a proxy', () => html(502), 'unavailable', {}],
    ['a page that forbids', () => html(403), 'unavailable', {}],
    ['a page that is missing', () => html(404), 'unavailable', {}],
    ['a page without a token', () => html(401), 'unauthenticated', {}],
    ['no content', () => new Response(null, { status: 204 }), 'unavailable', {}],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/x' } }), 'unavailable', {}],
    [
      'an address that is unknown',
      () => json({ code: 'no-such-path' }, 404),
      'unavailable',
      { reason: 'no-such-path' },
    ],
    ['a visit that is unknown', () => json({ code: 'not-assigned' }, 404), 'refused', { reason: 'not-assigned' }],
    [
      'a version that is too old',
      () => json({ title: 'Actualice' }, 426),
      'upgrade-required',
      { message: 'Actualice' },
    ],
    ['a gateway', () => json({ message: 'Forbidden' }, 403), 'forbidden', { message: 'Forbidden' }],
    ['photographs that are missing', () => photosMissing(), 'photos-missing', { photos: ['a'.repeat(64)] }],
    ['a JSON that is cut', () => json('{"visitId":'), 'unavailable', { message: expect.stringContaining('cut') }],
    ['nothing', () => json(''), 'unavailable', {}],
    ['words without end', () => json({ title: 'x'.repeat(9999) }, 409), 'refused', { message: 'x'.repeat(500) }],
    ['words that are none', () => json({ title: 7, code: {}, index: -1 }, 409), 'refused', { reason: undefined }],
  ])('takes %s for what it is', async (_, response, kind, more) => {
    expect(await failure(answering(response() as Response).events('v-1', 0))).toMatchObject({ kind, ...more });
  });

  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '999999999' }, 86_400_000],
    [{ 'retry-after': 'Sat, 28 Nov 2026 10:00:05 GMT', date: 'Sat, 28 Nov 2026 10:00:00 GMT' }, 5000],
    [{ 'retry-after': 'Sat, 28 Nov 2026 09:00:05 GMT', date: 'Sat, 28 Nov 2026 10:00:00 GMT' }, 0],
    [{ 'retry-after': 'Sat, 28 Nov 2026 10:00:05 GMT' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('waits as %j says', async (headers, ms) => {
    for (const response of [json({}, 503, headers), json({}, 429, headers)]) {
      const error = await failure(answering(response).events('v-1', 0));
      expect([error.kind, error.retryAfterMs]).toEqual(['unavailable', ms]);
    }
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['null', null],
    ['another visit', { ...good, visitId: 'v-2' }],
    ['no version', { ...good, version: undefined }],
    ['a version that is no count', { ...good, version: 1.5 }],
    ['more events than it says', { ...good, version: 0 }],
    ['events that are no list', { ...good, events: 'x' }],
    ['own events that are no list', { ...good, own: {} }],
    ['a lead that is no name', { ...good, lead: 7 }],
    ['no time', { ...good, serverTime: 'yesterday' }],
  ])('does not take events of another shape: %s', async (_, body) => {
    const error = await failure(answering(json(body)).events('v-1', 0));
    expect([error.kind, error.message]).toEqual(['unavailable', expect.stringContaining('another shape')]);
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['too few', []],
    [
      'too many',
      [
        { outcome: 'accepted', position: 1 },
        { outcome: 'accepted', position: 2 },
      ],
    ],
    ['unknown', [{ outcome: 'lost' }]],
    ['null', [null]],
    ['accepted nowhere', [{ outcome: 'accepted' }]],
    ['accepted before the first', [{ outcome: 'accepted', position: 0 }]],
    ['refused by nothing', [{ outcome: 'refused', violations: [] }]],
    ['refused without rules', [{ outcome: 'refused', violations: [{}] }]],
    ['a twin of nothing', [{ outcome: 'twin' }]],
    ['a repeat of nothing', [{ outcome: 'repeated' }]],
    ['a repeat of a repeat', [{ outcome: 'repeated', first: { outcome: 'repeated' } }]],
  ])('does not take outcomes of another shape: %s', async (_, outcomes) => {
    const batch = { visitId: 'v-1', basedOn: 0, commands: [recorded(start(), 'c-1')], device };
    const error = await failure(answering(json({ ...good, outcomes })).sync(batch));
    expect([error.kind, error.message]).toEqual(['unavailable', expect.stringContaining('another shape')]);
  });

  it.each<[string, object]>([
    ['no visits', { visits: {} }],
    ['a visit without a version', { visits: [{ visitId: 'v-1' }] }],
    ['no cursor', { cursor: 7 }],
    ['more of nothing', { visits: [], more: true }],
  ])('does not take assignments of another shape: %s', async (_, part) => {
    const page = { visits: [], cursor: '', more: false, serverTime: at(0), ...part };
    expect((await failure(answering(json(page)).assignments(null))).message).toContain('another shape');
  });

  it('reads no further than its limit, declared or not', async () => {
    const declared = json(good, 200, { 'content-length': '99999999' });
    expect((await failure(answering(declared).events('v-1', 0))).message).toContain('more than 33554432 bytes');
    const longest = json(good, 200, { 'content-length': '33554432' });
    expect((await answering(longest).events('v-1', 0)).version).toBe(1);
    let left = 64;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024).fill(32)),
      cancel: () => {
        isCancelled = true;
      },
    });
    const body = endless.pipeThrough(
      new TransformStream({
        transform(chunk, controller) {
          left -= 1;
          if (left > 0) controller.enqueue(chunk);
        },
      }),
    );
    const response = new Response(body, { headers: { 'content-type': 'application/json' } });
    expect((await failure(answering(response).events('v-1', 0))).message).toContain('more than 33554432 bytes');
    expect([left > 0, isCancelled]).toEqual([true, true]);
  });

  it('takes an answer that is cut in its body for one that did not come', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    const response = new Response(body, { headers: { 'content-type': 'application/json' } });
    const error = await failure(answering(response).events('v-1', 0));
    expect([error.kind, error.message]).toEqual(['unavailable', expect.stringContaining('terminated')]);
  });

  it('does what it can where a body is no stream', async () => {
    const response = { ok: true, status: 200, headers: new Headers({ 'content-type': 'application/json' }) };
    const arrayBuffer = async () => new TextEncoder().encode(JSON.stringify(good)).buffer;
    expect((await answering({ ...response, arrayBuffer } as never).events('v-1', 0)).version).toBe(1);
  });
});

describe('httpRemote', () => {
  const hanging = (async (_: string, { signal }: RequestInit) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))) as never;

  it('gives a call up when its signal is aborted, before or while it waits', async () => {
    const remote = httpRemote({ url, fetch: hanging });
    const ending = new AbortController();
    const waiting = failure(remote.events('v-1', 0, { signal: ending.signal }));
    ending.abort(new Error('put away'));
    expect(await waiting).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('put away') });
    expect((await failure(remote.events('v-1', 0, { signal: ending.signal }))).kind).toBe('unavailable');
  });

  it('gives a call up after its time limit', async () => {
    const remote = httpRemote({ url, fetch: hanging, timeoutMs: 5 });
    expect(await failure(remote.events('v-1', 0))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('within 5 ms'),
    });
  });

  it('asks for the headers before each call', async () => {
    const tokens = ['a', 'b'];
    const seen: unknown[] = [];
    const fetch = (async (input: string, init: RequestInit) => {
      seen.push([input, (init.headers as Record<string, string>).authorization]);
      return json(good);
    }) as typeof globalThis.fetch;
    const headers = async () => ({ authorization: `Bearer ${tokens.shift()}` });
    const remote = httpRemote({ url: 'https://host.test/api//', fetch, headers });
    await remote.events('v-1', 0);
    await remote.events('v-1', 0);
    const path = 'https://host.test/api/visits/v-1/events?after=0';
    expect(seen).toEqual([
      [path, 'Bearer a'],
      [path, 'Bearer b'],
    ]);
  });

  it('passes on why there are no headers', async () => {
    const ended = new RemoteError('unauthenticated', 'The session has ended');
    for (const [error, kind] of [
      [ended, 'unauthenticated'],
      [new Error('offline'), 'unavailable'],
    ] as const) {
      const headers = async () => Promise.reject(error);
      expect((await failure(httpRemote({ url, fetch: hanging, headers }).events('v-1', 0))).kind).toBe(kind);
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no address', {}],
    ['an address with a query', { url: 'https://x.test?y' }],
    ['a fetch that is none', { url, fetch: 1 }],
    ['headers that are none', { url, headers: 'x' }],
    ['a time limit of nothing', { url, timeoutMs: 0 }],
    ['an unknown option', { url, header: {} }],
  ])('refuses %s', (_, options) => {
    expect(() => httpRemote(options as never)).toThrow(TypeError);
  });
});

describe('photographs', () => {
  const size = 1_000_000;

  /** A remote of a host with photographs, over a network that calls can be lost in. */
  async function uploading() {
    const photos = memoryPhotoStore();
    const host = hostOn(undefined, { photos });
    await host.send(operator, assign());
    const pieces: number[] = [];
    const calls: string[] = [];
    const losing = { before: -1, after: -1 };
    const fetch = async (input: string, init: RequestInit) => {
      const { pathname, search } = new URL(input);
      const { method = 'GET', body, headers } = init;
      calls.push(method);
      if (method === 'PUT') {
        pieces.push((body as Uint8Array).byteLength);
        if (pieces.length === losing.before) throw new TypeError('cut');
      }
      const response = await host.request(luis, method, pathname + search, {
        headers: headers as Record<string, string>,
        ...(body != null && { body: body as Uint8Array<ArrayBuffer> }),
      });
      if (method === 'PUT' && pieces.length === losing.after) throw new TypeError('cut');
      return response;
    };
    const remote = httpRemote({ url, fetch: fetch as typeof globalThis.fetch });
    const one = { ...photo(size), visitId: 'v-1', mediaType: 'image/jpeg' };
    return { remote, photos, pieces, calls, losing, one };
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

  it('are asked for, whether the server has them, or keeps none', async () => {
    const { remote, one: asked } = await uploading();
    expect(await remote.hasPhoto?.(asked)).toBe(false);
    await remote.putPhoto(asked);
    expect(await remote.hasPhoto?.(asked)).toBe(true);
    expect(await remoteOf(await visited()).remote.hasPhoto?.(asked)).toBe(false);
    const offline = httpRemote({ url, fetch: async () => Promise.reject(new TypeError('fetch failed')) });
    await expect(offline.hasPhoto?.(asked)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('are uploaded in pieces that grow, and once', async () => {
    const { remote, photos, pieces, one } = await uploading();
    await remote.putPhoto(one);
    expect(await photos.size(one.sha256)).toBe(size);
    expect(pieces).toEqual([131_072, 262_144, 524_288, 82_496]);
    await remote.putPhoto(one);
    expect(pieces).toHaveLength(4);
  });

  it('of one piece are uploaded without asking for their progress, however often', async () => {
    const { remote, photos, pieces, calls } = await uploading();
    const small = { ...photo(131_072), visitId: 'v-1', mediaType: 'image/jpeg' };
    await remote.putPhoto(small);
    await remote.putPhoto(small);
    expect([await photos.size(small.sha256), pieces, calls]).toEqual([131_072, [131_072, 131_072], ['PUT', 'PUT']]);
  });

  it('are uploaded in smaller pieces where each takes long', async () => {
    const { remote, pieces, one } = await uploading();
    let ms = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      ms += 6_000;
      return ms;
    });
    await remote.putPhoto(one).finally(() => clock.mockRestore());
    expect(pieces.slice(0, 5)).toEqual([131_072, 65_536, 32_768, 16_384, 16_384]);
  });

  it.each(['before', 'after'] as const)('go on after a cut, %s the server has a piece', async (when) => {
    const { remote, photos, pieces, losing, one } = await uploading();
    losing[when] = 3;
    expect((await failure(remote.putPhoto(one))).kind).toBe('unavailable');
    await remote.putPhoto(one);
    expect(await photos.size(one.sha256)).toBe(size);
    expect(sum(pieces)).toBe(when === 'before' ? size + 524_288 : size);
    expect(pieces.slice(3)).toEqual(when === 'before' ? [262_144, 344_640] : [82_496]);
  });

  it('begin again, once, if the pieces that the server has are damaged', async () => {
    const { remote, photos, one } = await uploading();
    await photos.add({ sha256: one.sha256, uploader: 'p-1' }, 0, new Uint8Array(1000));
    await remote.putPhoto(one);
    expect(await photos.size(one.sha256)).toBe(size);
  });

  it('begin again if the server has more than there is', async () => {
    const { remote, photos, one } = await uploading();
    await photos.add({ sha256: one.sha256, uploader: 'p-1' }, 0, new Uint8Array(size + 1));
    await remote.putPhoto(one);
    expect(await photos.size(one.sha256)).toBe(size);
  });

  it.each<[string, object, RemoteErrorKind, string]>([
    ['other bytes than their hash says', photo(size, [0xff, 0xd8, 0xff, 0xe0]), 'refused', 'hash-mismatch'],
    ['no image', { bytes: new Uint8Array(40) }, 'refused', 'not-an-image'],
    ['no bytes', { bytes: new Uint8Array() }, 'refused', 'photo-empty'],
    ['too many bytes', { bytes: new Uint8Array(10_485_761).fill(0xff) }, 'too-large', 'too-large'],
    ['another visit', { visitId: 'v-2' }, 'forbidden', ''],
    ['no hash', { sha256: '../x' }, 'refused', ''],
  ])('of %s are refused', async (_, part, kind, reason) => {
    const { remote, one } = await uploading();
    const { sha256 } = 'bytes' in part ? one : { ...one, ...part };
    const error = await failure(remote.putPhoto({ ...one, ...part, sha256 }));
    expect([error.kind, error.reason ?? '']).toEqual([kind, reason]);
  });

  it('are given up where a server never has them', async () => {
    const { one } = await uploading();
    for (const offset of [0, 7, size, size * 2]) {
      let calls = 0;
      const fetch = (async (_: string, { method }: RequestInit) => {
        calls += 1;
        const headers = { 'upload-offset': String(offset), 'upload-complete': '?0' };
        return method === 'HEAD' ? new Response(null, { headers }) : json({ offset, complete: false });
      }) as typeof globalThis.fetch;
      expect((await failure(httpRemote({ url, fetch }).putPhoto(one))).kind).toBe('unavailable');
      expect(calls).toBeLessThan(10);
    }
  });

  it.each([{ offset: '3', complete: true }, { offset: -1, complete: true }, { offset: 3, complete: 'yes' }, {}])(
    'are not taken for uploaded by the answer %j to a piece',
    async (answer) => {
      const small = { ...(await uploading()).one, bytes: new Uint8Array([0xff, 0xd8, 0xff]) };
      const error = await failure(answering(json(answer)).putPhoto(small));
      expect([error.kind, error.message]).toEqual(['unavailable', expect.stringContaining('another shape')]);
    },
  );

  it('are asked for where the server has another part of them than it said', async () => {
    const small = { ...(await uploading()).one, bytes: new Uint8Array([0xff, 0xd8, 0xff]) };
    const calls: string[] = [];
    const fetch = (async (_: string, { method = '' }: RequestInit) => {
      calls.push(method);
      const headers = { 'upload-offset': '3', 'upload-complete': '?1' };
      return method === 'HEAD' ? new Response(null, { headers }) : json({ code: 'offset-mismatch' }, 409);
    }) as typeof globalThis.fetch;
    await httpRemote({ url, fetch }).putPhoto(small);
    expect(calls).toEqual(['PUT', 'HEAD']);
  });

  it.each<[string, () => Response]>([
    ['a page', () => html(200)],
    ['a page that forbids', () => html(403)],
    ['no headers', () => new Response(null)],
    [
      'an offset that is none',
      () => new Response(null, { headers: { 'upload-offset': 'x', 'upload-complete': '?0' } }),
    ],
    [
      'an offset with a unit',
      () => new Response(null, { headers: { 'upload-offset': '7B', 'upload-complete': '?1' } }),
    ],
    [
      'an offset of sixteen digits',
      () => new Response(null, { headers: { 'upload-offset': '1'.repeat(16), 'upload-complete': '?1' } }),
    ],
    ['an end that is none', () => new Response(null, { headers: { 'upload-offset': '7', 'upload-complete': '1' } })],
  ])('are not taken for uploaded by %s', async (_, response) => {
    const { one } = await uploading();
    expect((await failure(answering(response()).putPhoto(one))).kind).toBe('unavailable');
  });
});

const photosMissing = () =>
  json({ code: 'photos-missing', photos: ['a'.repeat(64), 'A'.repeat(64), 7], reason: undefined }, 409);
