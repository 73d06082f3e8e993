import * as main from 'auxilio';
import * as core from 'auxilio/core';
import * as english from 'auxilio/en';
import * as spanish from 'auxilio/es-CR';
import { describe, expect, it } from 'vitest';
import { stateAt } from './script-support.ts';

const languages = [
  ['en', english.en, english.clauseTexts],
  ['es-CR', spanish.esCR, spanish.clauseTexts],
] as const;

const provider = { role: 'provider', id: 'p-1' } as const;
const refused = core.decide(
  core.commands.startWork({ visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' }, provider),
  stateAt('on-site'),
);
if (refused.ok) throw new Error('it is accepted');

describe.each(languages)('the core in %s', (locale, language, clauseTexts) => {
  it('says what the main entry says', () => {
    const visit = stateAt('working');
    expect(core.explain(refused.rejection, language)).toBe(main.explain(refused.rejection, locale));
    for (const role of core.roles) {
      expect(core.guide(visit, { role, language })).toEqual(main.guide(visit, { role, locale }));
      expect(core.script(visit, { role, language })).toEqual(main.script(visit, { role, locale }));
      expect(core.roleName(role, language)).toBe(main.roleName(role, locale));
    }
    for (const type of core.commandTypes) {
      expect(core.actName(type, language)).toBe(main.actName(type, locale));
      expect(core.lines(type, visit, { role: 'provider', language })).toEqual(
        main.lines(type, visit, { role: 'provider', locale }),
      );
    }
    for (const rule of core.waivableRules) {
      expect(core.requirementName(rule, language)).toBe(main.requirementName(rule, locale));
    }
  });

  it('has the phrases and the texts of the clauses', () => {
    expect(language.phrases).toEqual(main.catalogues[locale]);
    expect(main.clauses.map(({ text }) => text[locale])).toEqual(core.clauses.map(({ id }) => clauseTexts[id]));
    expect(core.clauses).toEqual(main.clauses.map(({ text: _, ...duty }) => duty));
    expect(core.clause('1.1-19')).toBe(core.clauses.find(({ id }) => id === '1.1-19'));
  });

  it('takes phrases of the host for that language', () => {
    const phrases = { reply: () => 'Oui.' };
    expect(core.phrase('reply', stateAt('on-site'), { role: 'provider', language, phrases })).toBe('Oui.');
    expect(core.phrase('none' as never, stateAt('on-site'), { role: 'provider', language })).toBe('');
  });

  it('explains a rule of a newer release by the id of its clause, or by its text', () => {
    const newer = { rule: 'rule-of-tomorrow', clause: '1.1-19', facts: {} } as never;
    expect(core.explain(newer, language)).toMatch(/ \(1\.1-19\)\.$/);
    expect(core.explain(newer, { ...language, clauseTexts })).toBe(main.explain(newer, locale));
  });
});

describe('the core without a language', () => {
  it('guides without words', () => {
    const { open, closed, suggested } = core.guide(stateAt('on-site'), { role: 'provider' });
    const told = main.guide(stateAt('on-site'), { role: 'provider' });
    expect([closed, suggested]).toEqual([told.closed, told.suggested]);
    expect(open).toEqual(told.open.map((act) => ({ ...act, say: [], ask: [], fields: [] })));
  });

  it.each<[string, () => unknown]>([
    ['explain', () => core.explain(refused.rejection, 'en' as never)],
    ['actName', () => core.actName('StartWork', undefined as never)],
    ['roleName', () => core.roleName('provider', undefined as never)],
    ['requirementName', () => core.requirementName('identified', undefined as never)],
    ['guide', () => core.guide(stateAt('on-site'), { role: 'provider', language: 'en' as never })],
    ['script', () => core.script(stateAt('on-site'), { role: 'provider' } as never)],
  ])('%s refuses what is no language', (name, call) => {
    expect(call).toThrow(new RegExp(`^${name} takes a language, such as en of auxilio/en; got `));
  });

  it('guides nobody without a visit', () => {
    expect(() => core.guide({} as never, { role: 'provider' })).toThrow(/^guide takes the state/);
  });

  it('knows a locale no more, and says so', () => {
    expect(() => core.guide(stateAt('on-site'), { role: 'provider', locale: 'en' } as never)).toThrow(
      /^Unknown option of guide: locale/,
    );
  });
});
