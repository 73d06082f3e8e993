/** The phones and pages that may have a copy of a visit: each is asked to forget it once texts of it were erased, and confirms. */
import { randomUUID } from 'node:crypto';
import type { Id, Instant } from 'auxilio';
import type { CopyOfTexts, DataSubject } from 'auxilio/privacy';
import { bodyOf } from './body.ts';
import { changeSession } from './client-doors.ts';
import type { Field, FieldAsked } from './field.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { mustBeIn } from './session-routes.ts';

/** A copy on a device that is to be forgotten. `holder` is a provider, or the client. */
export type AskedCopy = DataSubject & {
  readonly copyId: Id;
  readonly holder: Id;
  readonly device: string;
  readonly askedAt: Instant;
  readonly confirmedAt: Instant | null;
  /** The supervisor who decided that it is waited for no longer, as for a phone that was lost. */
  readonly writtenOff: { readonly by: Id; readonly at: Instant } | null;
};

/** `GET /api/forgotten` and `GET /api/client/forgotten`: the copies that this device is to forget. */
export type ForgottenReply = { readonly copies: readonly Pick<AskedCopy, 'copyId' | 'visitId'>[] };

/** `GET /api/forgetting`: the copies that no device has confirmed as forgotten, and when their devices called last. */
export type ForgettingReply = {
  readonly copies: readonly (AskedCopy & {
    /** True of a page of the client. */
    readonly isClients: boolean;
    readonly lastContactAt: Instant | null;
    readonly revokedAt: Instant | null;
  })[];
};

/** The holder of the copies of a client's page; no provider has this id. */
const CLIENT = '@client';

type Holder = Pick<AskedCopy, 'holder' | 'device'>;

const keyOf = ({ holder, device, visitId, subject }: Omit<AskedCopy, 'copyId' | 'askedAt'> | (Holder & DataSubject)) =>
  `${holder} ${device} ${visitId} ${subject}`;

const isOpen = ({ confirmedAt, writtenOff }: AskedCopy) => confirmedAt === null && writtenOff === null;

/** The copies on phones and clients' pages, as `createPrivacy` asks them to forget. */
export const copiesOnPhones = (field: () => Field): CopyOfTexts => ({
  name: 'phones',
  forget: (subjects) => askToForget(field(), subjects),
});

/** Asks each device that may have texts of these subjects. @throws until all have confirmed */
async function askToForget(field: Field, subjects: readonly DataSubject[]): Promise<void> {
  const { now, askedCopies } = field;
  // A device forgets the whole visit: it is asked once for a client and who speaks for them.
  const isOfClient = ({ visitId, subject }: DataSubject) =>
    subject !== 'client' && subjects.some((one) => one.visitId === visitId && one.subject === 'client');
  for (const { visitId, subject } of subjects.filter((one) => !isOfClient(one))) {
    for (const one of await listHolders(field, visitId)) {
      const made = {
        ...one,
        visitId,
        subject,
        copyId: randomUUID(),
        askedAt: now(),
        confirmedAt: null,
        writtenOff: null,
      };
      const copy = await askedCopies.change(keyOf(made), (there) => (there === null ? made : undefined));
      if (copy?.copyId === made.copyId && one.holder !== CLIENT)
        await field.announcements.say({ name: 'assignments', data: {}, providerId: one.holder });
    }
  }
  const isOf = (copy: DataSubject) =>
    subjects.some((one) => one.visitId === copy.visitId && one.subject === copy.subject);
  const asked = (await askedCopies.all()).filter(isOf);
  const left = asked.filter(isOpen);
  if (left.length > 0) throw new Error(`${left.length} devices have not forgotten yet`);
  // A later erasure asks again.
  for (const copy of asked) await askedCopies.change(keyOf(copy), () => null);
}

/** Reads the sessions of the client's page of a visit. */
async function sessionsOf({ clientDoors }: Field, visitId: Id) {
  const { doorId } = (await clientDoors.ofVisits.read(visitId)) ?? {};
  const door = doorId === undefined ? null : await clientDoors.byId.read(doorId);
  return { door, sessions: door?.sessions ?? [] };
}

/** Lists the devices that may have a copy of a visit: all of its providers, and of its client. */
async function listHolders(field: Field, visitId: Id): Promise<readonly Holder[]> {
  const [{ state }, listed, { sessions }] = await Promise.all([
    field.stored.load(visitId),
    field.devices.list(),
    sessionsOf(field, visitId),
  ]);
  const providers = new Set([state.provider?.id, ...state.formerProviders]);
  const logins = await Promise.all([...providers].map((id) => field.logins.startingWith(`${id} `)));
  const ofProviders = [...listed, ...logins.flat()].filter(({ providerId }) => providers.has(providerId));
  const all = [
    ...ofProviders.map(({ providerId: holder, device }) => ({ holder, device })),
    ...sessions.map(({ device }) => ({ holder: CLIENT, device })),
  ];
  return [...new Map(all.map((one) => [`${one.holder} ${one.device}`, one])).values()];
}

