import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CommandType, VisitCommand } from '../../src/messages/index.ts';
import { reconcile } from '../../src/reconciling/index.ts';
import { advance, command, eventsAfter, eventsBefore } from '../../src/testing.ts';
import { decide, replay } from '../../src/visit/index.ts';
import { rulesFor } from '../../src/visit/rules.ts';
import { actOfCommand } from '../../src/visit/table.ts';
import { plain, step } from '../scenarios/commands.ts';

/** Plants a bug in a rule: it reads a field of nothing. */
function plant(type: CommandType, id: string, part: 'holds' | 'facts' | 'clause' = 'holds'): void {
  const rule = rulesFor(type).find((one) => one.id === id) as unknown as Record<typeof part, () => unknown>;
  vi.spyOn(rule, part).mockImplementation(() => (undefined as never as { at: string }).at);
}

const planted = "Cannot read properties of undefined (reading 'at')";
const thrownBy = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('0-02 a bug in a rule is an error of the library, and not of the command', () => {
  it.each([
    ['TakePhotos', 'photos-new'],
    ['SubmitPhotos', 'photos-taken'],
    ['StartWork', 'photos-sent'],
    ['ReportStart', 'call-made'],
    ['TestQuality', 'tested-with-client'],
    ['ReportCompletion', 'case-number-named'],
  ] as const)('%s: decide throws it, with its cause', (type, id) => {
    const state = replay(eventsBefore(type));
    plant(type, id);
    const error = thrownBy(() => decide(step(type), state));
    expect(error).toMatchObject({ message: `decide fails on ${type}, which can be read: ${planted}` });
    expect((error as Error).cause).toBeInstanceOf(TypeError);
  });

  it('so does one in the facts of a refusal', () => {
    const state = replay(eventsAfter('AssignVisit'));
    plant('StartWork', 'photos-sent', 'facts');
    expect(() => decide(step('StartWork'), state)).toThrow(`decide fails on StartWork, which can be read: ${planted}`);
  });

  it('so does one in a rule of all acts, also for a type that is no act', () => {
    const state = replay(eventsAfter('AssignVisit'));
    plant('StartWork', 'assigned-provider');
    const unknown = { ...step('StartWork'), type: 'BeginWork' } as unknown as VisitCommand;
    expect(() => decide(unknown, state)).toThrow(`decide fails on BeginWork, which can be read: ${planted}`);
  });

  it('data that cannot be read are answered as before, with the bug or without it', () => {
    const state = replay(eventsBefore('TakePhotos'));
    plant('TakePhotos', 'photos-new');
    for (const photos of [undefined, 7, [null], [{ photoId: 7 }], [{}]]) {
      const decision = decide(command('TakePhotos', { photos: photos as never }), state);
      expect(decision).toMatchObject({ ok: false, rejection: { violations: [{ rule: 'well-formed' }] } });
    }
  });

  it('reconcile throws it, too, and calls no command malformed', () => {
    const log = eventsBefore('TakePhotos');
    const { type, data, metadata } = step('TakePhotos');
    const commands = [{ type, data, metadata: { ...metadata, commandId: 'c-1' } }] as VisitCommand[];
    const batch = { log, basedOn: log.length, commands };
    plant('TakePhotos', 'photos-new');
    expect(() => reconcile(batch)).toThrow(planted);
    const odd = { ...batch, commands: [{ ...commands[0], data: { ...data, photos: 7 } }] as never };
    expect(reconcile(odd)).toMatchObject({ ok: false, error: { code: 'malformed', facts: { index: 0 } } });
  });

  it('so is a bug in an effect', () => {
    const log = eventsBefore('ShowTools');
    const { type, data, metadata } = step('ShowTools');
    const commands = [{ type, data, metadata: { ...metadata, commandId: 'c-1' } }] as VisitCommand[];
    const tools = (given: unknown) =>
      reconcile({ log, basedOn: log.length, commands: [{ ...commands[0], data: { ...data, tools: given } }] as never });
    expect(tools(7)).toMatchObject({ ok: false, error: { code: 'malformed' } });
    vi.spyOn(actOfCommand('ShowTools') as never as { effect: () => void }, 'effect').mockImplementation(() => {
      throw new TypeError('planted');
    });
    expect(() => tools(['llave'])).toThrow('planted');
  });

  it('each command of the plain visit is readable: no error of theirs would be taken for bad data', () => {
    for (const one of plain) {
      const [rule] = rulesFor(one.type).filter(({ id }) => id === 'role');
      vi.spyOn(rule as never as { holds: () => boolean }, 'holds').mockImplementation(() => {
        throw new TypeError('planted');
      });
      expect(() => decide(one, replay(advance([], plain.slice(0, plain.indexOf(one)))))).toThrow('planted');
      vi.restoreAllMocks();
    }
  });
});
