import type { Locale, Policy } from 'auxilio';
import { isDevice } from '../../http/device-routes.ts';
import { bodyOf } from './body.ts';
import type { Field, FieldAsked } from './field.ts';
import { limitOf } from './limit.ts';
import { networkOf } from './network.ts';
import { isPassword } from './passwords.ts';
import { Refusal } from './refusals.ts';
import { type FieldRole, loginOf } from './users.ts';

/** A person who is logged in. */
export type SessionReply = {
  readonly actorId: string;
  readonly role: FieldRole;
  readonly name: string;
  readonly locale: Locale;
  /** Of a provider: the device of the session. */
  readonly device?: string;
  /** Of a provider: the policy by which the server judges, without its thresholds, for the phone to judge by; none if it has none. */
  readonly policy?: Policy;
  readonly expiresAt: string;
};

const MINUTE_MS = 60_000;

/** The limits of logins: of one name from one network, of one name from anywhere, of one network; and of clients of one network. */
export const loginLimits = () => ({
  pair: limitOf(5, MINUTE_MS),
  name: limitOf(50, MINUTE_MS / 5),
  address: limitOf(30, MINUTE_MS / 10),
  client: limitOf(20, MINUTE_MS / 10),
});

/** `POST /api/session`: logs in. */
export async function logIn(field: Field, { request, address }: FieldAsked) {
  const network = networkOf(address);
  const { login: given, password, device } = await bodyOf(request, 4096);
  const login = loginOf(given);
  if (typeof password !== 'string' || password.length > 1024) throw new Refusal('bad-request', { at: '/password' });
  if (device !== undefined && !isDevice(device)) throw new Refusal('bad-request', { at: '/device' });
  refuseTooMany(field, login, network);
  const user = login === '' ? null : await field.users.read(login);
  const isRight = await isPassword(password, user?.password);
  if (!isRight || user === null) throw new Refusal('wrong-login');
  field.limits.pair.forget(`${login} ${network}`);
  // Those who know their password wait for nobody: a whole shift may enter from one address.
  field.limits.address.giveBack(network);
  field.limits.name.giveBack(login);
  if (user.role !== 'provider') return field.sessions.start(user, undefined);
  if (device === undefined) throw new Refusal('bad-request', { at: '/device' });
  return field.sessions.start(user, device);
}

function refuseTooMany({ limits, now }: Field, login: string, network: string): void {
  const at = Date.parse(now());
  // One that the first limit refuses uses up no other: else a single address would shut a person out everywhere.
  const seconds =
    limits.address.count(network, at) || limits.pair.count(`${login} ${network}`, at) || limits.name.count(login, at);
  if (seconds > 0) throw new Refusal('too-many-tries', {}, { 'retry-after': String(seconds) });
}
