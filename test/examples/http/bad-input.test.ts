import { beforeEach, describe, expect, it } from 'vitest';
import { arrive, assign, hostOn, luis, operator } from './host.ts';

let host: ReturnType<typeof hostOn>;
beforeEach(async () => {
  host = hostOn();
  await host.send(operator, assign());
});

const text = (name: string) => ({
  type: 'EscalateClientImpact',
  data: { visitId: 'v-1', at: '2026-03-17T14:05:00.000Z', what: name },
});
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('what is wrong with a request is told in words', () => {
  const sentAs = async (body: string | object, language?: string) => {
    const headers = { 'content-type': 'application/json', ...(language && { 'accept-language': language }) };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await host.ask(luis, 'POST', '/visits/v-1/commands', { body: text, headers });
    return answer.body.issues?.map(({ message }) => message);
  };
  const wrong = {
    type: 'ReportTransitIssue',
    data: { visitId: 'v-1', at: '2026-03-17T14:05:00.000Z', issue: 'dealy' },
  };

  it('in the language that is asked for, Spanish by default', async () => {
    expect(await sentAs(wrong, 'en-US,es;q=0.5')).toEqual([
      'data.issue must be one of: breakdown, delay, other. Did you mean delay?',
    ]);
    const spanish = await sentAs(wrong);
    expect(spanish).toEqual([expect.stringContaining('data.issue: debe ser')]);
    expect(await sentAs(wrong, 'es-MX')).toEqual(spanish);
  });

  it('by the example itself where the parser has no word', async () => {
    expect(await sentAs('{"a":1,"a":2}', 'en')).toEqual(['An object of the body has one field twice; leave one.']);
    expect(await sentAs({ ...arrive(), data: { ...arrive().data, visitId: 'v-2' } }, 'en')).toEqual([
      'data.visitId must be the visit of the address.',
    ]);
  });

  it.each([
    ['/visits/v-1/events?after=x', 'after must be a version: a whole number from 0.'],
    ['/visits/v-1/guide?role=admin', 'role must be one of: provider, contact-center, client.'],
  ])('of a parameter: %s', async (path, message) => {
    const { body } = await host.ask(operator, 'GET', path, { headers: { 'accept-language': 'en' } });
    expect(body.issues).toMatchObject([{ in: 'query', message }]);
  });
});

