import { describe, expect, it } from 'vitest';
import {
  audit,
  createCommand,
  createVisitDecider,
  decide,
  disposal,
  dossier,
  explain,
  guide,
  initialState,
  lines,
  locales,
  missing,
  roleName,
  roles,
  script,
  stateVersion,
} from '../../src/index.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { reportHtml } from '../../src/report.ts';
import type { Policy } from '../../src/visit/index.ts';
import { command } from '../wire/samples.ts';

const state = initialState();
const known = (value: object) => value as never;
const refusal = decide(command('StartWork') as never, state);
const rejection = refusal.ok ? known({}) : refusal.rejection;

describe('what is not known is refused by name, with the known and the nearest', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a role',
      () => guide(state, known({ role: 'operator' })),
      'Unknown role operator. Known: provider, contact-center, client',
    ],
    [
      'a role that is near',
      () => script(state, known({ role: 'providers' })),
      'Unknown role providers. Did you mean provider? Known: provider, contact-center, client',
    ],
    [
      'no role',
      () => lines('StartWork', state, known({})),
      'Unknown role undefined. Known: provider, contact-center, client',
    ],
    ['a locale', () => explain(rejection, known('fr' as never)), 'Unknown locale fr. Known: es-CR, en'],
    [
      'a locale that only begins so',
      () => roleName('client', known('eng' as never)),
      'Unknown locale eng. Did you mean en? Known: es-CR, en',
    ],
    [
      'a locale of a guide',
      () => guide(state, known({ role: 'client', locale: 'pt-BR' })),
      'Unknown locale pt-BR. Known: es-CR, en',
    ],
    [
      'a language of phrases',
      () => script(state, known({ role: 'client', phrases: { es: {} } })),
      'Unknown option of phrases: es. ',
    ],
    ['a term of retention', () => disposal(state, known({ year: 5 })), 'Unknown option of retention: year. '],
    ['a locale of a report', () => reportHtml([], known({ locale: 'de' })), 'Unknown locale de. Known: es-CR, en'],
    [
      'an option',
      () => guide(state, known({ role: 'client', local: 'en' })),
      'Unknown option of guide: local. Did you mean locale? Known: role, actorId, locale, now, policy, phrases',
    ],
    [
      'an option of the audit',
      () => audit([], known({ polices: {} })),
      'Unknown option of audit: polices. Did you mean policy? Known: policy, chain',
    ],
    [
      'an option of the dossier',
      () => dossier([], known({ untill: '' })),
      'Unknown option of dossier: untill. Did you mean until? Known: policy, until, chain',
    ],
    [
      'an option of missing',
      () => missing(state, known({ goals: 'payable' })),
      'Unknown option of missing: goals. Did you mean goal? Known: goal, policy, limit',
    ],
    [
      'a field of a policy',
      () => decide(command('StartWork') as never, state, known({ threshold: {} })),
      'Unknown option of policy: threshold. Did you mean thresholds? Known: id, allow, waive, thresholds, twinMinutes, timeZone, greeting',
    ],
    [
      'a threshold',
      () => audit([], known({ policy: { thresholds: { visit: 1 } } })),
      'Unknown option of policy.thresholds: visit. Did you mean visits? Known: ',
    ],
    [
      'a rule',
      () => createVisitDecider(known({ waive: [{ rule: 'photo-sent', reason: 'x' }] })),
      'Unknown waivable rule in policy.waive[0].rule: photo-sent. Did you mean photos-sent? Known: ',
    ],
    [
      'a role that is told a refusal',
      () => explain(rejection, 'en', 'operator' as never),
      'Unknown role operator. Known: ',
    ],
    ['a goal', () => missing(state, known({ goal: 'paid' })), 'Unknown goal paid. Known: completed, payable'],
    [
      'an option of the script',
      () => script(state, known({ role: 'provider', local: 'en' })),
      'Unknown option of script: local. Did you mean locale?',
    ],
    ['no options', () => guide(state, known(undefined as never)), 'guide takes options, an object; got '],
    ['no options of the script', () => lines('StartWork', state, known(undefined as never)), 'script takes options'],
    ['no policy', () => decide(command('StartWork') as never, state, known(null as never)), 'policy takes options'],
    ['a policy by its name', () => audit([], { policy: known('contrato' as never) }), 'policy takes options'],
    [
      'a type of command',
      () => createCommand(known('StarWork' as never), known({}), known({})),
      'Unknown command StarWork. Did you mean StartWork?',
    ],
    [
      'a type of command from a prototype',
      () => createCommand(known('toString' as never), known({}), known({})),
      'Unknown',
    ],
    [
      'an id in the place of the metadata',
      () => createCommand('StartWork', known({}), known({}), known('c-1' as never)),
      'createCommand takes options, an object; got ',
    ],
    [
      'metadata',
      () => createCommand('StartWork', known({}), known({}), known({ commandID: 'c-1' })),
      'Unknown option of createCommand: commandID. Did you mean commandId?',
    ],
    ['a symbol', () => guide(state, known({ role: Symbol('x') })), 'Unknown role symbol'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it.each<[string, (none: never) => unknown]>([
    ['guide', (none) => guide(none, { role: 'provider' })],
    ['missing', (none) => missing(none)],
    ['script', (none) => script(none, { role: 'provider' })],
    ['script', (none) => lines('StartWork', none, { role: 'provider' })],
    ['disposal', (none) => disposal(none)],
  ])('so is a missing state: %s', (name, call) => {
    for (const none of [undefined, null, {}]) {
      expect(() => call(none as never)).toThrow(
        `${name} takes the state, of stateVersion ${stateVersion}; got ${none === null ? none : typeof none}`,
      );
    }
  });

  it.each([
    ['audit', audit],
    ['dossier', dossier],
    ['visitTimeline', visitTimeline],
  ])('so is what is no log: %s', (name, read) => {
    expect(() => read(7 as never)).toThrow(`${name} takes an array of events; got 7`);
  });

  it('so is what is no answer of verifyChain', () => {
    for (const read of [audit, dossier]) {
      for (const chain of [null, {}, 'intact'])
        expect(() => read([], { chain: known(chain as never) })).toThrow('chain is what verifyChain answers');
    }
  });

  it('so is a time that is none: the guide reads one as decide does, and a script greets for any hour', () => {
    for (const now of [7, new Date(0), null, 'mañana']) {
      expect(() => guide(state, known({ role: 'provider', now }))).toThrow('guide takes now, an instant such as 2026-');
    }
    for (const now of [7, new Date(0), null]) {
      expect(() => script(state, known({ role: 'provider', now }))).toThrow('script takes now, an instant');
    }
    expect(guide(state, { role: 'provider', now: '2026-03-17T08:40:00-06:00' }).phase).toBe('unassigned');
  });

  it('so is a bound of a search that is below 0, or no number', () => {
    for (const limit of [-1, Number.NaN])
      expect(() => missing(state, { limit })).toThrow(`limit is a number from 0; got ${limit}`);
  });

  it('takes any tag of a known language', () => {
    for (const [tag, locale] of [
      ['en-US', 'en'],
      ['EN', 'en'],
      ['es', 'es-CR'],
      ['es-MX', 'es-CR'],
    ] as const) {
      expect(explain(rejection, tag as never)).toBe(explain(rejection, locale));
      expect(guide(state, { role: 'client', locale: tag as never })).toEqual(guide(state, { role: 'client', locale }));
    }
  });

  it('a long name is cut', () => {
    const call = () => guide(state, known({ role: 'x'.repeat(1e6) }));
    expect(call).toThrow(`Unknown role ${'x'.repeat(64)}. Known: provider`);
  });

  it('lists the roles and the languages', () => {
    expect([roles, locales]).toEqual([
      ['provider', 'contact-center', 'client'],
      ['es-CR', 'en'],
    ]);
  });

  it('looks at a policy once', () => {
    const policy: Policy = { waive: [{ rule: 'area-cleared', reason: 'x' }] };
    expect(decide(command('StartWork') as never, state, policy)).toEqual(refusal);
    Object.assign(policy, { later: 1 });
    expect(() => decide(command('StartWork') as never, state, policy)).not.toThrow();
  });
});
