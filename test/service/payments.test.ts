import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { dossier } from '../../src/reading/index.ts';
import {
  boardProjection,
  catchUp,
  markPaid,
  paymentProjection,
  paymentQueueOf,
  projector,
  readPayment,
  readPaymentQueue,
  readProjection,
  rebuild,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute } from '../../src/testing.ts';
import { type Policy, replay } from '../../src/visit/index.ts';
import { annul, call, plain, provider, report, reported } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { serviceOn } from './fixture.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const payments = paymentProjection();
const documented: readonly VisitCommand[] = [...plain, command('DocumentStart', { at: minute(30) })];

const of = (visitId: string, commands: readonly VisitCommand[]) =>
  commands.map((asked) => ({ ...asked, data: { ...asked.data, visitId } }) as VisitCommand);

const names = (visits: readonly { readonly visitId: string }[]) => visits.map(({ visitId }) => visitId);

describe.each(stores)('the payment queue, on the %s store', (_, open) => {
  const paidAt = '2026-03-20T12:00:00.000Z';

  async function withVisits(count: number) {
    const store = open();
    const service = serviceOn(store, { projections: [payments] });
    for (let n = 0; n < count; n++) await service.handleBatch(of(`v-${n}`, documented));
    return { store, ...service };
  }

  it('is read page by page, and loads no more than the page', async () => {
    const { store } = await withVisits(5);
    const asked: (number | undefined)[] = [];
    const readRows: typeof store.readRows = (name, range) => {
      asked.push(range?.maxCount);
      return store.readRows(name, range);
    };
    const first = await readPaymentQueue({ ...store, readRows }, { maxCount: 2 });
    expect([names(first.visits), asked]).toEqual([['v-0', 'v-1'], [2]]);
    const second = await readPaymentQueue(store, { maxCount: 2, after: first.next ?? '' });
    const third = await readPaymentQueue(store, { maxCount: 2, after: second.next ?? '' });
    expect([names(second.visits), names(third.visits), third.next]).toEqual([['v-2', 'v-3'], ['v-4'], null]);
    for (const maxCount of [0, 1001, 0.5])
      await expect(readPaymentQueue(store, { maxCount })).rejects.toThrow('maxCount');
  });

  it('is left by a visit that was paid: for good, whatever is recorded, followed or rebuilt after it', async () => {
    const { store, handle } = await withVisits(3);
    const [visit] = (await readPaymentQueue(store)).visits;
    expect(await markPaid(store, visit!, { visitId: 'v-0', paidAt, reference: 'F-17' })).toBe(true);
    expect(await readPayment(store, visit!)).toEqual({ visitId: 'v-0', paidAt, reference: 'F-17' });
    expect(await readPayment(store, { streamName: 'visit-v-1' })).toBeNull();
    await handle(command('ReportConductBreach', { visitId: 'v-0', kind: 'smoking' }));
    expect(await store.readRow(payments.name, 'visit-v-0')).toBeNull();
    await rebuild(store, payments);
    await catchUp(projector(store, payments));
    expect(names((await readPaymentQueue(store)).visits)).toEqual(['v-1', 'v-2']);
    expect(await readProjection(store, payments)).toHaveLength(2);
  });

  it('has no visit whose row was written beside its payment', async () => {
    const { store } = await withVisits(4);
    const [visit] = (await readPaymentQueue(store)).visits;
    const late = await store.readRow(payments.name, visit!.streamName);
    await markPaid(store, visit!, { visitId: 'v-0', paidAt });
    await store.commitCheckpoint('late', {
      expected: 0,
      cursor: null,
      rows: [{ projection: payments.name, key: visit!.streamName, body: late!.body }],
    });
    const page = await readPaymentQueue(store, { maxCount: 2 });
    expect([names(page.visits), page.next]).toEqual([['v-1', 'v-2'], 'visit-v-2']);
  });

  it('pays nothing where the store fails', async () => {
    const { store } = await withVisits(1);
    const broken = { ...store, commitCheckpoint: async () => Promise.reject(new Error('The disk is full')) };
    const paying = markPaid(broken, { streamName: 'visit-v-0' }, { visitId: 'v-0', paidAt });
    await expect(paying).rejects.toThrow('The disk is full');
    expect(await readPayment(store, { streamName: 'visit-v-0' })).toBeNull();
    expect(await markPaid(store, { streamName: 'visit-v-0' }, { visitId: 'v-0', paidAt })).toBe(true);
    expect(await readPayment(store, { streamName: 'visit-v-0' })).toStrictEqual({ visitId: 'v-0', paidAt });
  });

  it('pays once, of many who do so at once', async () => {
    const { store } = await withVisits(2);
    const paying = Array.from({ length: 6 }, (_one, n) =>
      markPaid(store, { streamName: `visit-v-${n % 2}` }, { visitId: `v-${n % 2}`, paidAt, reference: `F-${n}` }),
    );
    expect((await Promise.all(paying)).filter((paid) => paid)).toHaveLength(2);
    expect((await readPaymentQueue(store)).visits).toEqual([]);
    await expect(markPaid(store, { streamName: 'x' }, {} as never)).rejects.toThrow(TypeError);
  });

  it('says of each visit what its dossier says', async () => {
    const store = open();
    const { handleBatch } = serviceOn(store, { projections: [payments] });
    const undocumented = plain;
    const uncalled = documented.filter(({ type }) => type !== 'ReportCompletion');
    await handleBatch(of('paid', documented));
    await handleBatch(of('undocumented', undocumented));
    await handleBatch(of('uncalled', uncalled));
    const rows = await readProjection(store, payments);
    for (const { visitId, payable, unmetForPayment } of rows) {
      const { events } = await serviceOn(store).load(visitId);
      const found = dossier(events);
      expect([payable, unmetForPayment]).toEqual([found.payable, found.unmetForPayment]);
    }
    const { ready, incomplete } = paymentQueueOf(rows);
    expect([names(ready), names(incomplete)]).toEqual([
      ['paid'],
      rows.length === 3 ? ['uncalled', 'undocumented'] : ['undocumented'],
    ]);
  });

  it('takes no row of 0.4 for payable before it is rebuilt', async () => {
    const { store } = await withVisits(1);
    const [row] = await readProjection(store, payments);
    const { payable: _payable, unmetForPayment: _unmet, ...old } = row!;
    expect(paymentQueueOf([old])).toEqual({ ready: [], incomplete: [old] });
  });
});

