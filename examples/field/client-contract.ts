/** The part of the API that the client's page uses, under `/api/client`. Every `POST` and `PUT` has the header `x-field: 1`. */
import type { AttestFacts, Id, Instant, Locale, ReportConductBreach } from 'auxilio';
import type { Receipt } from 'auxilio/chain';
import type { ClientView } from 'auxilio/service';

/** The way by which a session was opened: the link that the center sent, or the code that it told by telephone. */
export type ClientWay = 'link' | 'code';

/**
 * `POST /client/session`. The link is `/client/#SECRET`, the QR of a provider's phone `/client/?v=DOOR`. `device` is the name that
 * the device has for itself, 1 to 200 characters; `key` its public key, in base64 of its SPKI form.
 */
export type ClientSessionRequest = Readonly<
  ({ secret: string } | { door: string; code: string }) & { device: string; key?: string }
>;

/** `GET /client/session`; `DELETE` ends it. */
export type ClientSessionReply = {
  readonly visitId: Id;
  /** The actor of what the client records: `{ role: 'client', id: actorId }`. */
  readonly actorId: Id;
  readonly way: ClientWay;
  readonly device: string;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  /** The telephone of the contact center. */
  readonly centerPhone: string;
  readonly locale: Locale;
};

/**
 * The `code` of a problem of `POST /client/session`, whose `title` says what to do: 401 `wrong-link`, 401 `wrong-code` with `left`,
 * the tries that are left; 410 `used`, `expired` and `revoked`, of a link or a code; 429 `too-many-tries` with `retry-after`. All
 * other routes: 401 `unauthenticated`.
 */
export type ClientProblemCode =
  | 'wrong-link'
  | 'wrong-code'
  | 'used'
  | 'expired'
  | 'revoked'
  | 'too-many-tries'
  | 'unauthenticated';

/** `GET /client/visit` */
export type ClientVisitReply = {
  readonly view: ClientView;
  /** Secret of the codes at the door (`ui/door-codes.ts`), another one for each provider; null without an assigned one. */
  readonly door: { readonly secret: string } | null;
  /** The address of the photograph of the provider who comes; null without one. */
  readonly photo: string | null;
  readonly serverTime: Instant;
};

/** `GET /client/receipt`: what `verifyReceipt` of `auxilio/chain` and `auxilio verify receipt` take; 503 while the log is broken. */
export type ClientReceiptReply = Receipt;

/** Commands that a client's page may send. */
type ClientCommand = AttestFacts | ReportConductBreach;

/** `POST /client/session`; the cookie comes with it, and the visit, so that the page asks once before it is of use. */
export type ClientOpenedReply = ClientSessionReply & { readonly visit: ClientVisitReply };

/** `POST /client/sync`: at most 200 commands, each with its `commandId`; `basedOn` is the `version` of the view that was seen. */
export type ClientSyncRequest = { readonly basedOn: number; readonly commands: readonly ClientCommand[] };

/** The outcome of a command, in the order of the commands. A refused one waits for a person of the center. */
export type ClientOutcome =
  | { readonly outcome: 'accepted' | 'twin' }
  | { readonly outcome: 'repeated'; readonly first: 'accepted' | 'twin' | 'refused' }
  | { readonly outcome: 'refused'; readonly rules: readonly string[] };

export type ClientSyncReply = {
  readonly outcomes: readonly ClientOutcome[];
  readonly view: ClientView;
  readonly serverTime: Instant;
};

/** `PUT /client/key` → 204: another public key of the device of the session. */
export type ClientKeyRequest = { readonly key: string };

/** `GET /client/stream`: server-sent events. Besides `hello`, `beat` and `reset` there is `visit`: read the visit again. */
export type ClientStreamEvent = { readonly visitId: Id; readonly version: number };
