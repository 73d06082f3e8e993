import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { command } from '../../src/testing.ts';
import { decide, evolve, initialState, replay } from '../../src/visit/index.ts';
import { assignment, plain } from '../scenarios/commands.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { arrive, assign, breach, NOW, sent, serviceOn } from './fixture.ts';

describe('an accepted command', () => {
  it('is answered with what was stored: events, state and version', async () => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    const answer = await handle(assign);
    const decision = decide(assign, initialState());
    if (!decision.ok || !answer.ok) throw new Error('accepted');
    expect(answer.events).toEqual([
      {
        type: 'VisitAssigned',
        data: decision.events[0]?.data,
        metadata: {
          schemaVersion: 1,
          eventId: 'e8f81004-8452-8992-8406-fa8b35618c6b',
          commandId: 'c-assign',
          recordedAt: NOW,
          hash: 'a71c145d2b9a3a73512c017ea9315827bc2bb24efbb3cf1f8e8121dc400f5d6e',
        },
      },
    ]);
    expect(answer.state).toEqual(evolve(initialState(), decision.events[0] as never));
    expect([answer.version, answer.repeated]).toEqual([1n, false]);
    expect((await store.readStored('visit-visit-1')).map(({ text, messageId }) => [text, messageId])).toEqual([
      [JSON.stringify(answer.events[0]), answer.events[0]?.metadata?.eventId],
    ]);
  });

  it('has metadata in one order', async () => {
    const answer = await serviceOn().handle(assign);
    expect(answer.ok && Object.keys(answer.events[0]?.metadata ?? {})).toEqual([
      'schemaVersion',
      'eventId',
      'commandId',
      'recordedAt',
      'hash',
    ]);
  });

  it('keeps the metadata of the sender that are never judged, each where it is given', async () => {
    const given = [
      { despite: { by: 'Eva', reason: 'no signal' } },
      { device: 'phone-1' },
      { enteredAt: NOW },
      { signature: 'e30..AA' },
    ] as const;
    for (const metadata of given) {
      const answer = await serviceOn().handle({ ...assign, metadata: { ...assign.metadata, ...metadata } } as never);
      expect(answer.ok && Object.keys(answer.events[0]?.metadata ?? {})).toEqual([
        'schemaVersion',
        'eventId',
        'commandId',
        ...Object.keys(metadata),
        'recordedAt',
        'hash',
      ]);
      expect(answer.ok && answer.events[0]?.metadata).toMatchObject(metadata);
    }
  });

  it('carries the visit on: a plain visit to its end', async () => {
    const service = serviceOn();
    let version = 0n;
    for (const asked of plain) {
      const answer = await service.handle(asked);
      expect([asked.type, answer.ok, answer.version]).toEqual([asked.type, true, ++version]);
    }
    const { events, state } = await service.load('visit-1');
    expect(state.phase).toBe('completed');
    expect(state).toEqual(replay(events));
    expect(events).toHaveLength(plain.length);
  });

  it('is not the caller’s object: changing it while it is handled, or later, changes nothing', async () => {
    const store = memoryStore();
    const asked = structuredClone(assign) as { data: { client: { name: string } } };
    const handling = serviceOn(store).handle(asked as never);
    asked.data.client.name = 'Otra';
    const answer = await handling;
    expect(answer.ok && (answer.events[0]!.data as typeof assignment).client.name).toBe('Ana Rojas');
    expect((await store.readStored('visit-visit-1'))[0]?.text).toContain('Ana Rojas');
  });
});

describe('a refused command', () => {
  it('is answered with the rules, the state and the version, and leaves nothing', async () => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    const first = await handle(arrive);
    expect(first).toMatchObject({ ok: false, version: 0n, state: initialState() });
    expect(first.ok || first.rejection.violations.map(({ rule }) => rule)).toEqual(['assigned-first']);
    expect(await store.streamExists('visit-visit-1')).toBe(false);
    await handle(assign);
    expect(await handle(sent('c-again', command('AssignVisit', assignment)))).toMatchObject({ ok: false, version: 1n });
    expect(await store.readStored('visit-visit-1')).toHaveLength(1);
  });

  it('is judged again when it is repeated, and its id is still free', async () => {
    const { handle } = serviceOn();
    expect((await handle(arrive)).ok).toBe(false);
    await handle(assign);
    expect(await handle(arrive)).toMatchObject({ ok: true, repeated: false, version: 2n });
    expect((await handle(sent('c-later', command('RecordArrival', {})))).ok).toBe(false);
    expect((await handle(sent('c-later', breach(1)))).ok).toBe(true);
  });

  it('does not read the clock, nor pause', async () => {
    const { pauses } = skipPauses();
    const service = serviceOn(memoryStore(), {
      now: () => {
        throw new Error('the clock was read');
      },
    });
    expect((await service.handle(arrive)).ok).toBe(false);
    expect(pauses).toEqual([]);
  });
});

describe('the options', () => {
  it('the policy judges', async () => {
    const bought = command('PerformOffContractAct', { activity: 'material-purchase' });
    const store = memoryStore();
    await serviceOn(store).handle(assign);
    expect((await serviceOn(store).handle(bought)).ok).toBe(false);
    expect((await serviceOn(store, { policy: { allow: ['material-purchase'] } }).handle(bought)).ok).toBe(true);
  });

  it('the name of the stream is the host’s', async () => {
    const store = memoryStore();
    const service = serviceOn(store, { streamName: (visitId) => `south/${visitId}` });
    await service.handle(assign);
    expect(await store.streamExists('south/visit-1')).toBe(true);
    expect((await service.load('visit-1')).version).toBe(1n);
  });

  it('left out, or undefined, are those of the machine', async () => {
    const store = memoryStore();
    const options = { store, now: undefined, newId: undefined, retry: undefined };
    const { handle } = serviceOn(store, options as never);
    const answer = await handle(command('AssignVisit', assignment));
    if (!answer.ok) throw new Error('accepted');
    const { commandId, recordedAt } = answer.events[0]?.metadata ?? {};
    expect(commandId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('load', () => {
  it('of a visit that is not there is the initial state at version 0', async () => {
    expect(await serviceOn().load('v-9')).toEqual({
      events: [],
      state: initialState(),
      version: 0n,
      integrity: { status: 'unverified' },
    });
  });

  it('gives the events as they were answered', async () => {
    const { handle, load } = serviceOn();
    const answers = [await handle(assign), await handle(arrive)];
    const { events, state, version } = await load('visit-1');
    expect(events).toEqual(answers.flatMap((answer) => (answer.ok ? answer.events : [])));
    expect([state, version]).toEqual([answers[1]?.state, 2n]);
  });
});
