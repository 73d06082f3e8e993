/** The person who uses the console. */
import { signal } from '@preact/signals';
import type { Locale } from 'auxilio';

export type Session = Readonly<{ actorId: string; role: string; name: string; locale: Locale }>;

export const isCenter = ({ role }: Session): boolean => role === 'operator' || role === 'supervisor';

/** `undefined` until the server has said who it is. */
export const session = signal<Session | null | undefined>(undefined);

/** The person whose session ended while they were at work, which waits behind the login as they left it, and what had the focus. */
export const interrupted = signal<Readonly<{ person: Session; focus: Element | null }> | null>(null);

/** All tabs of the browser have one session: a change in one reaches the others. */
const tabs = new BroadcastChannel('session');

export const tellTabs = (): void => tabs.postMessage(null);

export function onTabChange(read: () => void): void {
  tabs.onmessage = read;
}

/** The language that was chosen on the screen; that of the user otherwise. */
const chosen = signal<Locale | null>(localStorage.getItem('locale') as Locale | null);

export const locale = (): Locale => chosen.value ?? (session.value ?? interrupted.value?.person)?.locale ?? 'es-CR';

export function choose(language: Locale): void {
  localStorage.setItem('locale', language);
  chosen.value = language;
}
