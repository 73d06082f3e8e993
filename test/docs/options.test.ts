import { describe, expect, it } from 'vitest';
import { optionsPage, readOptions } from '../../scripts/options.ts';

const options = readOptions();

describe('options and thresholds', () => {
  it('have a docstring each', () => {
    const silent = options.flatMap(({ name, text, fields }) => [
      ...(text === '' ? [name] : []),
      ...fields.filter((field) => field.text === '').map((field) => `${name}.${field.name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it('are those that there are', () => {
    const wanted = ['Policy', 'Thresholds', 'ServiceOptions', 'PostgresStoreOptions', 'SqliteStoreOptions'];
    expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
    expect(options.filter(({ fields }) => fields.length === 0)).toEqual([]);
  });

  it('stand in the reference', async () => {
    await expect(optionsPage(options)).toMatchFileSnapshot('../../docs/reference/options.md');
  });
});
