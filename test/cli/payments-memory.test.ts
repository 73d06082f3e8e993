import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilioProcess, file } from './support.ts';

it('payments of thousands of visits take no more memory than those of some', () => {
  const many = file(
    'many.ndjson',
    [...simulate({ visits: 3000, seed: 2 })]
      .map(({ events }) => events.map((event) => `${JSON.stringify(event)}\n`).join(''))
      .join(''),
  );
  const { out, err } = auxilioProcess(['payments', many, '--csv'], {
    env: { NODE_OPTIONS: '--max-old-space-size=48' },
  });
  expect(err).toBe('');
  expect(parse(out, { columns: true, bom: true })).toHaveLength(3000);
});
