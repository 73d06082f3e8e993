/** Signals that all screens share: the session, the visit, what was said, and the language. */
import { computed, signal } from '@preact/signals';
import type { Instant, Locale } from 'auxilio';
import { centerPhone } from '../../ui/center-phone.ts';
import { hourSaid, whenSaid } from '../../ui/time.ts';
import type { ClientSession, Said, ShownVisit, Trouble } from './server.ts';
import { loadTexts, texts } from './words.ts';

export const session = signal<ClientSession | null>(null);
export const visit = signal<ShownVisit | null>(null);
export const said = signal<readonly Said[]>([]);
/** The reason why the server is not asked, or did not answer. */
export const trouble = signal<Trouble | null>(null);
export const forgottenKey = 'client-forgotten';
/** True once the data of the visit were erased, here as well, until another one is opened. */
export const forgotten = signal(localStorage.getItem(forgottenKey) !== null);
/** A sentence for the client, until the next screen. */
export const notice = signal<string | null>(null);

const languageKey = 'client-language';
const chosen = localStorage.getItem(languageKey);
export const locale = signal<Locale>(chosen === 'en' ? 'en' : 'es-CR');

export async function choose(one: Locale): Promise<void> {
  await loadTexts(one);
  localStorage.setItem(languageKey, one);
  locale.value = one;
}

export const t = () => texts(locale.value);

/** Commands that the server has not answered yet. */
export const waiting = computed(() => said.value.filter(({ outcome }) => outcome === null));

/** The telephone of the contact center: that of the server, once it has named one. */
export const phoneOfCenter = () => session.value?.centerPhone ?? centerPhone;

const minuteNow = () => new Date().toISOString().slice(0, 16);
/** Drawn again when the minute turns: times and codes depend on it. */
export const present = signal(minuteNow());
const turn = () => {
  present.value = minuteNow();
};
setInterval(turn, 5_000);
document.addEventListener('visibilitychange', turn);

const today = (): Instant => {
  void present.value;
  return new Date().toISOString();
};
export const when = (at: Instant): string => whenSaid(at, today(), locale.value);
export const hour = (at: Instant): string => hourSaid(at, today(), locale.value);
