import type { Facts } from '../../kernel/decision.ts';
import { explainPast } from '../../locale/explain.ts';
import { roleName } from '../../locale/index.ts';
import type { Instant } from '../../messages/index.ts';
import type { Correction, Dossier, Measure } from '../../reading/index.ts';
import {
  amount,
  debtName,
  describeFinding,
  discrepanciesOf,
  type Fate,
  formatLength,
  formatSigned,
  isTime,
  parseTime,
  type ReportContext,
  type ReportedAct,
  storedLater,
} from '../../report/visit/plain-text.ts';
import { asRecord } from '../../util/json.ts';
import { cleanText, lookup } from '../../words/text.ts';
import type { Context } from '../console/context.ts';
import { sanitize } from '../console/text.ts';
import type { SelectedVisit } from '../input/select-visits.ts';

/** The place of an entry, in brackets as those of the evidence. */
const formatPlaces = ({ lines }: SelectedVisit, ...indexes: readonly number[]) =>
  `[${indexes.map((index) => lines[index] ?? '?').join(', ')}]`;

/** Parts of a line that are there. */
const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');

/** The breaches of conduct, the matters that were reported and the facts that the client denies: they make no log unclean, and stand at the top. */
export function conductLines(
  visit: SelectedVisit,
  { conduct, escalations, denials }: Dossier,
  { words, clock }: ReportContext,
  { words: { output }, paint, locale }: Context,
): readonly string[] {
  const who = ({ role, id }: (typeof conduct)[number]['by']) => `${roleName(role, locale)} ${sanitize(id)}`;
  return [
    ...conduct.map(({ index, at, by, kind, detail = '' }) => {
      const what = output.breach(lookup(words.codes.breach, kind, kind));
      return `${paint('red', '!')} ${joined(what, sanitize(detail), clock.short(parseTime(at)), who(by))} (2.2-11) ${formatPlaces(visit, index)}`;
    }),
    ...escalations.map(({ index, at, by, what }) => {
      const matter = output.escalated(sanitize(what));
      return `${paint('yellow', '!')} ${joined(matter, clock.short(parseTime(at)), who(by))} (2.2-08) ${formatPlaces(visit, index)}`;
    }),
    ...denials.map(({ index, at, by, fact, recorded, what = '' }) => {
      const denied = `${words.whose.denied}: ${lookup(words.codes.fact, fact, fact)}, ${clock.short(parseTime(recorded))}`;
      return `${paint('red', '!')} ${joined(denied, sanitize(what), clock.short(parseTime(at)), who(by))} ${formatPlaces(visit, index)}`;
    }),
  ];
}

/** The facts that stand, by whose word they are. */
export function factsText(
  { facts }: { readonly facts: readonly Pick<Dossier['facts'][number], 'fact' | 'word'>[] },
  { words }: ReportContext,
): readonly string[] {
  const { whose, codes } = words;
  return (Object.keys(whose) as (keyof typeof whose)[]).flatMap((word) => {
    const named = facts.filter((one) => one.word === word).map(({ fact }) => codes.fact[fact]);
    return named.length === 0 ? [] : `${whose[word]}: ${named.join(', ')}`;
  });
}

export const measureLines = ({ measures }: Dossier, { words }: ReportContext): readonly string[] =>
  measures.map((measure) => `${measure.flagged ? '~' : '·'} ${words.measures[measure.name]}: ${formatLag(measure)}`);

/** A lag below zero is a clock that is off: it keeps its sign. */
function formatLag({ name, value, facts: { from, to } }: Measure): string {
  const lag = parseTime(to) - parseTime(from);
  return lag < 0 && name !== 'visits' && name !== 'arrival' ? formatSigned(lag) : amount(name, value);
}

export const debtLines = ({ debts }: Dossier, report: ReportContext, { locale }: Context): readonly string[] =>
  debts.map((debt) => {
    const { visit } = report.words;
    const since = report.clock.short(parseTime(debt.since));
    const lasted = formatLength(Math.max(0, parseTime(debt.until) - parseTime(debt.since)));
    const end =
      debt.endedBy === null
        ? visit.openStill
        : debt.lapsed
          ? visit.lapsed
          : `${report.clock.short(parseTime(debt.until))} (${lasted})`;
    return `· ${debtName(report, debt)} (${roleName(debt.debtor, locale)}, ${debt.clause}): ${since} – ${end}`;
  });

/** A correction in a sentence, with who made it and when. */
export function correctionText(
  { index, ...correction }: Correction,
  report: ReportContext,
  { words: { output }, locale }: Pick<Context, 'words' | 'locale'>,
): string {
  const { by, at } = correction;
  const sentence = describeFinding(report, { index, kind: 'correction', facts: correction as Facts });
  return joined(sentence, report.clock.short(parseTime(at)), output.actor(roleName(by.role, locale), by.id));
}

