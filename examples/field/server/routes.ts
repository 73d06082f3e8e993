import { fetchHandler } from '../../http/fetch.ts';
import { search, showBoard, showTimeline } from './board-routes.ts';
import { showRows } from './board-rows.ts';
import { claim, listClaims, releaseClaim } from './claims.ts';
import {
  listClientSessions,
  listDoorSecrets,
  makeClientCode,
  makeClientLink,
  revokeClientLink,
} from './client-links.ts';
import {
  endClientSession,
  openClientSession,
  openClientStream,
  putClientKey,
  showClientPortrait,
  showClientReceipt,
  showClientSession,
  showClientVisit,
  syncClient,
} from './client-routes.ts';
import { answerDisagreement, disagree, listDisagreements, listUnanswered } from './disagreements.ts';
import { eraseClient, holdVisit, listErasures, previewErasure, releaseVisit } from './erasures.ts';
import type { Field, FieldAsked } from './field.ts';
import {
  confirmClientForgotten,
  confirmForgotten,
  listClientForgotten,
  listForgetting,
  listForgotten,
  writeOffCopy,
} from './forgetting.ts';
import { listPhotos } from './holdings.ts';
import { addNote, listNotes } from './notes.ts';
import { listPayments, pay } from './payments.ts';
import { photoOf } from './photos.ts';
import { showPlay, startPlay, stopPlay } from './play-routes.ts';
import { putPortrait, removePortrait, showPortrait } from './portraits.ts';
import { listReads, noteRead } from './reads.ts';
import { Refusal } from './refusals.ts';
import { sizedReply } from './replies.ts';
import { showReport } from './report.ts';
import { endSession, mustBeIn, showSession, startSession } from './session-routes.ts';
import { claimsOf } from './sessions.ts';
import { endShift, listShifts, startShift } from './shifts.ts';
import { openStream } from './stream-route.ts';
import { listClientNumbers, listProviders, noteTelephone, showTelephones } from './telephones.ts';
import { listTemplates } from './templates.ts';
import { takeUnsent } from './unsent.ts';
import type { FieldRole } from './users.ts';

type Handler = (field: Field, asked: FieldAsked) => Promise<Response>;

/** A route of the API, and whose it is. What no route names is refused. */
export type Route = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Those of this host's people, or the client's page alone. */
  roles: readonly FieldRole[] | 'anyone' | 'client';
  /** A revoked device may use it, to hand in what it has; `HEAD`: with that method alone. */
  handsIn?: true | 'HEAD';
  handler: Handler;
}>;

/** Has the API of the visits carry a request out, as the person of the session. */
const viaApi: Handler = (field, { request, path, session }) =>
  fetchHandler(
    async (call) => sizedReply(await field.api({ ...call, path })),
    async () => (session === null ? null : claimsOf(session)),
  )(request);

const putPhoto: Handler = (field, asked) =>
  field.photoQuota.taking(mustBeIn(asked.session).actorId, () => viaApi(field, asked));

/** The progress of an upload, for the roles that send photographs. */
const photoHead: Handler = async (field, asked) => {
  if (asked.session?.role === 'payer') throw new Refusal('not-yours');
  return viaApi(field, asked);
};

const center = ['operator', 'supervisor'] as const;
const recorders = ['provider', ...center] as const;
const everyone = [...recorders, 'payer'] as const;

