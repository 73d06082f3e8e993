import { afterEach, describe, expect, it, vi } from 'vitest';
import { catalogues, lines, type PhraseFacts, type Phrases, phrase, script } from '../../src/index.ts';
import type { CommandType, Role } from '../../src/messages/index.ts';
import { commands, initialState, type Policy, type VisitState } from '../../src/visit/index.ts';
import {
  broken,
  delayed,
  escalated,
  instructed,
  noneNeeded,
  reassigned,
  rejected,
  stateAt,
  told,
} from './script-support.ts';

/** The names of the phrases in place of their words. */
const names: Phrases = {
  'es-CR': Object.fromEntries(Object.keys(catalogues['es-CR']).map((key) => [key, () => key])),
};
const call = ['(to-center) call-center'];

type Case = [
  when: string,
  command: CommandType,
  visit: () => VisitState,
  say: readonly string[],
  ask?: readonly string[],
];

const saidBy =
  (role: Role, policy?: Policy) =>
  (...[, command, visit, say, ask]: Case) => {
    const found = lines(command, visit(), { role, phrases: names, ...(policy && { policy }) });
    expect(found.say).toEqual(say);
    if (ask !== undefined) expect(found.ask).toEqual(ask);
  };

const moved = (visit: VisitState): VisitState => ({ ...visit, arrival: { ...visit.arrival, arrivedAt: null } });
const breakWhileAway = (): VisitState => {
  const visit = stateAt('away');
  return { ...visit, work: { ...visit.work, onBreak: true } };
};
const representative = () => stateAt('absent', {}, instructed('client-absence', 'proceed-with-representative'));
const rescheduled = () => stateAt('working', {}, instructed('visit', 'reschedule'));
const takenOver = () => stateAt('working', {}, instructed('visit', 'reassign'), reassigned);

