/** The person who uses the console. */
import { signal } from '@preact/signals';
import type { Locale } from 'auxilio';

export type Session = Readonly<{ actorId: string; role: string; name: string; locale: Locale }>;

export const isCenter = ({ role }: Session): boolean => role === 'operator' || role === 'supervisor';

/** `undefined` until the server has said who it is. */
export const session = signal<Session | null | undefined>(undefined);

/** True once the server no longer knows the session of the person who was at work. */
export const isExpired = signal(false);

/** The language that was chosen on the screen; that of the user otherwise. */
const chosen = signal<Locale | null>(localStorage.getItem('locale') as Locale | null);

export const locale = (): Locale => chosen.value ?? session.value?.locale ?? 'es-CR';

export function choose(language: Locale): void {
  localStorage.setItem('locale', language);
  chosen.value = language;
}
