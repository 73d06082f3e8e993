import { afterAll, describe, expect, it, vi } from 'vitest';

/** As under a content security policy: no code from strings, from before the library is loaded. */
vi.stubGlobal('Function', function barred() {
  throw new EvalError('code generation from strings disallowed');
});
const { parseCommand, parseEvent, validationMode } = {
  ...(await import('../../src/wire.ts')),
  ...(await import('./bare.ts')),
};
const { command, commandTypes, event } = await import('./samples.ts');

afterAll(() => {
  vi.unstubAllGlobals();
});

describe('where code may not be made at run time', () => {
  it('says that it interprets', () => {
    expect(validationMode()).toBe('interpreted');
  });

  it.each(commandTypes)('%s is read all the same, however often', (type) => {
    const [aCommand, anEvent] = [command(type), event(type)];
    for (let use = 0; use < 70; use += 1) {
      expect(parseCommand(aCommand)).toStrictEqual({ ok: true, value: aCommand });
      expect(parseEvent(anEvent)).toStrictEqual({ ok: true, value: anEvent });
    }
    const issues = [{ path: '/data', code: 'unrecognized-key' }];
    expect(parseCommand(command(type, { extra: 1 }))).toStrictEqual({ ok: false, issues });
  });
});
