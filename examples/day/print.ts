import { actName, requirementName, roleName } from 'auxilio';
import { columns, hanging, style } from './layout.ts';
import type { Options } from './options.ts';
import type { CommandRow, Report, VisitRow } from './report.ts';
import { clock, dateOf, duration } from './times.ts';
import { type Words, wordsOf } from './words.ts';

/** The report as text. */
export function printed(report: Report, { store, locale }: Options): string {
  const words = wordsOf(locale);
  const page = new Page(report, locale, words);
  const begun = report.visits.map(({ assignedAt }) => assignedAt ?? '').sort()[0] ?? '';
  return [
    ...(begun === '' ? [] : [style.bold(words.title(dateOf(begun, locale)))]),
    words.store(store === 'memory' ? words.memory : report.store),
    ...page.section('visits', page.visits()),
    ...page.section('refusals', page.refusals()),
    ...page.section('unreadable', page.unreadable()),
    ...page.section('reusedIds', page.reusedIds()),
    ...page.section('waivers', page.waivers()),
    ...page.section('offline', page.offline()),
    ...page.section('corrections', page.corrections()),
    ...page.section('debts', page.debts()),
    '',
    words.counted(report.counts),
    style.bold(words.appended(report.counts.appended)),
  ].join('\n');
}

class Page {
  readonly #report: Report;
  readonly #locale: Options['locale'];
  readonly #words: Words;

  constructor(report: Report, locale: Options['locale'], words: Words) {
    this.#report = report;
    this.#locale = locale;
    this.#words = words;
  }

  section(name: keyof Words['sections'], lines: readonly string[]): string[] {
    const count = this.#report[name].length;
    const body = count === 0 ? [`  ${this.#words.none}`] : lines.map((line) => `  ${line}`);
    return ['', style.bold(`${this.#words.sections[name]} (${count})`), ...body];
  }

  visits(): string[] {
    const rows = this.#report.visits.map((row) => this.#visit(row));
    const [head = '', ...lines] = columns([this.#words.visitColumns, ...rows], [5, 6, 7, 8]);
    return [style.dim(head), ...lines];
  }

  #visit({ phase, outcome, assignedAt, arrivedAt, startedAt, endedAt, ...row }: VisitRow): string[] {
    const time = (at: string | null) => clock(at, this.#locale, assignedAt);
    const { phases, outcomes } = this.#words;
    return [
      row.visitId,
      row.client,
      row.service,
      outcome === null ? phases[phase] : outcomes[outcome],
      time(assignedAt),
      time(arrivedAt),
      time(startedAt),
      time(endedAt),
      duration(row.workedMs),
    ];
  }

  refusals(): string[] {
    const heads = columns(this.#report.refusals.map((row) => this.#command(row)));
    const anew = this.#report.counts.appended === 0 ? [style.dim(this.#words.judgedAnew)] : [];
    const told = this.#report.refusals.flatMap(({ violations, note }, index) => [
      style.red(heads[index] ?? ''),
      ...violations.flatMap(({ clause, sentence }) => hanging(`    ${clause.padEnd(6)}  `, sentence)),
      ...(note === null ? [] : hanging(' '.repeat(12), note).map(style.dim)),
    ]);
    return [...anew, ...told];
  }

  #command({ line, at, visitId, act, actor }: CommandRow): string[] {
    const who = `${roleName(actor.role, this.#locale)} ${actor.id}`;
    return [
      `${this.#words.line} ${String(line).padStart(3)}`,
      clock(at, this.#locale),
      visitId,
      `${actName(act, this.#locale)} · ${who}`,
    ];
  }

  unreadable(): string[] {
    return columns(
      this.#report.unreadable.map(({ line, issues }) => [
        `${this.#words.line} ${String(line).padStart(3)}`,
        issues.map((issue) => this.#issue(issue)).join(', '),
      ]),
    );
  }

  #issue({ code, path }: { readonly code: string; readonly path: string }): string {
    const said = this.#words.issues.get(code) ?? code;
    return path === '' ? said : `${said} ${this.#words.atPath} ${path}`;
  }

  reusedIds(): string[] {
    return columns(this.#report.reusedIds.map((row) => [...this.#command(row), row.commandId ?? '']));
  }

  waivers(): string[] {
    return this.#report.waivers.flatMap(({ visitId, rule, at, text, letThrough }) => {
      const acts = letThrough.map(
        ({ act, at, clause }) => `${actName(act, this.#locale)} (${clause}, ${clock(at, this.#locale)})`,
      );
      const used = acts.length === 0 ? this.#words.nothingLetThrough : `${this.#words.letThrough}: ${acts.join(', ')}`;
      return [
        `${clock(at, this.#locale)}  ${visitId}  ${requirementName(rule, this.#locale)} · ${used}`,
        ...hanging(' '.repeat(7), text).map(style.dim),
      ];
    });
  }

  offline(): string[] {
    return this.#report.offline.map(({ visitId, actor, outcomes }) => {
      const count = (outcome: (typeof outcomes)[number]) => outcomes.filter((one) => one === outcome).length;
      const counts = { accepted: count('accepted'), refused: count('refused'), twin: count('twin') };
      return `${visitId}  ${roleName(actor.role, this.#locale)} ${actor.id} · ${this.#words.synced(counts)}`;
    });
  }

  corrections(): string[] {
    return this.#report.corrections.flatMap((one) => {
      const time = (at: string) => clock(at, this.#locale);
      const what = this.#words.corrected(one, time);
      return [
        `${time(one.at)}  ${one.visitId}  ${what} · ${one.by.id}`,
        ...hanging(' '.repeat(7), one.reason).map(style.dim),
      ];
    });
  }

  debts(): string[] {
    const { debts, about: topics, debtColumns } = this.#words;
    const rows = this.#report.debts.map(({ since, visitId, clause, kind, about }) => [
      clock(since, this.#locale, this.#report.visits[0]?.assignedAt),
      visitId,
      clause,
      about === undefined ? debts[kind] : `${debts[kind]}: ${topics[about as keyof typeof topics] ?? about}`,
    ]);
    const [head = '', ...lines] = columns([debtColumns, ...rows]);
    return [style.dim(head), ...lines];
  }
}
