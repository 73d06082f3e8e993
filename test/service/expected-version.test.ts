import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { VersionMismatchError } from '../../src/service.ts';
import { STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

describe('a command that expects a version', () => {
  it('is carried out at that version, and answered with the next', async () => {
    const { handle } = serviceOn();
    expect(await handle(assign, { expectedVersion: 0n })).toMatchObject({ ok: true, version: 1n });
    expect(await handle(arrive, { expectedVersion: 1n })).toMatchObject({ ok: true, version: 2n });
  });

  it.each([0n, 2n])('is not judged at another one, which is told: %s', async (expectedVersion) => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    await handle(assign);
    const error = await handle(arrive, { expectedVersion }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VersionMismatchError);
    expect(error).toMatchObject({
      name: 'VersionMismatchError',
      code: 'version-mismatch',
      errorCode: 412,
      streamName: 'visit-visit-1',
      expected: expectedVersion,
      actual: 1n,
      message: `Expected version ${expectedVersion}, but the visit is at 1`,
    });
    expect(await store.readStored('visit-visit-1')).toHaveLength(1);
  });

  it('may be any that exists, or none', async () => {
    const { handle } = serviceOn();
    await expect(handle(assign, { expectedVersion: STREAM_EXISTS })).rejects.toThrow(VersionMismatchError);
    expect(await handle(assign, { expectedVersion: STREAM_DOES_NOT_EXIST })).toMatchObject({ ok: true });
    await expect(handle(arrive, { expectedVersion: STREAM_DOES_NOT_EXIST })).rejects.toThrow(VersionMismatchError);
    expect(await handle(arrive, { expectedVersion: STREAM_EXISTS })).toMatchObject({ ok: true, version: 2n });
  });

  it('is refused by the rules where it is at that version', async () => {
    const { handle } = serviceOn();
    await handle(assign);
    const again = await handle(sent('c-again', assign), { expectedVersion: 1n });
    expect(again).toMatchObject({ ok: false, version: 1n, rejection: { violations: [{ rule: 'assigned-once' }] } });
  });

  it('is answered at any version if it repeats one that was accepted', async () => {
    const { handle } = serviceOn();
    await handle(assign, { expectedVersion: 0n });
    const first = await handle(arrive, { expectedVersion: 1n });
    await handle(breach(1));
    expect(await handle(arrive, { expectedVersion: 1n })).toEqual({
      ...first,
      repeated: true,
      recognisedBy: 'content',
    });
    await expect(handle(sent('c-arrive', breach(2)), { expectedVersion: 1n })).rejects.toThrow(
      'was used in this visit',
    );
  });

  it('does not slip in behind another that was written meanwhile: it is not judged anew', async () => {
    const inner = memoryStore();
    await serviceOn(inner).handle(assign);
    const store = around(inner, { before: async (attempt) => attempt === 1 && serviceOn(inner).handle(breach(1)) });
    const service = serviceOn(store);
    await expect(service.handle(arrive, { expectedVersion: 1n })).rejects.toMatchObject({ expected: 1n, actual: 2n });
    expect((await service.load('visit-1')).events.map(({ type }) => type)).toEqual([
      'VisitAssigned',
      'ConductBreachReported',
    ]);
  });

  it('of fifty at once at one version, one is carried out', async () => {
    const store = memoryStore();
    const service = serviceOn(store);
    await service.handle(assign);
    const racers = Array.from({ length: 50 }, (_, n) => service.handle(breach(n), { expectedVersion: 1n }));
    const settled = await Promise.allSettled(racers);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(lost.every((error) => error instanceof VersionMismatchError)).toBe(true);
    expect((await service.load('visit-1')).version).toBe(2n);
  });

  it('is not carried out if what is expected is no version', async () => {
    const { handle } = serviceOn();
    await expect(handle(assign, { expectedVersion: 0 as never })).rejects.toMatchObject({ code: 'store-invalid' });
    expect(await handle(command('RecordArrival', {}))).toMatchObject({ ok: false, version: 0n });
  });
});
