/** Parts that all screens share: the language, the phone, and the frame around them. */
import { signal } from '@preact/signals';
import type { Instant } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import type { FunctionComponent } from 'preact';
import { addressed, toSentence } from '../../ui/text.ts';
import { hourSaid, whenSaid } from '../../ui/time.ts';
import type { Phone } from './phone.ts';
import { session } from './session.ts';
import { texts } from './words.ts';

export const phone = signal<Phone | null>(null);
/** The screens behind the login, once they are loaded. */
export const inside = signal<FunctionComponent | null>(null);
/** A sentence for the user, until the next screen. */
export const notice = signal<string | null>(null);

export { centerPhone } from '../../ui/center-phone.ts';

const locale = () => session.value?.locale ?? 'es-CR';

/** The texts in the language of the user. */
export const t = () => texts(locale());

/** The phone; screens that use it are shown once it is open. */
export function usePhone(): Phone {
  if (phone.value === null) throw new Error('The phone is not open');
  return phone.value;
}

/** False while the browser knows of no network; true says little. */
export const hasNetwork = signal(navigator.onLine);
for (const name of ['online', 'offline']) {
  addEventListener(name, () => {
    hasNetwork.value = navigator.onLine;
  });
}

const hourNow = () => new Date().toISOString().slice(0, 13);

/** The day and the hour by the phone, so that what is said of them is drawn again when they turn. */
export const present = signal(hourNow());
const turn = () => {
  present.value = hourNow();
};
setInterval(turn, 30_000);
document.addEventListener('visibilitychange', turn);

const today = (): Instant => {
  void present.value;
  return new Date().toISOString();
};

export const when = (at: Instant): string => whenSaid(at, today(), locale());
/** A time within a sentence, after *a* or *at*; with its day where it is not that of `beside`, which is today by default. */
export const hour = (at: Instant, beside: Instant = today()): string => hourSaid(at, beside, locale());
/** The name of the client of a visit, as it is said. */
export const clientOf = ({ local }: Pick<ReplicaVisit, 'local'>): string => addressed(local.client, locale());
/** The name of an act, as the beginning of a sentence. */
export const named = (act: string): string => toSentence(usePhone().language.names.acts[act as 'StartWork'] ?? act);
