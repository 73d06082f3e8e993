import { gunzipSync } from 'node:zlib';

/** A server, as a function of its requests. */
type Server = (request: Request) => Promise<Response>;

/** A server with one fault, and the case that must notice it. */
type Saboteur = Readonly<{ fault: string; killedBy: string; spoil: (honest: Server) => Server }>;

// biome-ignore lint/suspicious/noExplicitAny: a saboteur changes whatever it finds.
type Any = any;

const SYNC = /^POST .*\/sync$/;
const EVENTS = /^GET .*\/events$/;
const ASSIGNMENTS = /^GET .*\/assignments$/;
const PHOTOS = /^(PUT|HEAD) .*\/photos\//;

const routeOf = ({ method, url }: Request) => `${method} ${new URL(url).pathname}`;
const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (status: number, code: string, more: object = {}) => json(status, { code, ...more });

/** Answers requests of a route otherwise. */
const instead =
  (route: RegExp, answer: (request: Request, honest: Server) => Promise<Response>) =>
  (honest: Server): Server =>
  (request) =>
    route.test(routeOf(request)) ? answer(request, honest) : honest(request);

/** Changes the answers of a route that have JSON: in place, or by another value. */
const answering = (route: RegExp, change: (body: Any) => unknown) =>
  instead(route, async (request, honest) => {
    const response = await honest(request);
    const { status, headers } = response;
    const text = await response.text();
    if (text === '') return new Response(null, { status, headers });
    const body = JSON.parse(text);
    const changed = (await change(body)) ?? body;
    if (changed instanceof Response) return changed;
    return new Response(JSON.stringify(changed), { status, headers });
  });

/** Changes answers of one status or more. */
const failing = (route: RegExp, status: number, answer: (body: Any) => Response | object) =>
  answering(route, (body) => (body.status === status ? answer(body) : undefined));

/** Changes the batches that the server is sent. */
const asking = (change: (batch: Any) => unknown) =>
  instead(SYNC, async (request, honest) => {
    const text = await request.clone().text();
    const batch = parsed(text);
    if (!Array.isArray(batch?.commands)) return honest(request);
    const body = JSON.stringify(change(batch) ?? batch);
    return honest(new Request(request, { body, method: 'POST' }));
  });

function parsed(text: string): Any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes the texts of commands. */
const texts = (change: (text: string) => string) =>
  asking(({ commands }) => {
    for (const each of commands) if (typeof each?.data?.what === 'string') each.data.what = change(each.data.what);
  });

const html = (status: number) => new Response('<h1>Error</h1>', { status, headers: { 'content-type': 'text/html' } });

