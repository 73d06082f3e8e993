import { requirementName, roleName } from '../../locale/index.ts';
import type { Correction, DebtSpan, HeldPhoto, Measure } from '../../reading/index.ts';
import { asArray, asRecord } from '../../util/json.ts';
import { defaultPolicy, isWaivable } from '../../visit/index.ts';
import { lookup } from '../../words/text.ts';
import { formatLength, formatWorkedTime, parseTime } from '../clock.ts';
import { type Column, capitalize, chip, debtName, linkTo, table, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import { readEntryAt, type VisitView } from '../visit-view.ts';
import { actor } from './acts.ts';
import { amount, times } from './findings.ts';

/** A list of a visit: null when there is nothing in it. */
export type List = (context: Context, view: VisitView) => Html | null;

const listed = (context: Context, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html | null =>
  rows.length === 0 ? null : table(context, columns, rows);

/** The intervals of worked time. */
export const intervals: List = (context, { dossier }) => {
  const { time, day } = context.clock;
  const rows = dossier.intervals.map(({ from, to }) => [
    html`${timeElement(from, day)}`,
    timeElement(from, time),
    timeElement(to, time),
    formatWorkedTime(parseTime(to) - parseTime(from)),
  ]);
  return listed(context, ['at', 'from', 'to', ['length', 'f']], rows);
};

/** The measures, those of one act together: of several photographs the slowest is shown. */
export const measures: List = (context, view) => {
  const groups = new Map<string, [Measure, ...Measure[]]>();
  for (const measure of view.dossier.measures) {
    const key = `${measure.index} ${measure.name} ${measure.clause}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [measure]);
    else group.push(measure);
  }
  const rows = [...groups.values()].map((group) => measureRow(context, view, group));
  return listed(context, ['measure', 'act', 'clause', ['value', 'f'], ['threshold', 'f'], 'status'], rows);
};

function measureRow({ words }: Context, view: VisitView, group: readonly [Measure, ...Measure[]]): readonly Part[] {
  const { name, clause, index, threshold, value, flagged } = group.reduce((most, one) =>
    one.value > most.value ? one : most,
  );
  return [
    html`${words.measures[name]}${times(group.length)}`,
    linkTo(view, index),
    clause,
    amount(name, value),
    amount(name, threshold),
    flagged ? chip('warn', 'late', words.visit.flagged) : chip('ok', 'ok', words.visit.within),
  ];
}

/** The debts: each with its debtor, its opening and its end. */
export const debts: List = (context, view) => {
  const { words, clock } = context;
  const rows = view.dossier.debts.map((debt) => [
    debtName(context, debt),
    capitalize(roleName(debt.debtor, words.locale)),
    debt.clause,
    html`${timeElement(debt.since, clock.short)} (${linkTo(view, debt.openedBy)})`,
    ending(context, view, debt),
    debtDuration(context, debt),
  ]);
  return listed(context, ['debt', 'debtor', 'clause', 'since', 'until', ['length', 'f']], rows);
};

/** The duration of a debt; of an open one, up to the time of the report, if that is later. */
export function debtDuration({ until }: Context, debt: DebtSpan): string {
  const length = parseTime(debt.until ?? until) - parseTime(debt.since);
  return formatLength(length < 0 ? Number.NaN : length);
}

function ending({ words, clock }: Context, view: VisitView, { until, endedBy, lapsed }: DebtSpan): Part {
  if (endedBy === null) return chip('bad', 'lack', words.visit.openStill);
  const at = html`${timeElement(until, clock.short)} (${linkTo(view, endedBy)})`;
  return lapsed ? [at, ' ', html`<span class="m">${words.visit.lapsed}</span>`] : at;
}

/** The requirements that an instruction waived, since when, and those that the policy waives. */
export const waivers: List = (context, { dossier }) => {
  const { words, clock, policy } = context;
  const instructed = dossier.waivers.map(({ rule, at }) => [
    requirementName(rule, words.locale),
    timeElement(at, clock.short),
  ]);
  const id = policy.id ?? defaultPolicy.id;
  const always = (policy.waive ?? []).flatMap(({ rule, reason }) =>
    isWaivable(rule)
      ? [[requirementName(rule, words.locale), [words.labels.policy, ' ', text(id), ': ', text(reason)]]]
      : [],
  );
  return listed(context, ['requirement', 'since'], [...instructed, ...always]);
};

/** The facts that stand, each with its time and act, and whose word it is. */
export const facts: List = (context, view) => {
  const { words, clock } = context;
  const rows = view.dossier.facts.map(({ fact, clause, recorded, index, word, said }) => [
    capitalize(lookup(words.codes.fact, fact, fact)),
    clause,
    html`${timeElement(recorded, clock.short)} (${linkTo(view, index)})`,
    word === 'denied' ? chip('bad', 'bad', words.whose.denied) : words.whose[word],
    said === null ? null : linkTo(view, said),
  ]);
  return listed(context, ['fact', 'clause', 'at', 'word', 'said'], rows);
};

export const declined: List = (context, view) => {
  const { words, clock } = context;
  const rows = view.dossier.declined.map(({ index, at, activity, detail }) => [
    lookup<Part>(words.codes.activity, activity, text(activity)),
    text(detail),
    timeElement(at, clock.short),
    linkTo(view, index),
  ]);
  return listed(context, ['activity', 'what', 'at', 'act'], rows);
};

export const attempts: List = (context, view) => {
  const { words, clock } = context;
  const rows = view.dossier.attempts.map(({ index, arrivedAt, endedBy, endedAt, end }) => [
    words.ends[end],
    html`${timeElement(arrivedAt, clock.short)} (${linkTo(view, index)})`,
    html`${timeElement(endedAt, clock.short)} (${linkTo(view, endedBy)})`,
  ]);
  return listed(context, ['end', 'arrived', 'until'], rows);
};

/** The photographs: when each was taken, sent and put on file, since when it is held, and the hash that proves which file it is. */
export const photoTable: List = (context, view) => {
  const { reading, dossier } = view;
  const held = dossier.heldPhotos && new Map(dossier.heldPhotos.map((photo) => [photo.photoId, photo]));
  const { short } = context.clock;
  const hashes = new Map<unknown, unknown>();
  for (const { event } of reading.entries) {
    if (event.type !== 'PhotosTaken') continue;
    for (const photo of asArray(event.data.photos).map(asRecord)) hashes.set(photo.photoId, photo.sha256);
  }
  const name = (photoId: string) => {
    const link = context.photoLink?.(photoId, hashes.get(photoId)) ?? null;
    return link === null ? text(photoId) : html`<a href="${link}" rel="noopener noreferrer">${text(photoId)}</a>`;
  };
  const rows = Object.entries(reading.state.photos.byId).map(([photoId, { shot, takenAt, sentAt, documentedAt }]) => [
    name(photoId),
    text(shot),
    timeElement(takenAt, short),
    timeElement(sentAt, short),
    ...(held === null ? [] : [holding(context, held.get(photoId))]),
    timeElement(documentedAt, short),
    html`<code>${text(hashes.get(photoId))}</code>`,
  ]);
  const columns: readonly Column[] = held === null ? [] : ['held'];
  return listed(context, ['photo', 'shot', 'taken', 'sent', ...columns, 'documented', 'sha256'], rows);
};

/** The time since which a photograph is held, or missing, and the visits that have the same file. */
function holding({ words, clock }: Context, photo: HeldPhoto | undefined): Part {
  if (photo === undefined) return null;
  const { held, missingSince, repeated } = photo;
  const missing = words.visit.missingSince(clock.short(parseTime(missingSince)));
  const same = repeated.length > 0 && html`<p class="w">${text(words.visit.sameFile(repeated))}</p>`;
  const state = held !== null ? timeElement(held.since, clock.short) : missingSince && chip('bad', 'lack', missing);
  return [state, same];
}

/** The corrections: what was first recorded, what stands now, who made it, when and why. */
export const corrections: List = (context, view) => {
  const rows = view.dossier.corrections.map((one) => [
    ...change(context, view, one),
    joinParts(actor(context, view, one.by), ', '),
    timeElement(one.at, context.clock.short),
    text(one.reason),
    linkTo(view, one.index),
  ]);
  return listed(context, ['what', 'first', 'now', 'who', 'at', 'why', 'act'], rows);
};

/** The matter of a correction, what was first recorded, and what stands now. */
function change({ words, clock }: Context, view: VisitView, one: Correction): readonly [Part, Part, Part] {
  const of = linkTo(view, one.of);
  if (one.kind === 'settled') {
    const reported = asArray(readEntryAt(view, one.of).data.acts).length;
    return [
      [words.fields.discrepancyId, ' ', text(one.discrepancyId)],
      html`${words.corrections.acts(reported)} (${of})`,
      words.corrections.outcome(one.taken.length, one.left.length),
    ];
  }
  const what =
    one.kind === 'annulled'
      ? lookup(words.codes.annulled, one.act, one.act)
      : lookup(words.codes.time, one.what, one.what);
  const before =
    one.first !== one.recorded && html`, ${words.corrections.later} ${timeElement(one.recorded, clock.short)}`;
  return [
    capitalize(what),
    html`${timeElement(one.first, clock.short)} (${of})${before}`,
    one.kind === 'annulled' ? words.corrections.annulled : timeElement(one.now, clock.short),
  ];
}
