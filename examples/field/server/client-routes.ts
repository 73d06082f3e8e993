import { dossier, type VisitCommand } from 'auxilio';
import { receipt } from 'auxilio/chain';
import { type ClientView, clientView, type SyncOutcome } from 'auxilio/service';
import { isPublicKey } from '../../http/device-keys.ts';
import { isDevice } from '../../http/device-routes.ts';
import { commandOf } from '../../http/message.ts';
import { Problem } from '../../http/problem.ts';
import type {
  ClientKeyRequest,
  ClientOpenedReply,
  ClientOutcome,
  ClientReceiptReply,
  ClientSessionReply,
  ClientSessionRequest,
  ClientSyncReply,
  ClientSyncRequest,
  ClientVisitReply,
} from '../client-contract.ts';
import { centerPhone } from '../ui/center-phone.ts';
import { bodyOf } from './body.ts';
import {
  type ClientDoor,
  type ClientSession,
  changeSession,
  clientIdOf,
  findClient,
  openByCode,
  openByLink,
  withKey,
} from './client-doors.ts';
import { secretFor } from './client-links.ts';
import { keysOf } from './client-signatures.ts';
import { clientCookieOf } from './cookies.ts';
import type { Field, FieldAsked } from './field.ts';
import { networkOf } from './network.ts';
import { type Portrait, portraitReply } from './portraits.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { streamReply } from './stream-route.ts';

/** A body before it is looked at: the fields of a request, with any values. */
type AnyFields<Request> = Readonly<Partial<Record<Request extends unknown ? keyof Request : never, unknown>>>;

const noStore = { 'cache-control': 'no-store' };

/** The session of a client's device, and the door of its visit. */
export type AskingClient = Readonly<{ door: ClientDoor; session: ClientSession }>;

/** The client of a route that is theirs. */
function mustBeClient({ client }: FieldAsked): AskingClient {
  if (client === null) throw new Problem('unauthenticated');
  return client;
}

/** `POST /api/client/session`: opens a session of this device by the secret of a link or by a code, once. */
export async function openClientSession(field: Field, asked: FieldAsked): Promise<Response> {
  const network = networkOf(asked.address);
  const seconds = field.limits.client.count(network, Date.parse(field.now()));
  if (seconds > 0) throw new Refusal('too-many-tries', {}, { 'retry-after': String(seconds) });
  const body = (await bodyOf(asked.request, 4096)) as AnyFields<ClientSessionRequest>;
  const { secret, door: doorId, code, device, key } = body;
  if (!isDevice(device)) throw new Refusal('bad-request', { at: '/device' });
  if (key !== undefined && !(await isPublicKey(key))) throw new Refusal('bad-request', { at: '/key' });
  const by = { device, key: key as string | undefined };
  const opened =
    secret === undefined
      ? await openByCode(field, textIn(doorId, /^[\w-]{12}$/), textIn(code, /^\d{6}$/), by)
      : await openByLink(field, textIn(secret, /^[\w-]{34}$/), by);
  if ('code' in opened) throw new Refusal(opened.code, opened.left === undefined ? {} : { left: opened.left });
  field.limits.client.giveBack(network);
  const { token, door, session } = opened;
  const leftMs = Date.parse(session.expiresAt) - Date.parse(session.openedAt);
  const cookie = clientCookieOf(token, asked.isSecure, leftMs / 1000);
  const visit = await visitReply(field, door);
  const reply: ClientOpenedReply = { ...sessionReply({ door, session }, asked), visit };
  return jsonReply(reply, { ...noStore, 'set-cookie': cookie });
}

const NONE = '-'.repeat(34);

/** A text of a pattern; one that does not match is no secret or code that was ever made. */
const textIn = (value: unknown, pattern: RegExp): string =>
  typeof value === 'string' && pattern.test(value) ? value : NONE;

/** `GET /api/client/session` */
export async function showClientSession(_: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply(sessionReply(mustBeClient(asked), asked), noStore);
}

/** `DELETE /api/client/session` */
export async function endClientSession(field: Field, asked: FieldAsked): Promise<Response> {
  const { door, session } = mustBeClient(asked);
  await changeSession(field, door, session.sessionId, (one) => ({ ...one, endedAt: field.now() }));
  await Promise.all([field.hub.review(), field.announcements.review()]);
  return new Response(null, {
    status: 204,
    headers: { ...noStore, 'set-cookie': clientCookieOf(null, asked.isSecure, 0) },
  });
}

function sessionReply({ door, session }: AskingClient, { locale }: FieldAsked): ClientSessionReply {
  const { way, device, openedAt, expiresAt } = session;
  return { visitId: door.visitId, actorId: clientIdOf(door), way, device, openedAt, expiresAt, centerPhone, locale };
}

/** `GET /api/client/visit` */
export async function showClientVisit(field: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply(await visitReply(field, mustBeClient(asked).door), noStore);
}