const listAsked = async ({ askedCopies }: Field, { holder, device }: Holder): Promise<readonly AskedCopy[]> =>
  (await askedCopies.startingWith(`${holder} ${device} `)).filter((one) => one.device === device && isOpen(one));

/** A reply after which the browser removes what its cache has, as the photographs. */
const uncached = { 'cache-control': 'no-store', 'clear-site-data': '"cache"' };

async function confirm(field: Field, asking: Holder, copyIds: unknown): Promise<readonly AskedCopy[]> {
  if (!Array.isArray(copyIds)) throw new Refusal('bad-request', { at: '/copyIds' });
  const confirmed = (await listAsked(field, asking)).filter(({ copyId }) => copyIds.includes(copyId));
  for (const { copyId, ...copy } of confirmed) {
    const isIt = (there: AskedCopy | null): there is AskedCopy => there?.copyId === copyId;
    const confirmedAt = field.now();
    await field.askedCopies.change(keyOf(copy), (there) => (isIt(there) ? { ...there, confirmedAt } : undefined));
  }
  if (confirmed.length > 0) await continueErasures(field, confirmed);
  return confirmed;
}

/** Continues the erasures of visits that every device has forgotten. */
async function continueErasures(field: Field, changed: readonly AskedCopy[]): Promise<void> {
  const open = (await field.askedCopies.all()).filter(isOpen);
  const isDone = ({ visitId, subject }: AskedCopy) =>
    !open.some((one) => one.visitId === visitId && one.subject === subject);
  if (changed.some(isDone)) await field.privacy.continueErasures();
}

const told = (copies: readonly AskedCopy[]) =>
  jsonReply({ copies: copies.map(({ copyId, visitId }) => ({ copyId, visitId })) } satisfies ForgottenReply, {
    'cache-control': 'no-store',
  });

const phoneOf = ({ session }: FieldAsked): Holder => {
  const { actorId: holder, device = '' } = mustBeIn(session);
  return { holder, device };
};

/** `GET /api/forgotten` */
export const listForgotten = async (field: Field, asked: FieldAsked): Promise<Response> =>
  told(await listAsked(field, phoneOf(asked)));

/** `POST /api/forgotten`, `{ copyIds }`: what the phone of the session has forgotten. */
export async function confirmForgotten(field: Field, asked: FieldAsked): Promise<Response> {
  const { copyIds } = await bodyOf(asked.request, 64 * 1024);
  await confirm(field, phoneOf(asked), copyIds);
  return new Response(null, { status: 204, headers: uncached });
}

/** `GET /api/client/forgotten?device=`: also for a page whose session has ended, by the name that only the device and the center know. */
export const listClientForgotten = async (field: Field, { query }: FieldAsked): Promise<Response> =>
  told(await listAsked(field, { holder: CLIENT, device: query.get('device') ?? '' }));

/** `POST /api/client/forgotten`, `{ device, copyIds }`. It ends the sessions of the device at these visits. */
export async function confirmClientForgotten(field: Field, asked: FieldAsked): Promise<Response> {
  const { device, copyIds } = await bodyOf(asked.request, 64 * 1024);
  const confirmed = await confirm(field, { holder: CLIENT, device: String(device) }, copyIds);
  for (const { visitId } of confirmed) {
    const { door, sessions } = await sessionsOf(field, visitId);
    for (const { sessionId } of sessions.filter((one) => one.device === device && one.endedAt === null))
      if (door !== null) await changeSession(field, door, sessionId, (one) => ({ ...one, endedAt: field.now() }));
  }
  return new Response(null, { status: 204, headers: uncached });
}

/** `GET /api/forgetting` */
export async function listForgetting(field: Field): Promise<Response> {
  const [asked, listed] = await Promise.all([field.askedCopies.all(), field.devices.list()]);
  const known = new Map(listed.map((one) => [`${one.providerId} ${one.device}`, one]));
  const copies = asked.filter(isOpen).map((copy) => {
    const { lastContactAt = null, revokedAt = null } = known.get(`${copy.holder} ${copy.device}`) ?? {};
    return { ...copy, isClients: copy.holder === CLIENT, lastContactAt, revokedAt };
  });
  return jsonReply({ copies } satisfies ForgettingReply, { 'cache-control': 'no-store' });
}

/** `DELETE /api/forgetting/:copyId`: waits for a copy no longer. */
export async function writeOffCopy(field: Field, { param, session }: FieldAsked): Promise<Response> {
  const copy = (await field.askedCopies.all()).find((one) => one.copyId === param('copyId') && isOpen(one));
  if (copy === undefined) throw new Refusal('no-such-path');
  const writtenOff = { by: mustBeIn(session).actorId, at: field.now() };
  await field.askedCopies.change(keyOf(copy), (there) => there && { ...there, writtenOff });
  await continueErasures(field, [copy]);
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
