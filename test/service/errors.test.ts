import { describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../src/stores/errors.ts';
import { command } from '../../src/testing/index.ts';
import { arrive, assign, sent, serviceOn } from './fixture.ts';

describe('an error of the service', () => {
  it('is recognised by the guard of another copy of the module, where instanceof fails', async () => {
    vi.resetModules();
    const other = await import('../../src/service/index.ts');
    const { handle } = serviceOn();
    await handle(assign);
    const error = await handle(sent('c-assign', arrive)).catch((reason: unknown) => reason);
    expect(error instanceof other.CommandIdReusedError).toBe(false);
    expect(other.isServiceError(error) && error.code === 'command-id-reused' && error.commandId).toBe('c-assign');
  });

  it('is none of a store’s, of another library’s or of no shape', async () => {
    const { isServiceError } = await import('../../src/service/index.ts');
    const refused = await serviceOn().handle(command('RecordArrival', {}));
    const others = [
      new StoreError('io', 'x'),
      new Error('x'),
      { code: 'toString' },
      { code: 7 },
      null,
      'chain-broken',
      refused,
    ];
    expect(others.map(isServiceError)).toEqual(others.map(() => false));
  });
});