async function visitReply(field: Field, door: ClientDoor): Promise<ClientVisitReply> {
  const { events } = await field.service.load(door.visitId);
  const view = viewOf(clientView(events));
  const isToCome = view.provider !== null && view.phase !== 'ended';
  const secret = isToCome ? secretFor(door, events) : null;
  const portrait = await portraitIn(field, view);
  // Another picture has another address, so that it is asked for again.
  const photo = portrait && `/api/client/portrait?of=${portrait.sha256.slice(0, 16)}`;
  return { view, door: secret && { secret: secret.text }, photo, serverTime: field.now() };
}

/** The photograph of the provider now assigned, until the visit has ended. */
const portraitIn = async ({ portraits }: Field, { provider, phase }: ClientView): Promise<Portrait | null> =>
  provider === null || phase === 'ended' ? null : portraits.read(provider.id);

/** `GET /api/client/portrait`: the photograph of the provider who comes; nothing without one. */
export async function showClientPortrait(field: Field, asked: FieldAsked): Promise<Response> {
  const { events } = await field.service.load(mustBeClient(asked).door.visitId);
  return portraitReply(await portraitIn(field, viewOf(clientView(events))));
}

function viewOf(view: ClientView | null): ClientView {
  if (view === null) throw new Refusal('no-such-path');
  return view;
}

/** `GET /api/client/receipt`: the receipt of the visit as it stands, for the client to keep. */
export async function showClientReceipt(field: Field, asked: FieldAsked): Promise<Response> {
  const { door } = mustBeClient(asked);
  const { events } = await field.stored.load(door.visitId);
  const keys = await keysOf(door);
  const body: ClientReceiptReply = await receipt(events, { facts: dossier(events).facts, keys }).catch(() => {
    // A log that was changed has no receipt: it would vouch for what is broken.
    throw new Refusal('unavailable');
  });
  return jsonReply(body, noStore);
}

/** `PUT /api/client/key`: the public key by which the device signs from now on. */
export async function putClientKey(field: Field, asked: FieldAsked): Promise<Response> {
  const { door, session } = mustBeClient(asked);
  const { key } = (await bodyOf(asked.request, 4096)) as AnyFields<ClientKeyRequest>;
  if (!(await isPublicKey(key))) throw new Refusal('bad-request', { at: '/key' });
  await changeSession(field, door, session.sessionId, (one) => withKey(one, String(key), field.now()));
  return new Response(null, { status: 204, headers: noStore });
}

/** The acts that a client's page may record. */
const own: readonly VisitCommand['type'][] = ['AttestFacts', 'ReportConductBreach'];

/** The most bytes of a batch. */
const MAX_BYTES = 256 * 1024;

/** `POST /api/client/sync`: what the client said, reconciled with the log; they get their view of it, and no event. */
export async function syncClient(field: Field, asked: FieldAsked): Promise<Response> {
  const { door, session } = mustBeClient(asked);
  const { basedOn, commands } = (await bodyOf(asked.request, MAX_BYTES)) as AnyFields<ClientSyncRequest>;
  if (typeof basedOn !== 'number' || !Number.isSafeInteger(basedOn) || basedOn < 0)
    throw new Refusal('bad-request', { at: '/basedOn' });
  if (!Array.isArray(commands)) throw new Refusal('bad-request', { at: '/commands' });
  const { visitId } = door;
  const actor = { role: 'client', id: clientIdOf(door) } as const;
  const taken = commands.map((message, index) => {
    const command = commandOf(message, { actor, visitId });
    const { despite, device = session.device } = command.metadata;
    const isOwn = own.includes(command.type) && despite === undefined && device === session.device;
    if (!isOwn) throw new Refusal('bad-request', { at: `/commands/${index}` });
    return command;
  });
  const { outcomes } = await field.service.sync({ visitId, basedOn, commands: taken }, actor);
  const { events } = await field.service.load(visitId);
  const body: ClientSyncReply = {
    outcomes: outcomes.map(outcomeFor),
    view: viewOf(clientView(events)),
    serverTime: field.now(),
  };
  return jsonReply(body, noStore);
}

/** An outcome without the facts of a refusal, which say how the visit stands. */
function outcomeFor(result: SyncOutcome): ClientOutcome {
  if (result.outcome === 'refused') return { outcome: 'refused', rules: result.violations.map(({ rule }) => rule) };
  if (result.outcome === 'repeated') return { outcome: 'repeated', first: result.first.outcome };
  return { outcome: result.outcome };
}

/** `GET /api/client/stream`: says when the visit has changed, until the session ends. */
export async function openClientStream(field: Field, asked: FieldAsked): Promise<Response> {
  const { door } = mustBeClient(asked);
  const mayGoOn = async () => (await findClient(field, asked.clientToken)) !== null;
  const listener = { role: 'client', actorId: clientIdOf(door), visitId: door.visitId } as const;
  return streamReply(field, asked, listener, mayGoOn);
}