describe('a body that is no command', () => {
  it.each<[string, string, object]>([
    ['nothing', '', { at: '', code: 'invalid-json' }],
    ['no JSON', '{"type":', { at: '', code: 'invalid-json' }],
    ['an array', '[]', { at: '', code: 'invalid-type' }],
    ['null', 'null', { at: '', code: 'invalid-type' }],
    ['a number', '17', { at: '', code: 'invalid-type' }],
    ['no type', '{"data":{}}', { at: '/type', code: 'missing' }],
    ['an unknown type', '{"type":"Nope","data":{}}', { at: '/type', code: 'unknown-type' }],
    ['a type of the prototype', '{"type":"constructor","data":{}}', { at: '/type', code: 'unknown-type' }],
    ['a NUL in a text', JSON.stringify(text('a\u0000b')), { at: '/data/what', code: 'null-character' }],
    ['a lone surrogate', '{"a":"\\ud800"}', { at: '', code: 'lone-surrogate' }],
    [
      'a date that is none',
      JSON.stringify(arrive()).replace('-17T', '-99T'),
      { at: '/data/at', code: 'invalid-instant' },
    ],
    ['too much depth', nested(20_000), { at: '', code: 'too-deep' }],
    ['metadata that is a text', '{"type":"RecordArrival","data":{},"metadata":"x"}', { at: '/metadata' }],
  ])('%s', async (_, body, issue) => {
    const answer = await host.send(luis, body);
    expect(answer.body).toMatchObject({ status: 400, code: 'malformed' });
    expect(answer.body.issues).toContainEqual(expect.objectContaining({ in: 'body', ...issue }));
    expect(await host.version()).toBe(1n);
  });

  it.each([
    '{"type":"RecordArrival","__proto__":{"metadata":{"actor":{"role":"contact-center","id":"x"}}},"data":{}}',
    '{"type":"RecordArrival","data":{"visitId":"v-1","at":"2026-03-17T14:01:00.000Z","__proto__":{"a":1}}}',
    '{"type":"RecordArrival","data":{"visitId":"v-1","at":"2026-03-17T14:01:00.000Z"},"metadata":{"__proto__":{"actor":1}}}',
  ])('with a key __proto__, which is neither effective nor lost: %s', async (body) => {
    const answer = await host.send(luis, body);
    expect(answer.body).toMatchObject({ status: 400, code: 'malformed' });
    expect(answer.body.issues?.map(({ code }) => code)).toContain('unrecognized-key');
    expect(await host.version()).toBe(1n);
  });

  it.each([
    '{"type":"RecordArrival","type":"StartWork","data":{}}',
    '{"type":"RecordArrival","data":{"visitId":"v-2","visitId":"v-1","at":"2026-03-17T14:01:00.000Z"}}',
    '{"type":"RecordArrival","data":{"visitId":"v-2","visit\\u0049d":"v-1","at":"2026-03-17T14:01:00.000Z"}}',
    '[{"a":[{"b":"}{\\"","b" :1}]}]',
  ])('with a key twice, of which one would be lost: %s', async (body) => {
    const answer = await host.send(luis, body);
    expect(answer.body.issues).toMatchObject([{ in: 'body', at: '', code: 'duplicate-key' }]);
    expect(await host.version()).toBe(1n);
  });

  it('one key in several objects is no such thing', async () => {
    const twins = { a: { k: 'k', l: '"k":' }, b: [{ k: 1 }, { k: 2 }], k: 'k' };
    expect((await host.send(luis, twins)).body.issues?.map(({ code }) => code)).not.toContain('duplicate-key');
  });

  it('that is no UTF-8', async () => {
    const body = new Uint8Array([0x22, 0xff, 0x22]);
    const headers = { 'content-type': 'application/json' };
    const answer = await host.ask(luis, 'POST', '/visits/v-1/commands', { body, headers });
    expect(answer.body.issues).toMatchObject([{ in: 'body', at: '', code: 'invalid-utf-8' }]);
  });

  it('repeats no value of what was sent', async () => {
    const answer = await host.send(luis, { ...text('x'), secret: 'cédula 1-1111-1111' });
    expect(answer.text).not.toMatch(/cédula|1111/);
  });
});

describe('a body that contradicts the rest', () => {
  it('another visit than the path', async () => {
    const { body } = await host.send(luis, arrive('v-2'));
    const issues = [{ in: 'body', at: '/data/visitId', code: 'other-than-path' }];
    expect(body).toMatchObject({ status: 422, code: 'contradiction', issues });
  });
  it('another id than the Idempotency-Key', async () => {
    const { body } = await host.send(luis, arrive('v-1', 'c-1'), { 'idempotency-key': 'c-2' });
    const issues = [{ in: 'header', at: 'Idempotency-Key', code: 'other-than-body' }];
    expect(body).toMatchObject({ status: 422, code: 'contradiction', issues });
  });
  it.each(['', '""', 'a b', 'c-1, c-2', '-x', 'é'])('a key that is none: %j', async (key) => {
    const { body } = await host.send(luis, arrive(), { 'idempotency-key': key });
    expect(body.issues).toMatchObject([{ in: 'header', at: 'Idempotency-Key', code: 'invalid-id' }]);
  });
});

