import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogues, lines, type PhraseKey, phrase, type ScriptPart, script } from '../../src/index.ts';
import type { CommandType, Role } from '../../src/messages/index.ts';
import type { Locale } from '../../src/protocol/index.ts';
import { initialState, type VisitState } from '../../src/visit/index.ts';
import { broken, delayed, instructed, morning, noneNeeded, reassigned, rejected, stateAt } from './script-support.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];
const roles: readonly Role[] = ['provider', 'contact-center', 'client'];

const explained = stateAt('explained');
const rich: VisitState = {
  ...explained,
  requiredShots: ['antes', 'fuga'],
  work: { ...explained.work, tools: ['llave', 'sierra'] },
};

type Moment = readonly [moment: string, visit: VisitState, role: Role, ...acts: readonly CommandType[]];

/** The differences from the rich visit, and their times. */
const moments: readonly Moment[] = [
  [
    'a delay was reported',
    stateAt('in-transit', {}, delayed),
    'contact-center',
    'AcknowledgeTransitIssue',
    'NotifyClient',
  ],
  [
    'a breakdown without a solution was reported',
    stateAt('in-transit', {}, broken(false)),
    'contact-center',
    'AcknowledgeTransitIssue',
    'NotifyClient',
  ],
  [
    'another provider took over',
    stateAt('in-transit', {}, broken(false), reassigned),
    'contact-center',
    'NotifyClient',
  ],
  [
    'another provider took over the work',
    stateAt('working', {}, instructed('visit', 'reassign'), reassigned),
    'provider',
    'RecordArrival',
  ],
  ['away for a second visit', stateAt('away'), 'provider', 'RecordArrival', 'ResumeWork'],
  ['on a break', stateAt('on-break'), 'provider', 'ResumeWork', 'PauseWork'],
  ['the client is absent', stateAt('absent'), 'contact-center', 'GiveInstruction'],
  [
    'a representative is allowed',
    stateAt('absent', {}, instructed('client-absence', 'proceed-with-representative')),
    'provider',
    'ValidateIdentity',
    'InspectArea',
    'GiveFarewell',
  ],
  ['the identity was rejected', stateAt('on-site', {}, rejected), 'contact-center', 'GiveInstruction'],
  ['the materials are in dispute', stateAt('in-dispute'), 'contact-center', 'GiveInstruction'],
  ['nothing was explained yet', stateAt('photographed'), 'provider', 'ExplainWork', 'PauseWork'],
  ['no materials are needed', stateAt('explained', {}, noneNeeded), 'provider', 'ExplainWork'],
  ['to be cancelled', stateAt('closing'), 'provider', 'CloseVisit', 'GiveFarewell'],
  [
    'to be rescheduled',
    stateAt('on-site', {}, instructed('visit', 'reschedule')),
    'provider',
    'CloseVisit',
    'PauseWork',
  ],
];

const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

const page = (part: ScriptPart) =>
  [part.command ?? 'Courtesy', ...part.say.map((text) => `  ${text}`), ...part.ask.map((text) => `  - ${text}`)].join(
    '\n',
  );

function card(locale: Locale): string {
  const operator = 'Sofía Vega';
  const of = (visit: VisitState, role: Role) => script(visit, { role, locale, now: morning, operator }).map(page);
  const whole = roles.map((role) => [`# ${role}`, ...of(rich, role)].join('\n'));
  const other = moments.map(([moment, visit, role, ...acts]) => {
    const pages = acts.map((command) => page({ command, ...lines(command, visit, { role, locale, now: morning }) }));
    return [`# ${role}: ${moment}`, ...pages].join('\n');
  });
  const nameless = (Object.keys(catalogues[locale]) as PhraseKey[]).map(
    (key) => `${key}: ${phrase(key, initialState(), { role: 'provider', locale })}`,
  );
  return spaced(`${[...whole, ...other, ['# phrases, nothing known', ...nameless].join('\n')].join('\n\n')}\n`);
}

describe('the script on paper', () => {
  it.each(locales)('reads well in %s', async (locale) => {
    await expect(card(locale)).toMatchFileSnapshot(`../golden/script.${locale}.txt`);
  });

  it('repeats no six words in a row of the document', () => {
    const path = join(process.cwd(), '..', 'shared', 'protocol', 'protocolo-auxilio-domiciliar.txt');
    if (!existsSync(path)) return console.info(`skipped, nothing checked here: ${path} is not there`);
    const known = new Set(runs(readFileSync(path, 'utf8')));
    expect(
      card('es-CR')
        .split('\n')
        .flatMap(runs)
        .filter((run) => known.has(run)),
    ).toEqual([]);
    expect(known.size).toBeGreaterThan(800);
  });
});

function runs(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, Math.max(0, words.length - 5)).map((_, i) => words.slice(i, i + 6).join(' '));
}
