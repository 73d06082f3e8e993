/** Parts that all screens share: the language, the clock, and a sentence for the user. */
import { signal } from '@preact/signals';
import type { CommandType, EventType, Instant, Locale, Phase } from 'auxilio';
import { commandTypes, eventTypes, type Language } from 'auxilio/core';
import { explainPassed, type PassedPurpose } from 'auxilio/service';
import { toSentence } from '../../ui/text.ts';
import { dayOf, hourSaid, isSameDay, spanSaid, timeOfDay, whenSaid } from '../../ui/time.ts';
import { locale } from './session.ts';
import { loadTexts, texts } from './words.ts';

export { policy } from '../../../http/policy.ts';

/** A sentence for the user. */
export const notice = signal<string | null>(null);

/** Shows a sentence for some seconds. */
export function say(text: string): void {
  notice.value = text;
  setTimeout(() => {
    if (notice.peek() === text) notice.value = null;
  }, 6_000);
}

/** The present, as ages are shown by it. */
export const now = signal<number>(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);

export const instant = (): Instant => new Date().toISOString();

const languages = signal<Partial<Record<Locale, Language>>>({});

/** Loads the words of the protocol in the language of the user. */
export async function loadLanguage(tag: Locale): Promise<void> {
  if (languages.peek()[tag] !== undefined) return;
  const [language] = await Promise.all([
    tag === 'en' ? import('auxilio/en').then(({ en }) => en) : import('auxilio/es-CR').then(({ esCR }) => esCR),
    loadTexts(tag),
  ]);
  languages.value = { ...languages.value, [tag]: language };
}

/** The words of the protocol; null until they are loaded. */
export const loadedLanguage = (): Language | null => languages.value[locale()] ?? null;

export function useLanguage(): Language {
  const language = loadedLanguage();
  if (language === null) throw new Error('The words are not loaded');
  return language;
}

/** Why a debt is still open although its purpose has passed, and since when. */
export const stillOpen = (passed: PassedPurpose): string =>
  toSentence(t().stillOpen(explainPassed(passed, useLanguage()), when(passed.at)));

/** The texts in the language of the user; drawn again when they have been loaded. */
export const t = () => {
  void languages.value;
  return texts(locale());
};

/** A phase in words; of a provider who took over work that was begun, that it is to be taken up again. */
export const phaseText = (phase: Phase, isTakenOver = false): string =>
  isTakenOver ? t().takenOver : t().phases(phase);

export const when = (at: Instant): string => whenSaid(at, new Date(now.value).toISOString(), locale());
/** A time within a sentence, after *a* or *at*, with its day unless it is today. */
export const hour = (at: Instant): string => hourSaid(at, new Date(now.value).toISOString(), locale());
export const span = (from: Instant, to: Instant): string =>
  spanSaid(from, to, new Date(now.value).toISOString(), locale());
/** The day, unless it is today. */
export const otherDay = (at: Instant): string | null =>
  isSameDay(at, new Date(now.value).toISOString()) ? null : dayOf(at, locale());

/** The time of today, else the day, as there is no room for both. */
export const dayOrTime = (at: Instant): string => otherDay(at) ?? clock(at);

export const clock = (at: Instant): string => timeOfDay(at, locale());

/** The name of an act, as the beginning of a sentence. */
export const named = (act: CommandType): string => toSentence(useLanguage().names.acts[act]);

/** The act that an event records. */
export const commandOf = (event: EventType): CommandType | undefined => commandTypes[eventTypes.indexOf(event)];

/** The event that records an act. */
export const eventOf = (act: CommandType): EventType => eventTypes[commandTypes.indexOf(act)] as EventType;

export const namedEvent = (event: EventType): string => {
  const command = commandOf(event);
  return command === undefined ? event : named(command);
};
