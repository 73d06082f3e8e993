import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from 'auxilio';
import type { BoardStore } from '../../http/board.ts';
import type { Claims } from '../../http/call.ts';
import type { DeviceName } from '../../http/devices.ts';
import { type Table, tableIn } from './tables.ts';
import type { FieldRole, User } from './users.ts';

/** A session: who, since when, and for how long. A provider's is of one device. */
export type Session = Readonly<{
  login: string;
  actorId: string;
  role: FieldRole;
  name: string;
  locale: User['locale'];
  device?: string;
  startedAt: Instant;
  expiresAt: Instant;
}>;

/** The sessions, by secret tokens of which only the hash is kept. */
export interface Sessions {
  /** Starts a session and answers its token. The oldest ones of the same person end if they have too many. */
  start(user: User, device: string | undefined): Promise<{ token: string; session: Session }>;
  /** The session of a token; null for one that is unknown or has expired. */
  find(token: string | undefined): Promise<Session | null>;
  end(token: string): Promise<void>;
  /** The devices of the sessions that have not ended, and when each began. */
  devices(): Promise<readonly (DeviceName & Readonly<{ startedAt: Instant }>)[]>;
}

const HOUR_MS = 3_600_000;
/** A phone is offline for days, and its session of one device that can be revoked; a console's lasts one shift. */
const SESSION_MS: Readonly<Record<FieldRole, number>> = {
  provider: 30 * 24 * HOUR_MS,
  operator: 12 * HOUR_MS,
  supervisor: 12 * HOUR_MS,
  payer: 12 * HOUR_MS,
};
const MAX_PER_PERSON = 10;

/** `salt`: that of the password by which it began, which another password does not have. */
type Row = Session & Readonly<{ key: string; salt: string }>;

export function sessionsIn(store: BoardStore, users: Table<User>, now: () => Instant): Sessions {
  // The name is in the key, so that the sessions of one person are read alone; it has no space.
  const table = tableIn<Row>(store, 'field-sessions-1');

  async function dropOld(login: string, at: Instant): Promise<void> {
    const rows = (await table.startingWith(`${login} `)).sort((one, other) =>
      one.startedAt < other.startedAt ? 1 : -1,
    );
    const old = rows.filter(({ expiresAt }, index) => expiresAt <= at || index >= MAX_PER_PERSON - 1);
    for (const { key } of old) await table.change(key, () => null);
  }

  return {
    async start({ login, actorId, role, name, locale, password: { salt } }, device) {
      const startedAt = now();
      await dropOld(login, startedAt);
      const token = `${login} ${randomBytes(32).toString('base64url')}`;
      const expiresAt = new Date(Date.parse(startedAt) + SESSION_MS[role]).toISOString();
      const who = { login, actorId, role, name, locale, ...(device !== undefined && { device }) };
      const session = { ...who, startedAt, expiresAt };
      await table.change(keyOf(token), () => ({ ...session, key: keyOf(token), salt }));
      return { token: Buffer.from(token).toString('base64url'), session };
    },
    async find(token) {
      const text = textOf(token);
      const row = text === null ? null : await table.read(keyOf(text));
      if (row === null || row.expiresAt <= now()) return null;
      // A person who was removed, or has another role, id or password now, is to log in again.
      const user = await users.read(row.login);
      const isTheirs = user?.role === row.role && user.actorId === row.actorId && user.password.salt === row.salt;
      return isTheirs ? row : null;
    },
    async end(token) {
      const text = textOf(token);
      if (text !== null) await table.change(keyOf(text), (row) => (row === null ? undefined : null));
    },
    async devices() {
      const rows = (await table.all()).filter(({ expiresAt }) => expiresAt > now());
      return rows.flatMap(({ actorId: providerId, device, startedAt }) =>
        device === undefined ? [] : [{ providerId, device, startedAt }],
      );
    },
  };
}

/** The name and the secret of a token; null for what this host never made. */
function textOf(token = ''): string | null {
  const text = token.length > 256 ? '' : Buffer.from(token, 'base64url').toString();
  return /^[a-z0-9._@-]+ [\w-]{43}$/.test(text) ? text : null;
}

const keyOf = (token: string) => `${token.split(' ')[0]} ${createHash('sha256').update(token).digest('base64url')}`;

/** The claims of a session, as the application of the API takes them. Its streams end with it. */
export function claimsOf({ role, actorId, device, expiresAt }: Session): Claims {
  return { role, sub: actorId, exp: Date.parse(expiresAt) / 1000, ...(device !== undefined && { device }) };
}
