import { expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, auxilioProcess, file, sheet } from './support.ts';

const events = [...simulate({ visits: 2, seed: 9 })].flatMap((visit) => visit.events);
const text = events.map((event) => JSON.stringify(event)).join('\n');
const log = file('log.ndjson', text);

it.each<[readonly string[], string?]>([
  [[]],
  [['--version']],
  [['audit', '--help', '--locale', 'en']],
  [['audt']],
  [['audit', log]],
  [['audit', '-'], text],
  [['audit', 'nowhere.ndjson']],
  [['audit', ...sheet, '--json']],
  [['show', log, '--visit', 'sim-1']],
  [['dossier', '--json'], text],
  [['payments', log, '--csv']],
  [['report', log, '-o', '-', '--quiet']],
])('%j in a thread is what it is as a process', (args, input = '') => {
  const ran = auxilio(args, { input });
  expect(ran).toEqual(auxilioProcess(args, { input }));
  // On every call.
  expect(auxilio(args, { input })).toEqual(ran);
});
