import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { check } from '../check.ts';

// The bundle, as it would be uploaded.
const bundle = './dist/handler.mjs';
const { handler }: typeof import('./handler.ts') = await import(bundle);

/** API Gateway, as far as a handler sees it: its authorizer refuses a caller without a token, and passes on the claims of others. */
const gateway = createServer(async (request, response) => {
  const sub = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (sub === undefined) return response.writeHead(401).end('{"message":"Unauthorized"}');
  const id = /^\/visits\/([^/]+)\/guide$/.exec(request.url ?? '')?.[1];
  const claims = { sub, role: sub.startsWith('op-') ? 'operator' : 'provider' };
  const event = {
    version: '2.0',
    routeKey: id === undefined ? `${request.method} ${request.url}` : `${request.method} /visits/{id}/guide`,
    ...(id !== undefined && { pathParameters: { id } }),
    requestContext: { authorizer: { jwt: { claims, scopes: [] } } },
    body: await text(request),
    isBase64Encoded: false,
  };
  const { statusCode = 500, headers, body } = await handler(event as unknown as Parameters<typeof handler>[0]);
  return response.writeHead(statusCode, headers as Record<string, string>).end(body);
}).listen(0, '127.0.0.1');
await once(gateway, 'listening');
await check(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`);
gateway.close().closeAllConnections();
