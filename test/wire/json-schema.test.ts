import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acts, messageTypes } from '../../src/wire/schemas.ts';
import { jsonSchema, parseCommand, parseEvent } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';
import { messagesOf } from './arbitrary.ts';
import { command, commandTypes, event } from './samples.ts';

const schema = jsonSchema() as { $id: string; $defs: Record<string, Record<string, unknown>> };
const ajv = new Ajv2020({ strict: true, allErrors: false });
ajv.addVocabulary(['x-personal']);
const validate = ajv.compile(schema);
const validateAs = (type: string) => ajv.getSchema(`${schema.$id}#/$defs/${type}`) ?? (() => false);

describe('the JSON Schema', () => {
  it('is valid draft 2020-12, plain JSON, the same at each call, and never the same object', () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
    expect(jsonSchema()).toStrictEqual(schema);
    expect(jsonSchema()).not.toBe(schema);
  });

  it('defines every command and event, and what they share', () => {
    const names = Object.keys(schema.$defs);
    const messages = [...messageTypes.commands, ...messageTypes.events];
    expect(names.slice(0, messages.length)).toStrictEqual(messages);
    expect(names.slice(messages.length).sort()).toMatchInlineSnapshot(`
      [
        "Actor",
        "Client",
        "CommandMetadata",
        "Contact",
        "Despite",
        "EventMetadata",
        "FactWord",
        "Id",
        "Instant",
        "Label",
        "Material",
        "Mismatch",
        "Name",
        "Photo",
        "Position",
        "Provider",
        "Quantity",
        "ReportedAct",
        "ReportedViolation",
        "Representative",
        "Sha256",
        "Signature",
        "SuppliedItem",
        "Test",
        "Text",
      ]
    `);
  });

  it('marks names, places, free texts and photographs as personal', () => {
    const personal = Object.keys(schema.$defs).filter((name) => schema.$defs[name]?.['x-personal'] === true);
    expect(personal.sort()).toStrictEqual(['Name', 'Photo', 'Position', 'Signature', 'Text']);
    expect(JSON.stringify(schema)).not.toContain('"personal"');
    for (const part of ['CommandMetadata', 'EventMetadata', 'ReportedAct']) {
      const { device, enteredAt } = schema.$defs[part]!.properties as Record<string, object>;
      expect([device, enteredAt]).toMatchObject([{ 'x-personal': true }, { 'x-personal': true }]);
    }
  });

  it.each(Object.values(acts))('accepts $command and $event exactly as they are parsed', (act) => {
    const accepts = fc.property(messagesOf(act.commandSchema()), messagesOf(act.eventSchema()), (aCommand, anEvent) => {
      expect([validate(aCommand), validateAs(act.command)(aCommand), parseCommand(aCommand).ok]).not.toContain(false);
      expect([validate(anEvent), validateAs(act.event)(anEvent), parseEvent(anEvent).ok]).not.toContain(false);
      expect(validateAs(act.event)(aCommand)).toBe(false);
    });
    fc.assert(accepts, { numRuns: runs(20), seed: 5 });
  });

  it.each(commandTypes)('refuses %s with a field too many, a bad id, a blank or harmful text', (type) => {
    for (const changes of [{ extra: 1 }, { visitId: '-' }, { at: 'now' }, { at: '2026-03-09T14:05:00Z' }]) {
      expect([validate(command(type, changes)), validate(event(type, changes))]).toStrictEqual([false, false]);
    }
    const [field] = Object.entries(command(type).data).find(([key, value]) => isText(key, value)) ?? [];
    for (const text of field === undefined ? [] : ['', ' \u200b', 'a\0', 'a\nb', 'a\u202eb', 'a\ud800']) {
      expect(validate(command(type, { [field ?? '']: text }))).toBe(false);
    }
  });
});

const isText = (key: string, value: unknown) => typeof value === 'string' && key !== 'visitId' && key !== 'at';
