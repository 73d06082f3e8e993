import { describe, expect, it } from 'vitest';
import { audit } from '../../src/reading/index.ts';
import {
  actors,
  advance,
  command,
  eventsAfter,
  eventsBefore,
  fact,
  minute,
  plainVisit,
  sampleData,
  visitAt,
} from '../../src/testing.ts';
import { commandTypes, type Policy, replay } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { jsonSchema, parseCommand, parseEvent } from '../../src/wire.ts';

type Message = { readonly properties: { readonly data: { readonly properties: object } } };
const definitions = jsonSchema().$defs as { readonly [type: string]: Message | undefined };

describe('a command of the kit', () => {
  it.each(commandTypes)('has every field of %s, as the wire lets them in', (type) => {
    const made = command(type);
    expect(parseCommand(JSON.stringify(made))).toEqual({ ok: true, value: made });
    expect(made.data).toEqual({ visitId: 'visit-1', at: minute(0), ...sampleData[type] });
    const { properties } = definitions[type]?.properties.data ?? {};
    const sample = 'give a field that is missing to `samples` of src/testing/sample-data.ts';
    expect(Object.keys(made.data).sort(), sample).toEqual(Object.keys(properties ?? {}).sort());
  });

  it('has the data, the time and the actor that are given', () => {
    const made = command('LocateFault', { at: minute(5), where: 'cocina' }, actors.otherProvider);
    expect(made).toEqual({
      type: 'LocateFault',
      data: { visitId: 'visit-1', at: '2026-03-17T14:05:00.000Z', where: 'cocina' },
      metadata: { actor: actors.otherProvider },
    });
  });

  it('is recorded by the first role that the protocol names for its act', () => {
    const roles = {
      P: 'provider',
      'P+': 'provider',
      K: 'provider',
      C: 'contact-center',
      'P or C': 'provider',
      'C or K': 'contact-center',
      'P or K': 'provider',
      'K alone': 'client',
    };
    for (const { command: type, by } of acts) expect(command(type).metadata.actor.role, type).toBe(roles[by]);
  });
});

describe('the plain visit', () => {
  it('is accepted act by act, and clean', () => {
    const events = advance([], plainVisit());
    expect(audit(events)).toMatchObject({ clean: true, findings: [] });
    expect(events).toEqual(eventsAfter('CompleteVisit'));
    expect(eventsBefore('AssignVisit')).toEqual([]);
    expect(eventsBefore('StartWork')).toEqual(eventsAfter('ReportStart'));
    expect(eventsAfter('StartWork')).toEqual(visitAt('working').events);
  });

  it('takes the options of visitAt', () => {
    const policy: Policy = { waive: [{ rule: 'tools-shown', reason: 'contrato' }] };
    const events = eventsAfter('StartWork', { visitId: 'v-9', without: ['ShowTools'], policy });
    expect(events.map(({ type }) => type)).not.toContain('ToolsShown');
    expect(replay(events)).toMatchObject({ visitId: 'v-9', phase: 'working' });
  });

  it('has no act that is off the plain path', () => {
    expect(() => eventsBefore('PauseWork')).toThrow(/^Unknown act of the plain visit PauseWork\./);
  });
});

describe('a history that is advanced', () => {
  it('has the events of each command, and says what is refused', () => {
    const pause = command('PauseWork', { at: minute(30), kind: 'break' });
    const resume = command('ResumeWork', { at: minute(31), kind: 'break' });
    const working = eventsAfter('StartWork');
    expect(advance(working, [pause, resume]).slice(working.length)).toMatchObject([
      { type: 'Paused' },
      { type: 'Resumed' },
    ]);
    expect(() => advance(working, [pause, pause])).toThrow(/^It is refused, PauseWork: /);
    expect(() => advance(pause as never, [])).toThrow(TypeError);
  });
});

it('a fact is an event that the wire lets in, whoever did it', () => {
  const event = fact('CredentialShown', {}, actors.otherProvider, { schemaVersion: 1 });
  expect(parseEvent(JSON.stringify(event))).toEqual({ ok: true, value: event });
});