/** Counts the calls for each key. */
function counter() {
  const counts = new Map<string, number>();
  return (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}

const batches = 'batches: ';
const named = {
  inOrder: `${batches}are recorded in order, and answered with an outcome of each command and the events since basedOn`,
  empty: `${batches}of no commands are answered with the events since basedOn, and record nothing`,
  repeat: `${batches}that the server has already are answered as repeated, with the same events, and record nothing`,
  lost: `${batches}whose answer was lost are sent with what was recorded since: each command is recorded once`,
  refused: `${batches}with an act that the rules refuse are recorded whole, and the act is reported`,
  reused: `${batches}with an id that another command has are recorded without it: it is refused by the rule id-reused`,
  atOnce: `${batches}at the same time record each command once, one batch or several`,
  texts: `${batches}have their texts recorded as they are`,
  large: `${batches}as large as a replica sends them are recorded, by their number and by their bytes`,
  larger: `${batches}larger than that are refused as too-large, with a problem`,
  beyond: `${batches}that have seen more events than there are, or others, are refused`,
  unreadable: 'hostile: a command that cannot be read is named by its index; the others are recorded without it',
  notTheirs: 'hostile: a command of another visit, of another person or of the contact center is named by its index',
  noBatch: 'hostile: a body that is no batch is refused with a problem',
  type: 'hostile: a body of another type is refused with a problem',
  huge: 'hostile: a body of 200 MB is refused before it is read',
  bomb: 'hostile: a compressed body that grows beyond the limits is refused with a problem',
  noPath: 'hostile: a path that no route has is refused as no-such-path',
  noVisit: 'hostile: an id of a visit that cannot be one is refused with a problem',
  after: 'reading: events are read after a number of them',
  diverged: 'reading: events after one that is not there are refused as diverged',
  noNumber: 'reading: events after what is no number are refused',
  etag: 'reading: an ETag, where there is one, changes with the events',
  pages: 'reading: visits are listed page by page, each with the number of its events, then those that changed',
  cursor: 'reading: a cursor that the server did not give is refused',
  time: 'reading: answers have the time of the server',
  nobody: 'access: without credentials every route answers 401',
  expired: 'access: with expired credentials every route answers 401',
  others: "access: another provider's visit is answered as one that does not exist, and nothing is recorded",
  othersList: "access: another provider's list of visits does not name it",
  former: 'access: a former provider hands in their acts, and sees what became of these alone',
  once: 'photos: a photograph is there once it was uploaded, and may be uploaded again',
  parts: 'photos: a large photograph is uploaded in parts, from where the server has it',
  offset: 'photos: a part that does not follow is refused as offset-mismatch, and changes nothing',
  hash: 'photos: bytes with another hash are refused as hash-mismatch, and the right ones are taken afterwards',
  noPhoto: 'photos: what is no photograph is refused by its bytes, whatever its type is said to be',
  nothing: 'photos: a photograph of nothing, or of another length than it says, is refused',
  tooLarge: 'photos: a photograph that is too large is refused as too-large, with a problem',
  noHash: 'photos: the name of a photograph that is no hash is refused',
  missing: 'photos: an act that sends photographs is refused as photos-missing until they are uploaded',
  ownPhotos: 'photos: a photograph that another provider uploaded is not said to be there',
  lead: 'devices: the first device that hands in an act leads the visit; another takes the lead',
  key: 'devices: a device registers its public key, again as well',
} as const;

const saboteur = (fault: string, killedBy: keyof typeof named, spoil: Saboteur['spoil']): Saboteur => ({
  fault,
  killedBy: named[killedBy],
  spoil,
});

const renewIds = ({ commands }: Any) => {
  for (const { metadata } of commands) if (metadata !== undefined) metadata.commandId = crypto.randomUUID();
};
const complete = (offset: number) =>
  json(200, { offset, complete: true }, { 'upload-offset': String(offset), 'upload-complete': '?1' });

export const saboteurs: readonly Saboteur[] = [
  saboteur(
    'answers the outcomes in another order',
    'inOrder',
    answering(SYNC, ({ outcomes }) => void outcomes?.reverse()),
  ),
  saboteur(
    'records a batch backwards',
    'inOrder',
    asking(({ commands }) => void commands.reverse()),
  ),
  saboteur(
    'counts positions from 0',
    'inOrder',
    answering(SYNC, ({ outcomes = [] }) => {
      for (const each of outcomes) each.position -= 1;
    }),
  ),
  saboteur(
    'answers only its own events without those of others',
    'empty',
    answering(SYNC, (body) => {
      if (body.outcomes?.length === 0) Object.assign(body, { events: [], version: 1 });
    }),
  ),
  saboteur('forgets the ids of commands', 'repeat', asking(renewIds)),
  saboteur(
    'answers a repeat as accepted',
    'repeat',
    answering(SYNC, ({ outcomes = [] }) => {
      for (const [n, each] of outcomes.entries()) if (each.first !== undefined) outcomes[n] = each.first;
    }),
  ),
  saboteur(
    'refuses a repeat',
    'repeat',
    answering(SYNC, ({ outcomes = [] }) =>
      outcomes.length > 0 && outcomes.every((each: Any) => each.outcome === 'repeated')
        ? problem(409, 'repeated')
        : undefined,
    ),
  ),
  saboteur(
    'takes a batch that begins with a repeat for a repeat',
    'lost',
    answering(SYNC, ({ outcomes = [] }) => {
      if (outcomes[0]?.outcome === 'repeated') outcomes.fill(outcomes[0]);
    }),
  ),
  saboteur(
    'refuses a batch for one act that the rules refuse',
    'refused',
    answering(SYNC, ({ outcomes = [] }) =>
      outcomes.some((each: Any) => each.outcome === 'refused') ? problem(409, 'refused') : undefined,
    ),
  ),
  saboteur(
    'takes an id for the whole command',
    'reused',
    answering(SYNC, ({ outcomes = [] }) => {
      for (const [n, each] of outcomes.entries())
        if (each.violations?.[0]?.rule === 'id-reused')
          outcomes[n] = { outcome: 'repeated', first: { outcome: 'accepted', position: 2 } };
    }),
  ),
  saboteur('records a batch twice that comes twice at once', 'atOnce', (honest) => {
    const running = new Map<string, number>();
    return async (request) => {
      const key = routeOf(request);
      const others = running.get(key) ?? 0;
      running.set(key, others + 1);
      const server = others > 0 && SYNC.test(key) ? asking(renewIds)(honest) : honest;
      return server(request).finally(() => running.set(key, (running.get(key) ?? 1) - 1));
    };
  }),
  saboteur(
    'loses emoji',
    'texts',
    texts((text) => text.replace(/\p{Extended_Pictographic}/gu, '?')),
  ),
  saboteur(
    'escapes texts',
    'texts',
    texts((text) => text.replace(/</g, '&lt;')),
  ),
  saboteur(
    'reads texts as Latin-1',
    'texts',
    texts((text) =>
      Buffer.from(text)
        .toString('latin1')
        .replace(/[^ -~ñ]/g, '?'),
    ),
  ),
  saboteur(
    'takes fifty commands at most',
    'large',
    instead(SYNC, async (request, honest) =>
      (parsed(await request.clone().text())?.commands?.length ?? 0) > 50 ? problem(413, 'too-large') : honest(request),
    ),
  ),
  saboteur(
    'takes 32 KiB at most',
    'large',
    instead(SYNC, async (request, honest) =>
      (await request.clone().text()).length > 32 * 1024 ? problem(413, 'too-large') : honest(request),
    ),
  ),
  saboteur(
    'says too large in HTML',
    'larger',
    failing(SYNC, 413, () => html(413)),
  ),
  saboteur(
    'cuts a batch that is too large',
    'larger',
    asking((batch) => ({ ...batch, commands: batch.commands.slice(0, 30) })),
  ),
  saboteur(
    'does not look at what a device has seen',
    'beyond',
    asking((batch) => ({ ...batch, basedOn: 1 })),
  ),
  saboteur(
    'does not look at the last event of a device',
    'beyond',
    asking(({ head: _, ...batch }) => batch),
  ),
  saboteur(
    'does not say which command is malformed',
    'unreadable',
    failing(SYNC, 400, ({ index: _, ...body }) => body),
  ),
  saboteur(
    'names the wrong command',
    'unreadable',
    failing(SYNC, 400, (body) => ({ ...body, index: 0 })),
  ),
  saboteur(
    'fails on what it cannot read',
    'unreadable',
    failing(SYNC, 400, () => problem(500, 'failed')),
  ),
  saboteur(
    'skips what it cannot read',
    'unreadable',
    asking(({ commands, ...batch }) => ({
      ...batch,
      commands: commands.filter(
        (each: Any) => typeof each?.data === 'object' && typeof each?.metadata?.commandId === 'string',
      ),
    })),
  ),
  saboteur('records the commands before one that it cannot read', 'unreadable', (honest) =>
    instead(SYNC, async (request) => {
      const [copy, batch] = [request.clone(), parsed(await request.clone().text())];
      const response = await honest(request);
      const { index = 0 } = (await response.clone().json()) as Any;
      if (index === 0) return response;
      await honest(new Request(copy, { body: JSON.stringify({ ...batch, commands: batch.commands.slice(0, index) }) }));
      return response;
    })(honest),
  ),
  saboteur('is busy after it refused', 'unreadable', (honest) => {
    let left = 0;
    return async (request) => {
      left -= 1;
      if (left >= 0) return problem(503, 'unavailable');
      const response = await honest(request);
      if (response.status === 400) left = 2;
      return response;
    };
  }),
  saboteur(
    'repairs lone surrogates',
    'unreadable',
    texts((text) => text.replace(/[\ud800-\udfff]/gu, '\ufffd')),
  ),
  saboteur(
    'takes the visit of the path for that of the command',
    'notTheirs',
    instead(SYNC, async (request, honest) => {
      const visitId = decodeURIComponent(new URL(request.url).pathname.split('/')[2] ?? '');
      const change = ({ commands }: Any) => {
        for (const { data } of commands) if (data?.visitId !== undefined) data.visitId = visitId;
      };
      return asking(change)(honest)(request);
    }),
  ),
  saboteur(
    'takes the sender for the actor',
    'notTheirs',
    asking(({ commands }) => {
      for (const { metadata } of commands) if (metadata !== undefined) delete metadata.actor;
    }),
  ),
  saboteur(
    'fails on a body that is no JSON',
    'noBatch',
    instead(SYNC, async (request, honest) =>
      parsed(await request.clone().text()) === undefined ? problem(500, 'failed') : honest(request),
    ),
  ),
  saboteur(
    'answers a malformed body in words',
    'noBatch',
    failing(SYNC, 400, () => html(400)),
  ),
  saboteur(
    'rounds what a device has seen',
    'noBatch',
    instead(SYNC, async (request, honest) => {
      const text = (await request.clone().text()).replace('"basedOn":0.5', '"basedOn":1');
      return honest(new Request(request, { body: text, method: 'POST' }));
    }),
  ),
  saboteur(
    'does not look at the type of a body',
    'type',
    instead(SYNC, async (request, honest) => {
      const headers = new Headers(request.headers);
      headers.set('content-type', 'application/json');
      return honest(new Request(request, { headers }));
    }),
  ),
  saboteur(
    'reads a body whole before it is measured',
    'huge',
    instead(SYNC, async (request, honest) => {
      if (request.headers.has('content-encoding')) return honest(request);
      const text = await request.text();
      return text.length > 100_000
        ? problem(413, 'too-large')
        : honest(new Request(request.url, { ...requestInit(request), body: text }));
    }),
  ),
  saboteur(
    'unpacks what is compressed',
    'bomb',
    instead(SYNC, async (request, honest) => {
      if (request.headers.get('content-encoding') !== 'gzip') return honest(request);
      const size = gunzipSync(await request.arrayBuffer()).length;
      return size > 1_000_000 ? problem(500, 'failed') : honest(request);
    }),
  ),
  saboteur(
    'answers each path with the page of an application',
    'noPath',
    failing(/./, 404, ({ code }) => (code === 'no-such-path' ? html(200) : html(404))),
  ),
  saboteur(
    'fails on an id that cannot be one',
    'noVisit',
    failing(/\/visits\//, 400, () => problem(500, 'failed')),
  ),
  saboteur(
    'answers all events, whatever is asked for',
    'after',
    instead(EVENTS, (request, honest) => honest(new Request(request.url.replace(/after=\d+/, 'after=0'), request))),
  ),
  saboteur(
    'answers the events after the next one',
    'after',
    answering(EVENTS, (body) => ({ ...body, events: body.events?.slice(1) })),
  ),
  saboteur(
    'does not look at the last event of a reader',
    'diverged',
    instead(EVENTS, (request, honest) => honest(new Request(request.url.replace(/&lastEventId=[^&]*/, ''), request))),
  ),
  saboteur(
    'takes what is no number for 0',
    'noNumber',
    instead(EVENTS, (request, honest) =>
      honest(new Request(request.url.replace(/after=(?!\d+(&|$))[^&]*/, 'after=0'), request)),
    ),
  ),
  saboteur(
    'answers a known ETag as unchanged for ever',
    'etag',
    instead(EVENTS, async (request, honest) => {
      const etag = request.headers.get('if-none-match');
      if (etag !== null) return new Response(null, { status: 304, headers: { etag } });
      const response = await honest(request);
      const headers = new Headers(response.headers);
      headers.set('etag', '"1"');
      return new Response(response.body, { status: response.status, headers });
    }),
  ),
  saboteur(
    'lists the first page alone',
    'pages',
    answering(ASSIGNMENTS, (body) => ({ ...body, more: false })),
  ),
  saboteur(
    'leaves out the last visit of a page',
    'pages',
    answering(ASSIGNMENTS, (body) => ({
      ...body,
      visits: body.visits?.slice(0, -1),
      more: body.more && body.visits.length > 1,
    })),
  ),
  saboteur(
    'lists a visit as it was first',
    'pages',
    answering(ASSIGNMENTS, ({ visits = [] }) => {
      for (const each of visits) each.version = 1;
    }),
  ),
  saboteur(
    'takes any cursor for the beginning',
    'cursor',
    answering(ASSIGNMENTS, (body) =>
      body.status === 400
        ? json(200, { visits: [], cursor: '', more: false, serverTime: '2026-03-17T14:00:00.000Z' })
        : undefined,
    ),
  ),
  saboteur(
    'does not say its time',
    'time',
    answering(/./, ({ serverTime: _, ...body }) => body),
  ),
  saboteur(
    'answers those whom it does not know with 403',
    'nobody',
    failing(/./, 401, () => problem(403, 'forbidden')),
  ),
  saboteur(
    'sends those whom it does not know to a page',
    'nobody',
    failing(/./, 401, () => new Response(null, { status: 302, headers: { location: '/login' } })),
  ),
  saboteur(
    'answers a session that has ended with a page',
    'expired',
    failing(/./, 401, () => html(200)),
  ),
  saboteur(
    'tells a visit that does not exist',
    'others',
    instead(/\/visits\//, async (request, honest) => {
      const response = await honest(request);
      const isKnown = /conformance-/.test(request.url) && seen.has(visitIn(request));
      if (response.status === 200) seen.add(visitIn(request));
      return response.status === 403 && !isKnown ? problem(404, 'not-assigned') : response;
    }),
  ),
  saboteur(
    'names the visit of another provider',
    'others',
    failing(/\/visits\//, 403, (body) => json(403, { ...body, detail: String(Math.random()) })),
  ),
  saboteur('lists the visits of all', 'othersList', (honest) => {
    const all: Any[] = [];
    return answering(ASSIGNMENTS, (body) => {
      all.push(...(body.visits ?? []));
      return { ...body, visits: all };
    })((request) => (/\/events$/.test(routeOf(request)) ? noted(all, honest)(request) : honest(request)));
  }),
  saboteur(
    'takes nothing from a former provider',
    'former',
    answering(SYNC, (body) => (body.own === undefined ? undefined : problem(403, 'not-yours'))),
  ),
  saboteur(
    'does not say what became of the acts of a former provider',
    'former',
    answering(SYNC, ({ own: _, ...body }) => body),
  ),
  saboteur(
    'says of each photograph that it is there',
    'once',
    instead(/^HEAD /, async () => complete(10)),
  ),
  saboteur(
    'says of no photograph that it is there',
    'once',
    instead(
      /^HEAD /,
      async () => new Response(null, { status: 200, headers: { 'upload-offset': '0', 'upload-complete': '?0' } }),
    ),
  ),
  saboteur(
    'takes a part for the whole',
    'parts',
    instead(/^PUT .*\/photos\//, async (request, honest) => {
      const response = await honest(request);
      const body: Any = response.ok ? await response.clone().json() : {};
      return body.complete === false ? json(200, { ...body, complete: true }) : response;
    }),
  ),
  saboteur(
    'begins again at each part',
    'offset',
    instead(/^HEAD .*\/photos\//, async (request, honest) => {
      const response = await honest(request);
      const headers = new Headers(response.headers);
      if (headers.get('upload-complete') === '?0') headers.set('upload-offset', '0');
      return new Response(null, { status: response.status, headers });
    }),
  ),
  saboteur(
    'takes bytes with another hash',
    'hash',
    instead(/^PUT .*\/photos\//, async (request, honest) => {
      const response = await honest(request);
      return response.status === 422 ? complete(2_000) : response;
    }),
  ),
  saboteur(
    'takes a file by the type that it says',
    'noPhoto',
    instead(/^PUT .*\/photos\//, async (request, honest) => {
      const response = await honest(request);
      return response.status === 415 ? complete(10) : response;
    }),
  ),
  saboteur(
    'fails on a range that is none',
    'nothing',
    failing(/^PUT .*\/photos\//, 400, () => problem(500, 'failed')),
  ),
  saboteur(
    'says too large of a photograph in HTML',
    'tooLarge',
    failing(PHOTOS, 413, () => html(413)),
  ),
  saboteur(
    'takes any name of a photograph',
    'noHash',
    instead(/^PUT .*\/photos\//, async (request, honest) => {
      const response = await honest(request);
      return response.status === 400 && !request.headers.has('content-range') && !/[0-9a-f]{64}\?/.test(request.url)
        ? complete(10)
        : response;
    }),
  ),
  saboteur(
    'believes that photographs are sent',
    'missing',
    failing(SYNC, 409, (body) => (body.code === 'photos-missing' ? problem(409, 'refused') : body)),
  ),
  saboteur(
    'does not name the photographs that are missing',
    'missing',
    failing(SYNC, 409, ({ photos: _, ...body }) => body),
  ),
  saboteur('tells whoever asks that a photograph is there', 'ownPhotos', (honest) => {
    const there = new Set<string>();
    return instead(PHOTOS, async (request) => {
      const { pathname } = new URL(request.url);
      if (request.method === 'HEAD' && there.has(pathname)) return complete(2_000);
      const response = await honest(request);
      if (response.ok && request.method === 'PUT') there.add(pathname);
      return response;
    })(honest);
  }),
  saboteur(
    'notes no device that leads',
    'lead',
    answering(/^(GET|POST) /, (body) => (body.lead === undefined ? undefined : { ...body, lead: null })),
  ),
  saboteur('takes a key once', 'key', (honest) => {
    const count = counter();
    return instead(/^PUT .*\/devices\/key$/, (request) =>
      count('key') > 1 ? Promise.resolve(problem(409, 'already-registered')) : honest(request),
    )(honest);
  }),
];

const seen = new Set<string>();
const visitIn = ({ url }: Request) => new URL(url).pathname.split('/')[2] ?? '';

const requestInit = ({ method, headers }: Request) => ({ method, headers });

/** Notes the visits whose events are read. */
function noted(all: Any[], honest: Server): Server {
  return async (request) => {
    all.push({ visitId: decodeURIComponent(visitIn(request)), version: 1 });
    return honest(request);
  };
}