describe('what the provider says goes by how the visit stands', () => {
  it.each<Case>([
    ['1.1-02 he comes', 'RecordArrival', () => stateAt('in-transit'), ['greet-client', 'introduce'], []],
    [
      '1.1-02 to another place than he was told first',
      'RecordArrival',
      () => moved(stateAt('on-site')),
      ['greet-client', 'introduce'],
    ],
    ['1.1-49 he comes back', 'RecordArrival', () => stateAt('away'), ['greet-client', 'come-back']],
    ['1.1-49 another one comes back for him', 'RecordArrival', takenOver, ['greet-client', 'introduce', 'come-back']],
    [
      '1.1-07 the client attends',
      'ValidateIdentity',
      () => stateAt('on-site'),
      ['identify', 'identify-why'],
      ['ask-name', 'ask-document'],
    ],
    [
      '1.1-10 a representative may',
      'ValidateIdentity',
      representative,
      ['identify-representative', 'identify', 'identify-why'],
      ['ask-who', 'ask-name', 'ask-document'],
    ],
    [
      '1.1-25 nothing is known of materials',
      'ExplainWork',
      () => stateAt('photographed'),
      ['explain-work', 'materials-list', 'materials-yours', '(or-else) materials-none'],
      ['ask-method', 'ask-materials'],
    ],
    [
      '1.1-28 some are asked for',
      'ExplainWork',
      () => stateAt('explained'),
      ['explain-work', 'materials-list', 'materials-yours'],
    ],
    [
      '1.1-29 none are needed',
      'ExplainWork',
      () => stateAt('explained', {}, noneNeeded),
      ['explain-work', 'materials-none'],
    ],
    ['1.1-25 after the start', 'ExplainWork', () => stateAt('working'), ['explain-work', 'materials-none']],
    [
      '1.1-30 more are asked for',
      'RequestExtraMaterials',
      () => stateAt('working'),
      ['materials-extra', 'materials-yours'],
    ],
    [
      '1.1-31 he is asked to buy them',
      'DeclineOffContractRequest',
      () => stateAt('working'),
      ['decline', '(if-purchase) materials-yours'],
    ],
    [
      '1.1-48 on a card to train with',
      'PauseWork',
      initialState,
      ['break', '(if-second-visit) leave', ...call, 'leave-call'],
    ],
    [
      '1.1-48 work is running',
      'PauseWork',
      () => stateAt('working'),
      ['break', '(if-second-visit) leave', ...call, 'leave-call'],
    ],
    ['1.1-48 it has not begun', 'PauseWork', () => stateAt('explained'), ['leave', ...call, 'leave-call']],
    ['1.1-48 it is on a break', 'PauseWork', () => stateAt('on-break'), ['leave', ...call, 'leave-call']],
    ['1.1-10 it is to be rescheduled', 'PauseWork', rescheduled, ['leave', ...call, 'leave-call']],
    ['1.1-49 after a break', 'ResumeWork', () => stateAt('on-break'), ['resume'], []],
    [
      '1.1-49 after a second visit',
      'ResumeWork',
      () => stateAt('away'),
      ['resume', ...call, 'come-back'],
      ['ask-call'],
    ],
    [
      '1.1-49 after both, in a foreign log',
      'ResumeWork',
      breakWhileAway,
      ['resume', ...call, 'come-back'],
      ['ask-call'],
    ],
    ['1.1-49 while it runs', 'ResumeWork', () => stateAt('working'), ['resume', ...call, 'come-back'], ['ask-call']],
    [
      '1.3-01 it is done',
      'GiveFarewell',
      () => stateAt('ready-to-complete'),
      ['farewell', 'pleasure', 'at-your-service'],
    ],
    ['1.3-01 and completed', 'GiveFarewell', () => stateAt('completed'), ['farewell', 'pleasure', 'at-your-service']],
    ['1.3-01 it is to be cancelled', 'GiveFarewell', () => stateAt('closing'), ['farewell', 'at-your-service']],
    ['1.3-01 it was closed', 'GiveFarewell', () => stateAt('closed'), ['farewell', 'at-your-service']],
    ['1.1-10 it is cancelled', 'CloseVisit', () => stateAt('closing'), ['cancelled'], ['ask-reason']],
    ['1.1-10 it is rescheduled', 'CloseVisit', rescheduled, ['rescheduled']],
    ['1.1-10 it is not said which', 'CloseVisit', () => stateAt('on-site'), ['cancelled', '(or-else) rescheduled']],
  ])('%s: %s', saidBy('provider'));
  it.each<Case>([
    ['explained', 'ExplainWork', () => stateAt('explained'), ['explain-work', 'materials-list']],
    ['asked for', 'RequestExtraMaterials', () => stateAt('working'), ['materials-extra']],
    ['declined', 'DeclineOffContractRequest', () => stateAt('working'), ['decline']],
  ])(
    '1.1-31 of materials that the contract lets the provider buy, when they are %s',
    saidBy('provider', { allow: ['material-purchase'] }),
  );
});

const transit =
  (...acts: Parameters<typeof stateAt>[2][]) =>
  () =>
    stateAt('in-transit', {}, ...acts);
const thanks = ['op-thanks', 'op-keep-posted'];
const notice = (...about: readonly string[]) => ['(to-client) op-call-client', ...about, 'op-apology'];
const ways = (...first: readonly string[]) => [
  ...first,
  '(or-else) rescheduled',
  '(or-else) cancelled',
  '(or-else) op-will-reassign',
];
const coordinated = () =>
  stateAt('in-dispute', {}, (own) =>
    commands.coordinateMaterials({ ...own, outcome: 'client-will-supply' }, { role: 'contact-center', id: 'op-1' }),
  );
const absentAndRejected = () => {
  const visit = stateAt('absent');
  return { ...visit, identity: { ...visit.identity, rejectedAt: '2026-03-17T14:10:00.000Z' } };
};

