import { roleName } from '../../locale/index.ts';
import type { Dossier, Measure } from '../../reading/index.ts';
import {
  amount,
  debtName,
  formatLength,
  formatSigned,
  parseTime,
  type ReportContext,
} from '../../report/plain-text.ts';
import { lookup } from '../../words/text.ts';
import type { SelectedVisit } from '../commands/select-visits.ts';
import type { Context } from '../context.ts';
import { sanitize } from '../sanitize.ts';

/** The place of an entry, in brackets as those of the evidence. */
const placeOf = ({ lines }: SelectedVisit, ...indexes: readonly number[]) =>
  `[${indexes.map((index) => lines[index] ?? '?').join(', ')}]`;

/** Parts of a line that are there. */
const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');

/** The breaches of conduct and the matters that were reported: they make no log unclean, and stand at the top. */
export function conductLines(
  visit: SelectedVisit,
  { conduct, escalations }: Dossier,
  { words, clock }: ReportContext,
  { words: { output }, paint, locale }: Context,
): readonly string[] {
  const who = ({ role, id }: (typeof conduct)[number]['by']) => `${roleName(role, locale)} ${sanitize(id)}`;
  return [
    ...conduct.map(({ index, at, by, kind, detail = '' }) => {
      const what = output.breach(lookup(words.codes.breach, kind, kind));
      return `${paint('red', '!')} ${joined(what, sanitize(detail), clock.short(parseTime(at)), who(by))} (2.2-11) ${placeOf(visit, index)}`;
    }),
    ...escalations.map(({ index, at, by, what }) => {
      const matter = output.escalated(sanitize(what));
      return `${paint('yellow', '!')} ${joined(matter, clock.short(parseTime(at)), who(by))} (2.2-08) ${placeOf(visit, index)}`;
    }),
  ];
}

export const measureLines = ({ measures }: Dossier, { words }: ReportContext): readonly string[] =>
  measures.map((measure) => `${measure.flagged ? '~' : '·'} ${words.measures[measure.name]}: ${lagOf(measure)}`);

/** A lag below zero is a clock that is off: it keeps its sign. */
function lagOf({ name, value, facts: { from, to } }: Measure): string {
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

/** The requests that were declined, with what was asked for. */
export const declinedLines = (
  visit: SelectedVisit,
  { declined }: Dossier,
  { words, clock }: ReportContext,
): readonly string[] =>
  declined.map(
    ({ index, at, activity, detail = '' }) =>
      `· ${joined(lookup(words.codes.activity, activity, sanitize(activity)), sanitize(detail), clock.short(parseTime(at)))} ${placeOf(visit, index)}`,
  );

/** The trips that ended without service. */
export const attemptLines = (
  visit: SelectedVisit,
  { attempts }: Dossier,
  { words, clock }: ReportContext,
): readonly string[] =>
  attempts.map(
    ({ index, arrivedAt, endedBy, endedAt, end }) =>
      `· ${words.ends[end]} · ${clock.short(parseTime(arrivedAt))} – ${clock.short(parseTime(endedAt))} ${placeOf(visit, index, endedBy)}`,
  );
