import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { Codec } from '../../src/service.ts';
import { command, minute } from '../../src/testing.ts';
import { operator, provider, visitId } from '../scenarios/commands.ts';
import { assign, breach, sent, serviceOn } from './fixture.ts';

const decline = (id: string, detail: string) =>
  sent(id, command('DeclineOffContractRequest', { at: minute(40), activity: 'other', detail }));
const batch = (...commands: readonly VisitCommand[]) => ({ visitId, basedOn: 1, commands });

describe('a batch whose data were erased since', () => {
  /** Erases every detail, those in a report included, once the key is gone. */
  function erasing() {
    const key = { gone: false };
    const without = (data: object): object =>
      'acts' in data && Array.isArray(data.acts)
        ? { ...data, acts: data.acts.map((act) => ({ ...act, data: without(act.data) })) }
        : { ...data, ...('detail' in data && { detail: 'borrado' }) };
    const codec: Codec = {
      encode: ({ data }) => ({ boxed: data }),
      decode: ({ data }) => {
        const { boxed } = data as { boxed: object };
        return key.gone ? without(boxed) : boxed;
      },
      isErased: ({ data }) => key.gone && JSON.stringify(data).includes('"detail"'),
    };
    return { key, codec };
  }

  it('is recognised by its ids, and the answer says so; nothing is stored again', async () => {
    const { key, codec } = erasing();
    const { handle, sync, load } = serviceOn(memoryStore(), { codec });
    await handle(assign);
    await handle(sent('o-1', command('GiveInstruction', { about: 'visit', decision: 'reassign', text: 'Cambia' })));
    await sync(batch(decline('p-1', 'cortar el zacate')), provider);
    const other = { provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(99) };
    await handle(sent('o-2', command('ReassignProvider', other)));
    await sync(batch(decline('p-2', 'pintar la reja')), provider);
    const before = await load(visitId);
    key.gone = true;
    const again = await sync(batch(decline('p-1', 'cortar el zacate'), decline('p-2', 'pintar la reja')), provider);
    const violations = [{ rule: 'assigned-provider', clause: '1.2-12' }];
    expect(again.outcomes).toEqual([
      { outcome: 'repeated', first: { outcome: 'accepted', position: 3 }, recognisedBy: 'id' },
      { outcome: 'repeated', first: { outcome: 'refused', violations }, recognisedBy: 'id' },
    ]);
    expect(again.version).toBe(before.version);
    const mixed = await sync(batch(decline('p-2', 'pintar la reja'), decline('p-3', 'otra')), provider);
    expect(mixed.outcomes.map(({ outcome }) => outcome)).toEqual(['repeated', 'refused']);
    const otherType = sent('p-1', command('RecordArrival', {}));
    expect((await sync(batch(otherType), provider)).outcomes).toMatchObject([
      { outcome: 'refused', violations: [{ rule: 'id-reused' }] },
    ]);
  });
});

describe('a batch on a log that is damaged', () => {
  const started = { type: 'ProviderVanished', data: { visitId, at: minute(1) } };

  it('is not reconciled where the log cannot be read', async () => {
    const store = memoryStore();
    const { handle, sync } = serviceOn(store);
    await handle(assign);
    await store.appendToStream('visit-visit-1', [started]);
    await expect(sync(batch(decline('p-1', 'x')), provider)).rejects.toMatchObject({ code: 'unreadable-stream' });
    const authorize = ({ visitId: id }: { visitId: string | null }) => id !== null;
    await expect(sync(batch(), provider, { authorize })).rejects.toMatchObject({ code: 'unreadable-stream' });
    await expect(sync(batch(), provider, { authorize: () => false })).rejects.toMatchObject({ code: 'not-authorized' });
    expect(await store.readStored('visit-visit-1')).toHaveLength(2);
  });

  it('is not stored where its chain is broken, but its repeats are answered', async () => {
    const store = memoryStore();
    const { handle, sync } = serviceOn(store);
    await handle(assign);
    await sync(batch(decline('p-1', 'x')), provider);
    const by = { role: 'contact-center', id: 'op-1' } as const;
    const unsealed = { type: 'ConductBreachReported', data: { visitId, at: minute(1), kind: 'smoking', by } };
    await store.appendToStream('visit-visit-1', [unsealed]);
    const later = serviceOn(store);
    await expect(later.sync(batch(decline('p-2', 'y')), provider)).rejects.toMatchObject({ code: 'chain-broken' });
    expect((await later.sync(batch(decline('p-1', 'x')), provider)).outcomes).toMatchObject([{ outcome: 'repeated' }]);
    expect(await store.readStored('visit-visit-1')).toHaveLength(3);
  });
});

describe('a report that is stored', () => {
  it('is read again with all of a whole batch, and parsed no more than other events of a service', async () => {
    const store = memoryStore();
    const { handle, sync, load, settle } = serviceOn(store);
    await handle(assign);
    await handle(sent('o-1', command('GiveInstruction', { about: 'visit', decision: 'cancel', text: 'Se cancela' })));
    const commands = Array.from({ length: 100 }, (_, n) =>
      sent(`p-${n}`, command('ShowTools', { at: minute(n), tools: [`llave ${n}`] })),
    );
    const { outcomes, events } = await sync(batch(...commands), provider);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(100);
    const again = await serviceOn(store).load(visitId);
    expect(again.events.slice(1)).toEqual(events);
    expect(again.state).toEqual((await load(visitId)).state);
    const all = Array.from({ length: 100 }, (_, n) => n);
    const settlement = sent(
      's-1',
      command('SettleDiscrepancy', { at: minute(99), discrepancyId: 'd-3', taken: all, text: 'Todo' }, operator),
    );
    expect(await settle(settlement as never)).toMatchObject({ ok: true, version: 104n });
    expect(await handle(breach(1))).toMatchObject({ ok: true, version: 105n });
  });

  it('that another hand wrote is read as far as it is one', async () => {
    const store = memoryStore();
    const { handle, load } = serviceOn(store, { verify: false });
    await handle(assign);
    const report = {
      type: 'DiscrepancyReported',
      data: { visitId, at: minute(1), discrepancyId: 'd-2', basedOn: 1, acts: [], by: provider },
    };
    await store.appendToStream('visit-visit-1', [report as unknown as VisitEvent]);
    await expect(load(visitId)).rejects.toMatchObject({ code: 'unreadable-stream', reason: 'malformed' });
  });
});
