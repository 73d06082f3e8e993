import type { Id, Instant, VisitEvent } from 'auxilio';
import type { SignatureReport } from 'auxilio/chain';
import { isId } from '../../http/access.ts';
import type { ClientWay } from '../client-contract.ts';
import { assignmentIn } from '../ui/assignment.ts';
import { type ClientDoor, closeDoor, doorOf, doorSecretOf, makeCode, makeLink } from './client-doors.ts';
import { verifyClientActs } from './client-signatures.ts';
import { dialled } from './dialled.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';
import { telephoneKey } from './telephones.ts';

const noStore = { 'cache-control': 'no-store' };

/** A link to send to the client's own telephone; it is answered once, and nowhere kept. */
export type ClientLinkReply = { readonly url: string; readonly expiresAt: Instant; readonly number: string };

/** A code to tell the client by telephone. */
export type ClientCodeReply = { readonly code: string; readonly expiresAt: Instant; readonly number: string };

/** A link or a code that was made, and what became of it. */
type ClientWayMade = {
  readonly way: ClientWay;
  readonly by: Id;
  readonly name: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** Times at which one that had been used was tried again: it was forwarded, or opened on another device. */
  readonly triedAgainAt: readonly Instant[];
};

/** A session of the client, and the way by which it was opened. */
type ClientSessionShown = {
  readonly sessionId: Id;
  readonly way: ClientWay;
  readonly device: string;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
};

/** `GET /api/visits/:visitId/client-sessions`, each list in the order of its times. */
export type ClientSessionsReply = {
  readonly made: readonly ClientWayMade[];
  readonly sessions: readonly ClientSessionShown[];
  /** The number of events whose signatures were verified. */
  readonly version: number;
  /** The signatures of the client's acts, by the keys of the devices of these sessions. */
  readonly signatures: SignatureReport;
};

/** The door of a visit, for its provider's phone: `doorId` is what the QR names, and no secret; `position`: that of the assignment. */
export type ProviderDoor = {
  readonly visitId: Id;
  readonly doorId: string;
  readonly secret: string;
  readonly position: number;
};

/** `GET /api/door-secrets`, of the open visits of a provider. */
export type DoorSecretsReply = { readonly doors: readonly ProviderDoor[] };

/** `POST /api/visits/:visitId/client-link` */
export async function makeClientLink(field: Field, asked: FieldAsked): Promise<Response> {
  const { visitId, number } = await clientOf(field, asked);
  const { secret, expiresAt } = await makeLink(field, visitId, makerOf(field, asked));
  const url = `${field.origin ?? new URL(asked.request.url).origin}/client/#${secret}`;
  return jsonReply({ url, expiresAt, number } satisfies ClientLinkReply, noStore, 201);
}

/** `POST /api/visits/:visitId/client-code` */
export async function makeClientCode(field: Field, asked: FieldAsked): Promise<Response> {
  const { visitId, number } = await clientOf(field, asked);
  const made = await makeCode(field, visitId, makerOf(field, asked));
  return jsonReply({ ...made, number } satisfies ClientCodeReply, noStore, 201);
}

/** `DELETE /api/visits/:visitId/client-link`: revokes every link and code, and ends the sessions. */
export async function revokeClientLink(field: Field, asked: FieldAsked): Promise<Response> {
  await closeDoor(field, (await visitOf(field, asked)).visitId);
  return new Response(null, { status: 204, headers: noStore });
}

/** `GET /api/visits/:visitId/client-sessions` */
export async function listClientSessions(field: Field, asked: FieldAsked): Promise<Response> {
  const { visitId } = await visitOf(field, asked);
  const [door, { events }] = await Promise.all([doorOf(field, visitId), field.service.load(visitId)]);
  const signatures = await verifyClientActs(door, events);
  return jsonReply({ ...shownOf(door), version: events.length, signatures } satisfies ClientSessionsReply);
}

function shownOf({ links, codes, sessions }: ClientDoor): Pick<ClientSessionsReply, 'made' | 'sessions'> {
  const all = [
    ...links.map((one) => ({ way: 'link' as const, one })),
    ...codes.map((one) => ({ way: 'code' as const, one })),
  ];
  const made = all.map(({ way, one }): ClientWayMade => {
    const { by, name, at, expiresAt, usedAt, revokedAt, triedAgainAt } = one;
    return { way, by, name, at, expiresAt, usedAt, revokedAt, triedAgainAt };
  });
  return {
    made: made.sort((one, other) => (one.at < other.at ? -1 : 1)),
    sessions: sessions.map(({ sessionId, way, device, openedAt, expiresAt, endedAt }) => ({
      ...{ sessionId, way, device, openedAt, expiresAt, endedAt },
    })),
  };
}

/** `GET /api/door-secrets`: of the open visits of a provider, for their phone to keep. */
export async function listDoorSecrets(field: Field, { session }: FieldAsked): Promise<Response> {
  const { actorId } = mustBeIn(session);
  const own = (await field.models.board()).filter(({ provider }) => provider?.id === actorId);
  const doors = await Promise.all(
    own.map(async ({ visitId }) => {
      const [door, { events }] = await Promise.all([doorOf(field, visitId), field.service.load(visitId)]);
      const secret = secretFor(door, events);
      if (secret?.providerId !== actorId) return [];
      return [{ visitId, doorId: door.doorId, secret: secret.text, position: secret.position }];
    }),
  );
  return jsonReply({ doors: doors.flat() } satisfies DoorSecretsReply, noStore);
}

/** The secret of the codes at the door for the provider now assigned: each assignment has another one. */
export function secretFor(door: ClientDoor, events: readonly VisitEvent[]) {
  const assignment = assignmentIn(events);
  if (assignment === null) return null;
  const { providerId, position } = assignment;
  return { providerId, position, text: doorSecretOf(door, providerId, position) };
}

function makerOf({ now }: Field, { session }: FieldAsked) {
  const { actorId: by, name } = mustBeIn(session);
  return { by, name, at: now() };
}

/** The visit and the number of its client, which is no provider's: a link or a code goes to the client alone. */
async function clientOf(field: Field, asked: FieldAsked): Promise<Readonly<{ visitId: Id; number: string }>> {
  const { visitId, caseNumber } = await visitOf(field, asked);
  const number =
    caseNumber === null ? undefined : (await field.telephones.read(telephoneKey.client(caseNumber)))?.number;
  if (number === undefined) throw new Refusal('no-client-number');
  const ofProviders = await field.telephones.startingWith(telephoneKey.provider(''));
  if (ofProviders.some((one) => dialled(one.number) === dialled(number))) throw new Refusal('number-of-provider');
  return { visitId, number };
}

async function visitOf({ service }: Field, { param }: FieldAsked) {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const { state, version } = await service.load(visitId);
  if (version === 0n) throw new Refusal('no-such-path');
  return { visitId, caseNumber: state.caseNumber };
}
