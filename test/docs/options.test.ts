import { describe, expect, it } from 'vitest';
import { optionsAndErrors, optionsPage } from '../../scripts/options.ts';

const found = optionsAndErrors();

describe('options, thresholds and errors', () => {
  it('have a docstring each', () => {
    const all = [...found.options, ...found.errors];
    const silent = all.flatMap(({ name, text, fields }) => [
      ...(text === '' ? [name] : []),
      ...fields.filter((field) => field.text === '').map((field) => `${name}.${field.name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it('are those that there are', () => {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    expect(names(found.options)).toEqual(
      expect.arrayContaining(['Policy', 'Thresholds', 'ServiceOptions', 'PostgresStoreOptions', 'SqliteStoreOptions']),
    );
    expect(names(found.errors)).toEqual(expect.arrayContaining(['VisitError', 'StoreError', 'AppendInDoubtError']));
  });

  it('stand in the reference', async () => {
    await expect(optionsPage(found)).toMatchFileSnapshot('../../docs/reference/options.md');
  });
});
