import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { createService, MalformedCommandError, UnreadableStreamError } from '../../src/service.ts';
import { sqliteStore } from '../../src/sqlite.ts';
import { actors } from '../../src/testing/fixtures.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { commands } from '../../src/visit/index.ts';

const { visitId } = visitAt('unassigned');
const [assign] = visitAt('in-transit').commands;

async function assigned() {
  const store = memoryStore();
  const service = createService({ store });
  if (assign !== undefined) await service.handle(assign);
  return { store, service };
}

describe('an invalid command', () => {
  it.each([
    ['without its time', { visitId }],
    ['with an invalid visit id', { visitId: 'v 1', at: '2026-03-17T14:00:00.000Z' }],
    ['with a line break', { visitId, at: '2026-03-17T14:00:00.000Z', position: 'a\nb' }],
  ])('%s is refused, and the visit goes on', async (_, data) => {
    const { service } = await assigned();
    const asked = commands.recordArrival(data as never, actors.provider);
    await expect(service.handle(asked)).rejects.toThrow(MalformedCommandError);
    const answer = await service.handle(
      commands.recordArrival({ visitId, at: '2026-03-17T08:40:00-06:00' }, actors.provider),
    );
    expect(answer).toMatchObject({ ok: true, state: { arrival: { arrivedAt: '2026-03-17T14:40:00.000Z' } } });
    expect((await service.load(visitId)).events).toHaveLength(2);
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  const deep = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`);
  it.each([
    ['undefined', undefined, 'not-json'],
    ['a command with a number too large for JSON', { type: 'StartWork', data: { visitId: 1n } }, 'not-json'],
    ['a command with itself in it', { type: 'StartWork', data: circle }, 'cyclic'],
    ['a command of 30,000 levels', { type: 'StartWork', data: deep }, 'too-deep'],
  ])('is %s, and is told as such', async (_, given, code) => {
    const { service } = await assigned();
    const asked = given as unknown as VisitCommand;
    await expect(service.handle(asked)).rejects.toMatchObject({ code: 'malformed-command', issues: [{ code }] });
    const [answer] = await service.handleBatch([asked]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'malformed-command' } });
  });

  it('is reported without a path if it is no command at all', () => {
    const error = new MalformedCommandError([{ path: '', code: 'invalid-json' }]);
    expect(error.message).toBe('Not a command: invalid-json');
  });
});

describe('an event that a foreign hand wrote', () => {
  it.each([
    ['VisitAssigned', { visitId, at: '2026-03-17T14:00:00.000Z' }],
    ['Completed', { visitId, at: '', by: actors.provider }],
    ['QualityTested', { visitId, at: '2026-03-17T14:00:00.000Z', tests: [], by: actors.provider }],
  ])('%s that is not what its type says makes the visit unreadable', async (type, data) => {
    const { store, service } = await assigned();
    await store.appendToStream(`visit-${visitId}`, [{ type, data }]);
    await expect(service.load(visitId)).rejects.toThrow(UnreadableStreamError);
  });

  it('that is well-formed is read', async () => {
    const { store, service } = await assigned();
    const data = { visitId, at: '2026-03-17T14:00:00.000Z', by: actors.provider };
    await store.appendToStream(`visit-${visitId}`, [{ type: 'ProviderArrived', data }]);
    expect((await service.load(visitId)).state.phase).toBe('on-site');
  });
});

describe('a clock or ids of the host that the wire would not let in again', () => {
  it.each([
    ['now', () => String(new Date(0)), 'now answers an instant in UTC'],
    ['now', () => '2026-03-17T08:40:00-06:00', 'now answers an instant in UTC'],
    ['now', () => undefined, 'now answers an instant in UTC'],
    ['newId', () => 'command 1', 'newId answers an id'],
    ['newId', () => 7, 'newId answers an id'],
  ])('%s: %s are refused before anything is stored', async (name, make, message) => {
    const store = memoryStore();
    const { handle } = createService({ store, [name]: make as never });
    const failing = handle(assign as VisitCommand);
    await expect(failing).rejects.toThrow(TypeError);
    await expect(failing).rejects.toThrow(message);
    expect((await store.readStream(`visit-${visitId}`)).events).toEqual([]);
  });
});

describe('what is made of nothing', () => {
  it('says what is missing', () => {
    expect(() => createService({} as never)).toThrow('createService takes { store }');
    expect(() => createService(undefined as never)).toThrow('createService takes { store }');
    const store = memoryStore();
    const row = () => null;
    expect(() => createService({ store, codec: {} as never })).toThrow('{ codec } with encode and decode');
    expect(() => createService({ store, factRecorders: 'provider' as never })).toThrow('{ factRecorders } as a list');
    const projections = [
      { name: 'p', row },
      { name: 'p', row },
    ];
    expect(() => createService({ store, projections })).toThrow('{ projections } of different names');
    expect(() => sqliteStore({} as never)).toThrow('sqliteStore takes { file } or { database }');
    expect(() => sqliteStore('visits.sqlite' as never)).toThrow('sqliteStore takes { file } or { database }');
    expect(() => visitAt('explaned' as never)).toThrow('Unknown point explaned. Did you mean explained?');
  });
});