describe('a body of another kind', () => {
  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=latin1'],
    ['application/jsonp'],
    [''],
    ['application/json, text/plain'],
  ])('%j is 415, unread', async (type) => {
    const { headers, body } = await host.send(luis, arrive(), { 'content-type': type });
    expect(body).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    expect(headers.get('accept-post')).toBe('application/json');
    expect(await host.version()).toBe(1n);
  });
  it.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json;v=1'])(
    '%j is taken',
    async (type) => {
      expect((await host.send(luis, arrive(), { 'content-type': type })).status).toBe(200);
    },
  );
  it('is 415 when it is packed', async () => {
    expect((await host.send(luis, arrive(), { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});

describe('a body that is too large', () => {
  const mebibyte = 2 ** 20;
  const headers = { 'content-type': 'application/json' };

  /** Ten megabytes, and the number of bytes that were read. */
  function large() {
    const asked = { bytes: 0 };
    const chunk = new Uint8Array(mebibyte / 16).fill(0x20);
    const body = new ReadableStream({
      pull(controller) {
        asked.bytes += chunk.byteLength;
        if (asked.bytes > 10 * mebibyte) controller.close();
        else controller.enqueue(chunk);
      },
    });
    return { body, asked };
  }

  it('is 413, read no further than the limit', async () => {
    const { body, asked } = large();
    const answer = await host.ask(luis, 'POST', '/visits/v-1/commands', { body, headers });
    expect(answer.body).toMatchObject({ status: 413, code: 'too-large' });
    expect(asked.bytes).toBeLessThan(mebibyte / 2);
  });
  it('is 413, not read at all, when it says so', async () => {
    const { body, asked } = large();
    const said = { ...headers, 'content-length': String(10 * mebibyte) };
    const answer = await host.ask(luis, 'POST', '/visits/v-1/commands', { body, headers: said });
    expect(answer.status).toBe(413);
    expect(asked.bytes).toBeLessThanOrEqual(mebibyte / 16);
  });
  it('is 413 where it is with who acts', async () => {
    const label = 'a'.repeat(200);
    const materials = Array.from({ length: 100 }, () => ({
      item: label,
      quantity: 1,
      unit: label,
      kind: label.slice(10),
    }));
    const explain = (method: string) => ({
      type: 'ExplainWork',
      data: { visitId: 'v-1', at: '2026-03-17T14:05:00.000Z', method, materials },
    });
    const room = 64 * 1024 - JSON.stringify(explain('')).length;
    expect(room).toBeLessThan(2000);
    expect((await host.send(luis, explain('m'.repeat(room)))).status).toBe(413);
    expect((await host.send(luis, explain('m'.repeat(room - 200)))).status).toBe(409);
  });
  it('that breaks off is 400', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    const answer = await host.ask(luis, 'POST', '/visits/v-1/commands', { body, headers });
    expect(answer.body.issues).toMatchObject([{ in: 'body', at: '', code: 'incomplete' }]);
  });
});

describe('an address', () => {
  it.each(['/', '/visits', '/visits/', '/boards', '/board/', '/openapi', '//board'])(
    'that there is not is 404: %s',
    async (path) => {
      expect((await host.ask(luis, 'GET', path)).body).toMatchObject({ status: 404 });
    },
  );
  it.each([
    ['DELETE', '/visits/v-1', 'GET, HEAD'],
    ['POST', '/visits/v-1', 'GET, HEAD'],
    ['GET', '/visits/v-1/commands', 'POST'],
    ['PUT', '/visits/v-1/commands', 'POST'],
    ['OPTIONS', '/visits/v-1/guide', 'GET, HEAD'],
    ['POST', '/board', 'GET, HEAD'],
    ['CONSTRUCTOR', '/board', 'GET, HEAD'],
  ])('does not take %s: %s', async (method, path, allow) => {
    const answer = await host.ask(luis, method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });
  it.each([
    '/visits/%00',
    '/visits/%ZZ',
    '/visits//commands',
    '/visits/-x',
    '/visits/a%20b',
    `/visits/${'a'.repeat(129)}`,
    '/visits/%E0%A4%A',
  ])('of an id that is none is 400: %s', async (path) => {
    const answer = await host.ask(operator, 'GET', path);
    expect(answer.body.issues).toMatchObject([{ in: 'path', at: 'visitId', code: 'invalid-id' }]);
  });
  it('takes ids with whatever an id may have, escaped or not', async () => {
    const visitId = 'a/b:c@d+e.f_g-h';
    const body = JSON.stringify(assign(visitId));
    const headers = { 'content-type': 'application/json' };
    await host.ask(operator, 'POST', `/visits/${encodeURIComponent(visitId)}/commands`, { body, headers });
    for (const path of [`/visits/${encodeURIComponent(visitId)}`, `/visits/${visitId}`]) {
      expect((await host.ask<{ visitId: string }>(operator, 'GET', path)).body.visitId).toBe(visitId);
    }
  });
});
