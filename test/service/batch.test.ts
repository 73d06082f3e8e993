import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { command } from '../../src/testing.ts';
import { assignment, plain } from '../scenarios/commands.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const other = (id: string) => sent('c-assign', command('AssignVisit', { ...assignment, visitId: id }));

describe('a batch of commands', () => {
  it('of a whole visit is stored by one append, and answered as if each had been handled alone', async () => {
    const together = serviceOn();
    const alone = serviceOn();
    const commands = plain.map((asked, n) => sent(`c-${n}`, asked));
    const expected = [];
    for (const asked of commands) expected.push(await alone.handle(asked));
    expect(await together.handleBatch(commands)).toEqual(expected);
    expect(await together.load('visit-1')).toEqual(await alone.load('visit-1'));

    let appends = 0;
    const counted = around(memoryStore(), { before: async () => (appends += 1) });
    await serviceOn(counted).handleBatch(commands);
    expect(appends).toBe(1);
  });

  it('is answered in its order, whatever its visits', async () => {
    const { handleBatch, load } = serviceOn();
    const answers = await handleBatch([other('visit-1'), other('v-2'), arrive, other('v-3'), breach(1)]);
    expect(answers.map((answer) => 'version' in answer && [answer.ok, answer.version])).toEqual([
      [true, 1n],
      [true, 1n],
      [true, 2n],
      [true, 1n],
      [true, 3n],
    ]);
    expect((await load('v-3')).version).toBe(1n);
  });

  it('goes on after one that is refused, which leaves nothing behind (1.1-01)', async () => {
    const { handleBatch, load } = serviceOn();
    const early = sent('c-early', command('ShowCredential', {}));
    const answers = await handleBatch([assign, early, arrive]);
    expect(answers[1]).toMatchObject({ ok: false, rejection: { violations: [{ rule: 'arrived', clause: '1.1-01' }] } });
    expect((await load('visit-1')).events.map(({ type }) => type)).toEqual(['VisitAssigned', 'ProviderArrived']);
  });

  it('answers one that is no command, or whose id is another’s, by its error, and the rest', async () => {
    const { handleBatch } = serviceOn();
    const reused = sent('c-arrive', breach(1));
    const answers = await handleBatch([{} as never, assign, arrive, reused, null as never]);
    expect(answers.map((answer) => ('error' in answer ? answer.error.name : answer.ok))).toEqual([
      'MalformedCommandError',
      true,
      true,
      'CommandIdReusedError',
      'MalformedCommandError',
    ]);
  });

  it('with the same command twice stores it once; a refused one is judged again', async () => {
    const { handleBatch, load } = serviceOn();
    const early = sent('c-credential', command('ShowCredential', {}));
    const answers = await handleBatch([early, assign, assign, early, arrive, early]);
    expect(answers.map((answer) => answer.ok && answer.repeated)).toEqual([false, false, true, false, false, false]);
    expect(answers.map(({ ok }) => ok)).toEqual([false, true, true, false, true, true]);
    expect((await load('visit-1')).version).toBe(3n);
  });

  it('sent again is answered as the first time', async () => {
    const { handleBatch, load } = serviceOn();
    const commands = [assign, arrive, breach(1)];
    const first = await handleBatch(commands);
    expect(await handleBatch(commands)).toEqual(
      first.map((answer) => ({ ...answer, repeated: true, recognisedBy: 'content' })),
    );
    expect((await load('visit-1')).version).toBe(3n);
  });

  it('half of which was stored before goes on where it stopped', async () => {
    const { handle, handleBatch, load } = serviceOn();
    await handle(assign);
    await handle(arrive);
    const answers = await handleBatch([assign, arrive, breach(1)]);
    expect(answers.map((answer) => answer.ok && answer.repeated)).toEqual([true, true, false]);
    expect((await load('visit-1')).version).toBe(3n);
  });

  it('in doubt is in doubt for each that was accepted, and settled by sending it again', async () => {
    const store = around(memoryStore(), {
      after: async (attempt) => {
        if (attempt === 1) throw new Error('the connection was lost');
      },
    });
    const { handleBatch, load } = serviceOn(store);
    const early = sent('c-early', command('ShowCredential', {}));
    const inDoubt = await handleBatch([assign, early, arrive]);
    expect(inDoubt.map((answer) => ('error' in answer ? answer.error.name : answer.ok))).toEqual([
      'AppendInDoubtError',
      false,
      'AppendInDoubtError',
    ]);
    const again = await handleBatch([assign, arrive]);
    expect(again.map((answer) => answer.ok && answer.repeated)).toEqual([true, true]);
    expect((await load('visit-1')).version).toBe(2n);
  });

  it('that is empty is answered by nothing', async () => {
    expect(await serviceOn().handleBatch([])).toEqual([]);
  });

  it('of a thousand commands in a hundred visits is carried out', async () => {
    const { handleBatch, load } = serviceOn();
    const ids = Array.from({ length: 100 }, (_, n) => `v-${n}`);
    const of = (visitId: string) => [
      other(visitId),
      ...Array.from({ length: 9 }, (_, n) =>
        sent(`c-${n}`, command('ReportConductBreach', { visitId, kind: 'smoking' })),
      ),
    ];
    const answers = await handleBatch(ids.flatMap(of));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    for (const id of ids) expect((await load(id)).version).toBe(10n);
  });
});

describe('a batch with one command twice, where the store fails', () => {
  it('fails for both, and answers neither as recorded', async () => {
    const full = new StoreError('full', 'No room');
    const store = around(memoryStore(), { before: () => Promise.reject(full) });
    const failed = { ok: false, error: full };
    expect(await serviceOn(store).handleBatch([assign, assign])).toEqual([failed, failed]);
  });
});
