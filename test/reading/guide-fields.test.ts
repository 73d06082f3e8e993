import { describe, expect, expectTypeOf, it } from 'vitest';
import { guide, lines } from '../../src/index.ts';
import type { CommandType } from '../../src/messages/index.ts';
import type { OpenAct } from '../../src/reading/index.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import { advance, eventsAfter } from '../../src/testing.ts';
import { recorders } from '../../src/visit/act.ts';
import { commandTypes, replay, roles, type VisitState } from '../../src/visit/index.ts';
import { actOfCommand } from '../../src/visit/table.ts';
import { jsonSchema } from '../../src/wire.ts';
import type { Question } from '../../src/words/speech/lines.ts';
import { absence, instruct } from '../scenarios/commands.ts';

type Schema = { readonly properties: { readonly data: DataSchema } };
type DataSchema = { readonly properties: Record<string, unknown>; readonly required: readonly string[] };

const definitions = jsonSchema().$defs as Readonly<Record<string, Schema>>;
const dataOf = (type: CommandType): DataSchema => definitions[type]!.properties.data;

const states: readonly VisitState[] = points.map((point) => visitAt(point).state);
const all = states.flatMap((state) =>
  roles.flatMap((role) => commandTypes.map((type) => ({ type, role, ...lines(type, state, { role }) }))),
);

/** Fields that the guide does not ask for, since the visit has them. */
const known: Readonly<Partial<Record<CommandType, string>>> = {
  AnnounceService: 'service',
  ResumeWork: 'kind',
  ValidateIdentity: 'person',
};

describe('the fields that an act asks for', () => {
  it('are named for each thing that is asked, and stand in the schema of the command', () => {
    for (const { type, ask, fields } of all) {
      expect(fields, type).toHaveLength(ask.length);
      for (const field of fields.flat()) expect(Object.keys(dataOf(type).properties), type).toContain(field);
    }
  });

  it('are each asked for once', () => {
    for (const { type, fields } of all) expect(new Set(fields.flat()).size, type).toBe(fields.flat().length);
  });

  it('are all that the schema requires, but what the visit knows', () => {
    for (const { type, role, fields } of all) {
      // Reconciling makes the report of a discrepancy (PROTOCOL §8).
      if (type === 'ReportDiscrepancy' || !recorders[actOfCommand(type)!.by].includes(role)) continue;
      const required = dataOf(type).required.filter((field) => !['visitId', 'at', known[type]].includes(field));
      expect(fields.flat(), `${type} of the ${role}`).toEqual(expect.arrayContaining(required));
    }
  });

  it('name who attends where it may be a representative', () => {
    const state = replay(
      advance(eventsAfter('ShowCredential'), [absence, instruct('client-absence', 'proceed-with-representative')]),
    );
    const { fields } = lines('ValidateIdentity', state, { role: 'provider' });
    expect(fields).toEqual([['person'], ['fullNameGiven'], ['documentShown', 'documentKind']]);
  });

  it('stand beside what the guide asks for', () => {
    const { open } = guide(visitAt('working').state, { role: 'provider', locale: 'en' });
    const pause = open.find((act): act is OpenAct<'PauseWork'> => act.command === 'PauseWork');
    expect(pause).toMatchObject({
      ask: ['Break or second visit, and when they return', 'Call: time and reference'],
      fields: [['kind', 'returnExpected'], ['notice']],
    });
  });

  it('go with the words of the host that say nothing', () => {
    const phrases = { en: { 'ask-pause': () => '' } };
    const said = lines('PauseWork', visitAt('working').state, { role: 'provider', locale: 'en', phrases });
    expect(said).toMatchObject({ ask: ['Call: time and reference'], fields: [['notice']] });
  });

  it('are known to the compiler', () => {
    type Fields = OpenAct<'PauseWork'>['fields'][number][number];
    expectTypeOf<Fields>().toEqualTypeOf<'kind' | 'notice' | 'returnExpected'>();
    // @ts-expect-error: the start of the work has no tools.
    const wrong: Question<'StartWork'> = ['ask-tools', 'tools'];
    // @ts-expect-error: nor has a pause a call.
    const other: Question<'PauseWork'> = ['ask-call', 'call'];
    expect([wrong, other]).toHaveLength(2);
  });
});
