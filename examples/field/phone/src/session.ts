/** The user of the phone: the answer of the server at the last login, kept so that the phone opens without a signal. */
import { signal } from '@preact/signals';
import type { Locale, Policy } from 'auxilio';
import { keep, restoreKept } from './kept.ts';
import { loadTexts } from './words.ts';

export type Session = Readonly<{
  actorId: string;
  name: string;
  role: string;
  locale: Locale;
  /** The policy of the server, as it was last told; none where it has none. */
  policy?: Policy;
}>;

/** The answer to a login: the session, or the reason for the refusal. */
export type Login =
  | Readonly<{ ok: true; session: Session }>
  | Readonly<{ ok: false; reason: 'wrong' | 'later' | 'no-signal' | 'not-a-provider' }>;

const key = 'session';
/** Set while a session that the user has left is still to be ended at the server. */
const leavingKey = 'leaving';
const retryMs = 15_000;

function stored(): Session | null {
  try {
    const session: Session | null = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof session?.actorId === 'string' ? session : null;
  } catch {
    return null;
  }
}

/** The place where the secrets of the codes at the door are kept for a person; they leave the phone with them. */
export const doorsKey = (actorId: string): string => `doors/${actorId}`;

/** True while a person is entered on this phone, in whichever window. */
export const isEntered = (actorId: string): boolean => stored()?.actorId === actorId;

async function forgetDoors(left: Session | null): Promise<void> {
  if (left !== null && !isEntered(left.actorId)) await keep(doorsKey(left.actorId), null);
}

export const session = signal<Session | null>(stored());
// All windows have one session at the server: who enters or leaves in one does so in the others.
addEventListener('storage', async ({ key: changed }) => {
  if (changed !== key && changed !== null) return;
  const kept = stored();
  await loadTexts(kept?.locale ?? 'es-CR').catch(console.error);
  session.value = kept;
});
/** Brings back the session and the name of the device that were kept last, if the browser was killed before it wrote them. */
export async function restoreSession(): Promise<void> {
  await restoreKept([key, 'device', leavingKey]);
  void inTurn(endLeft);
  const kept = stored();
  await forgetDoors(session.peek());
  if (JSON.stringify(kept) !== JSON.stringify(session.peek())) session.value = kept;
}

/** True when the server no longer knows the session: acts are still recorded, and wait until the user enters again. */
export const isExpired = signal(false);

/** The name of this device, which is kept with each act. */
export function deviceName(): string {
  const known = localStorage.getItem('device');
  if (known !== null) return known;
  const made = crypto.randomUUID();
  localStorage.setItem('device', made);
  return made;
}

export const headers = { 'x-field': '1' } as const;

let turn: Promise<unknown> = Promise.resolve();

/** Lets one request at a time change the cookie of the session: the answer to a logout would remove that of the next person. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const mine = turn.then(act);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Ends the session that was left; without a signal, as soon as there is one: the next person at this phone is not to have it. */
async function endLeft(): Promise<void> {
  if (localStorage.getItem(leavingKey) === null) return;
  const signal = AbortSignal.timeout(retryMs);
  const response = await fetch('/api/session', { method: 'DELETE', headers, signal }).catch(() => undefined);
  if (response?.ok || response?.status === 401) await keep(leavingKey, null);
  else setTimeout(() => void inTurn(endLeft), retryMs);
}
addEventListener('online', () => void inTurn(endLeft));

/** Enters with a name and a password. */
export const logIn = (login: string, password: string): Promise<Login> =>
  inTurn(async () => {
    const left = localStorage.getItem(leavingKey);
    // The server ends that session with the login; until it is known, no other window does.
    if (left !== null) await keep(leavingKey, null);
    const answer = await enter(login, password);
    if (left !== null && !answer.ok) {
      await keep(leavingKey, left);
      setTimeout(() => void inTurn(endLeft), retryMs);
    }
    return answer;
  });

async function enter(login: string, password: string): Promise<Login> {
  let response: Response;
  try {
    response = await fetch('/api/session', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, device: deviceName() }),
    });
  } catch {
    return { ok: false, reason: 'no-signal' };
  }
  if (response.status === 429) return { ok: false, reason: 'later' };
  if (response.status >= 500) return { ok: false, reason: 'no-signal' };
  if (!response.ok) return { ok: false, reason: 'wrong' };
  const entered: Session = await response.json();
  if (entered.role !== 'provider') {
    await keep(leavingKey, 'yes');
    await endLeft();
    return { ok: false, reason: 'not-a-provider' };
  }
  await Promise.all([keep(key, JSON.stringify(entered)), keep('device', deviceName())]);
  await forgetDoors(session.peek());
  await loadTexts(entered.locale);
  isExpired.value = false;
  session.value = entered;
  return { ok: true, session: entered };
}

/** Asks for the policy of the server, which may be another since the login, and keeps it. One that cannot be read is not taken over. */
export async function renewPolicy(isReadable: (policy: unknown) => boolean): Promise<void> {
  const response = await fetch('/api/session', { headers });
  if (!response.ok) return;
  const { actorId, policy }: Session = await response.json();
  const known = session.peek();
  if (known?.actorId !== actorId || isSamePolicy(known.policy, policy)) return;
  if (policy !== undefined && !isReadable(policy)) return;
  const { policy: _, ...others } = known;
  session.value = { ...others, ...(policy && { policy }) };
  await keep(key, JSON.stringify(session.value));
}

/** True for policies that came from the server as the same text. */
export const isSamePolicy = (one: Policy | undefined, other: Policy | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Leaves the phone to another person. What waits stays on it, and is sent when they enter again. */
export async function logOut(): Promise<void> {
  await keep(leavingKey, 'yes');
  await keep(key, null);
  await forgetDoors(session.peek());
  session.value = null;
  await inTurn(endLeft);
}

/** Chooses the language of the screens. */
export async function choose(locale: Locale): Promise<void> {
  await loadTexts(locale);
  if (session.value === null) return;
  session.value = { ...session.value, locale };
  await keep(key, JSON.stringify(session.value));
}
