import type { Locale } from 'auxilio';
import type { BoardStore } from '../../http/board.ts';
import type { PasswordHash } from './passwords.ts';
import { type Table, tableIn } from './tables.ts';

/** The roles of this host's people. The first records as provider; operators and supervisors as contact center; payers only read. */
export type FieldRole = 'provider' | 'operator' | 'supervisor' | 'payer';

/** The roles of those before a screen: this host's people, and the client of one visit, who has no login. */
export type ScreenRole = FieldRole | 'client';

/** A person who may log in. */
export type User = Readonly<{
  login: string;
  /** The id under which the log names them. */
  actorId: string;
  role: FieldRole;
  name: string;
  locale: Locale;
  password: PasswordHash;
}>;

/** True for those of the contact center. */
export const isOfCenter = ({ role }: Readonly<{ role: ScreenRole }>): boolean =>
  role === 'operator' || role === 'supervisor';

/** True for those who may read every visit. */
export const mayReadAll = ({ role }: Readonly<{ role: ScreenRole }>): boolean =>
  isOfCenter({ role }) || role === 'payer';

export const USERS = 'field-users-1';

/** The users by their login names, which are in lower case. */
export const usersIn = (store: BoardStore): Table<User> => tableIn(store, USERS);

/** A login name as it is kept; empty if it is not valid. */
export function loginOf(text: unknown): string {
  const login = typeof text === 'string' ? text.trim().toLowerCase() : '';
  return /^[a-z0-9][a-z0-9._@-]{0,63}$/.test(login) ? login : '';
}
