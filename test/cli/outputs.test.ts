import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { command, eventsAfter, minute } from '../../src/testing.ts';
import { corrected, reported } from '../report/corrected-visit.ts';
import { day, policy, rich } from '../report/full-visit.ts';
import { auxilio, file, pathOf, sheet } from './support.ts';

const folder = dirname(pathOf('x'));
const ndjson = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const renamed = (events: readonly { readonly data: object }[], visitId: string) =>
  events.map((event) => ({ ...event, data: { ...event.data, visitId } }));

const whole: readonly { readonly data: object }[] = eventsAfter('CompleteVisit');
const begun = renamed(eventsAfter('AnnounceService'), 'v-2');
const early = { type: 'WorkStarted', data: { ...whole[1]?.data, visitId: 'v-3', at: minute(3) } };
const conformed = {
  type: 'ClientConformed',
  data: { visitId: 'v-3', at: minute(4), by: { role: 'client', id: 'c-9' } },
};
const bad = [early, conformed, command('StartWork', { visitId: 'v-3' }), { visitId: 7 }];
const damaged = [...renamed(whole.slice(0, 3), 'v-3'), ...bad];

const noVisit = (count: number) => Array.from({ length: count }, () => ({ visitId: 7 }));
const log = file('visitas.ndjson', ndjson([...whole, ...begun, ...damaged, ...noVisit(10)]));
const five = file('cinco.ndjson', ndjson([...begun, ...noVisit(5)]));
const one = file('una.ndjson', ndjson(begun));
const findings = file('hallazgos.ndjson', auxilio(['audit', log, '--json']).out);

function printed(asked: readonly (readonly string[])[], locale: string, isTerminal = false): string {
  const pages = asked.map((args) => {
    const { out, err, code } = auxilio([...args, '--locale', locale], { isTerminal, env: { TERM: 'xterm' } });
    return [`$ auxilio ${args.join(' ')}`, out, err, `→ ${code}`].filter(Boolean).join('\n');
  });
  return `${pages.join('\n\n').replaceAll(`${folder}/`, '').replaceAll('\r\n', '\n')}\n`;
}

/** Of visits in which much happens. */
const full = [
  file('larga.ndjson', ndjson(rich)),
  '--policy',
  file('hogar.json', JSON.stringify({ ...policy, timeZone: 'America/Bogota' })),
];
const changed = file('corregida.ndjson', ndjson(corrected));
const unsettled = file('pendiente.ndjson', ndjson(reported));
const dayOf = file('dia.ndjson', ndjson(day.slice(0, -1).flatMap((events, place) => renamed(events, `v-1${place}`))));

// The first, since the command line evaluates its lists of colours once.
it('what each command prints in colours is what is on record', async () => {
  const asked = [
    ['audit', log, '--all'],
    ['show', log, '--visit', 'v-3'],
    ['guide', log, '--visit', 'visit-1', '--role', 'client'],
    ['guide', one, '--role', 'provider'],
    ['dossier', one],
    ['payments', log],
    ['clauses', '1.1-19'],
    ['explore', '--limit', '60'],
    ['dossier', ...full],
    ['payments', dayOf, changed],
    ['payments', dayOf, '--totals'],
    ['show', changed],
  ];
  const text = printed(asked, 'es-CR', true).replaceAll('\u001b', '␛');
  await expect(text).toMatchFileSnapshot('../golden/outputs.colours.txt');
});

it.each(['es-CR', 'en'])('what each command prints in %s is what is on record', async (locale) => {
  const asked: readonly (readonly string[])[] = [
    ['audit', log],
    ['audit', log, '--all'],
    ['audit', one, '--json'],
    ['audit', log, '--csv', '--all'],
    ['audit', ...sheet],
    ['show', log, '--visit', 'v-3'],
    ['show', log, '--visit', 'visit-1'],
    ['show', five],
    ...['provider', 'contact-center', 'client'].map((role) => ['guide', one, '--role', role]),
    ['guide', log, '--visit', 'v-3', '--role', 'contact-center'],
    ['dossier', log, '--visit', 'visit-1'],
    ['dossier', one],
    ['payments', log],
    ['payments', log, '--csv'],
    ['payments', log, '--csv', '--totals'],
    ['explain', findings],
    ['clauses', '1.1-19'],
    ['explore', '--limit', '60'],
  ];
  await expect(printed(asked, locale)).toMatchFileSnapshot(`../golden/outputs.${locale}.txt`);
});

it.each(['es-CR', 'en'])(
  'what they print in %s of visits in which much happens is what is on record',
  async (locale) => {
    const asked: readonly (readonly string[])[] = [
      ['audit', ...full, '--all'],
      ['show', ...full],
      ['dossier', ...full],
      ['audit', changed, unsettled, '--all'],
      ['show', changed],
      ['dossier', changed, unsettled],
      ['payments', dayOf, changed, unsettled],
      ['payments', dayOf, '--totals'],
      ['payments', ...full, '--csv'],
      ['payments', ...full],
      ['payments', dayOf, changed, '--json'],
      ['guide', unsettled, '--role', 'contact-center', '--actor', 'op-1'],
      ['sheet', 'guess', sheet[0]],
      ['sheet', 'guess', sheet[0], '--json'],
      ['schema', '--event', 'ProviderArrived'],
    ];
    await expect(printed(asked, locale)).toMatchFileSnapshot(`../golden/outputs-full.${locale}.txt`);
  },
);
