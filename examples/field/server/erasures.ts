/** Erasures of the data of clients: what goes and what stays, asking for one, and their state up to the last copy. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DebtKind, Id, Instant } from 'auxilio';
import type { Erasure, Hold, KeyStore } from 'auxilio/privacy';
import { isId } from '../../http/access.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { photosOf } from './holdings.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { callerOf } from './session-routes.ts';
import { noteCase } from './telephones.ts';

/** The grounds of an erasure, and of a hold: words of this host, since a reason that is typed may name a person. */
const grounds = ['client', 'authority'] as const;
const holdReasons = ['lawsuit', 'inspection'] as const;

/** The subjects that an erasure from the console reaches: the client, and who speaks for them. */
const erasedSubjects = ['client', 'representative'] as const;

/** An erasure as the console lists it. */
export type ErasureReply = Pick<
  Erasure,
  'erasureId' | 'requestedAt' | 'forgotten' | 'remembered' | 'waitsFor' | 'confirmed'
> &
  Readonly<{
    visitId: Id;
    by: Id;
    ground: string | null;
    state: 'waiting' | 'recorded' | 'erased';
  }>;

/** The data of a visit's client that an erasure reaches, and what keeps it from going now. */
export type ErasurePreview = Readonly<{
  visitId: Id;
  /** True of a server whose data were begun without keys: nothing can be erased. */
  isClear: boolean;
  /** True of a visit that has not ended: the erasure waits until it has. */
  waits: boolean;
  /** The debts that are open. The erasure does not wait for them, and they stay. */
  debts: readonly DebtKind[];
  hold: Hold | null;
  erasure: ErasureReply | null;
  /** The other visits of the case, whose data go as well: they are neither held nor asked for yet. */
  others: readonly Id[];
  /** The number of the case, by which the client is known. */
  caseNumber: string | null;
  /** The events, which stay without the texts, and the rows that go. */
  events: number;
  goes: Readonly<{ notes: number; disagreements: number; photographs: number; link: boolean }>;
}>;

export type ErasuresReply = Readonly<{ erasures: readonly ErasureReply[]; holds: readonly Hold[] }>;

/** The days until a request of a client is due: five working days. */
const DUE_MS = 7 * 86_400_000;

const toReply = ({ subjects, by, reason, ...erasure }: Erasure): ErasureReply[] =>
  subjects
    .filter(({ subject }) => subject === 'client')
    .map(({ visitId, state }) => ({
      ...{
        erasureId: erasure.erasureId,
        requestedAt: erasure.requestedAt,
        visitId,
        by: by.id,
        ground: reason ?? null,
        state,
      },
      ...{ forgotten: erasure.forgotten, remembered: erasure.remembered },
      ...{ waitsFor: erasure.waitsFor, confirmed: erasure.confirmed },
    }));

const listReplies = async ({ privacy }: Field) => (await privacy.listErasures()).flatMap(toReply);

/** True once the erasure of a visit's client is on record: no text of theirs may be kept after that. */
export const isErased = async (field: Field, visitId: Id): Promise<boolean> =>
  (await listReplies(field)).some((one) => one.visitId === visitId && one.state !== 'waiting');

/** `GET /api/erasures`: the erasures, the newest first, and the visits that are held. */
export async function listErasures(field: Field): Promise<Response> {
  const [erasures, holds] = await Promise.all([listReplies(field), field.privacy.listHolds()]);
  return jsonReply({ erasures: erasures.reverse(), holds } satisfies ErasuresReply);
}

/** `GET /api/visits/:visitId/erasure`: the dry run. */
export async function previewErasure(field: Field, asked: FieldAsked): Promise<Response> {
  return jsonReply(await previewOf(field, visitOf(asked)));
}

/** Finds the visits of a case; one that an amendment has moved to another case is of another client. */
async function visitsOf({ privacy, service }: Field, caseNumber: string): Promise<readonly Id[]> {
  const found = (await privacy.visitsOf(caseNumber)).map(({ visitId }) => visitId);
  const loaded = await Promise.all(found.map((visitId) => service.load(visitId)));
  return found.filter((_, nth) => loaded[nth]?.state.caseNumber === caseNumber);
}

async function previewOf(field: Field, visitId: Id): Promise<ErasurePreview> {
  const { events, state, version } = await field.service.load(visitId);
  if (version === 0n) throw new Refusal('no-such-path');
  const { caseNumber } = state;
  const [ofCase, holds, erasures, notes, disagreements, photographs, door] = await Promise.all([
    caseNumber === null ? [] : visitsOf(field, caseNumber),
    field.privacy.listHolds(),
    listReplies(field),
    field.notes.startingWith(`${visitId} `),
    field.disagreements.startingWith(`${visitId} `),
    photosOf(field, events, true),
    field.clientDoors.ofVisits.read(visitId),
  ]);
  return {
    visitId,
    isClear: field.isClear,
    waits: state.closing.completedAt === null && state.closing.closedAt === null,
    debts: state.debts.map(({ kind }) => kind),
    hold: holds.find((one) => one.visitId === visitId) ?? null,
    erasure: erasures.findLast((one) => one.visitId === visitId) ?? null,
    others: ofCase.filter((id) => ![{ visitId }, ...holds, ...erasures].some((one) => one.visitId === id)),
    caseNumber,
    events: events.length,
    goes: {
      ...{ notes: notes.length, disagreements: disagreements.length },
      ...{ photographs: photographs.length, link: door !== null },
    },
  };
}

