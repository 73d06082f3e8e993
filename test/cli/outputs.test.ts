import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { command, eventsAfter, minute } from '../../src/testing/index.ts';
import { auxilio, file, pathOf, sheet } from './support.ts';

const folder = dirname(pathOf('x'));
const ndjson = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const renamed = (events: readonly { readonly data: object }[], visitId: string) =>
  events.map((event) => ({ ...event, data: { ...event.data, visitId } }));

const whole: readonly { readonly data: object }[] = eventsAfter('CompleteVisit');
const begun = renamed(eventsAfter('AnnounceService'), 'v-2');
const early = { type: 'WorkStarted', data: { ...whole[1]?.data, visitId: 'v-3', at: minute(3) } };
const damaged = [...renamed(whole.slice(0, 3), 'v-3'), early, command('StartWork', { visitId: 'v-3' }), { visitId: 7 }];

const log = file('visitas.ndjson', ndjson([...whole, ...begun, ...damaged]));
const one = file('una.ndjson', ndjson(begun));
const findings = file('hallazgos.ndjson', auxilio(['audit', log, '--json']).out);

it.each(['es-CR', 'en'])('what each command prints in %s is what is on record', async (locale) => {
  const asked: readonly (readonly string[])[] = [
    ['audit', log],
    ['audit', log, '--all'],
    ['audit', one, '--json'],
    ['audit', ...sheet],
    ['show', log, '--visit', 'v-3'],
    ['show', one],
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
  const pages = asked.map((args) => {
    const { out, err, code } = auxilio([...args, '--locale', locale]);
    return [`$ auxilio ${args.join(' ')}`, out, err, `→ ${code}`].filter(Boolean).join('\n');
  });
  const text = pages.join('\n\n').replaceAll(`${folder}/`, '').replaceAll('\r\n', '\n');
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/outputs.${locale}.txt`);
});
