import { describe, expect, it } from 'vitest';
import { acts, messageTypes } from '../../src/wire/schemas.ts';
import { commandSchemas, eventSchemas, type IssueCode } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { AT, command, commandTypes, event, provider, turned, without } from './samples.ts';

const refusal = (path: string, code: IssueCode) => ({ ok: false, issues: [{ path, code }] });
const started = event('StartWork');
const start = command('StartWork');

describe('the acts of the schemas', () => {
  it('are those of the protocol, in its order', () => {
    expect(messageTypes.commands).toStrictEqual(commandTypes);
    expect(Object.keys(acts)).toStrictEqual(commandTypes);
    expect(messageTypes.commands).toStrictEqual(Object.values(acts).map((act) => act.command));
    expect(messageTypes.events).toStrictEqual(Object.values(acts).map((act) => act.event));
  });

  it('are read from records without a prototype, each schema once', () => {
    expect(Object.keys(commandSchemas)).toStrictEqual(messageTypes.commands);
    expect(Object.keys(eventSchemas)).toStrictEqual(messageTypes.events);
    expect(Object.getPrototypeOf(commandSchemas)).toBeNull();
    expect('constructor' in eventSchemas).toBe(false);
    expect(commandSchemas.StartWork).toBe(commandSchemas.StartWork);
    expect(eventSchemas.WorkStarted.safeParse(started).success).toBe(true);
    expect(commandSchemas.StartWork.safeParse(started).success).toBe(false);
  });
});

describe('the envelope of a command', () => {
  it.each<[object | null, string, IssueCode]>([
    [null, '', 'invalid-type'],
    [[], '', 'invalid-type'],
    [{}, '/type', 'missing'],
    [{ ...start, type: 7 }, '/type', 'invalid-type'],
    [{ ...start, type: 'WorkStarted' }, '/type', 'unknown-type'],
    [{ ...start, type: 'startwork' }, '/type', 'unknown-type'],
    [{ ...start, type: 'constructor' }, '/type', 'unknown-type'],
    [{ ...start, type: '__proto__' }, '/type', 'unknown-type'],
    [without(start, ['data']), '/data', 'missing'],
    [without(start, ['metadata']), '/metadata', 'missing'],
    [{ ...start, kind: 'Command' }, '', 'unrecognized-key'],
    [{ ...start, metadata: {} }, '/metadata/actor', 'missing'],
    [{ ...start, metadata: { ...start.metadata, now: 1 } }, '/metadata', 'unrecognized-key'],
    [{ ...start, metadata: { actor: provider, commandId: 'a b' } }, '/metadata/commandId', 'invalid-id'],
    [{ ...start, metadata: { actor: { role: 'insurer', id: 'x' } } }, '/metadata/actor/role', 'invalid-value'],
    [{ ...start, metadata: { actor: { role: 'client' } } }, '/metadata/actor/id', 'missing'],
  ])('%j is refused at %s: %s', (input, path, code) => {
    expect(parseCommand(input)).toStrictEqual(refusal(path, code));
    expect(parseCommand(JSON.stringify(input))).toStrictEqual(refusal(path, code));
  });

  it('may be without a command id', () => {
    const message = { ...start, metadata: { actor: provider } };
    expect(parseCommand(message)).toStrictEqual({ ok: true, value: message });
  });

  it('may say who let the act be done, on which device, and when it was entered', () => {
    const kept = {
      despite: { by: 'Eva Solano', reason: 'Sin señal' },
      device: 'Teléfono 3',
      enteredAt: AT,
      signature: 'e30..AA',
    };
    const message = { ...start, metadata: { actor: provider, commandId: 'cmd-1', ...kept } };
    const text = JSON.stringify({ ok: true, value: message });
    expect(JSON.stringify(parseCommand(turned(message)))).toBe(text);
    const stored = { ...started, metadata: { schemaVersion: 2, eventId: 'ev-1', commandId: 'cmd-1', ...kept } };
    expect(JSON.stringify(parseEvent(turned(stored)))).toBe(JSON.stringify({ ok: true, value: stored }));
    for (const [field, value, path, code] of [
      ['despite', { by: 'Eva Solano' }, '/metadata/despite/reason', 'missing'],
      ['despite', { ...kept.despite, by: ' ' }, '/metadata/despite/by', 'blank'],
      ['despite', { ...kept.despite, clause: '1' }, '/metadata/despite', 'unrecognized-key'],
      ['device', 'a\nb', '/metadata/device', 'control-character'],
      ['enteredAt', 'ayer', '/metadata/enteredAt', 'invalid-instant'],
      ['signature', 7, '/metadata/signature', 'invalid-type'],
      ['signature', 'e30.e30.AA', '/metadata/signature', 'invalid-signature'],
      ['signature', 'e30..AA=', '/metadata/signature', 'invalid-signature'],
      ['signature', 'e30..AA\n', '/metadata/signature', 'invalid-signature'],
      ['signature', `e30..${'A'.repeat(1020)}`, '/metadata/signature', 'too-long'],
    ] as const) {
      const issues = refusal(path, code);
      expect(parseCommand({ ...message, metadata: { ...message.metadata, [field]: value } })).toStrictEqual(issues);
      expect(parseEvent({ ...stored, metadata: { ...stored.metadata, [field]: value } })).toStrictEqual(issues);
    }
  });

  it('does not carry the author in its data', () => {
    expect(parseCommand(command('StartWork', { by: provider }))).toStrictEqual(refusal('/data', 'unrecognized-key'));
  });
});

