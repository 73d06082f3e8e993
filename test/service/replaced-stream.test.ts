import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import type { ServiceOptions } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { arrive, assign, breach, sent, serviceOn } from './fixture.ts';

/** A clock that no two services share. */
const clock = (day: number) => {
  let n = 0;
  return () => new Date(Date.UTC(2026, 2, day) + n++).toISOString();
};

/** A store whose primary can be lost: from then on another one answers. */
function withFailover(declared: boolean | undefined, isJudged = true) {
  let primary = memoryStore();
  const judged = (options: Parameters<EventStore['appendToStream']>[2]) => {
    const { expectedLastEventId, ...others } = options ?? {};
    return isJudged ? options : others;
  };
  const store = {
    ...primary,
    checksLastEventId: declared,
    readStream: (...of: Parameters<EventStore['readStream']>) => primary.readStream(...of),
    appendToStream: (name: string, events: never, options: never) =>
      primary.appendToStream(name, events, judged(options) as never),
  } as unknown as EventStore;
  return { store, failOver: (standby: EventStore) => (primary = standby as typeof primary) };
}

/** A standby on which others carried out other commands, as many as were lost. */
async function standbyOf(commands: readonly VisitCommand[], options: Partial<ServiceOptions> = {}) {
  const store = memoryStore();
  const { handle } = serviceOn(store, { now: clock(18), ...options });
  for (const each of commands) await handle(each);
  return store;
}

const credential = sent('c-credential', command('ShowCredential', {}));

describe('after a failover to a log of the same length', () => {
  const lost = [assign, arrive];
  const standbys: [string, VisitCommand[]][] = [
    ['another command', [assign, breach(1)]],
    ['another command of the same id', [assign, sent('c-arrive', breach(1))]],
    ['the same last command on another history', [sent('c-assign-2', assign), arrive]],
  ];

  it.each(standbys)('with %s, a cached visit is read again, and judged as it is', async (_, commands) => {
    for (const sealed of [true, false]) {
      const { store, failOver } = withFailover(true);
      const { handle, load } = serviceOn(store, { now: clock(17), sealed });
      for (const each of lost) await handle(each);
      const standby = await standbyOf(commands, { sealed });
      failOver(standby);
      const answer = await handle(credential);
      const alone = await serviceOn(standby, { sealed }).load('visit-1');
      expect((await load('visit-1')).events).toEqual(alone.events);
      expect(answer.ok).toBe(commands[1]?.type === 'RecordArrival');
      expect(answer.state).toEqual(alone.state);
    }
  });

  it('over a store that does not declare that it checks the last event, nothing is cached', async () => {
    for (const declared of [undefined, false]) {
      const { store, failOver } = withFailover(declared, false);
      const { handle } = serviceOn(store, { now: clock(17) });
      for (const each of lost) await handle(each);
      failOver(await standbyOf([assign, breach(1)]));
      expect(await handle(credential)).toMatchObject({ ok: false, version: 2n });
    }
  });

  it('a store that declares it and does not keep it is acknowledged on a stale state: what the check is for', async () => {
    const { store, failOver } = withFailover(true, false);
    const { handle } = serviceOn(store, { now: clock(17) });
    for (const each of lost) await handle(each);
    failOver(await standbyOf([assign, breach(1)]));
    expect(await handle(credential)).toMatchObject({ ok: true, version: 3n });
  });

  it('a shorter log, and one without the visit, are read, too', async () => {
    for (const commands of [[assign], []]) {
      const { store, failOver } = withFailover(true);
      const { handle } = serviceOn(store, { now: clock(17) });
      for (const each of lost) await handle(each);
      failOver(await standbyOf(commands));
      expect(await handle(credential)).toMatchObject({ ok: false, version: BigInt(commands.length) });
    }
  });

  it('a batch is judged as it is', async () => {
    const { store, failOver } = withFailover(true);
    const { handle, handleBatch } = serviceOn(store, { now: clock(17) });
    for (const each of lost) await handle(each);
    failOver(await standbyOf([assign, breach(1)]));
    expect(await handleBatch([credential, breach(2)])).toMatchObject([{ ok: false }, { ok: true, version: 3n }]);
  });

  it('between reading and writing, the append is refused and judged again', async () => {
    const { store, failOver } = withFailover(true);
    const standby = await standbyOf([assign, breach(1)]);
    let appends = 0;
    const failing = {
      ...store,
      appendToStream: (...of: Parameters<EventStore['appendToStream']>) => {
        if (++appends === 3) failOver(standby);
        return store.appendToStream(...of);
      },
    };
    const { handle } = serviceOn(failing, { now: clock(17), cacheSize: 0 });
    for (const each of lost) await handle(each);
    expect(await handle(credential)).toMatchObject({ ok: false, version: 2n });
  });
});

describe('a SQLite file that is restored under a running service', () => {
  it.each([
    ['of the same length', [assign, breach(1)]],
    ['that is older', [assign]],
    ['in which another goes on', [assign, breach(1), breach(2), breach(3)]],
  ])('from a file %s: the first command is judged on what is there', async (_, commands) => {
    const file = temporaryFile();
    const service = serviceOn(opened({ file }), { now: clock(17) });
    for (const each of [assign, arrive]) await service.handle(each);

    const backup = temporaryFile();
    const other = opened({ file: backup });
    const writer = serviceOn(other, { now: clock(16) });
    for (const each of commands) await writer.handle(each);
    const restored = await writer.load('visit-1');
    other.close();
    const source = new Database(backup);
    await source.backup(file);
    source.close();

    expect(await service.handle(credential)).toMatchObject({ ok: false, version: restored.version });
    expect(await service.load('visit-1')).toEqual(restored);
    expect(await service.handle(sent('c-arrive-2', arrive))).toMatchObject({ ok: true });
    expect((await service.load('visit-1')).state.arrival.arrivedAt).not.toBeNull();
  });
});
