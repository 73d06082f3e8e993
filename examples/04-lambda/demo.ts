/**
 * Hands the Lambda events as AWS would, and prints its answers. Run: `npx tsx examples/04-lambda/demo.ts`
 */
import type { SQSRecord } from 'aws-lambda';
import type { HttpEvent } from './http.ts';
import { http, queue } from './index.ts';

const visitId = 'v-2026-0317-01';
const at = '2026-03-17T14:00:00.000Z';

const assign = {
  type: 'AssignVisit',
  data: {
    visitId,
    at,
    caseNumber: 'EXP-2026-004512',
    client: { name: 'Marta Eugenia Solano Brenes', title: 'doña' },
    provider: { id: 'prov-014', name: 'Gerardo Ureña Solís', title: 'don' },
    service: 'Vidriería',
    place: 'Curridabat, de la iglesia católica 200 metros al sur',
    arriveBy: '2026-03-17T14:30:00.000Z',
  },
};

/** The parts of an event of API Gateway that a handler reads. */
function request(method: string, rawPath: string, claims: Record<string, string>, body?: object): HttpEvent {
  return {
    rawPath,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    isBase64Encoded: false,
    requestContext: { http: { method }, stage: '$default', authorizer: { jwt: { claims, scopes: [] } } },
    ...(body && { body: JSON.stringify(body) }),
  } as unknown as HttpEvent;
}

function message(messageId: string, attributes: Record<string, string>, body: string): SQSRecord {
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
  );
  return { messageId, body, messageAttributes } as unknown as SQSRecord;
}

const operator = { role: 'operator', sub: 'op-03' };
const provider = { role: 'provider', sub: 'prov-014' };

for (const event of [
  request('POST', `/visits/${visitId}/commands`, operator, assign),
  request('POST', `/visits/${visitId}/commands`, provider, assign),
  request('GET', `/visits/${visitId}/guide`, provider),
]) {
  const { statusCode, body = '' } = await http(event);
  console.log(`${event.requestContext.http.method} ${event.rawPath} → ${statusCode}`);
  console.log(`    ${body.length > 300 ? `${body.slice(0, 300)}…` : body}`);
}

const { batchItemFailures } = await queue({
  Records: [
    message('m-1', provider, JSON.stringify({ type: 'RecordArrival', data: { visitId, at } })),
    message('m-2', provider, JSON.stringify({ type: 'StartWork', data: { visitId, at } })),
    message('m-3', provider, 'no es JSON'),
  ],
});
console.log(`SQS: de tres mensajes, vuelven ${batchItemFailures.length}`);
