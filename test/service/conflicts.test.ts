import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { delayMs } from '../../src/service/context.ts';
import { createService } from '../../src/service.ts';
import { command } from '../../src/testing.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

/** A service before whose first `times` appends another one writes to the visit. */
async function interrupted(times: number, options: Parameters<typeof serviceOn>[1] = {}) {
  const store = memoryStore();
  const other = serviceOn(store);
  await other.handle(assign);
  const before = async (attempt: number) => (attempt <= times ? other.handle(breach(attempt)) : undefined);
  return { store, service: serviceOn(around(store, { before }), options) };
}

describe('a conflict', () => {
  it('is retried on what was written meanwhile', async () => {
    const { service } = await interrupted(3);
    const answer = await service.handle(arrive);
    expect(answer).toMatchObject({ ok: true, repeated: false, version: 5n });
    const { events, state } = await service.load('visit-1');
    expect(events.map(({ type }) => type)).toEqual([
      'VisitAssigned',
      'ConductBreachReported',
      'ConductBreachReported',
      'ConductBreachReported',
      'ProviderArrived',
    ]);
    expect(answer.state).toEqual(state);
  });

  it('is paused for longer each time, up to a bound, by chance', async () => {
    const { pauses } = skipPauses({ random: 0.5 });
    const { service } = await interrupted(9);
    await service.handle(arrive);
    expect(pauses).toEqual([2.5, 5, 10, 20, 40, 80, 160, 250, 250]);
  });

  it('that makes the command refused, refuses it', async () => {
    const store = memoryStore();
    await serviceOn(store).handle(assign);
    const before = async () => serviceOn(store).handle(sent('c-other', command('RecordArrival', {})));
    const answer = await serviceOn(around(store, { before })).handle(arrive);
    expect(answer).toMatchObject({ ok: false, version: 2n });
    expect(await store.readStored('visit-visit-1')).toHaveLength(2);
  });

  it('each time is a typed error, and the command leaves nothing', async () => {
    const { pauses } = skipPauses();
    const { store, service } = await interrupted(Number.POSITIVE_INFINITY, { retry: { maxRetries: 3 } });
    await expect(service.handle(arrive)).rejects.toMatchObject({
      name: 'RetriesExhaustedError',
      errorCode: 503,
      code: 'retries-exhausted',
      commandId: 'c-arrive',
      cause: { code: 'version-conflict', expected: 4n, actual: 5n },
    });
    expect(pauses).toHaveLength(4);
    const stored = await store.readStored('visit-visit-1');
    expect(stored).toHaveLength(5);
    expect(stored.some(({ text }) => text.includes('ProviderArrived'))).toBe(false);
    expect((await serviceOn(store).handle(arrive)).ok).toBe(true);
  });

  it('is not retried at all where the host wants none', async () => {
    const { service } = await interrupted(1, { retry: { maxRetries: 0 } });
    await expect(service.handle(arrive)).rejects.toMatchObject({ code: 'retries-exhausted' });
    expect(await service.handle(arrive)).toMatchObject({ ok: true, version: 3n });
  });

  it('is known by its number, whichever store it comes from', async () => {
    const store = memoryStore();
    const before = async (attempt: number) => {
      if (attempt === 1) throw Object.assign(new Error('foreign'), { errorCode: 412 });
    };
    expect(await serviceOn(around(store, { before })).handle(assign)).toMatchObject({ ok: true, version: 1n });
  });

  it('is retried after a pause by the clock of the machine, where the host has no other', async () => {
    const store = memoryStore();
    await serviceOn(store).handle(assign);
    const before = async (attempt: number) => {
      if (attempt === 1) await serviceOn(store).handle(breach(1));
    };
    const { handle } = createService({ store: around(store, { before }) });
    expect(await handle(arrive)).toMatchObject({ ok: true, version: 3n });
  });

  it('among thirty different commands at once loses none of them', async () => {
    const file = temporaryFile();
    const services = [opened({ file }), opened({ file })].map((store) =>
      serviceOn(store, { retry: { maxRetries: 100 } }),
    );
    await services[0]!.handle(assign);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => services[n % 2]!.handle(breach(n))));
    expect(answers.every((answer) => answer.ok && !answer.repeated)).toBe(true);
    const versions = answers.map(({ version }) => Number(version)).sort((one, other) => one - other);
    expect(versions).toEqual(Array.from({ length: 30 }, (_, n) => n + 2));
  });
});

describe('the pauses', () => {
  it('are within their bounds for any chance, also after very many retries', () => {
    for (const number of [0, 1, 9, 100, 2000]) {
      expect(delayMs(number, () => 0)).toBe(0);
      expect(delayMs(number, () => 0.999)).toBeLessThan(500);
    }
    expect(delayMs(0, () => 0.999)).toBeLessThan(5);
  });

  it.each([{ maxRetries: -1 }, { maxRetries: 1.5 }, { maxRetries: Number.NaN }])('of %j are refused', (retry) => {
    expect(() => serviceOn(memoryStore(), { retry })).toThrowError(RangeError);
  });
});