describe('a row of the payment queue', () => {
  const end = documented.find(({ type }) => type === 'CompleteVisit')!.data.at;
  const rowOf = (events: readonly VisitEvent[], policy?: Policy) =>
    paymentProjection(policy).row({
      streamName: 's',
      state: replay(events),
      events,
      integrity: { status: 'verified', from: 0, through: events.length },
    });

  async function logOf(...commands: readonly VisitCommand[]) {
    const service = serviceOn(memoryStore());
    for (const { ok } of await service.handleBatch(commands)) expect(ok).toBe(true);
    return (await service.load('visit-1')).events;
  }

  it('is what the dossier finds under the policy of the payer (1.1-26)', async () => {
    const events = await logOf(...documented);
    const policy = { id: 'strict', thresholds: { startCallMinutes: 0 } };
    const found = dossier(events, { policy });
    const row = rowOf(events, policy);
    expect(row).toEqual({
      visitId: 'visit-1',
      caseNumber: found.caseNumber,
      provider: { id: 'prov-1', name: 'Luis Mora', title: 'don' },
      completedAt: end,
      workedMs: found.workedMs,
      evidence: found.payment.map(({ clause, status }) => ({ clause, status })),
      violations: found.violations.length,
      deviations: found.deviations.length,
      integrity: { status: 'verified', from: 0, through: events.length },
      payable: found.payable,
      unmetForPayment: found.unmetForPayment,
      reopened: null,
    });
    expect(row?.evidence).not.toEqual(rowOf(events)?.evidence);
    expect(() => paymentProjection({ thresholds: { startCallMinutes: -1 } })).toThrow(TypeError);
  });

  it('does not name a visit whose end is annulled and that never was payable (1.1-10)', async () => {
    expect(rowOf(await logOf(...plain, annul('Completed', end)))).toBeNull();
  });

  it('stays, reopened, when a visit that was payable is so no longer, and says by which event (1.1-10)', async () => {
    const events = await logOf(...documented);
    const { workedMs } = rowOf(events)!;
    expect(rowOf(events)?.reopened).toBeNull();
    const annulled = [...documented, annul('Completed', end)];
    const reopened = { index: events.length, type: 'ActAnnulled', workedMs };
    expect(rowOf(await logOf(...annulled))).toMatchObject({ payable: false, completedAt: end, reopened });
    const again = [
      command('ReportCompletion', { at: minute(70), call, caseNumber: 'EXP-1' }),
      command('CompleteVisit', { at: minute(71) }),
    ];
    expect(rowOf(await logOf(...annulled, ...again))).toMatchObject({
      payable: true,
      completedAt: minute(71),
      reopened,
    });
  });

  it('is reopened by a discrepancy, and by a correction that changes the time worked alone', async () => {
    const events = await logOf(...documented);
    const started = events.find(({ type }) => type === 'WorkStarted')!.data.at;
    const corrected = (what: 'start', recorded: string) =>
      command('CorrectTime', {
        what,
        recorded,
        corrected: new Date(Date.parse(recorded) + 60_000).toISOString(),
        reason: 'el reloj del teléfono',
        at: minute(90),
      });
    const later = await logOf(...documented, corrected('start', started));
    expect(rowOf(later)).toMatchObject({ payable: true, reopened: { type: 'TimeCorrected', index: events.length } });
    expect(rowOf(later)?.workedMs).not.toBe(rowOf(later)?.reopened?.workedMs);
    const { data } = report([reported('WorkStarted')]);
    const disputed = [...events, { type: 'DiscrepancyReported', data: { ...data, by: provider } } as VisitEvent];
    const reopened = { type: 'DiscrepancyReported', at: data.at };
    expect(rowOf(disputed)).toMatchObject({ payable: false, reopened });
    // It tells of acts that may be older than the end: it reopens the visit when it arrives.
    const metadata = { schemaVersion: 1, eventId: 'e-1', commandId: 'c-1', recordedAt: minute(95) };
    const received = [...events, { ...disputed.at(-1), metadata } as VisitEvent];
    expect(rowOf(received)?.reopened).toMatchObject({ type: 'DiscrepancyReported', at: minute(95) });
    const notYet = await logOf(...plain, corrected('start', started));
    expect(rowOf(notYet)).toMatchObject({ payable: false, reopened: null });
  });

  it('has the time of its completion as it was corrected (1.1-10)', async () => {
    const corrected = { what: 'end', recorded: end, corrected: minute(35), reason: 'el reloj del teléfono' } as const;
    const log = await logOf(...documented, command('CorrectTime', { ...corrected, at: minute(90) }));
    expect(rowOf(log)).toMatchObject({ payable: true, completedAt: minute(35) });
  });

  it('is reopened though the log begins with an end that was recorded too early', async () => {
    const events = await logOf(...documented, annul('Completed', end));
    const early = { ...events.find(({ type }) => type === 'Completed')! };
    const log = [{ ...early, data: { ...early.data, at: minute(1) } } as VisitEvent, ...events];
    expect(rowOf(log)?.reopened).toMatchObject({ index: events.length, type: 'ActAnnulled' });
  });

  it('comes by the end of its visit, of equal ends by the id', async () => {
    const row = rowOf(await logOf(...documented))!;
    const rows = ['c', 'b', 'a'].map((visitId, n) => ({ ...row, visitId, ...(n === 0 && { completedAt: minute(1) }) }));
    expect(names(paymentQueueOf(rows).ready)).toEqual(['c', 'a', 'b']);
  });
});

