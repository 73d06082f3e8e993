/** The programs of the fresh processes, as module texts. */

const assign = {
  type: 'AssignVisit',
  data: {
    visitId: 'v-1',
    at: '2026-03-17T14:00:00.000Z',
    caseNumber: 'EXP-1',
    client: { name: 'Ana Rojas' },
    provider: { id: 'p-1', name: 'Luis Mora' },
    service: 'fontanería',
    place: 'Barva, Heredia',
    arriveBy: '2026-03-17T15:00:00.000Z',
  },
};
const command = { ...assign, metadata: { actor: { role: 'contact-center', id: 'op-1' } } };
const sender = { role: 'operator', sub: 'op-1' };
const httpEvent = {
  rawPath: '/visits/v-1/commands',
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  isBase64Encoded: false,
  body: JSON.stringify(assign),
  requestContext: { http: { method: 'POST' }, stage: '$default', authorizer: { jwt: { claims: sender } } },
};
const attributes = Object.fromEntries(Object.entries(sender).map(([name, stringValue]) => [name, { stringValue }]));
const queueEvent = { Records: [{ messageId: 'm-1', body: JSON.stringify(assign), messageAttributes: attributes }] };

export const names = {
  empty: 'an empty module',
  main: 'the main entry imported',
  core: '`auxilio/core` imported',
  immer: 'immer imported, which is part of it',
  folds: '`decide`, `evolve`, `replay` and immer alone, bundled',
  wire: '`auxilio/wire` imported',
  service: '`auxilio/service` imported',
  decided: 'all entries bundled, first command parsed and decided',
  loaded: 'the Lambda, loaded',
  http: 'the Lambda, first command stored and answered over HTTP',
  queue: 'the Lambda, first command stored from the queue',
  fetch: 'one `Request` and one `Response`, for comparison',
} as const;

/** The URL of the built package, with a final slash. */
export function programs(dist: string): Readonly<Record<keyof typeof names, string>> {
  return {
    empty: `await import('./empty.mjs');`,
    main: `await import('${dist}index.js');`,
    core: `await import('${dist}core.js');`,
    immer: `await import('${import.meta.resolve('immer')}');`,
    folds: `await import('./folds.mjs');`,
    wire: `await import('${dist}wire.js');`,
    service: `await import('${dist}service.js');`,
    decided: `const { decide, initialState, parseCommand } = await import('./library.mjs');
const parsed = parseCommand(${JSON.stringify(JSON.stringify(command))});
if (!parsed.ok || !decide(parsed.value, initialState()).ok) throw new Error('it is refused');`,
    loaded: `await import('./lambda.mjs');`,
    http: `const { http } = await import('./lambda.mjs');
const { statusCode } = await http(${JSON.stringify(httpEvent)});
if (statusCode !== 200) throw new Error(String(statusCode));`,
    queue: `const { queue } = await import('./lambda.mjs');
const { batchItemFailures } = await queue(${JSON.stringify(queueEvent)});
if (batchItemFailures.length > 0) throw new Error('it comes again');`,
    fetch: `await import('./empty.mjs');
const request = new Request('https://host.test/', { method: 'POST', body: '{}' });
new Response(await request.text(), { headers: { a: 'b' } });`,
  };
}
