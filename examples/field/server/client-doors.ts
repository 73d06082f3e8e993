import { createHash, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Id, Instant } from 'auxilio';
import type { ClientProblemCode, ClientWay } from '../client-contract.ts';
import type { Field } from './field.ts';
import type { Table } from './tables.ts';

/** A link or a code that the center made for a client: by whom, and what became of it. Of its secret only the hash is kept. */
type Made = Readonly<{
  hash: string;
  by: Id;
  name: string;
  at: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
  /** Time when another took its place, it was revoked, or its tries were used up. */
  revokedAt: Instant | null;
  /** Times at which one that had been used was tried again. */
  triedAgainAt: readonly Instant[];
}>;

type Code = Made & Readonly<{ triesLeft: number }>;

/** A session of one device of the client. */
export type ClientSession = Readonly<{
  sessionId: Id;
  hash: string;
  way: ClientWay;
  device: string;
  /** The public keys of the device, the last one first. */
  keys: readonly Readonly<{ key: string; registeredAt: Instant }>[];
  openedAt: Instant;
  expiresAt: Instant;
  endedAt: Instant | null;
}>;

/** The client's access to one visit, under an id that is no secret: the provider's phone shows it. */
export type ClientDoor = Readonly<{
  doorId: string;
  visitId: Id;
  /** The secret from which those of the codes at the door are derived. */
  root: string;
  links: readonly Made[];
  codes: readonly Code[];
  sessions: readonly ClientSession[];
}>;

/** The doors by their ids, and the ids by the visits. */
export type ClientDoors = Readonly<{ byId: Table<ClientDoor>; ofVisits: Table<{ doorId: string }> }>;

