import { workOf } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { type Column, chip, table, text } from '../show.ts';
import type { Told } from '../told.ts';
import { cleanliness, openDebts, phase } from '../visit/header.ts';
import { person } from '../visit/values.ts';
import { tally } from '../visit/verdicts.ts';

const columns: readonly Column[] = [
  'case',
  'client',
  'provider',
  'phase',
  ['worked', 'f'],
  'log',
  'payment',
  ['openDebts', 'f'],
];

/** A row for each visit, in the order in which they were given. */
export function overview(context: Context, visits: readonly Told[]): Html {
  const rows = visits.map((told) => {
    const { client, provider, service } = told.reading.state;
    return [
      html`<a href="#v${told.ordinal}">${text(told.dossier.caseNumber)}</a><span class="x">${text(service)}</span>`,
      person(client),
      person(provider),
      phase(context, told),
      workOf(told.dossier.workedMs),
      [cleanliness(context, told), remarks(context, told)],
      payment(context, told),
      openDebts(told).length,
    ];
  });
  return html`<div class="o">${table(context, columns, rows)}</div>`;
}

/** The findings that leave a log clean: measures and deviations. */
function remarks({ words }: Context, { reading, dossier }: Told): Part {
  const count = reading.findings.length - dossier.violations.length;
  return count > 0 && html`<span class="x">${words.day.remarks(count)}</span>`;
}

/** What is missing for the payment, or else whether its evidence stands without remarks. */
function payment({ words }: Context, { dossier }: Told): Html {
  const { missing } = dossier;
  if (!missing.found) return chip('none', 'none', words.unreached[missing.reason]);
  if (missing.acts.length > 0) return chip('warn', 'lack', words.day.lacking(missing.acts.length));
  const { satisfied, of } = tally(dossier.payment);
  return satisfied === of ? chip('ok', 'ok', words.day.ready) : chip('warn', 'late', words.day.withRemarks);
}
