import { describe, expect, it } from 'vitest';
import { MappingError, parseMapping } from '../../src/logs.ts';
import { arrivals } from './sheet-support.ts';

const issues = (input: unknown) => {
  const parsed = parseMapping(input);
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
};
const acts = (words: object) => issues({ ...arrivals, act: { column: 'Acto', words } });

describe('parseMapping', () => {
  it('takes text and values, and the plainest mapping', () => {
    expect(parseMapping(arrivals).ok).toBe(true);
    expect(parseMapping(JSON.stringify(arrivals)).ok).toBe(true);
    expect(parseMapping(`\uFEFF${JSON.stringify(arrivals)}`).ok).toBe(true);
    expect(issues('{')).toEqual([': invalid-json']);
    for (const nothing of [null, 7, [], 'null']) expect(issues(nothing)).toEqual([': invalid-type']);
    expect(issues(undefined)).toEqual([': missing']);
  });

  it('says what lacks and what is too much, by name', () => {
    expect(issues({})).toEqual(['visitId: missing', 'at: missing', 'act: missing', 'by: missing']);
    expect(issues({ ...arrivals, delimeter: ';' })).toEqual(['delimeter: unrecognized-key']);
    expect(issues({ ...arrivals, at: { column: 'Hora', format: 'dmy' } })).toEqual(['at.format: unrecognized-key']);
  });

  it('says what a value may not be', () => {
    expect(issues({ ...arrivals, format: 'xlsx', dates: 'ymd', decimal: ';' })).toEqual([
      'format: invalid-value',
      'dates: invalid-value',
      'decimal: invalid-value',
    ]);
    for (const delimiter of ['', ';;', '"', '\n']) {
      expect(issues({ ...arrivals, delimiter })).toEqual(['delimiter: invalid-value']);
    }
    expect(issues({ ...arrivals, zone: 'America/Barva' })).toEqual(['zone: unknown-zone']);
    expect(issues({ ...arrivals, blank: ['-', 3] })).toEqual(['blank.1: invalid-type']);
  });

  it('says what was probably meant, and the words that a field allows', () => {
    expect(parseMapping({ ...arrivals, delimeter: ';', dates: 'ymd', at: { colum: 'Hora' } })).toEqual({
      ok: false,
      issues: [
        { path: ['dates'], code: 'invalid-value', nearest: 'dmy', allowed: ['dmy', 'mdy'] },
        { path: ['at', 'colum'], code: 'unrecognized-key', nearest: 'column' },
        { path: ['at'], code: 'no-source' },
        { path: ['delimeter'], code: 'unrecognized-key', nearest: 'delimiter' },
      ],
    });
    const words = { Llegada: 'ProviderArived', Salida: 'x' };
    expect(parseMapping({ ...arrivals, act: { column: 'Acto', words } })).toMatchObject({
      issues: [{ nearest: 'ProviderArrived' }, { code: 'unknown-event' }],
    });
    const dates = { path: ['dates'], code: 'invalid-value', nearest: 'dmy', allowed: ['dmy', 'mdy'] } as const;
    const key = { path: ['at', 'colum'], code: 'unrecognized-key', nearest: 'column' } as const;
    expect(new MappingError([dates, key]).message).toBe(
      'dates: invalid-value (one of: dmy, mdy); at.colum: unrecognized-key (did you mean column?)',
    );
  });

  it('says where a value has no source, or more than one', () => {
    expect(issues({ ...arrivals, visitId: {} })).toEqual(['visitId: no-source']);
    expect(issues({ ...arrivals, visitId: { column: 'a', value: 'b' } })).toEqual(['visitId: conflict']);
    expect(issues({ ...arrivals, visitId: { value: 'b', as: 'number' } })).toEqual(['visitId: conflict']);
    expect(issues({ ...arrivals, visitId: { column: '' } })).toEqual(['visitId.column: blank']);
    expect(issues({ ...arrivals, visitId: { column: [] } })).toEqual(['visitId.column: blank']);
    expect(issues({ ...arrivals, visitId: { column: 'a', fields: [] } })).toEqual(['visitId.fields: blank']);
    expect(issues({ ...arrivals, visitId: { column: 'a', split: '', within: '' } })).toEqual([
      'visitId.split: blank',
      'visitId.within: blank',
    ]);
    expect(issues({ ...arrivals, visitId: { column: 'a', as: 'date', words: { a: null }, rowTime: false } })).toEqual([
      'visitId.rowTime: invalid-value',
      'visitId.as: invalid-value',
      'visitId.words.a: invalid-type',
    ]);
    expect(issues({ ...arrivals, skip: [{ column: '', words: [7] }], sort: 'yes' })).toEqual([
      'sort: invalid-type',
      'skip.0.column: blank',
      'skip.0.words.0: invalid-type',
    ]);
    expect(issues({ ...arrivals, by: { id: { provider: { column: 'a' }, column: 'b' } } })).toEqual([
      'by.id: conflict',
    ]);
    expect(issues({ ...arrivals, by: { id: {} } })).toEqual(['by.id: no-source']);
    expect(issues({ ...arrivals, recordedBy: { id: { column: 'a' } } })).toEqual(['recordedBy.role: missing']);
  });

  it('knows the events and their fields', () => {
    expect(acts({ Llegada: 'Arrived' })).toEqual(['act.words.Llegada: unknown-event']);
    expect(acts({ Llegada: { type: 'Arrived' } })).toEqual(['act.words.Llegada.type: unknown-event']);
    expect(acts({ Llegada: { data: {} } })).toEqual(['act.words.Llegada.type: missing']);
    const data = {
      'position.latitude': { column: 'a', as: 'number' },
      'position.height': { column: 'a' },
      at: { column: 'a' },
      constructor: { column: 'a' },
    };
    expect(acts({ Llegada: { type: 'ProviderArrived', data } })).toEqual([
      'act.words.Llegada.data.position.height: unknown-field',
      'act.words.Llegada.data.at: unknown-field',
      'act.words.Llegada.data.constructor: unknown-field',
    ]);
    const fields = [{ field: 'item' }, { field: 'qty' }, { field: 'unit', value: 'm', as: 'text' }];
    expect(
      acts({ X: { type: 'WorkExplained', data: { materials: { column: 'a', split: '|', within: ':', fields } } } }),
    ).toEqual(['act.words.X.data.materials.fields.2: conflict']);
    expect(
      acts({
        X: {
          type: 'WorkExplained',
          data: { materials: { column: 'a', split: '|', within: ':', fields: fields.slice(0, 2) } },
        },
      }),
    ).toEqual(['act.words.X.data.materials.fields.1.field: unknown-field']);
  });

  it('takes no word twice, and loses none', () => {
    expect(acts({ Llegada: 'ProviderArrived', ' LLEGADA': null })).toEqual(['act.words. LLEGADA: same-word']);
    const text = JSON.stringify(arrivals).replace('"Llegada"', '"__proto__"');
    expect(issues(text)).toEqual(['act.words.__proto__: unrecognized-key']);
  });

  it('is never nested too deep, or in itself', () => {
    const deep = `${'['.repeat(10_000)}1${']'.repeat(10_000)}`;
    expect(issues(JSON.stringify({ ...arrivals, visitId: { value: 0 } }).replace(':0}', `:${deep}}`))).toEqual([
      'visitId.value.0: invalid-value',
    ]);
    const cyclic: { value?: unknown } = {};
    cyclic.value = cyclic;
    expect(issues({ ...arrivals, visitId: cyclic })).toEqual(['visitId.value.value: invalid-value']);
  });
});

describe('MappingError', () => {
  it('tells all of it', () => {
    const { name, message, issues } = new MappingError([
      { path: ['at', 'as'], code: 'invalid-value' },
      { path: [], code: 'invalid-type' },
    ]);
    expect(name).toBe('MappingError');
    expect(message).toBe('at.as: invalid-value; mapping: invalid-type');
    expect(issues).toHaveLength(2);
  });
});
