import type { Instant } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import type { VisitState } from '../visit/index.ts';
import { defaultGreeting, defaultZone, type Policy } from '../visit/policy.ts';
import type { DayPart, SpeechOptions, Vocabulary } from './language.ts';
import type { PhraseFacts } from './speech/phrase.ts';
import { cleanPhrase, formatList, formatMaterial, lookup, truncate } from './text.ts';

/** The facts of a visit, each worked out when a phrase asks for it; the greeting and the time to arrive by, which take long, once. */
export class VisitFacts implements PhraseFacts {
  readonly #visit: VisitState;
  readonly #options: SpeechOptions;
  readonly #words: Vocabulary;
  #greeting: string | undefined;
  #arriveBy: string | null | undefined;

  constructor(visit: VisitState, options: SpeechOptions, words: Vocabulary) {
    this.#visit = visit;
    this.#options = options;
    this.#words = words;
  }

  get greeting(): string {
    const { now = null, policy = {} } = this.#options;
    this.#greeting ??= this.#words.greetings[dayPart(now, policy)];
    return this.#greeting;
  }

  get client(): string | null {
    return formatPerson(this.#visit.client, this.#words);
  }

  get provider(): string | null {
    return formatPerson(this.#visit.provider, this.#words);
  }

  get providerName(): string | null {
    return readName(this.#visit.provider);
  }

  get operator(): string | null {
    return readName({ name: this.#options.operator });
  }

  get addressee(): string | null {
    if (this.#options.role === 'contact-center') return this.provider;
    return atTheDoor(this.#visit) ? this.client : null;
  }

  get service(): string | null {
    return cleanPhrase(this.#visit.service);
  }

  get place(): string | null {
    return cleanPhrase(this.#visit.place);
  }

  get caseNumber(): string | null {
    return cleanPhrase(this.#visit.caseNumber);
  }

  get arriveBy(): string | null {
    const { now = null, policy = {} } = this.#options;
    this.#arriveBy ??= formatTime(this.#visit.arriveBy, now, this.#words.messages.locale, policy);
    return this.#arriveBy;
  }

  get materials(): string | null {
    return formatItems(
      this.#visit.materials.requested,
      (item) => formatMaterial(item, this.#words.messages.locale),
      this.#words,
    );
  }

  get materialCount(): number {
    return this.#visit.materials.requested.length;
  }

  get tools(): string | null {
    return formatItems(this.#visit.work.tools, cleanPhrase, this.#words);
  }

  get shots(): string | null {
    return formatItems(this.#visit.requiredShots, cleanPhrase, this.#words);
  }
}

/** True if it is the client who attends, as far as one knows. */
function atTheDoor({ identity, arrival }: VisitState): boolean {
  const another = identity.person === 'representative' || identity.representativeAllowed;
  return !another && identity.rejectedAt === null && arrival.absentSince === null;
}

/** A text without a letter is not a name. */
function readName(person: unknown): string | null {
  const name = cleanPhrase(asRecord(person).name);
  return name !== null && /\p{L}/u.test(name) ? name : null;
}

function formatPerson(person: unknown, { titles }: Vocabulary): string | null {
  const name = readName(person);
  return name && lookup(titles, asRecord(person).title, '') + name;
}

/** All of a list, as far as one can take it in; of the rest, how many more there are. */
function formatItems(list: unknown, told: (item: unknown) => string | null, { messages }: Vocabulary): string | null {
  const texts = asArray(list).flatMap((item) => told(item) ?? []);
  return texts.length === 0 ? null : formatList(truncate(texts, messages.more, 12), messages.locale, 'conjunction');
}

const styles = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time: { hour: 'numeric', minute: '2-digit' },
  day: { year: 'numeric', day: 'numeric', month: 'numeric' },
  dayAndTime: { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The format in a zone, by default in that of the default policy; where the platform has no zones, in UTC. */
function getFormat(locale: string, style: keyof typeof styles, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${style} ${timeZone}`;
  const format = formats.get(key) ?? newFormat(locale, style, timeZone);
  formats.set(key, format);
  return format;
}

function newFormat(locale: string, style: keyof typeof styles, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  } catch {
    return newFormat(locale, style, timeZone === defaultZone ? 'UTC' : defaultZone);
  }
}

/**
 * Formats an instant in the language and the zone of the policy; `null` if it is missing or invalid. The spaces are those of
 * Node on every runtime: Deno has one in *a. m.* that does not break.
 */
function formatInstant(at: Instant | null, locale: string, style: keyof typeof styles, policy: Policy): string | null {
  const time = at === null ? Number.NaN : Date.parse(at);
  if (Number.isNaN(time)) return null;
  return getFormat(locale, style, policy.timeZone ?? defaultZone)
    .format(time)
    .replace(/[\u00a0\u202f]/g, ' ');
}

/** The part of the day by the policy's zone and cut-offs (1.1-01). */
function dayPart(now: Instant | null, policy: Policy): DayPart {
  const local = formatInstant(now, 'en-GB', 'clock', policy);
  const { afternoon, evening } = policy.greeting ?? defaultGreeting;
  if (local === null) return 'any';
  if (local >= evening) return 'evening';
  return local >= afternoon ? 'afternoon' : 'morning';
}

/** The local time of an instant, `9:00 a. m.`, with its day unless that is today. */
function formatTime(at: Instant | null, today: Instant | null, locale: Locale, policy: Policy): string | null {
  const isToday =
    today !== null && formatInstant(at, locale, 'day', policy) === formatInstant(today, locale, 'day', policy);
  return formatInstant(at, locale, isToday ? 'time' : 'dayAndTime', policy);
}
