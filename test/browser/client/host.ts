/** A host of one visit for the client's page: the contract of the page over the library, with a network that fails when it is told to. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { dossier, type VisitEvent } from 'auxilio';
import { type ActKey, receipt } from 'auxilio/chain';
import { memoryStore } from 'auxilio/memory';
import { clientView, createService, type SyncRequest } from 'auxilio/service';
import { type Point, visitAt } from 'auxilio/testing';
import type { ClientOutcome, ClientSyncRequest, ClientVisitReply } from '../../../examples/field/client-contract.ts';
import { screensIn } from '../../../examples/field/server/screens.ts';
import { builtScreens } from '../../../scripts/field/field.ts';

/** The secret of the link, which opens one session. */
export const secret = 'c2VjcmV0LW9mLXRoZS1saW5r';
/** The code that the center tells. */
export const code = '204608';

/** The secret of the codes at the door. */
export const doorSecret = 'c2VjcmV0LW9mLXRoZS1kb29y';

const client = { role: 'client', id: 'cli-01' } as const;

/** The key that the device registered, as the client's. */
export async function keyOf(keys: readonly string[]): Promise<ActKey> {
  const es256 = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('spki', Buffer.from(keys[0] ?? '', 'base64'), es256, true, ['verify']);
  return { actor: client, key: (await crypto.subtle.exportKey('jwk', key)) as ActKey['key'] };
}

type Answer = Readonly<{ status?: number; body: unknown }>;

export async function startClientHost(point: Point) {
  const { events: planned, visitId } = visitAt(point);
  const service = createService({ store: memoryStore(), factRecorders: ['contact-center', 'provider'] });
  for (const event of planned) await service.record(event, event.data.recordedBy ?? event.data.by);
  const screens = screensIn(await builtScreens(['client']));
  const events = async (): Promise<readonly VisitEvent[]> => (await service.load(visitId)).events;
  const visit: Pick<ClientVisitReply, 'door' | 'photo'> = { door: { secret: doorSecret }, photo: null };
  const counts = { sent: 0, toLose: 0 };
  /** The public keys that devices registered, in base64 of their SPKI form. */
  const keys: string[] = [];
  let isUsed = false;

  const shown = async () => ({ ...visit, view: clientView(await events()) });

  async function openSession({ device, ...way }: Record<string, string>): Promise<Answer> {
    if (way.code !== undefined && way.code !== code) return { status: 401, body: { code: 'wrong-code' } };
    if (way.secret !== undefined && way.secret !== secret) return { status: 401, body: { code: 'wrong-link' } };
    if (way.secret !== undefined && isUsed) return { status: 410, body: { code: 'used' } };
    isUsed ||= way.secret !== undefined;
    keys.push(way.key ?? '');
    const session = { visitId, actorId: client.id, device, centerPhone: '800-000-0000', locale: 'es-CR' };
    return { body: { ...session, visit: await shown() } };
  }

  async function sync(request: ClientSyncRequest): Promise<Answer> {
    counts.sent += request.commands.length;
    const { outcomes } = await service.sync({ visitId, ...request } as unknown as SyncRequest, client);
    const told = outcomes.map((one): ClientOutcome => {
      if (one.outcome === 'refused') return { outcome: 'refused', rules: one.violations.map(({ rule }) => rule) };
      return one.outcome === 'repeated' ? { outcome: 'repeated', first: one.first.outcome } : { outcome: one.outcome };
    });
    return { body: { outcomes: told } };
  }

  async function answer(path: string, request: IncomingMessage): Promise<Answer> {
    const body = request.method === 'POST' ? JSON.parse(await text(request)) : undefined;
    if (path === '/session') return openSession(body);
    if (path === '/visit') return { body: await shown() };
    if (path === '/receipt') {
      const log = await events();
      return { body: await receipt(log, { facts: dossier(log).facts, keys: [await keyOf(keys)] }) };
    }
    return path === '/sync' ? sync(body) : { status: 404, body: {} };
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    if (url.pathname.startsWith('/api/client')) {
      const { status = 200, body } = await answer(url.pathname.slice('/api/client'.length), request);
      if (url.pathname.endsWith('/sync') && counts.toLose > 0) {
        counts.toLose -= 1;
        request.socket.destroy();
      } else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const page = await screens(new Request(url.href));
    response.writeHead(page.status, Object.fromEntries(page.headers)).end(Buffer.from(await page.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/`,
    visitId,
    visit,
    counts,
    keys,
    events,
    /** The acts of the client that are on record. */
    spoken: async () => (await events()).slice(planned.length),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type ClientHost = Awaited<ReturnType<typeof startClientHost>>;