/** The corrections: what was first recorded, what stands now, who made it, when and why. */
export const correctionLines = (
  visit: SelectedVisit,
  { corrections }: Dossier,
  report: ReportContext,
  context: Context,
): readonly string[] =>
  corrections.map(
    (one) => `· ${sanitize(correctionText(one, report, context))} ${formatPlaces(visit, one.index, one.of)}`,
  );

/** The discrepancies: each act that was reported, the rules that refused it, and what was settled. */
export function discrepancyLines(
  visit: SelectedVisit,
  { corrections }: Dossier,
  report: ReportContext,
  { words: { output }, locale }: Context,
): readonly string[] {
  const { words, clock } = report;
  const known = (visit.events ?? []).flatMap((event, index) => (event === null ? [] : [[index, event] as const]));
  return discrepanciesOf(known, corrections).flatMap(({ index, discrepancyId, at, by, basedOn, acts }) => {
    const reported = words.corrections.reported(cleanText(discrepancyId), clock.short(parseTime(at)));
    const { role, id } = asRecord(by);
    const who = output.actor(roleName(role as never, locale), cleanText(id));
    const head = joined(reported, who, words.corrections.knew(basedOn), storedText(visit.events?.[index], report));
    return [
      `· ${sanitize(head)} ${formatPlaces(visit, index)}`,
      ...acts.map((one, place) => `    ${place + 1}. ${sanitize(reportedText(visit, one, report))}`),
    ];
  });
}

/** The time at which an event was stored, where it is far from its own. */
export function storedText(event: unknown, { words, clock }: ReportContext): string {
  const ms = storedLater(event);
  return isTime(ms) ? words.visit.storedAt(clock.short(ms)) : '';
}

/** A reported act: name and time, the rules that refused it, lawful then or not, by whose leave, and its fate. */
function reportedText(visit: SelectedVisit, act: ReportedAct, report: ReportContext): string {
  const { words, clock } = report;
  const { type, data, violations, lawfulThen, despite, fate } = act;
  const name = `${lookup(words.events, type, cleanText(type))}, ${clock.short(parseTime(data.at))}`;
  const rules = violations.map((one) => `${explainPast(one, words.locale)} (${cleanText(one.clause)})`).join(' ');
  const lawful = `${words.labels.lawfulThen}: ${lawfulThen ? words.visit.yes : words.visit.no}`;
  const leave = despite === null ? '' : words.corrections.despite(cleanText(despite.by), cleanText(despite.reason));
  return joined(name, rules, lawful, leave, fateText(visit, fate, words));
}

function fateText(visit: SelectedVisit, fate: Fate, { corrections }: ReportContext['words']): string {
  switch (fate.kind) {
    case 'taken':
      return `${corrections.taken} ${formatPlaces(visit, fate.onRecord ?? fate.by)}`;
    case 'left':
      return `${corrections.left} ${formatPlaces(visit, fate.by)}`;
    case 'twin':
      return `${corrections.twin} ${formatPlaces(visit, fate.of)}`;
    case 'open':
      return corrections.open;
  }
}

/** The requests that were declined, with what was asked for. */
export const declinedLines = (
  visit: SelectedVisit,
  { declined }: Dossier,
  { words, clock }: ReportContext,
): readonly string[] =>
  declined.map(
    ({ index, at, activity, detail = '' }) =>
      `· ${joined(lookup(words.codes.activity, activity, sanitize(activity)), sanitize(detail), clock.short(parseTime(at)))} ${formatPlaces(visit, index)}`,
  );

/** The trips that ended without service. */
export const attemptLines = (
  visit: SelectedVisit,
  { attempts }: Dossier,
  { words, clock }: ReportContext,
): readonly string[] =>
  attempts.map(
    ({ index, arrivedAt, endedBy, endedAt, end }) =>
      `· ${words.ends[end]} · ${clock.short(parseTime(arrivedAt))} – ${clock.short(parseTime(endedAt))} ${formatPlaces(visit, index, endedBy)}`,
  );

/** The photographs: since when each is held or missing, and the visits with the same file. */
export const photoLines = (
  { heldPhotos }: Dossier,
  { words: { visit: words }, clock }: ReportContext,
  { paint }: Context,
): readonly string[] =>
  (heldPhotos ?? []).map(({ photoId, shot, held, missingSince, repeated }) => {
    const time = (at: Instant) => clock.short(parseTime(at));
    const state =
      held !== null ? words.heldSince(time(held.since)) : missingSince && words.missingSince(time(missingSince));
    const same = repeated.length === 0 ? '' : words.sameFile(repeated.map(sanitize));
    const mark = missingSince === null ? '·' : paint('red', '!');
    return `${mark} ${joined(sanitize(photoId), sanitize(shot ?? ''), state ?? '', same)}`;
  });