describe('the envelope of an event', () => {
  it.each<[object, string, IssueCode]>([
    [{ ...started, data: without(started.data, ['by']) }, '/data/by', 'missing'],
    [event('StartWork', { by: { role: 'client' } }), '/data/by/id', 'missing'],
    [event('StartWork', { recordedBy: null }), '/data/recordedBy', 'invalid-type'],
    [without(started, ['data']), '/data', 'missing'],
    [{ ...started, data: [] }, '/data', 'invalid-type'],
    [{ ...started, metadata: null }, '/metadata', 'invalid-type'],
    [{ ...started, metadata: { commandHash: 'x' } }, '/metadata/commandHash', 'invalid-sha256'],
    [{ ...started, metadata: { recordedAt: 'x' } }, '/metadata/recordedAt', 'invalid-instant'],
    [{ ...started, metadata: { eventId: '' } }, '/metadata/eventId', 'invalid-id'],
    [{ ...started, metadata: { schemaVersion: 0 } }, '/metadata/schemaVersion', 'too-small'],
    [{ ...started, metadata: { schemaVersion: '1' } }, '/metadata/schemaVersion', 'invalid-type'],
    [{ ...started, metadata: { schemaVersion: 1.5 } }, '/metadata/schemaVersion', 'invalid-type'],
    [{ ...started, version: 7 }, '', 'unrecognized-key'],
  ])('%j is refused at %s: %s', (input, path, code) => {
    expect(parseEvent(input)).toStrictEqual(refusal(path, code));
    expect(parseEvent(JSON.stringify(input))).toStrictEqual(refusal(path, code));
  });

  it.each([
    ['no metadata', without(started, ['metadata'])],
    ['no schema version', { ...started, metadata: { eventId: 'ev-1' } }],
    ['no recorder', { ...started, data: without(started.data, ['recordedBy']) }],
  ])('may have %s', (_, message) => {
    expect(parseEvent(message)).toStrictEqual({ ok: true, value: message });
  });

  it.each([1, 2])('may be of schema version %i, whatever its type', (schemaVersion) => {
    for (const type of ['StartWork', 'AmendAssignment', 'AnnulAct', 'ReportDiscrepancy'] as const) {
      const message = { ...event(type), metadata: { schemaVersion } };
      expect(parseEvent(message)).toStrictEqual({ ok: true, value: message });
    }
  });

  it('keeps what a host added to its metadata, as it came', () => {
    const metadata = {
      schemaVersion: 1,
      traceparent: '00-ab',
      'x y': [{ deep: [null, 1.5, ''] }],
      constructor: 'e\u0301',
    };
    const message = { ...started, metadata };
    expect(parseEvent(message)).toStrictEqual({ ok: true, value: message });
    expect(parseEvent(JSON.stringify(message))).toStrictEqual({ ok: true, value: message });
  });

  it('puts the author last, and what only the event has after the author', () => {
    const result = parseEvent(event('AssignVisit'));
    const keys = result.ok ? Object.keys(result.value.data) : [];
    expect(keys.slice(-4)).toStrictEqual(['policyId', 'by', 'recordedBy', 'edition']);
  });
});
