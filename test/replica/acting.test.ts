/** Acts on a device: who let them be done, what is kept of them, and which can be undone. */
import { describe, expect, it } from 'vitest';
import { type ActCommand, type ActOptions, parseUnsent } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/exports.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, inVisit, named, own, withVisits } from './device.ts';

const visitId = 'visit-1';
const [arrive, show, validate, tools] = own(['RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools']) as [
  ActCommand,
  ActCommand,
  ActCommand,
  ActCommand,
];
const start = own(['StartWork'])[0] as ActCommand;
const decline = asAct(command('DeclineOffContractRequest', { activity: 'other', detail: 'x' }));

describe('an act that is recorded despite a refusal', () => {
  it.each<[ActOptions['despite'], object]>([
    ['op-7, por teléfono, 10:14', { by: 'op-7', reason: 'por teléfono, 10:14' }],
    [' op-7 ,  urgente ', { by: 'op-7', reason: 'urgente' }],
    ['op-7', { by: 'op-7', reason: 'op-7' }],
    [
      { by: 'op-7, sala 2', reason: 'urgente' },
      { by: 'op-7, sala 2', reason: 'urgente' },
    ],
  ])('given %j, then it says %j', async (despite, kept) => {
    const { replica } = await withVisits();
    expect(await replica.act(start, { ...(despite !== undefined && { despite }) })).toMatchObject({ ok: true });
    expect((await replica.visit(visitId)).pending[0]?.command.metadata.despite).toEqual(kept);
  });
});

describe('the metadata of an act', () => {
  it('given none, then the replica adds them', async () => {
    const { replica, now } = await withVisits();
    const answer = await replica.act(arrive);
    const metadata = { commandId: answer.ok && answer.commandId, device: 'phone-1', enteredAt: now() };
    const [waiting] = (await replica.visit(visitId)).pending;
    expect(waiting).toEqual({
      command: { ...arrive, metadata: { ...metadata, actor: actors.provider } },
      basedOn: 1,
      recordedAt: now(),
    });
    expect(answer.ok && answer.visit.pending).toEqual([waiting]);
  });

  it('given those of the application, then they are kept', async () => {
    const { replica } = await withVisits();
    const metadata = { commandId: 'touch-1', device: 'tablet', enteredAt: minute(2), actor: actors.provider };
    expect(await replica.act({ ...arrive, metadata } as ActCommand)).toMatchObject({ ok: true, commandId: 'touch-1' });
    expect((await replica.visit(visitId)).pending[0]?.command.metadata).toEqual(metadata);
  });

  it.each([
    ['another id', { role: 'provider', id: 'prov-9' }],
    ['another role', { role: 'client', id: actors.provider.id }],
  ])('given the actor under %s, then the act is refused aloud', async (_, actor) => {
    const { replica } = await withVisits();
    const others = { ...arrive, metadata: { actor } } as ActCommand;
    await expect(replica.act(others)).rejects.toThrow('act records the acts of the actor of the replica');
    expect((await replica.visit(visitId)).pending).toEqual([]);
  });
});

describe('an act that reconciling makes', () => {
  it('is refused aloud, and nothing waits', async () => {
    const { replica } = await withVisits();
    const act = { type: 'ProviderArrived', data: { visitId, at: minute(1), by: actors.provider }, commandId: 'c-1' };
    const violations = [{ rule: 'assigned-provider', clause: '1.2-12' }];
    const acts = [{ ...act, on: 1, violations, lawfulThen: true }];
    const report = command('ReportDiscrepancy' as never, { discrepancyId: 'd-1', basedOn: 1, acts } as never);
    await expect(replica.act(asAct(report))).rejects.toThrow(
      'ReportDiscrepancy is no act of a provider: reconciling makes it',
    );
    expect((await replica.visit(visitId)).pending).toEqual([]);
  });
});

describe('an act under an id that is taken', () => {
  it('given other data, while it waits or once it is sent, then it is refused aloud', async () => {
    const { replica } = await withVisits();
    const other = { ...arrive, data: { ...arrive.data, at: minute(3) } } as ActCommand;
    await replica.act(named(arrive, 'touch-1'));
    await expect(replica.act(named(other, 'touch-1'))).rejects.toThrow('Another command waits under the id touch-1');
    await replica.sync();
    await expect(replica.act(named(other, 'touch-1'))).rejects.toThrow(
      'Another command is on record under the id touch-1',
    );
  });

  it('given the same act, then it is answered as recorded, without violations, and waits once', async () => {
    const { replica } = await withVisits();
    await replica.act(named(start, 'touch-1'), { despite: 'op-7' });
    expect(await replica.act(named(start, 'touch-1'), { despite: 'op-7' })).toMatchObject({ ok: true, violations: [] });
    expect((await replica.visit(visitId)).pending).toHaveLength(1);
  });
});

