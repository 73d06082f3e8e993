import { tokenOf } from './token.ts';

const visitId = 'v-2026-0317-01';
const at = '2026-03-17T14:00:00.000Z';

/** The requests of an operator and a provider to a server, with its responses. */
export async function demo(url: string, secret: string): Promise<void> {
  const operator = await tokenOf({ role: 'operator', sub: 'op-03' }, secret);
  const provider = await tokenOf({ role: 'provider', sub: 'prov-014' }, secret);

  const watching = new AbortController();
  const board = await fetch(`${url}/board`, {
    headers: { authorization: `Bearer ${operator}`, accept: 'text/event-stream' },
    signal: watching.signal,
  });
  const watched = watch(board, 2).finally(() => watching.abort());

  const send = (token: string, type: string, data: object, key: string, headers: object = {}) =>
    asked('POST', `${url}/visits/${visitId}/commands`, token, {
      body: JSON.stringify({ type, data: { visitId, at, ...data } }),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    });

  await send(operator, 'AssignVisit', assignment, 'c-1');
  await send(operator, 'AssignVisit', assignment, 'c-1');
  await send(provider, 'RecordArrival', {}, 'c-2', { 'if-match': '"1"' });
  await send(provider, 'StartWork', {}, 'c-3');
  await send(provider, 'ShowCredential', {}, 'c-4', { 'if-match': '"1"' });
  await asked('GET', `${url}/visits/${visitId}/guide`, provider);
  await asked('GET', `${url}/visits/${visitId}`, operator);
  await watched;
}

const assignment = {
  caseNumber: 'EXP-2026-004512',
  client: { name: 'Marta Eugenia Solano Brenes', title: 'doña' },
  provider: { id: 'prov-014', name: 'Gerardo Ureña Solís', title: 'don' },
  service: 'Vidriería',
  place: 'Curridabat, de la iglesia católica 200 metros al sur',
  arriveBy: '2026-03-17T14:30:00.000Z',
};

async function asked(method: string, url: string, token: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(url, {
    ...init,
    method,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const etag = response.headers.get('etag');
  console.log(`${method} ${new URL(url).pathname} → ${response.status}${etag === null ? '' : ` ${etag}`}`);
  console.log(`    ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`);
}

/** Prints the first events of a stream. */
async function watch({ body }: Response, count: number): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n').slice(0, -1);
    if (events.length < count) continue;
    console.log(`GET /board, mientras tanto:\n    ${events.join('\n').replaceAll('\n', '\n    ')}`);
    return;
  }
}
