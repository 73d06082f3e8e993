/** Calls to the server. */
import type {
  ClientOpenedReply,
  ClientOutcome,
  ClientReceiptReply,
  ClientSessionRequest,
  ClientSyncReply,
  ClientSyncRequest,
  ClientVisitReply,
} from '../../client-contract.ts';
import type { ForgottenReply } from '../../server/forgetting.ts';
import type { Said, Trouble } from './server.ts';

/** The server was not reached, or did not answer as asked. */
export class TroubleError extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`The server did not answer as asked: ${trouble}`);
    this.trouble = trouble;
  }
}

const limitMs = 20_000;
const troubles = ['wrong-link', 'wrong-code', 'used', 'expired', 'revoked', 'too-many-tries', 'unauthenticated'];

async function call<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'x-field': '1', 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(limitMs);
  const reply = await fetch(`/api/client${path}`, { headers, signal, ...sent }).catch(() => undefined);
  if (reply?.ok) return reply.status === 204 ? (undefined as T) : reply.json();
  const { code } = (await reply?.json().catch(() => undefined)) ?? {};
  // A reply without a code is not of this server: the call is made again.
  if (code !== undefined && (reply?.status === 400 || reply?.status === 413)) throw new TroubleError('malformed');
  throw new TroubleError(troubles.includes(code) ? code : 'no-signal');
}

export const openSession = (way: ClientSessionRequest): Promise<ClientOpenedReply> => call('/session', way);

export const fetchVisit = (): Promise<ClientVisitReply> => call('/visit');

export const fetchReceipt = (): Promise<ClientReceiptReply> => call('/receipt');

/** Asks for the copies of erased visits that a device is to forget. */
export const fetchForgotten = (device: string): Promise<ForgottenReply> =>
  call(`/forgotten?device=${encodeURIComponent(device)}`);

export const confirmForgotten = (device: string, copyIds: readonly string[]): Promise<void> =>
  call('/forgotten', { device, copyIds });

/** Sends commands that were said on one version of the visit, in their order, and answers their outcomes. */
export async function sendCommands(said: readonly Said[]): Promise<readonly ClientOutcome[]> {
  const body: ClientSyncRequest = {
    basedOn: said[0]?.basedOn ?? 0,
    commands: said.map(({ command }) => command),
  };
  return (await call<ClientSyncReply>('/sync', body)).outcomes;
}