describe('undo', () => {
  it.each([
    ['as long as it may', 8_000, { ok: true }],
    ['later', 8_001, { ok: false, reason: 'too-late' }],
    ['by a clock that was set back as long', -8_000, { ok: true }],
    ['by a clock that was set back further', -8_001, { ok: false, reason: 'too-late' }],
  ])('given an act, when it is undone %s, then it answers so', async (_, laterMs, answer) => {
    const { replica, clock } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    clock.ms += laterMs;
    expect(await replica.undo('touch-1')).toMatchObject(answer);
    expect((await replica.visit(visitId)).pending).toHaveLength(answer.ok ? 0 : 1);
  });

  it('given an act that a file of unsent acts has, then it stays, and the file does not say that it was sent', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    const file = await parseUnsent(await replica.exportUnsent());
    expect(file).toMatchObject({ value: { commands: [{ command: { metadata: { commandId: 'touch-1' } } }] } });
    expect(file.ok && file.value.commands[0]?.sentAt).toBeUndefined();
    expect(await replica.undo('touch-1')).toEqual({ ok: false, reason: 'sent' });
  });

  it('given a full store, then a file of unsent acts still has them all', async () => {
    const { replica, store } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    store.writeGroup = async () => {
      throw new StoreError('full', 'No room');
    };
    expect(await parseUnsent(await replica.exportUnsent())).toMatchObject({ value: { commands: { length: 1 } } });
  });

  it('given later acts that need an earlier one alone, then an act between them is undone', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    await replica.act(named(decline, 'touch-2'));
    expect(await replica.act(named(show, 'touch-3'))).toMatchObject({ ok: true });
    const answer = await replica.undo('touch-2');
    expect(answer.ok && answer.visit.pending.map(({ command: { type } }) => type)).toEqual([
      'RecordArrival',
      'ShowCredential',
    ]);
    expect(await replica.undo('touch-1')).toEqual({ ok: false, reason: 'needed' });
  });

  it('given a chain of acts, then the last one is undone, and each before it is needed', async () => {
    const { replica } = await withVisits();
    for (const [n, act] of [arrive, show, validate].entries()) await replica.act(named(act, `touch-${n}`));
    expect(await replica.undo('touch-0')).toEqual({ ok: false, reason: 'needed' });
    expect(await replica.undo('touch-1')).toEqual({ ok: false, reason: 'needed' });
    expect(await replica.undo('touch-2')).toMatchObject({ ok: true });
    expect(await replica.undo('touch-1')).toMatchObject({ ok: true });
  });

  it('given a later act that was recorded despite a refusal, or is withheld, then nothing needs the earlier', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    await replica.act(named(show, 'touch-2'));
    await replica.act(named(tools, 'touch-3'), { despite: 'op-7' });
    expect(await replica.withhold('touch-2', 'x')).toBe(true);
    expect(await replica.undo('touch-1')).toMatchObject({ ok: true });
    expect((await replica.visit(visitId)).pending.map(({ command: one }) => one.metadata.commandId)).toEqual([
      'touch-2',
      'touch-3',
    ]);
  });

  it('given an act that another tab sent in that moment, then it is unknown', async () => {
    const { replica, device, store } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    let isSent = false;
    const { replica: other } = device(actors.provider, {
      store: {
        ...store,
        writeGroup: async (...given) => {
          if (!isSent) {
            isSent = true;
            await replica.sync();
          }
          return store.writeGroup(...given);
        },
      },
    });
    expect(await other.undo('touch-1')).toEqual({ ok: false, reason: 'unknown' });
    expect((await other.visit(visitId)).events).toHaveLength(2);
  });
});

describe('withholding', () => {
  it('given acts of two visits, then it finds that of the second, and leaves the others', async () => {
    const { replica } = await withVisits(2);
    await replica.act(named(arrive, 'touch-1'));
    await replica.act(named(inVisit(arrive, 'visit-2'), 'touch-2'));
    await replica.act(named(inVisit(show, 'visit-2'), 'touch-3'));
    expect(await replica.withhold('touch-2', 'El centro lo anota')).toBe(true);
    const withheldIn = async (id: string) => (await replica.visit(id)).pending.map(({ withheld }) => withheld);
    expect(await withheldIn(visitId)).toEqual([undefined]);
    expect(await withheldIn('visit-2')).toEqual([{ reason: 'given-up', message: 'El centro lo anota' }, undefined]);
    expect(replica.status).toMatchObject({ waiting: 2, withheld: 1 });
    expect(await replica.release('touch-2')).toBe(true);
    expect(await withheldIn('visit-2')).toEqual([undefined, undefined]);
    expect(await replica.release('touch-9')).toBe(false);
  });
});

describe('an unknown option', () => {
  it('is refused by the name of the call', async () => {
    const { replica } = await withVisits();
    const wrong = { other: 1 } as never;
    await expect(replica.act(arrive, wrong)).rejects.toThrow('Unknown option of act: other');
    await expect(replica.sync(wrong)).rejects.toThrow('Unknown option of sync: other');
    await expect(replica.exportUnsent(wrong)).rejects.toThrow('Unknown option of exportUnsent: other');
    await expect(replica.photos.add(visitId, new Uint8Array(1), wrong)).rejects.toThrow(
      'Unknown option of photos.add: other',
    );
    expect(() => replica.start(wrong)).toThrow('Unknown option of start: other');
  });
});