describe.each(stores)('two services on one store (%s)', (_, open) => {
  it('with the same stream names keep their read models apart', async () => {
    const store = open();
    const one = serviceOn(store, { projections: [payments, boardProjection], namespace: 'one' });
    await one.handleBatch(of('v-1', documented));
    await rebuild(store, payments, { namespace: 'two' });
    expect(await readProjection(store, payments)).toEqual([]);
    for (const namespace of ['one', 'two']) {
      expect(names((await readPaymentQueue(store, { namespace })).visits)).toEqual(['v-1']);
    }
    await markPaid(store, { streamName: 'visit-v-1' }, { visitId: 'v-1', paidAt: minute(400) }, { namespace: 'one' });
    await rebuild(store, payments, { namespace: 'one' });
    expect((await readPaymentQueue(store, { namespace: 'one' })).visits).toEqual([]);
    expect(await readProjection(store, payments, { namespace: 'one' })).toEqual([]);
    expect((await readPaymentQueue(store, { namespace: 'two' })).visits).toHaveLength(1);
    expect(await readPayment(store, { streamName: 'visit-v-1' }, { namespace: 'two' })).toBeNull();
  });

  it('with different ones have the rows of their own visits, written with the events, followed or rebuilt', async () => {
    const store = open();
    const north = serviceOn(store, {
      streamName: (id) => `north-${id}`,
      projections: [boardProjection],
      namespace: 'north',
    });
    const south = serviceOn(store, { streamName: (id) => `south-${id}` });
    await north.handleBatch(of('n-1', plain.slice(0, 2)));
    await south.handleBatch(of('s-1', plain.slice(0, 2)));
    const followed = { namespace: 'south', streams: (name: string) => name.startsWith('south-') };
    await catchUp(projector(store, boardProjection, followed));
    const board = async (namespace?: string) =>
      names((await readProjection(store, boardProjection, namespace === undefined ? {} : { namespace })) as never);
    expect([await board('north'), await board('south'), await board()]).toEqual([['n-1'], ['s-1'], []]);
    await rebuild(store, boardProjection, followed);
    expect(await board('south')).toEqual(['s-1']);
  });

  it.each(['', 'a/b', 'a b', '-a', 'x'.repeat(65), '\u001f', 7])(
    'are not kept apart by %j, which is refused',
    (namespace) => {
      const store = open();
      expect(() => projector(store, payments, { namespace: namespace as never })).toThrow('namespace is');
      expect(() => serviceOn(store, { projections: [payments], namespace: namespace as never })).toThrow(
        'namespace is',
      );
    },
  );
});
