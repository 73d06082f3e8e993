import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from 'auxilio';
import { type EventStore, memoryStore, StoreError } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { type HttpEvent, httpHandler } from '../../examples/04-lambda/http.ts';
import { queueHandler, type Settled } from '../../examples/04-lambda/queue.ts';
import { access } from '../../examples/http/access.ts';
import { createApp } from '../../examples/http/app.ts';
import { expectPromised } from './http/contract.ts';
import { ana, arrive, assign, at, breach, close, eva, luis, operator, sent, start } from './http/host.ts';
import { emptyFolder, ran } from './run-example.ts';

type Asked = { claims?: object; body?: string; base64?: boolean; headers?: Record<string, string>; stage?: string };

/** An event as API Gateway makes it (payload 2.0). */
function event(
  method: string,
  rawPath: string,
  { claims, body, base64, headers, stage = '$default' }: Asked,
): HttpEvent {
  const [path = '', query = ''] = rawPath.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', ...headers },
    isBase64Encoded: base64 === true,
    ...(body !== undefined && { body: base64 ? Buffer.from(body).toString('base64') : body }),
    requestContext: {
      accountId: '1',
      apiId: 'a',
      domainName: 'a.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'a',
      requestId: 'r',
      routeKey: '$default',
      stage,
      time: '',
      timeEpoch: 0,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      ...(claims && { authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } } }),
    },
  } as unknown as HttpEvent;
}

