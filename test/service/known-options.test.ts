import { describe, expect, it } from 'vitest';
import { createService } from '../../src/service/index.ts';
import { memoryStore } from '../../src/stores/memory.ts';

const store = memoryStore();
const service = (options: object) => () => createService({ store, ...options } as never);

describe('createService refuses what it does not know', () => {
  it.each<[object, string]>([
    [{ recorders: ['operator'] }, 'Unknown role operator. Known: provider, contact-center, client'],
    [{ recorder: ['provider'] }, 'Unknown option of createService: recorder. Did you mean recorders?'],
    [{ retry: { maxRetry: 3 } }, 'Unknown option of retry: maxRetry. Did you mean maxRetries?'],
    [
      { policy: { waive: [{ rule: 'photo-sent', reason: 'x' }] } },
      'Unknown rule photo-sent. Did you mean photos-sent?',
    ],
    [{ policy: { threshold: {} } }, 'Unknown option of policy: threshold. Did you mean thresholds?'],
  ])('%j', (options, message) => {
    expect(service(options)).toThrow(TypeError);
    expect(service(options)).toThrow(message);
  });

  it.each([undefined, null, 7, '', 'v 1', {}])('and the visit %j', async (visitId) => {
    await expect(createService({ store }).load(visitId as never)).rejects.toThrow(TypeError);
  });

  it('and options of its methods', async () => {
    const { handle, handleBatch, load } = createService({ store });
    const wrong = { expectVersion: 1n, authorise: () => true } as never;
    await expect(handle({} as never, wrong)).rejects.toThrow('option of handle: expectVersion. Did you mean');
    await expect(handleBatch([], wrong)).rejects.toThrow('option of handleBatch: expectVersion');
    await expect(load('v-1', { authorise: () => true } as never)).rejects.toThrow('Did you mean authorize?');
  });
});
