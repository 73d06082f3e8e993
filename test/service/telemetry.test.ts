import { describe, expect, it, vi } from 'vitest';
import { verifyChain } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import { type CommandResult, type Commit, catchUp, type ServiceSignal } from '../../src/service.ts';
import { command } from '../../src/testing.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

describe('what is told of a commit', () => {
  it('is its events and the visit after them, once, and nothing of what is refused or repeated', async () => {
    const commits: Commit[] = [];
    const { handle, handleBatch, load } = serviceOn(memoryStore(), { onCommit: (commit) => commits.push(commit) });
    await handle(assign);
    await handle(sent('c-early', command('ShowCredential', {})));
    await handle(assign);
    await handleBatch([arrive, breach(1)]);
    expect(commits.map(({ streamName, version, events }) => [streamName, version, events.length])).toEqual([
      ['visit-visit-1', 1n, 1],
      ['visit-visit-1', 3n, 2],
    ]);
    const { events, state } = await load('visit-1');
    expect(commits.flatMap((commit) => commit.events)).toEqual(events);
    expect(commits[1]?.state).toEqual(state);
  });

  it('is awaited, and what it throws undoes nothing', async () => {
    const signals: ServiceSignal[] = [];
    const { handle, load } = serviceOn(memoryStore(), {
      onCommit: async () => {
        await Promise.resolve();
        throw new Error('the printer is off');
      },
      observe: (signal) => signals.push(signal),
    });
    expect(await handle(assign)).toMatchObject({ ok: true, version: 1n });
    expect(signals).toContainEqual({
      name: 'auxilio.hook-failed',
      streamName: 'visit-visit-1',
      error: new Error('the printer is off'),
      durationMs: 0,
    });
    expect((await load('visit-1')).version).toBe(1n);
  });
});

describe('what is told of the work', () => {
  it('is each command with its outcome, each append and each conflict, and nothing of the visit’s texts', async () => {
    const signals: ServiceSignal[] = [];
    const store = memoryStore();
    const rival = serviceOn(store);
    const crossed = around(store, {
      before: (attempt) => (attempt === 2 ? rival.handle(breach(9)) : Promise.resolve()),
    });
    const { handle } = serviceOn(crossed, { observe: (signal) => signals.push(signal) });
    await handle(assign);
    await handle(arrive);
    await handle(arrive);
    await handle(sent('c-again', arrive));
    await expect(handle(sent('c-arrive', breach(1)))).rejects.toThrow();
    expect(signals.map((signal) => [signal.name, 'outcome' in signal ? signal.outcome : null])).toEqual([
      ['auxilio.append', null],
      ['auxilio.command', 'accepted'],
      ['auxilio.conflict', null],
      ['auxilio.append', null],
      ['auxilio.command', 'accepted'],
      ['auxilio.command', 'repeated'],
      ['auxilio.command', 'refused'],
      ['auxilio.command', 'failed'],
    ]);
    expect(signals[6]).toEqual({
      name: 'auxilio.command',
      streamName: 'visit-visit-1',
      visitId: 'visit-1',
      commandId: 'c-again',
      type: 'RecordArrival',
      role: 'provider',
      outcome: 'refused',
      rules: ['not-arrived'],
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(signals)).not.toContain('Rojas');
  });

  it('has the milliseconds that each took', async () => {
    let at = 1000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (at += 1));
    const signals: ServiceSignal[] = [];
    const observe = (signal: ServiceSignal) => signals.push(signal);
    const store = memoryStore();
    const { handle, record, sync } = serviceOn(store, { observe, factRecorders: ['contact-center'] });
    await handle(assign);
    await record(
      { type: 'CredentialShown', data: { ...arrive.data, by: { role: 'provider', id: 'prov-1' } } } as never,
      { role: 'contact-center', id: 'op-1' },
    ).catch(() => undefined);
    await sync({ visitId: 'visit-1', basedOn: 1, commands: [arrive] }, arrive.metadata.actor);
    await sync({ visitId: 'visit-1', basedOn: 9, commands: [arrive] }, arrive.metadata.actor).catch(() => undefined);
    await catchUp({ store, consumer: 'reader', handle: () => undefined, observe });
    clock.mockRestore();
    const names = new Set(signals.map(({ name }) => name));
    expect([...names].sort()).toEqual(['auxilio.append', 'auxilio.command', 'auxilio.delivery', 'auxilio.sync']);
    for (const { name, durationMs } of signals) {
      expect([name, durationMs > 0 && durationMs < 1000]).toEqual([name, true]);
    }
  });

  it('cannot be undone by one who hears it', async () => {
    const { handle } = serviceOn(memoryStore(), {
      observe: () => {
        throw new Error('deaf');
      },
    });
    expect((await handle(assign)).ok).toBe(true);
  });
});