describe('what the operator says goes by what is open and owed', () => {
  it.each<Case>([
    [
      '1.2-08 nothing was reported',
      'AcknowledgeTransitIssue',
      transit(),
      [...thanks, '(if-exceeded) op-tell-client', '(or-else) op-will-reassign'],
      [],
    ],
    ['1.2-14 nothing is owed', 'AcknowledgeTransitIssue', transit(broken(true, false)), thanks],
    ['1.2-15 a delay', 'AcknowledgeTransitIssue', transit(delayed), [...thanks, 'op-tell-client']],
    [
      '1.2-11 another provider',
      'AcknowledgeTransitIssue',
      transit(broken(false)),
      ['op-will-reassign', 'op-tell-client'],
    ],
    [
      '1.2-11 another provider, and a delay',
      'AcknowledgeTransitIssue',
      transit(delayed, broken(false)),
      ['op-will-reassign', 'op-tell-client'],
    ],
    ['1.2-15 nothing', 'NotifyClient', transit(), notice('op-delay', '(or-else) op-change'), ['ask-reached']],
    ['1.2-15 a delay', 'NotifyClient', transit(delayed), notice('op-delay')],
    ['1.2-13 a change that is owed', 'NotifyClient', transit(broken(false)), notice('op-change-coming')],
    [
      '1.2-13 a change that was instructed',
      'NotifyClient',
      transit(instructed('visit', 'reassign')),
      notice('op-change-coming'),
    ],
    ['1.2-13 a change that was made', 'NotifyClient', transit(broken(false), reassigned), notice('op-change')],
    [
      '1.2-10 a delay and a change',
      'NotifyClient',
      transit(delayed, broken(false), reassigned),
      notice('op-delay', 'op-change'),
    ],
    [
      '1.2-13 a change that was told',
      'NotifyClient',
      transit(broken(false), told('provider-change'), reassigned),
      notice('op-delay', '(or-else) op-change'),
    ],
    [
      '1.1-10 nothing',
      'GiveInstruction',
      () => stateAt('on-site'),
      ways('op-proceed'),
      ['ask-instruction', 'ask-representative'],
    ],
    [
      '1.1-09 an absence',
      'GiveInstruction',
      () => stateAt('absent'),
      ways('op-absence', 'op-wait', '(or-else) op-proceed', '(or-else) op-representative'),
    ],
    [
      '1.1-08 an identity',
      'GiveInstruction',
      () => stateAt('on-site', {}, rejected),
      ways('op-identity', 'op-proceed', '(or-else) op-representative'),
    ],
    [
      '1.1-08 both',
      'GiveInstruction',
      absentAndRejected,
      ways('op-absence', 'op-identity', 'op-wait', '(or-else) op-proceed', '(or-else) op-representative'),
    ],
    ['1.1-39 materials in dispute', 'GiveInstruction', () => stateAt('in-dispute'), ways('op-take-up', 'op-proceed')],
    ['1.1-39 materials coordinated', 'GiveInstruction', coordinated, ways('op-take-up', 'op-proceed')],
    [
      '2.2-08 an escalation',
      'GiveInstruction',
      () => stateAt('working', {}, escalated),
      ways('op-take-up', 'op-proceed'),
    ],
    ['1.1-10 to be cancelled', 'CloseVisit', () => stateAt('closing'), ['cancelled'], ['ask-reason']],
  ])('%s: %s', saidBy('contact-center'));
});

describe('what a client’s own app asks for: the words to say are the provider’s and the center’s', () => {
  it.each<Case>([
    ['1.1-32 materials', 'SupplyMaterials', () => stateAt('explained'), [], ['ask-supplied']],
    ['1.1-50', 'RecordConformity', () => stateAt('tested'), [], ['ask-conformity']],
    ['1.1-50 an objection', 'RecordObjection', () => stateAt('tested'), [], ['ask-objection']],
    ['2.2-11', 'ReportConductBreach', () => stateAt('tested'), [], ['ask-conduct']],
  ])('%s: %s', saidBy('client'));
});

describe('a card', () => {
  const last = (role: Role) => script(initialState(), { role, phrases: names }).at(-1);
  it('2.1-02 ends with the phrases of courtesy, in their order, and nothing to ask for', () => {
    expect(last('provider')).toEqual({
      command: null,
      say: [
        'by-name',
        'how-are-you',
        'moment',
        'thanks',
        'gladly',
        'at-your-service',
        'listen',
        'support',
        'anything-else',
      ],
      ask: [],
      fields: [],
    });
    expect(last('contact-center')?.say).toEqual(['by-name', 'moment', 'thanks', 'gladly', 'at-your-service']);
    expect(last('client')?.command).toBe('AttestFacts');
  });
  it('leaves out what a host leaves unsaid', () => {
    const silent: Phrases = { 'es-CR': { ...names['es-CR'], 'ask-name': () => '', gladly: () => '' } };
    const options = { role: 'provider', phrases: silent } as const;
    expect(lines('ValidateIdentity', stateAt('on-site'), options).ask).toEqual(['ask-document']);
    expect(script(initialState(), options).at(-1)?.say).not.toContain('');
  });
});

