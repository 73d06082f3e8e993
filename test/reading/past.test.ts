import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainPast } from '../../src/locale/explain.ts';
import type { Locale } from '../../src/protocol/index.ts';
import { ruleIds, type Violation } from '../../src/visit/index.ts';
import { violations } from './refusals.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];
const unfit = /undefined|\bnull\b|NaN|\[object|[{}<>`]|\s{2}|^\s|\s$|«\s*»|“\s*”|\(\s*\)|:\s*[;.]|\s[,.;:]|[,;:.]{2}/;

/** Texts only for a person who is about to act: an instruction, or a possible waiver. */
const orders = {
  'es-CR':
    /; (?!el de esta|le correspond)|puede dispensar| (?:avise|registre|indique|elija|envíe|use|consulte|pida|espere|hágala|revise)\b/i,
  en: /; (?!that)|can waive| (?:tell|ask|choose|record it|send|wait for)\b/i,
};

const told = (locale: Locale) => [
  ...new Set(
    violations.flatMap((one) => [
      `${one.rule} ${one.clause}  ${explainPast(one, locale)}`,
      `${one.rule} ${one.clause}  ${explainPast({ ...one, facts: {} }, locale)}`,
    ]),
  ),
];

describe('a finding of an act that is over', () => {
  it.each(locales)('is a statement in the past, without an order: %s', async (locale) => {
    const lines = told(locale);
    for (const line of lines) {
      const sentence = line.slice(line.indexOf('  ') + 2);
      expect(sentence).not.toMatch(unfit);
      expect(sentence).not.toMatch(orders[locale]);
      expect(sentence).toMatch(/^[\p{Lu}\d][^\n]*\.$/u);
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/explain.past.${locale}.txt`);
  });

  it('is told of every rule', () => {
    for (const rule of ruleIds) {
      for (const locale of locales) {
        const text = explainPast({ rule, clause: '1.1-19', facts: {} }, locale);
        expect(text).not.toMatch(/requisito del protocolo|requirement of the protocol/);
      }
    }
  });

  it('of a rule that is not known is told by its clause', () => {
    const unknown = { rule: 'later', clause: '1.1-19', facts: {} } as unknown as Violation;
    expect(explainPast(unknown, 'en')).toMatch(/^A requirement of the protocol was not met \(1\.1-19\)\. /);
    expect(explainPast(7, 'es-CR')).toBe('No se cumplió un requisito del protocolo.');
  });

  it('is a sentence whatever the facts are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...violations), fc.anything(), fc.constantFrom(...locales), (one, facts, locale) => {
        expect(explainPast({ ...one, facts }, locale)).toMatch(/^[^\n]+\.$/);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