/** `POST /api/visits/:visitId/erasure`: records the request and the erasure of the client's data. A repeat answers the one that stands. */
export async function eraseClient(field: Field, asked: FieldAsked): Promise<Response> {
  const visitId = visitOf(asked);
  const { ground } = await bodyOf(asked.request, 1024);
  const reason = grounds.find((one) => one === ground);
  if (reason === undefined) throw new Refusal('bad-request', { at: '/ground' });
  const { isClear, hold, erasure, others, caseNumber } = await previewOf(field, visitId);
  if (isClear) throw new Refusal('begun-in-clear');
  if (erasure !== null) return jsonReply(erasure);
  if (hold !== null) throw new Refusal('held');
  await shareKeys(field);
  const { actor: by } = callerOf(asked);
  const [requestId, receivedAt] = [`erasure-${randomUUID()}`, field.now()];
  const dueAt: Instant = new Date(Date.parse(receivedAt) + DUE_MS).toISOString();
  const person = caseNumber ?? `${visitId} client`;
  await field.privacy.recordRequest({ requestId, kind: 'erasure', person, receivedAt, dueAt, by });
  const visitIds = [visitId, ...others];
  if (caseNumber !== null) for (const one of visitIds) await noteCase(field, one, caseNumber);
  const subjects = visitIds.flatMap((one) => erasedSubjects.map((subject) => ({ visitId: one, subject })));
  const [made] = toReply(await field.privacy.erase({ subjects, by, reason, erasureId: requestId }));
  await field.privacy.answerRequest({ requestId, outcome: 'answered', at: field.now(), by });
  return jsonReply(made ?? {}, {}, 201);
}

/** Puts the keys of photographs under those of clients, with which they are to go. */
async function shareKeys({ models, photoKeys }: Field): Promise<void> {
  await models.catchUp('namings');
  await photoKeys.shareNamed();
}

/** `POST /api/visits/:visitId/hold`: nothing of the visit is erased until it is released. */
export async function holdVisit(field: Field, asked: FieldAsked): Promise<Response> {
  const visitId = visitOf(asked);
  const { reason: given } = await bodyOf(asked.request, 1024);
  const reason = holdReasons.find((one) => one === given);
  if (reason === undefined) throw new Refusal('bad-request', { at: '/reason' });
  await previewOf(field, visitId);
  await field.privacy.hold({ visitId, reason, by: callerOf(asked).actor, at: field.now() });
  return jsonReply(await previewOf(field, visitId));
}

/** `DELETE /api/visits/:visitId/hold` */
export async function releaseVisit(field: Field, asked: FieldAsked): Promise<Response> {
  await field.privacy.release(visitOf(asked));
  return new Response(null, { status: 204 });
}

/** Continues the erasures, and has the keys wrapped again where one waits for that: an old backup of them opens nothing then. */
export async function continueErasures(field: Field): Promise<void> {
  const { privacy } = field;
  await shareKeys(field);
  const erasures = await privacy.continueErasures();
  const isDue = ({ confirmed, waitsFor, subjects }: Erasure) =>
    !confirmed && waitsFor === 'rotation' && subjects.every(({ state }) => state === 'erased');
  if (erasures.some(isDue)) await privacy.rotate();
}

/**
 * Erases again the visits whose keys are erased and whose data came back from a backup: a database from before the erasure has neither
 * its record, nor lacks the rows beside the log.
 */
export async function eraseRestored({ store, models, privacy }: Field, keys: KeyStore): Promise<void> {
  await models.catchUp('search');
  const known = new Set((await privacy.listErasures()).flatMap(toReply).map(({ visitId }) => visitId));
  for (let after = ''; ; ) {
    // The rows of visits stand before those of terms.
    const page = await store.readRows('auxilio-search-keyed-1', { after, maxCount: 500 });
    const visitIds = page.map(({ key }) => /^ visit-(.+)$/.exec(key)?.[1] ?? '').filter((id) => id && !known.has(id));
    const asked = visitIds.flatMap((visitId) => erasedSubjects.map((subject) => ({ visitId, subject })));
    const keyOf = ({ visitId, subject }: (typeof asked)[number]) => `${visitId} ${subject}`;
    const stored = await keys.read(asked.map(keyOf));
    const gone = new Set(stored.filter(({ state }) => state === 'erased').map(({ id }) => id));
    const subjects = asked.filter((one) => gone.has(keyOf(one)));
    const by = { role: 'contact-center', id: 'restored' } as const;
    if (subjects.length > 0) await privacy.erase({ subjects, by, reason: 'restored' });
    after = page.at(-1)?.key ?? '';
    if (!after.startsWith(' ')) return;
  }
}

/** Continues the erasures at the start, and from time to time. */
export async function keepErasing(field: Field, everyMs: number): Promise<void> {
  while (!field.closing.aborted) {
    await continueErasures(field).catch(field.onFailure);
    await pause(everyMs, undefined, { signal: field.closing, ref: false }).catch(() => undefined);
  }
}

function visitOf({ param }: FieldAsked): Id {
  const visitId = param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  return visitId;
}