describe('the facts of a phrase', () => {
  const facts = <T>(visit: VisitState, of: (facts: PhraseFacts) => T, options: object = {}): T => {
    let found: T | undefined;
    const gladly = (given: PhraseFacts) => {
      found = of(given);
      return 'x';
    };
    phrase('gladly', visit, { role: 'provider', phrases: { 'es-CR': { gladly }, en: { gladly } }, ...options });
    return found as T;
  };
  const named = (name: unknown, title?: string) =>
    ({ ...stateAt('on-site'), client: { name, title } }) as unknown as VisitState;

  it.each<[unknown, string | undefined, string | null, string | null]>([
    ['Ana Rojas', 'doña', 'doña Ana Rojas', 'Ms. Ana Rojas'],
    ['Ana Rojas', 'don', 'don Ana Rojas', 'Mr. Ana Rojas'],
    ['Ana Rojas', undefined, 'Ana Rojas', 'Ana Rojas'],
    ['Ana Rojas', 'toString', 'Ana Rojas', 'Ana Rojas'],
    ['Ana Rojas M.', undefined, 'Ana Rojas M', 'Ana Rojas M'],
    ['Ana .', undefined, 'Ana', 'Ana'],
    ['A.na', undefined, 'A.na', 'A.na'],
    ['77', 'doña', null, null],
    ['.', 'doña', null, null],
    [' ', 'doña', null, null],
    [7, 'doña', null, null],
  ])('2.2-05 a name: %j with the title %j', (name, title, spanish, english) => {
    expect(facts(named(name, title), ({ client }) => client)).toBe(spanish);
    expect(facts(named(name, title), ({ client }) => client, { locale: 'en' })).toBe(english);
  });

  it('2.2-05 the name of the provider, as others and as the provider says it; that of the operator, as the host gives it', () => {
    const of = ({ provider, providerName, operator }: PhraseFacts) => [provider, providerName, operator];
    expect(facts(stateAt('on-site'), of, { operator: 'Sofía.' })).toEqual(['don Luis Mora', 'Luis Mora', 'Sofía']);
    expect(facts({ ...stateAt('on-site'), provider: null }, of)).toEqual([null, null, null]);
  });

  it('2.2-05 of the one whom the role speaks to, asked for twice', () => {
    const twice = ({ addressee }: PhraseFacts) => addressee;
    const of = (visit: VisitState, role: Role = 'provider') =>
      facts(visit, (given) => [twice(given), twice(given), given.client, given.client], { role }).slice(0, 2);
    expect(of(stateAt('on-site'))).toEqual(['doña Ana Rojas', 'doña Ana Rojas']);
    expect(of(stateAt('on-site'), 'contact-center')).toEqual(['don Luis Mora', 'don Luis Mora']);
    expect(of(stateAt('absent'))).toEqual([null, null]);
    expect(of(stateAt('on-site', {}, rejected))).toEqual([null, null]);
    expect(of(representative())).toEqual([null, null]);
    const visit = stateAt('identified');
    expect(of({ ...visit, identity: { ...visit.identity, person: 'representative' } })).toEqual([null, null]);
  });

  const asked = (...items: readonly unknown[]) => {
    const visit = stateAt('explained');
    return { ...visit, materials: { ...visit.materials, requested: items as never } };
  };
  it.each<[unknown, string | null]>([
    [{ item: 'tubo', quantity: 2, unit: 'm' }, 'tubo (2 m)'],
    [{ item: 'cemento', quantity: 1, unit: 'sacos' }, 'cemento (sacos: 1)'],
    [{ item: 'tubo', quantity: 2.125, unit: 'm', kind: 'PVC' }, 'tubo (2,125 m, PVC)'],
    [{ item: 'tubo', quantity: 0.5, quality: 'fina' }, 'tubo (0,5, fina)'],
    [{ item: 'tubo', quantity: 3, kind: 'PVC', quality: 'fina' }, 'tubo (3, PVC, fina)'],
    [{ item: 'tubo', unit: 'm' }, 'tubo'],
    [{ item: 'tubo', quantity: Number.POSITIVE_INFINITY, unit: 'm' }, 'tubo'],
    [{ item: 'tubo', quantity: '2', unit: 'm' }, 'tubo'],
    [{ item: 'tubo', quantity: 2, unit: ' ' }, 'tubo (2)'],
    [{ item: ' ', quantity: 2 }, null],
    [null, null],
  ])('1.1-28 a material: %j', (material, text) => {
    expect(facts(asked(material), ({ materials }) => materials)).toBe(text);
  });
  it('1.1-28 of twelve materials all, of thirteen eleven and how many more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ item: `pieza ${index + 1}` }));
    const of = (count: number) => facts(asked(...many(count)), ({ materials }) => materials);
    expect(of(12)).toMatch(/^pieza 1, .*pieza 11 y pieza 12$/);
    expect(of(13)).toMatch(/^pieza 1, .*pieza 11 y 2 más$/);
    expect(of(0)).toBeNull();
  });
});