async function accepted(answering: Promise<CommandResult>) {
  const answer = await answering;
  if (!answer.ok) throw new Error('refused');
  return answer;
}

describe('what is stored', () => {
  it('is sealed: each event names the hash of the one before it', async () => {
    const store = memoryStore();
    const { handle, handleBatch, load } = serviceOn(store);
    await handle(assign);
    await handleBatch([arrive, breach(1)]);
    const { events } = await store.readStream('visit-visit-1');
    expect(verifyChain(events)).toMatchObject({ intact: true, head: { count: 3 } });
    expect(verifyChain((await load('visit-1')).events)).toMatchObject({ intact: true });
  });

  it('is not sealed where the host wants none', async () => {
    const { handle } = serviceOn(memoryStore(), { sealed: false });
    const answer = await handle(assign);
    expect(answer.ok && Object.keys(answer.events[0]?.metadata ?? {})).not.toContain('hash');
  });

  it('is what the codec makes of the data; what is answered and judged is what was sent', async () => {
    const store = memoryStore();
    const turned = (text: string) => [...text].reverse().join('');
    const codec = {
      encode: async ({ data }: { data: object }) => ({ turned: turned(JSON.stringify(data)) }),
      decode: ({ data }: { data: object }) => JSON.parse(turned((data as { turned: string }).turned)) as object,
    };
    const { handle, load, record } = serviceOn(store, { codec, factRecorders: ['provider'] });
    const plain = serviceOn();
    for (const asked of [assign, arrive]) {
      const { events: expected, ...rest } = await accepted(plain.handle(asked));
      const { events, ...answer } = await accepted(handle(asked));
      expect(answer).toEqual(rest);
      expect(events.map(({ data }) => data)).toEqual(expected.map(({ data }) => data));
    }
    expect(await handle(arrive)).toMatchObject({ ok: true, repeated: true });
    const { event } = await record(
      { type: 'CredentialShown', data: { ...arrive.data, by: { role: 'provider', id: 'prov-1' } } } as never,
      { role: 'provider', id: 'prov-1' },
    );
    expect(event.data).toMatchObject({ visitId: 'visit-1' });
    expect((await load('visit-1')).state).toMatchObject({ visitId: 'visit-1', phase: 'on-site' });
    const stored = await store.readStream('visit-visit-1');
    expect(stored.events.map(({ data }) => Object.keys(data))).toEqual([['turned'], ['turned'], ['turned']]);
    expect(verifyChain(stored.events)).toMatchObject({ intact: true });
  });

  it('that the codec cannot decode makes the visit unreadable', async () => {
    const store = memoryStore();
    const codec = { encode: ({ data }: { data: object }) => data, decode: () => Promise.reject(new Error('no key')) };
    await serviceOn(store).handle(assign);
    await expect(serviceOn(store, { codec }).handle(arrive)).rejects.toMatchObject({
      name: 'UnreadableStreamError',
      reason: 'undecodable',
      position: 1n,
    });
  });

  it('is nothing where the codec cannot encode', async () => {
    const codec = { encode: () => Promise.reject(new Error('no key')), decode: ({ data }: { data: object }) => data };
    const { handle, load } = serviceOn(memoryStore(), { codec });
    await expect(handle(assign)).rejects.toThrow('no key');
    expect((await load('visit-1')).version).toBe(0n);
  });

  it.each([undefined, null, 'secret', 7])('is nothing where the codec encodes to %s', async (encoded) => {
    const codec = { encode: () => encoded as never, decode: ({ data }: { data: object }) => data };
    const { handle, load } = serviceOn(memoryStore(), { codec });
    await expect(handle(assign)).rejects.toThrow('A codec encodes data as an object');
    expect((await load('visit-1')).version).toBe(0n);
  });
});