/** Every route and its roles. Which visits are a provider's own is asked with the visit at hand, by `access.ts`. */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/session', roles: 'anyone', handler: startSession },
  { method: 'GET', path: '/session', roles: everyone, handsIn: true, handler: showSession },
  { method: 'DELETE', path: '/session', roles: everyone, handsIn: true, handler: endSession },

  { method: 'GET', path: '/assignments', roles: ['provider'], handler: viaApi },
  { method: 'POST', path: '/visits/:visitId/sync', roles: recorders, handsIn: true, handler: viaApi },
  { method: 'PUT', path: '/visits/:visitId/lead', roles: ['provider'], handler: viaApi },
  { method: 'POST', path: '/visits/:visitId/commands', roles: recorders, handler: viaApi },
  { method: 'POST', path: '/commands', roles: recorders, handler: viaApi },
  { method: 'GET', path: '/visits/:visitId', roles: everyone, handler: viaApi },
  { method: 'GET', path: '/visits/:visitId/events', roles: everyone, handler: viaApi },
  { method: 'GET', path: '/visits/:visitId/dossier', roles: everyone, handler: viaApi },
  { method: 'GET', path: '/visits/:visitId/guide', roles: recorders, handler: viaApi },

  { method: 'PUT', path: '/photos/:sha256', roles: recorders, handsIn: true, handler: putPhoto },
  // A HEAD asks how much of it has arrived, a GET for the photograph.
  {
    method: 'GET',
    path: '/photos/:sha256',
    roles: everyone,
    handsIn: 'HEAD',
    handler: (field, asked) => (asked.request.method === 'HEAD' ? photoHead : photoOf)(field, asked),
  },

  { method: 'GET', path: '/stream', roles: everyone, handler: openStream },
  { method: 'GET', path: '/board', roles: center, handler: showBoard },
  { method: 'GET', path: '/rows', roles: center, handler: showRows },
  { method: 'GET', path: '/search', roles: [...center, 'payer'], handler: search },
  { method: 'GET', path: '/visits/:visitId/timeline', roles: everyone, handler: showTimeline },
  { method: 'GET', path: '/visits/:visitId/photos', roles: everyone, handler: listPhotos },
  { method: 'GET', path: '/visits/:visitId/report', roles: [...center, 'payer'], handler: showReport },

  { method: 'GET', path: '/erasures', roles: ['supervisor'], handler: listErasures },
  { method: 'GET', path: '/visits/:visitId/erasure', roles: ['supervisor'], handler: previewErasure },
  { method: 'POST', path: '/visits/:visitId/erasure', roles: ['supervisor'], handler: eraseClient },
  { method: 'POST', path: '/visits/:visitId/hold', roles: ['supervisor'], handler: holdVisit },
  { method: 'DELETE', path: '/visits/:visitId/hold', roles: ['supervisor'], handler: releaseVisit },

  { method: 'GET', path: '/claims', roles: center, handler: listClaims },
  { method: 'POST', path: '/claims/:visitId', roles: center, handler: claim },
  { method: 'DELETE', path: '/claims/:visitId', roles: center, handler: releaseClaim },
  { method: 'GET', path: '/visits/:visitId/notes', roles: center, handler: listNotes },
  { method: 'POST', path: '/visits/:visitId/notes', roles: center, handler: addNote },
  { method: 'GET', path: '/disagreements', roles: center, handler: listUnanswered },
  { method: 'GET', path: '/visits/:visitId/disagreements', roles: everyone, handler: listDisagreements },
  { method: 'POST', path: '/visits/:visitId/disagreements', roles: ['provider'], handler: disagree },
  {
    method: 'POST',
    path: '/visits/:visitId/disagreements/:disagreementId',
    roles: center,
    handler: answerDisagreement,
  },
  { method: 'GET', path: '/visits/:visitId/reads', roles: center, handler: listReads },
  { method: 'POST', path: '/visits/:visitId/reads', roles: ['provider'], handler: noteRead },
  { method: 'GET', path: '/providers', roles: center, handler: listProviders },
  { method: 'GET', path: '/providers/:providerId/portrait', roles: center, handler: showPortrait },
  { method: 'PUT', path: '/providers/:providerId/portrait', roles: center, handler: putPortrait },
  { method: 'DELETE', path: '/providers/:providerId/portrait', roles: center, handler: removePortrait },
  { method: 'GET', path: '/telephones', roles: ['provider'], handler: listClientNumbers },
  { method: 'GET', path: '/templates', roles: center, handler: listTemplates },
  { method: 'GET', path: '/visits/:visitId/telephones', roles: center, handler: showTelephones },
  { method: 'POST', path: '/visits/:visitId/telephones', roles: center, handler: noteTelephone },
  { method: 'POST', path: '/visits/:visitId/client-link', roles: center, handler: makeClientLink },
  { method: 'DELETE', path: '/visits/:visitId/client-link', roles: center, handler: revokeClientLink },
  { method: 'POST', path: '/visits/:visitId/client-code', roles: center, handler: makeClientCode },
  { method: 'GET', path: '/visits/:visitId/client-sessions', roles: [...center, 'payer'], handler: listClientSessions },
  { method: 'GET', path: '/door-secrets', roles: ['provider'], handler: listDoorSecrets },
  { method: 'POST', path: '/client/session', roles: 'anyone', handler: openClientSession },
  { method: 'GET', path: '/client/session', roles: 'client', handler: showClientSession },
  { method: 'DELETE', path: '/client/session', roles: 'client', handler: endClientSession },
  { method: 'GET', path: '/client/visit', roles: 'client', handler: showClientVisit },
  { method: 'GET', path: '/client/portrait', roles: 'client', handler: showClientPortrait },
  { method: 'GET', path: '/client/receipt', roles: 'client', handler: showClientReceipt },
  { method: 'POST', path: '/client/sync', roles: 'client', handler: syncClient },
  { method: 'PUT', path: '/client/key', roles: 'client', handler: putClientKey },
  { method: 'GET', path: '/client/stream', roles: 'client', handler: openClientStream },
  { method: 'GET', path: '/client/forgotten', roles: 'anyone', handler: listClientForgotten },
  { method: 'POST', path: '/client/forgotten', roles: 'anyone', handler: confirmClientForgotten },
  { method: 'GET', path: '/forgotten', roles: ['provider'], handsIn: true, handler: listForgotten },
  { method: 'POST', path: '/forgotten', roles: ['provider'], handsIn: true, handler: confirmForgotten },
  { method: 'GET', path: '/forgetting', roles: center, handler: listForgetting },
  { method: 'DELETE', path: '/forgetting/:copyId', roles: ['supervisor'], handler: writeOffCopy },
  { method: 'GET', path: '/shifts', roles: center, handler: listShifts },
  { method: 'POST', path: '/shifts', roles: center, handler: startShift },
  { method: 'POST', path: '/shifts/end', roles: center, handler: endShift },
  { method: 'GET', path: '/payments', roles: ['payer', 'supervisor'], handler: listPayments },
  { method: 'POST', path: '/payments', roles: ['payer'], handler: pay },
  { method: 'GET', path: '/play', roles: ['supervisor'], handler: showPlay },
  { method: 'POST', path: '/play', roles: ['supervisor'], handler: startPlay },
  { method: 'DELETE', path: '/play', roles: ['supervisor'], handler: stopPlay },

  { method: 'GET', path: '/devices', roles: center, handler: viaApi },
  { method: 'POST', path: '/devices/revoke', roles: center, handler: viaApi },
  { method: 'PUT', path: '/devices/key', roles: ['provider'], handler: viaApi },
  { method: 'POST', path: '/unsent', roles: center, handler: takeUnsent },
  { method: 'GET', path: '/quarantine', roles: center, handler: viaApi },
  { method: 'POST', path: '/quarantine/:quarantineId', roles: center, handler: viaApi },
];