/** The Lambda for API Gateway over a store of its own; what it answers is held against the OpenAPI document. */
function gateway() {
  const store = memoryStore();
  const service = createService({ store });
  const handler = httpHandler(createApp({ service, store, access, now: () => at(30) }));
  return async (method: string, path: string, asked: Asked = {}) => {
    const { statusCode = 0, headers = {}, body = '' } = await handler(event(method, path, asked));
    const response = new Response(null, { status: statusCode, headers: headers as Record<string, string> });
    expectPromised(method, path.split('?')[0]?.replace('/test/', '/') ?? '', response, body);
    return { status: statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
  };
}

const posted = (claims: object, command: object, more: Asked = {}) => ({
  claims,
  body: JSON.stringify(command),
  ...more,
});
const path = '/visits/v-1/commands';

describe('04, the Lambda behind API Gateway', () => {
  it('answers an event whose headers and body are null, as an emulator sends it', async () => {
    const store = memoryStore();
    const handler = httpHandler(createApp({ service: createService({ store }), store, access, now: () => at(30) }));
    const read = event('GET', '/visits/v-1', { claims: luis });
    expect(await handler({ ...read, headers: null, body: null })).toMatchObject({ statusCode: 403 });
    const command = event('POST', path, { claims: luis });
    expect(await handler({ ...command, body: null })).toMatchObject({ statusCode: 400 });
  });

  it('is the application: commands, visit, guide, dossier, board', async () => {
    const ask = gateway();
    const first = await ask('POST', path, posted(operator, assign('v-1', 'c-1')));
    expect([first.status, first.headers.etag]).toEqual([200, '"1"']);
    expect((await ask('POST', path, posted(luis, arrive()))).body.phase).toBe('on-site');
    expect((await ask('POST', path, posted(luis, start()))).body.violations.length).toBeGreaterThan(5);
    expect((await ask('GET', '/visits/v-1', { claims: luis })).body.version).toBe(2);
    expect((await ask('GET', '/visits/v-1/guide?role=client', { claims: operator })).body.role).toBe('client');
    expect((await ask('GET', '/visits/v-1/dossier', { claims: luis })).status).toBe(200);
    expect((await ask('GET', '/board', { claims: operator })).body.byPhase['on-site']).toHaveLength(1);
    expect((await ask('HEAD', '/visits/v-1', { claims: luis })).status).toBe(200);
  });

  it('takes the role from the authorizer alone', async () => {
    const ask = gateway();
    expect((await ask('POST', path, { body: JSON.stringify(assign()) })).status).toBe(401);
    expect((await ask('POST', path, posted({ sub: 'x' }, assign()))).body.code).toBe('no-role');
    const named = { ...assign(), metadata: { actor: { role: 'contact-center', id: 'op-1' } } };
    expect((await ask('POST', path, posted(luis, named))).body.code).toBe('other-actor');
    const headers = { authorization: 'Bearer x', 'x-claims': JSON.stringify(operator) };
    expect((await ask('POST', path, { body: JSON.stringify(assign()), headers })).status).toBe(401);
  });

  it.each([{}, { lambda: { role: 'operator', sub: 'op-1' } }, { iam: { userId: 'x' } }, { jwt: {} }])(
    'answers 401 behind an authorizer that verifies no token: %j',
    async (authorizer) => {
      const handler = httpHandler(
        createApp({ service: createService({ store: memoryStore() }), store: memoryStore(), access }),
      );
      const { requestContext, ...rest } = event('POST', path, { body: JSON.stringify(assign()) });
      const { statusCode } = await handler({ ...rest, requestContext: { ...requestContext, authorizer } } as HttpEvent);
      expect(statusCode).toBe(401);
    },
  );

  it('needs nothing but its own folder and the application', () => {
    for (const folder of ['04-lambda', '05-server', 'http']) {
      for (const file of readdirSync(join('examples', folder))) {
        const text = readFileSync(join('examples', folder, file), 'utf8');
        const imported = [...text.matchAll(/(?:from|import\() ?'(\.\.\/[^']+)'/g)].map(([, name]) => name);
        expect(imported.filter((name) => !name?.startsWith('../http/'))).toEqual([]);
      }
    }
  });

  it('reads a body in base64, headers in any case, a stage before the path, an id as the gateway unescapes it', async () => {
    const ask = gateway();
    const headers = { 'Idempotency-Key': 'k-1', 'IF-NONE-MATCH': '*' };
    const first = await ask('POST', path, posted(operator, assign(), { base64: true, headers, stage: 'test' }));
    expect([first.status, first.body.commandId]).toEqual([200, 'k-1']);
    expect((await ask('GET', '/test/visits/v-1', { claims: operator, stage: 'test' })).status).toBe(200);
    await ask('POST', '/visits/a/b/commands', posted(operator, assign('a/b')));
    expect((await ask('GET', '/visits/a/b', { claims: operator })).body.visitId).toBe('a/b');
  });

  it.each([true, false])('refuses what is too large, base64: %s', async (base64) => {
    const ask = gateway();
    for (const size of [64 * 1024 + 1, 1e7]) {
      const { status } = await ask('POST', path, { claims: operator, body: 'é'.repeat(size / 2 + 1), base64 });
      expect(status).toBe(413);
    }
    const exact = await ask('POST', path, { claims: operator, body: `{}${' '.repeat(64 * 1024 - 2)}`, base64 });
    expect(exact.body.issues).toMatchObject([{ in: 'body', at: '/type', code: 'missing' }]);
  });

  it('refuses what is none, without losing anything', async () => {
    const ask = gateway();
    for (const body of ['', 'no', '{"type":"AssignVisit","__proto__":1}', '\u0000', '{"a":1,"a":2}']) {
      expect((await ask('POST', path, { claims: operator, body })).status).toBe(400);
    }
    expect((await ask('POST', path, { claims: operator })).status).toBe(400);
    expect((await ask('GET', '/visits/a?b#c', { claims: operator })).status).toBe(404);
    expect((await ask('PATCH', '/visits/v-1', { claims: operator })).headers.allow).toBe('GET, HEAD');
  });

  it('does not stream: the gateway would wait for the end', async () => {
    const headers = { accept: 'text/event-stream' };
    expect((await gateway()('GET', '/board', { claims: operator, headers })).status).toBe(406);
  });
});

/** A message of the queue, by the sender whom its attributes name. */
function message(messageId: string, sender: object, command: object | string): SQSRecord {
  const attributes = Object.entries(sender).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]);
  const body = typeof command === 'string' ? command : JSON.stringify(command);
  return { messageId, body, messageAttributes: Object.fromEntries(attributes) } as unknown as SQSRecord;
}

