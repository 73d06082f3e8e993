import { describe, expect, it } from 'vitest';
import { describeData, formOf, formsEsCR, readForm, valuesOf } from '../../src/forms.ts';

const none = {} as never;
const data = { at: '2026-03-17T14:00:00.000Z' } as never;

type Call = (command: never, words: never, options: never) => unknown;

const calls: readonly (readonly [string, Call])[] = [
  ['readForm', (command, words, options) => readForm(command, {}, words, options)],
  ['valuesOf', (command, words, options) => valuesOf(command, data, words, options)],
];

describe('what a form cannot be made with is refused, by its name', () => {
  it.each<readonly [string, Call]>([...calls, ['formOf', (command, words) => formOf(command, words)] as const])(
    '%s',
    (name, call) => {
      expect(() => call('StartWrk' as never, formsEsCR as never, none)).toThrow(
        'Unknown command StartWrk. Did you mean StartWork?',
      );
      for (const words of [undefined, {}, 'es-CR']) {
        expect(() => call('StartWork' as never, words as never, none)).toThrow(
          `${name} takes the words of a language, formsEsCR or formsEn; got`,
        );
      }
    },
  );

  it.each<readonly [string, Call]>([
    ...calls,
    ['describeData', (command, words, options) => describeData(command, data, words, options)],
  ])('%s by its options', (name, call) => {
    const asked = (options: object) => () => call('StartWork' as never, formsEsCR as never, options as never);
    expect(asked({ zone: 'UTC' })).toThrow(`Unknown option of ${name}: zone`);
    expect(asked({ timeZone: 'America/Barva' })).toThrow(`${name} takes timeZone, an IANA time zone; got string`);
    expect(asked({ now: 'soon' })).toThrow(`${name} takes now, an instant; got string`);
  });

  it('values of another kind', () => {
    for (const values of [null, 7, 'x'])
      expect(() => readForm('StartWork', values as never, formsEsCR)).toThrow(
        'The values of a form are a FormData, pairs, or an object; got',
      );
  });
});

it('a time after now is refused, one at now is not', () => {
  const read = (at: string) =>
    readForm('StartWork', { at }, formsEsCR, { timeZone: 'UTC', now: '2026-03-17T14:00:00Z' });
  expect(read('2026-03-17T14:00')).toEqual({ ok: true, data: { at: '2026-03-17T14:00:00.000Z' } });
  expect(read('2026-03-17T14:01')).toMatchObject({ ok: false, problems: [{ name: 'at', code: 'future' }] });
});
