import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actName, clause, explain, roleName } from '../../src/index.ts';
import type { CommandType, Role } from '../../src/messages/index.ts';
import type { Locale } from '../../src/protocol/index.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import { commandTypes, isWaivable, type Rejection, ruleIds, type Violation } from '../../src/visit/index.ts';
import type { Rule } from '../../src/visit/rule.ts';
import { acts } from '../../src/visit/table.ts';
import { actsOfRules } from '../../src/words/acts-of-rules.ts';
import { messages as en } from '../../src/words/en/sentences.ts';
import { messages as esCR } from '../../src/words/es-cr/sentences.ts';
import type { MessageTemplate } from '../../src/words/language.ts';
import { lookup } from '../../src/words/text.ts';
import { rejections, violations } from './refusals.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];

const note = {
  'es-CR': / Con una instrucción de proceder, .+ dispensar .+\.$/,
  en: / With an instruction .+ waive .+\.$/,
};
const bare = (text: string, locale: Locale) => text.replace(note[locale], '');

const unfit =
  /undefined|\bnull\b|NaN|\[object|[{}<>`]|\s{2}|^\s|\s$|«\s*»|“\s*”|""|''|\(\s*\)|:\s*[;.]|\s[,.;:]|[,;:.]{2}/;

/** The requirements of every line that a person reads. */
function expectSentence(text: string): void {
  expect(text).not.toMatch(unfit);
  expect(text).toMatch(/^\p{Lu}[^\n]*[\p{L}\p{N}»”)]\.$/u);
  expect(text).toBe(text.normalize('NFC'));
}

const odd = (rule: string, facts: unknown, cited = '1.1-01') =>
  ({ rule, clause: cited, facts }) as unknown as Violation;

describe('an act that there is not', () => {
  it.each([
    [
      'recordArrival',
      'The provider cannot make that record (did you mean RecordArrival?).',
      'El proveedor no puede hacer ese registro (¿quiso decir RecordArrival?).',
    ],
    [
      'StarWork',
      'The provider cannot make that record (did you mean StartWork?).',
      'El proveedor no puede hacer ese registro (¿quiso decir StartWork?).',
    ],
    ['zzz', 'The provider cannot make that record.', 'El proveedor no puede hacer ese registro.'],
  ])('%s: the nearest is named', (command, inEnglish, inSpanish) => {
    const refused = odd('role', { command, role: 'provider', allowed: [] });
    expect([explain(refused, 'en'), explain(refused, 'es-CR')]).toEqual([inEnglish, inSpanish]);
  });
});

/** Each rule by each clause that it cites, and without facts. */
const withoutFacts = [
  ...new Map(violations.map((one) => [`${one.rule} ${one.clause}`, { ...one, facts: {} }])).values(),
];

describe('the catalogue', () => {
  it('has a sentence for every rule, and for no other', () => {
    for (const { rules } of [esCR, en]) {
      expect([...Object.keys(rules), ...Object.keys(actsOfRules)].toSorted()).toEqual(ruleIds.toSorted());
    }
  });

  it('names the act that meets a rule, which is its remedy', () => {
    const rules: readonly Pick<Rule, 'id' | 'remedy'>[] = [...gateRules, ...acts.flatMap(({ needs }) => needs)];
    const remedies = rules.map(({ id, remedy }) => [id, remedy[0]] as const);
    expect(Object.fromEntries(remedies)).toMatchObject(actsOfRules);
  });

  it('has slots for facts of the rule alone, and for what explain derives from them', () => {
    for (const { rule, facts } of violations) {
      for (const { rules } of [esCR, en]) {
        const text = JSON.stringify(lookup<MessageTemplate>(rules, rule, ''));
        const names = [...(text ?? '').matchAll(/\$#?(\w+)/g)].map(([, name]) => name);
        expect(['clause', 'ended', 'missing', 'meant', ...Object.keys(facts)], rule).toEqual(
          expect.arrayContaining(names),
        );
      }
    }
  });

  it('is tried here with every rule as it really refuses, by every clause that it may cite', () => {
    const rules: readonly Pick<Rule, 'id' | 'clauses'>[] = [
      { id: 'id-reused', clauses: ['0-02'] },
      wellFormed,
      ...gateRules,
      ...generalRules,
      ...acts.flatMap(({ needs }) => needs),
    ];
    const cited = new Set(rules.flatMap(({ id, clauses }) => clauses.map((each) => `${id} ${each}`)));
    const tried = new Set(violations.map(({ rule, clause: each }) => `${rule} ${each}`));
    const refuse = 'refuse a rule that is missing in `vain` of test/reading/refusals.ts';
    expect([...tried].toSorted(), refuse).toEqual([...cited].toSorted());
  });

  it.each(locales)('reads well in %s', async (locale) => {
    const line = (one: Violation) => {
      const said = bare(explain(one, locale), locale);
      const toCenter = bare(explain(one, locale, 'contact-center'), locale);
      return `  ${one.clause}  ${said}${toCenter === said ? '' : `\n    to the contact center: ${toCenter}`}`;
    };
    const of = (list: readonly Violation[], id: string) => list.filter(({ rule }) => rule === id).map(line);
    const pages = ruleIds.map((id) => {
      const [known, unknown] = [of(violations, id), of(withoutFacts, id)];
      const silent = unknown.filter((text) => !known.includes(text)).map((text) => `${text}  (no facts)`);
      return [id + (isWaivable(id) ? ' (waivable)' : ''), ...new Set(known), ...silent].join('\n');
    });
    await expect(`${pages.join('\n')}\n`).toMatchFileSnapshot(`../golden/explain.${locale}.txt`);
  });

  /** Rules that only a provider's or a client's own record meets. */
  const ofOthers = ['assigned-provider', 'client-here', 'client-answers', 'representative-allowed'];
  it.each(locales)('sends the contact center in %s to nobody: it takes the calls itself', (locale) => {
    const calls = /(avise|dé|espere|consulte|pídala|déselo) al Centro|(tell|ask|wait for) the contact center/;
    const byCenter = acts.filter(({ by }) => by.includes('C') || by === 'P+').flatMap(({ needs }) => needs);
    expect(byCenter.map(({ id }) => id).filter((id) => ofOthers.includes(id))).toEqual([]);
    for (const one of [...violations, ...withoutFacts].filter(({ rule }) => !ofOthers.includes(rule))) {
      expect(explain(one, locale, 'contact-center')).not.toMatch(calls);
    }
    const toProvider = [...violations].map((one) => explain(one, locale));
    expect(toProvider.filter((text) => calls.test(text)).length).toBeGreaterThan(8);
  });

  it('repeats no six words in a row of the document', () => {
    const path = join(process.cwd(), '..', 'shared', 'protocol', 'protocolo-auxilio-domiciliar.txt');
    if (!existsSync(path)) return console.info(`skipped, nothing checked here: ${path} is not there`);
    const known = new Set(runs(readFileSync(path, 'utf8')));
    const names = commandTypes.map((type) => actName(type, 'es-CR'));
    const said = [...names, ...[...violations, ...withoutFacts].map((one) => explain(one, 'es-CR'))];
    expect(said.flatMap(runs).filter((run) => known.has(run))).toEqual([]);
    expect(runs('UNO, dos tres cuatro cinco seís')).toEqual(runs('Uno dos (tres)\ncuatro — cinco seis.'));
  });
});

function runs(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, Math.max(0, words.length - 5)).map((_, i) => words.slice(i, i + 6).join(' '));
}

describe.each(locales)('a violation in %s', (locale) => {
  it.each([...violations, ...withoutFacts])('$rule $clause $facts', (one) => {
    const text = explain(one, locale);
    expectSentence(text);
    const sentence = bare(text, locale);
    expectSentence(sentence);
    expect(sentence.length).toBeLessThanOrEqual(200);
    expect(sentence.match(/[.?!](\s|$)/g)?.length).toBeLessThanOrEqual(2);
    expect(text !== sentence).toBe(isWaivable(one.rule));
  });

  it('differs from the other language', () => {
    const other = locale === 'en' ? 'es-CR' : 'en';
    for (const one of [...violations, ...withoutFacts]) expect(explain(one, locale)).not.toBe(explain(one, other));
  });

  it.each([null, [[]], 'x', 7, { visitId: {}, assigned: ['V-1'], short: [null, 3, {}, { item: ' ' }], tests: 9 }])(
    'is told whatever the facts are: %j',
    (facts) => {
      for (const id of ruleIds) expectSentence(explain(odd(id, facts), locale));
    },
  );

  it.each(['', ' \n\t', '\u202e', '\u0000', '\u200d', '\u3164', '\ud800', '__proto__', 'constructor', 'toString'])(
    'is told whatever a text is: %j',
    (text) => {
      const names = ['visitId', 'assigned', 'command', 'role', 'instruction', 'about', 'channel', 'materials'];
      const texts = names.concat('suppliedBy', 'named', 'activity', 'tests').map((name) => [name, text]);
      const lists = ['allowed', 'waives', 'repeated', 'notTaken', 'refused', 'unreasoned', 'missingShots', 'unsent'];
      const facts = Object.fromEntries([...texts, ...lists.map((name) => [name, [text]])]);
      for (const id of ruleIds) expectSentence(explain(odd(id, facts, text), locale));
    },
  );

  it('cuts what is long, keeps it in one line and leaves direction marks out', () => {
    const long = explain(odd('service-as-assigned', { assigned: `a\n\u202eb ${'á'.repeat(5000)}` }), locale);
    expectSentence(long);
    expect(long).toContain('a b á');
    expect(long.length).toBeLessThan(300);
    const many = explain(odd('photos-new', { repeated: Array.from({ length: 5000 }, (_, i) => `f${i}`) }), locale);
    expect(many).toContain('f2');
    expect(many).toContain('4997');
    expect(many).not.toContain('f3');
  });

  it.each(['from-tomorrow', '__proto__', 'constructor', '', undefined])('of a rule that is unknown: %j', (rule) => {
    const known = explain(odd(rule as string, {}, '1.1-19'), locale);
    expectSentence(known);
    expect(known).toContain(`(1.1-19). ${clause('1.1-19').text[locale]}`);
    const unknown = explain(odd(rule as string, {}, '__proto__'), locale);
    expectSentence(unknown);
    expect(unknown).not.toContain('proto_');
  });

  it.each([{ violations: [] }, { violations: [null, 1] }])(
    'an invalid one is still explained in a sentence: %j',
    (none) => {
      for (const line of explain(none as unknown as Rejection, locale).split('\n')) expectSentence(line);
    },
  );

  it.each([null, undefined, 'x', [[]], {}, { ok: false, rejection: { violations: [] } }])(
    'no violation at all is refused: %j',
    (none) => {
      const said = 'explain takes decision.rejection, or a violation; got ';
      expect(() => explain(none as unknown as Rejection, locale)).toThrow(TypeError);
      expect(() => explain(none as unknown as Rejection, locale)).toThrow(said);
    },
  );
});

describe.each(locales)('a rejection in %s', (locale) => {
  it('is a line for each violation, and once what can be waived', () => {
    for (const rejection of rejections) {
      const lines = explain(rejection, locale).split('\n');
      const waivable = rejection.violations.some(({ rule }) => isWaivable(rule));
      lines.forEach(expectSentence);
      const sentences = rejection.violations.map((one) => bare(explain(one, locale), locale));
      expect(lines.slice(0, sentences.length)).toEqual(sentences);
      expect(lines).toHaveLength(sentences.length + (waivable ? 1 : 0));
    }
  });

  it('names what can be waived, and nothing else', () => {
    const facts = {};
    const rules = ['arrived', 'photos-sent', 'tools-shown', 'photos-sent'].map((rule) => odd(rule, facts));
    const last = explain({ violations: rules } as unknown as Rejection, locale)
      .split('\n')
      .at(-1);
    const { requirements } = locale === 'en' ? en.names : esCR.names;
    expect(last?.split(requirements['photos-sent'])).toHaveLength(2);
    expect(last).toContain(requirements['tools-shown']);
    for (const [rule, name] of Object.entries(requirements)) {
      if (rule !== 'photos-sent' && rule !== 'tools-shown') expect(last).not.toContain(name);
    }
  });
});

describe('the facts', () => {
  it.each([
    [
      odd('role', { command: 'StartWork', role: 'client', allowed: ['provider'] }),
      ['iniciar el trabajo', 'al proveedor'],
    ],
    [odd('role', { command: '<b>Teleport', role: 'client', allowed: [] }), ['cliente', 'ese registro']],
    [odd('case-number-named', { named: 'EXP-9', assigned: 'EXP-1' }), ['EXP-9', 'EXP-1']],
    [
      odd('photos-sent', { sent: 0, unsent: ['a', 'b'], missingShots: ['antes'] }),
      ['entre ellas: antes; sin enviar: 2'],
    ],
    [odd('enough-supplied', { short: [{ item: 'cemento', unit: 'sacos', missing: 0.5 }] }), ['cemento (sacos: 0,5)']],
    [
      odd('identified', { fullNameGiven: true, documentShown: false }),
      ['Pida con cortesía un documento de identidad, sin anotar el número.'],
    ],
    [odd('identified', { fullNameGiven: false, documentShown: true }), ['Pida con cortesía el nombre completo.']],
    [odd('identified', {}), ['Pida con cortesía el nombre completo y un documento de identidad,']],
    [odd('photos-to-document', { refused: [] }), ['Documente fotografías ya enviadas, una sola vez.']],
    [odd('mismatch-reasons', { unreasoned: ['Cable'] }), ['tipo o calidad (Cable).']],
    [odd('mismatch-reasons', { unreasoned: ['Cable', 'Tubo'] }), ['tipo o calidad (Cable y Tubo).']],
    [
      odd('running', { started: true, away: false, onBreak: true, awaitingMaterials: true }, '1.1-46'),
      ['está en pausa (registre el fin de la pausa) y espera materiales adicionales (acéptelos).'],
    ],
    [
      odd('running', { started: false, away: false, onBreak: false }, '1.1-29'),
      ['El trabajo no se ha iniciado (registre el inicio).'],
    ],
    [odd('not-ended', {}, '1.3-02'), ['La visita ya concluyó;']],
    [odd('not-ended', {}, '1.1-10'), ['La visita ya se cerró;']],
    [
      odd('question-open', { about: 'identity', open: ['client-absence'] }),
      ['No hay una identidad rechazada por resolver, pero sí una ausencia del cliente;'],
    ],
    [odd('question-open', { about: 'identity', open: [] }), ['No hay una identidad rechazada por resolver;']],
    [odd('not-ended', {}, ''), ['La visita ya terminó;']],
    [odd('call-made', {}, '1.3-02'), ['llamada de conclusión']],
    [odd('call-made', {}, '1.1-26'), ['llamada de inicio']],
    [odd('notice-given', {}, '1.1-48'), ['aviso de salida']],
    [odd('notice-given', {}, '1.1-49'), ['aviso de reingreso']],
  ])('of $rule $clause are in the sentence', (one, parts) => {
    for (const part of parts) expect(explain(one, 'es-CR')).toContain(part);
  });

  it('that are known leave out what is not missing', () => {
    expect(explain(odd('identified', { fullNameGiven: true, documentShown: false }), 'es-CR')).not.toContain('nombre');
    const role = odd('role', { command: '<b>Teleport', role: 'client', allowed: [] });
    for (const locale of locales) expect(explain(role, locale)).not.toMatch(/Teleport|</);
  });
});

describe('names', () => {
  it.each(locales)('of acts and roles in %s are words', (locale) => {
    const names = commandTypes.map((type) => actName(type, locale));
    expect(new Set(names).size).toBe(commandTypes.length);
    for (const name of names) expect(name).toMatch(/^\p{Ll}[\p{L} -]+$/u);
    if (locale === 'es-CR') for (const name of names) expect(name).toMatch(/^\p{L}+(r|rse|rle) |^despedirse$/u);
    const roles = (['provider', 'contact-center', 'client'] as const).map((role) => roleName(role, locale));
    expect(new Set(roles).size).toBe(3);
  });

  it.each(['Teleport', '__proto__', 'constructor', '', undefined])('an unknown one has a general name: %j', (name) => {
    expect(actName(name as CommandType, 'es-CR')).toBe('ese registro');
    expect(actName(name as CommandType, 'en')).toBe('that record');
    expect(roleName(name as Role, 'es-CR')).toBe('otra persona');
    expect(roleName(name as Role, 'en')).toBe('another person');
  });
});