/** The Lambda for SQS: what it settles, and which messages come again. */
function queueOn(store: EventStore<undefined> = memoryStore(), settle?: (settled: Settled) => Promise<void>) {
  const service = createService({ store, retry: { maxRetries: 1 } });
  const settled: string[] = [];
  const handler = queueHandler({
    service,
    access,
    onFailure: () => undefined,
    settle: async (each) => {
      await settle?.(each);
      const outcome = 'problem' in each ? each.problem.code : each.answer.ok ? 'accepted' : 'refused';
      settled.push(`${each.record.messageId} ${outcome}`);
    },
  });
  return {
    service,
    settled,
    deliver: async (...Records: readonly SQSRecord[]) => {
      const { batchItemFailures } = await handler({ Records: [...Records] });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    types: async (visitId = 'v-1') => (await service.load(visitId)).events.map(({ type }) => type),
  };
}

describe('04, the Lambda behind SQS', () => {
  it('carries out those of several visits, in the order of each', async () => {
    const { deliver, settled, types } = queueOn();
    const again = await deliver(
      message('m-1', operator, assign('v-1')),
      message('m-2', operator, assign('v-2')),
      message('m-3', luis, arrive('v-1')),
      message('m-4', luis, arrive('v-2')),
    );
    expect([again, settled]).toEqual([[], ['m-1 accepted', 'm-2 accepted', 'm-3 accepted', 'm-4 accepted']]);
    expect(await types()).toEqual(['VisitAssigned', 'ProviderArrived']);
  });

  it('settles a refusal: it is an answer, and does not come again', async () => {
    const { deliver, settled } = queueOn();
    expect(await deliver(message('m-1', operator, assign()), message('m-2', luis, start()))).toEqual([]);
    expect(settled).toEqual(['m-1 accepted', 'm-2 refused']);
  });

  it('settles what is no command, or nobody’s, and does not stop at it', async () => {
    const { deliver, settled, types } = queueOn();
    const again = await deliver(
      message('m-1', operator, 'no'),
      message('m-2', operator, '{"type":"AssignVisit","type":"RecordArrival"}'),
      message('m-3', operator, { ...assign(), __proto__: null, extra: 1 }),
      message('m-4', {}, assign()),
      message('m-5', luis, { ...assign(), metadata: { actor: { role: 'contact-center', id: 'op-1' } } }),
      message('m-6', operator, ' '.repeat(1e7)),
      message('m-7', ana, breach('x', 'v-2')),
      message('m-8', operator, 'a\u0000'),
      message('m-9', operator, assign()),
    );
    expect(again).toEqual([]);
    expect(settled).toEqual([
      'm-1 malformed',
      'm-2 malformed',
      'm-3 malformed',
      'm-4 no-role',
      'm-5 other-actor',
      'm-6 too-large',
      'm-7 not-yours',
      'm-8 malformed',
      'm-9 accepted',
    ]);
    expect(await types()).toEqual(['VisitAssigned']);
  });

  it('knows a message again, by its commandId or else its own id', async () => {
    const { deliver, settled, types } = queueOn();
    const first = message('m-1', operator, assign());
    const named = message('m-2', luis, arrive('v-1', 'c-2'));
    await deliver(first, named);
    await deliver(first, first, named, message('m-3', luis, arrive('v-1', 'c-2')));
    expect(await types()).toEqual(['VisitAssigned', 'ProviderArrived']);
    expect(settled.slice(2)).toEqual(['m-1 accepted', 'm-1 accepted', 'm-2 accepted', 'm-3 accepted']);
    await deliver(message('m-4', operator, sent(commands.reportConductBreach(breachData, nobody, 'c-2'))));
    expect(settled.at(-1)).toBe('m-4 id-reused');
  });

  it('has all come again when the store is away, and carries each out once when it is back', async () => {
    const inner = memoryStore();
    let away: 'read' | 'write' | undefined = 'read';
    const { deliver, settled, types } = queueOn({
      ...inner,
      readStream: (...args) => (away === 'read' ? unavailable() : inner.readStream(...args)),
      appendToStream: async (...args) => {
        const answer = await inner.appendToStream(...args);
        if (away === 'write') throw new Error('the answer got lost');
        return answer;
      },
    });
    const all = [message('m-1', operator, assign()), message('m-2', luis, arrive()), message('m-3', luis, start())];
    expect(await deliver(...all, message('m-4', operator, 'no'))).toEqual(['m-1', 'm-2', 'm-3']);
    away = 'write';
    expect(await deliver(...all)).toEqual(['m-1', 'm-2', 'm-3']);
    away = undefined;
    expect(await deliver(...all)).toEqual([]);
    expect(settled).toEqual(['m-4 malformed', 'm-1 accepted', 'm-2 accepted', 'm-3 refused']);
    expect(await types()).toEqual(['VisitAssigned', 'ProviderArrived']);
  });

  it('holds back the answers that rest on what was not stored, and those of no other visit', async () => {
    const inner = memoryStore();
    await queueOn(inner).deliver(message('m-0', operator, assign()), message('m-00', operator, assign('v-2')));
    const { deliver, settled } = queueOn({
      ...inner,
      appendToStream: (streamName, ...rest) =>
        streamName === 'visit-v-1' ? unavailable() : inner.appendToStream(streamName, ...rest),
    });
    const [cancel, closed] = close();
    // The arrival is refused because the visit is closed before it: as long as that is not stored, it is not so.
    const again = await deliver(
      message('m-1', luis, start()),
      message('m-2', operator, cancel ?? {}),
      message('m-3', operator, closed ?? {}),
      message('m-4', luis, arrive('v-2')),
      message('m-5', luis, arrive()),
      message('m-6', operator, 'no'),
    );
    expect(again).toEqual(['m-2', 'm-3', 'm-5']);
    expect(settled).toEqual(['m-1 refused', 'm-4 accepted', 'm-6 malformed']);
  });

  it('has a message come again that could not be settled, and those after it in its visit', async () => {
    let fails = true;
    const { deliver, settled } = queueOn(memoryStore(), async ({ record }) => {
      if (fails && record.messageId === 'm-2') throw new Error('the log is full');
    });
    const all = [
      message('m-1', operator, assign()),
      message('m-2', luis, start()),
      message('m-3', luis, arrive()),
      message('m-4', operator, assign('v-2')),
    ];
    expect(await deliver(...all)).toEqual(['m-2', 'm-3']);
    fails = false;
    expect(await deliver(...all.slice(1, 3))).toEqual([]);
    expect(settled).toEqual(['m-1 accepted', 'm-4 accepted', 'm-2 refused', 'm-3 accepted']);
  });

  it('has a visit that this release cannot read come again, until the queue sets it aside', async () => {
    const store = memoryStore();
    await store.appendToStream('visit-v-1', [{ type: 'DroneSent', data: { visitId: 'v-1' } }]);
    const { deliver, settled } = queueOn(store);
    expect(await deliver(message('m-1', eva, arrive()), message('m-2', operator, assign('v-2')))).toEqual(['m-1']);
    expect(settled).toEqual(['m-2 accepted']);
  });

  it('takes no message at all', async () => {
    expect(await queueOn().deliver()).toEqual([]);
  });
});

const nobody = { role: 'contact-center', id: 'nobody' } as const;
const breachData = { visitId: 'v-1', at: at(3), kind: 'smoking' } as const;

async function unavailable(): Promise<never> {
  throw new StoreError('unavailable', 'away');
}

describe('04 as a program', () => {
  const { folder, remove } = emptyFolder();
  afterAll(remove);

  it('shows itself', async () => {
    const { code, stdout, stderr } = await ran(folder, 'examples/04-lambda/demo.ts');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('/commands → 200');
    expect(stdout).toContain('/commands → 409');
    expect(stdout).toContain('{"messageId":"m-2","outcome":"refused"');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('SQS: de tres mensajes, vuelven 0');
  });
});