describe('1.1-01 the local time', () => {
  afterEach(() => vi.unstubAllGlobals());
  const arriveBy = (options: { now?: string; policy?: Policy; visit?: VisitState; locale?: 'en' } = {}) => {
    let found: string | null = '';
    const gladly = (given: PhraseFacts) => {
      found = given.arriveBy;
      return 'x';
    };
    const { visit = stateAt('in-transit'), ...rest } = options;
    phrase('gladly', visit, { role: 'provider', phrases: { 'es-CR': { gladly }, en: { gladly } }, ...rest });
    return found === null ? null : (found as string).replace(/\s/g, ' ');
  };
  const greeting = (now: string, policy: Policy) =>
    lines('RecordArrival', initialState(), { role: 'provider', now, policy }).say[0];

  it('is told with its day where today is not known, or another', () => {
    expect(arriveBy({ now: '2026-03-17T16:00:00.000Z' })).toBe('9:00 a. m.');
    expect(arriveBy({ now: '2026-03-17T16:00:00.000Z', locale: 'en' })).toBe('9:00 AM');
    expect(arriveBy()).toMatch(/^martes.*17.*marzo.*9:00 a. m.$/);
    expect(arriveBy({ now: '2026-04-17T16:00:00.000Z' })).toMatch(/^martes/);
    expect(arriveBy({ now: '2025-03-17T16:00:00.000Z' })).toMatch(/^martes/);
    expect(arriveBy({ now: '2026-03-18T16:00:00.000Z', locale: 'en' })).toMatch(/^Tuesday.*March 17.*9:00 AM$/);
  });
  it('is none where there is none', () => {
    for (const none of [null, 'ayer']) {
      expect(arriveBy({ visit: { ...stateAt('in-transit'), arriveBy: none } })).toBeNull();
    }
  });
  it.each([
    ['09:30', '2026-03-17T15:30:00.000Z', '2026-03-17T15:29:00.000Z'],
    ['00:05', '2026-03-17T06:05:00.000Z', '2026-03-17T06:04:00.000Z'],
    ['20:59', '2026-03-18T02:59:00.000Z', '2026-03-18T02:58:00.000Z'],
    ['23:00', '2026-03-18T05:00:00.000Z', '2026-03-18T04:59:00.000Z'],
  ])('keeps a cut-off that is one: %j', (evening, from, before) => {
    const policy = { greeting: { afternoon: '00:00', evening } };
    expect(greeting(from, policy)).toBe('Buenas noches.');
    expect(greeting(before, policy)).toBe('Buenas tardes.');
  });
  it('is that of UTC where the platform knows no zones', () => {
    const DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
      construct(format, [locale, options]) {
        if (options.timeZone !== 'UTC') throw new RangeError('no such zone');
        return new format(locale, options);
      },
    });
    vi.stubGlobal('Intl', { ...Intl, ListFormat: Intl.ListFormat, NumberFormat: Intl.NumberFormat, DateTimeFormat });
    // A zone of its own, since what was made once is kept.
    expect(greeting('2026-03-17T11:59:00.000Z', { timeZone: 'Zone/Unknown' })).toBe('Buenos días.');
    expect(greeting('2026-03-17T12:00:00.000Z', { timeZone: 'Zone/Unknown' })).toBe('Buenas tardes.');
  });
});
