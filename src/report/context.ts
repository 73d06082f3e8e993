import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Instant, NonEmptyText, Sha256 } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import type { ChainFound, HeldPhoto } from '../reading/index.ts';
import { mustKnowOptions } from '../reading/known-options.ts';
import { parseInstant } from '../util/instant.ts';
import { defaultPolicy, type Policy } from '../visit/index.ts';
import { parseLocale } from '../visit/known.ts';
import { type Clock, createClock } from './clock.ts';
import { type PhotoLink, parsePhotoUrl } from './photo-link.ts';
import { en, type Words } from './words/en.ts';
import { esCR } from './words/es-cr.ts';

/** Options of a report. @since 0.3.0 */
export type ReportOptions = {
  /** The policy that judged the visits: its thresholds, its waivers, and the zone of local times. */
  readonly policy?: Policy;
  /** Language; Spanish of Costa Rica by default. */
  readonly locale?: Locale;
  /** The heading, and the title of the page; by default that of the case or of the day. */
  readonly title?: NonEmptyText;
  /**
   * The reporting time. Running work is counted up to it, and pending items have an age; without it neither. An invalid
   * instant counts as absent.
   */
  readonly until?: Instant;
  /**
   * Verifies the chain of each visit's log: `verifyChain` of `auxilio/chain`, with a stored head, if any. The report
   * then shows the head of the log, and the breaks. @since 0.4.0
   */
  readonly chain?: (log: readonly unknown[]) => ChainFound | undefined;
  /**
   * The photographs of each visit's log, and which of them are held: `heldPhotos` of `auxilio/service`. The report then shows for
   * each since when it is held, or missing. @since 0.10.0
   */
  readonly heldPhotos?: (log: readonly unknown[]) => readonly HeldPhoto[] | undefined;
  /**
   * The address of a photograph, with `{photoId}` and `{sha256}` in the places of its id and its hash: an `https:`, `http:`
   * or relative URL, with none of them in its host; else a `TypeError`. `isPhotoUrl` checks one. @since 0.5.0
   */
  readonly photoUrl?: NonEmptyText;
  /** The sources, version and time of the report, to be printed in it. @since 0.5.0 */
  readonly provenance?: Provenance;
};

/**
 * The sources of a report, the version that made it and the time. The caller supplies them: the report reads no file and no
 * clock. @since 0.5.0
 */
export type Provenance = {
  /** The files that the visits were read from, each with the SHA-256 of its bytes, in hexadecimal. */
  readonly sources?: readonly SourceFile[];
  /** The version of auxilio that made the report. */
  readonly version?: NonEmptyText;
  /** The time when it was made. */
  readonly issuedAt?: Instant;
  /** The number of lines or rows of the files that are in no visit of the report, since their visit is unknown. */
  readonly leftOut?: number;
};

/** A file that visits were read from. @since 0.5.0 */
export type SourceFile = { readonly file: NonEmptyText; readonly sha256?: Sha256; readonly bytes?: number };

/** The values that all parts of a report share. */
export type Context = {
  readonly words: Words;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly title: string | null;
  readonly until: Instant | null;
  readonly chain: NonNullable<ReportOptions['chain']> | null;
  readonly heldPhotos: NonNullable<ReportOptions['heldPhotos']> | null;
  readonly photoLink: PhotoLink | null;
  readonly provenance: Provenance;
};

const known: Readonly<Record<keyof ReportOptions, 0>> = {
  policy: 0,
  locale: 0,
  title: 0,
  until: 0,
  chain: 0,
  heldPhotos: 0,
  photoUrl: 0,
  provenance: 0,
};

const knownProvenance: Readonly<Record<keyof Provenance, 0>> = { sources: 0, version: 0, issuedAt: 0, leftOut: 0 };

/** Makes the context of all parts of a report from its options. Refuses unknown options; `more` are known, too. */
export function createContext(
  options: ReportOptions,
  what = 'reportHtml',
  more: Readonly<Record<string, 0>> = {},
): Context {
  mustKnowOptions(what, options, { ...known, ...more });
  const { policy = defaultPolicy, locale, title, until, chain, heldPhotos, photoUrl, provenance = {} } = options;
  mustKnowKeys('provenance', provenance, knownProvenance);
  mustBe(typeof (chain ?? parseLocale) === 'function', 'chain is a function', chain);
  mustBe(typeof (heldPhotos ?? parseLocale) === 'function', 'heldPhotos is a function', heldPhotos);
  const words = parseLocale(locale) === 'en' ? en : esCR;
  return {
    words,
    clock: createClock(words.locale, policy.timeZone ?? defaultPolicy.timeZone),
    policy,
    title: typeof title === 'string' && title.trim() !== '' ? title : null,
    until: parseInstant(until) ?? null,
    chain: chain ?? null,
    heldPhotos: heldPhotos ?? null,
    photoLink: photoUrl === undefined ? null : parsePhotoUrl(photoUrl),
    provenance,
  };
}