const MINUTE_MS = 60_000;
const LINK_MS = 48 * 60 * MINUTE_MS;
const CODE_MS = 10 * MINUTE_MS;
const SESSION_MS = 14 * 24 * 60 * MINUTE_MS;
const TRIES = 5;
/** The most links, codes, sessions and keys that are remembered of a visit. */
const MOST = 20;

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const after = (at: Instant, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const isOpen = ({ usedAt, revokedAt }: Made) => usedAt === null && revokedAt === null;

/** Reads the door of a visit, which is made when it is first asked for. */
export async function doorOf({ clientDoors }: Pick<Field, 'clientDoors'>, visitId: Id): Promise<ClientDoor> {
  const made = randomBytes(9).toString('base64url');
  const { doorId } = (await clientDoors.ofVisits.change(visitId, (there) =>
    there ? undefined : { doorId: made },
  )) ?? {
    doorId: made,
  };
  const root = randomBytes(32).toString('base64url');
  const blank: ClientDoor = { doorId, visitId, root, links: [], codes: [], sessions: [] };
  return (await clientDoors.byId.change(doorId, (there) => (there ? undefined : blank))) ?? blank;
}

/** The actor id of a visit's client. */
export const clientIdOf = ({ doorId }: ClientDoor): Id => `client-${doorId}`;

/** The secret of the codes at the door: of the visit and one assignment of a provider, by its place in the log. */
export const doorSecretOf = ({ root }: ClientDoor, providerId: Id, position: number): string =>
  createHmac('sha256', root).update(`${position} ${providerId}`).digest('base64url');

type Maker = Readonly<{ by: Id; name: string; at: Instant }>;

const madeBy = (maker: Maker, secret: string, ms: number): Made => ({
  ...maker,
  hash: hashOf(secret),
  expiresAt: after(maker.at, ms),
  usedAt: null,
  revokedAt: null,
  triedAgainAt: [],
});

const closed = <M extends Made>(made: readonly M[], at: Instant): M[] =>
  made.map((one) => (isOpen(one) ? { ...one, revokedAt: at } : one));

/** Makes a link, which takes the place of the one before it, and answers its secret: the door's id, and 128 bits. */
export async function makeLink(field: Field, visitId: Id, maker: Maker) {
  const { doorId } = await doorOf(field, visitId);
  const secret = `${doorId}${randomBytes(16).toString('base64url')}`;
  const link = madeBy(maker, secret, LINK_MS);
  await changeDoor(field, doorId, (door) => ({ ...door, links: [...closed(door.links, maker.at), link].slice(-MOST) }));
  return { secret, expiresAt: link.expiresAt };
}

/** Makes a code of six digits, which takes the place of the one before it. */
export async function makeCode(field: Field, visitId: Id, maker: Maker) {
  const { doorId } = await doorOf(field, visitId);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const made: Code = { ...madeBy(maker, `${doorId} ${code}`, CODE_MS), triesLeft: TRIES };
  await changeDoor(field, doorId, (door) => ({ ...door, codes: [...closed(door.codes, maker.at), made].slice(-MOST) }));
  return { code, expiresAt: made.expiresAt };
}

/** Revokes the links and codes of a visit and ends its sessions, on every process. */
export async function closeDoor(field: Field, visitId: Id): Promise<void> {
  const at = field.now();
  const { doorId } = await doorOf(field, visitId);
  await changeDoor(field, doorId, (door) => ({
    ...door,
    links: closed(door.links, at),
    codes: closed(door.codes, at),
    sessions: door.sessions.map((one) => (one.endedAt === null ? { ...one, endedAt: at } : one)),
  }));
  await Promise.all([field.hub.review(), field.announcements.review()]);
}

const changeDoor = (
  { clientDoors }: Pick<Field, 'clientDoors'>,
  doorId: string,
  next: (door: ClientDoor) => ClientDoor,
) => clientDoors.byId.change(doorId, (there) => (there === null ? undefined : next(there)));

/** The reason why a link or a code opens no session; `left`: the tries that a code has left. */
type DoorFault = Readonly<{ code: Exclude<ClientProblemCode, 'too-many-tries' | 'unauthenticated'>; left?: number }>;

/** A session that was opened, with its token; or the reason why it was not. */
type Opened = Readonly<{ token: string; door: ClientDoor; session: ClientSession }> | DoorFault;

type Device = Readonly<{ device: string; key: string | undefined }>;

/** Opens a session of a device by the secret of a link, once. */
export async function openByLink(field: Field, secret: string, device: Device): Promise<Opened> {
  const doorId = secret.slice(0, -22);
  const hash = hashOf(secret);
  return opening(field, doorId, 'link', device, { code: 'wrong-link' }, ({ links }) => {
    const link = links.find((one) => one.hash === hash);
    return link === undefined ? null : { made: link, isRight: true };
  });
}

/** Opens a session of a device by the code that the center told, once. */
export async function openByCode(field: Field, doorId: string, code: string, device: Device): Promise<Opened> {
  const hash = hashOf(`${doorId} ${code}`);
  return opening(field, doorId, 'code', device, { code: 'wrong-code' }, ({ codes }) => {
    const made = codes.at(-1);
    return made === undefined ? null : { made, isRight: made.hash === hash };
  });
}

type Asked = Readonly<{ made: Made | Code; isRight: boolean }> | null;

async function opening(
  field: Field,
  doorId: string,
  way: ClientWay,
  { device, key }: Device,
  unknown: DoorFault,
  find: (door: ClientDoor) => Asked,
): Promise<Opened> {
  const at = field.now();
  const token = `${doorId}${randomBytes(32).toString('base64url')}`;
  const session: ClientSession = {
    sessionId: `s-${randomUUID()}`,
    hash: hashOf(token),
    way,
    device,
    keys: key === undefined ? [] : [{ key, registeredAt: at }],
    openedAt: at,
    expiresAt: after(at, SESSION_MS),
    endedAt: null,
  };
  let fault: DoorFault | null = unknown;
  const door = await changeDoor(field, doorId, (there) => {
    const asked = find(there);
    fault = asked === null ? unknown : faultOf(asked, at);
    if (asked === null) return there;
    const made = fault === null ? { ...asked.made, usedAt: at } : tried(asked, fault, at);
    const isIt = ({ hash }: Made) => hash === asked.made.hash;
    return {
      ...there,
      links: way === 'link' ? there.links.map((one) => (isIt(one) ? made : one)) : there.links,
      codes: way === 'code' ? there.codes.map((one) => (isIt(one) ? (made as Code) : one)) : there.codes,
      sessions: fault === null ? [...there.sessions, session].slice(-MOST) : there.sessions,
    };
  });
  return fault ?? (door === null ? unknown : { token, door, session });
}

function faultOf({ made, isRight }: NonNullable<Asked>, at: Instant): DoorFault | null {
  if (made.revokedAt !== null) return { code: 'revoked' };
  if (made.usedAt !== null) return { code: 'used' };
  if (made.expiresAt <= at) return { code: 'expired' };
  if (isRight) return null;
  return { code: 'wrong-code', left: 'triesLeft' in made ? made.triesLeft - 1 : 0 };
}

/** A link or a code after it opened nothing. */
function tried({ made }: NonNullable<Asked>, { code }: DoorFault, at: Instant): Made {
  if (code === 'used') return { ...made, triedAgainAt: [...made.triedAgainAt, at].slice(-MOST) };
  if (code !== 'wrong-code' || !('triesLeft' in made)) return made;
  const triesLeft = made.triesLeft - 1;
  return { ...made, triesLeft, ...(triesLeft === 0 && { revokedAt: at }) } as Code;
}

/** The door and the session of a token; null for one that is unknown, has ended or has expired. */
export async function findClient({ clientDoors, now }: Field, token: string | undefined) {
  if (token === undefined || !/^[\w-]{55}$/.test(token)) return null;
  const door = await clientDoors.byId.read(token.slice(0, 12));
  const hash = hashOf(token);
  const session = door?.sessions.find((one) => one.hash === hash);
  if (door === null || session === undefined || session.endedAt !== null || session.expiresAt <= now()) return null;
  return { door, session };
}

/** Changes one session of a door. */
export async function changeSession(
  field: Field,
  { doorId }: ClientDoor,
  sessionId: Id,
  next: (session: ClientSession) => ClientSession,
): Promise<void> {
  await changeDoor(field, doorId, (door) => ({
    ...door,
    sessions: door.sessions.map((one) => (one.sessionId === sessionId ? next(one) : one)),
  }));
}

/** Registers another public key of the device of a session. */
export const withKey = (session: ClientSession, key: string, registeredAt: Instant): ClientSession =>
  session.keys[0]?.key === key
    ? session
    : { ...session, keys: [{ key, registeredAt }, ...session.keys].slice(0, MOST) };
