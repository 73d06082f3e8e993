import { audit, commands } from 'auxilio';
import { dispose, dueForDisposal, type PrivacyRefusal, parseRetentionTable } from 'auxilio/privacy';
import { visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';

const operator = { role: 'contact-center', id: 'op-7' } as const;
const [series] = [{ authority: 'CISED', series: 'AD-1', support: 'electronic', trigger: 'end', years: 5 } as const];
const table = [series];

/** A service with a visit at that point. */
async function visitIn(point: Parameters<typeof visitAt>[0]) {
  const opened = await privateService();
  const visit = visitAt(point);
  const { visitId, next: at, state } = visit;
  const photoIds = Object.keys(state.photos.byId);
  const papers = {
    'document-start': commands.documentStart({ visitId, at }, operator),
    'document-photos': commands.documentPhotos({ visitId, at, photoIds }, operator),
  };
  const owed = state.phase === 'completed' ? state.debts.map(({ kind }) => papers[kind as keyof typeof papers]) : [];
  for (const command of [...visit.commands, ...owed]) expect((await opened.service.handle(command)).ok).toBe(true);
  return { ...opened, ...visit };
}

describe('RET-01 a retention table of the host', () => {
  it('is parsed from JSON, with each fault at its path', () => {
    expect(parseRetentionTable(JSON.stringify(table))).toEqual({ ok: true, table });
    expect(parseRetentionTable('[')).toMatchObject({ ok: false, issues: [{ path: '' }] });
    const faults = [
      series,
      { ...series, years: 0, other: 1 },
      null,
      { ...series, series: 'AD-2', trigger: { at: '2026' } },
    ];
    const parsed = parseRetentionTable(faults);
    expect(parsed.ok || parsed.issues.map(({ path }) => path)).toEqual([
      '/1/years',
      '/1',
      '/1/series',
      '/2/authority',
      '/2/series',
      '/2/support',
      '/2/trigger',
      '/2/years',
      '/3/trigger',
    ]);
  });

  it('is no object with a prototype of its own, nor a million series', () => {
    const hostile = JSON.parse('[{"__proto__":{"authority":"x"},"series":"s"}]');
    expect(parseRetentionTable(hostile)).toMatchObject({ ok: false });
    expect(parseRetentionTable(new Array(1_000_000).fill(series))).toMatchObject({ ok: false, issues: [{ path: '' }] });
  });
});

describe('RET-02 disposal', () => {
  const later = () => '2040-01-01T00:00:00.000Z';

  it('erases every subject of a visit that is due, and leaves its events and verdicts', async () => {
    const { service, store, privacy, visitId } = await visitIn('completed');
    const due = [];
    for await (const one of dueForDisposal({ privacy, store, table, now: later }, [visitId])) due.push(one);
    const given = { privacy, store, table, now: later };
    const before = (await service.load(visitId)).events;
    expect(due).toMatchObject([{ visitId, series: 'AD-1', refusal: null }]);
    const archive = { role: 'contact-center', id: 'archivo-3' } as const;
    const record = await dispose(given, visitId, operator, archive);
    expect(record).toMatchObject({
      authority: 'CISED',
      start: { at: before.find(({ type }) => type === 'Completed')?.data.at, event: 'Completed' },
      askedBy: archive,
      by: operator,
      events: before.length,
      lastHash: before.at(-1)?.metadata?.hash,
    });
    expect(record.erasure.subjects.every((one) => one.state === 'erased')).toBe(true);
    const after = (await service.load(visitId)).events;
    expect(audit(after)).toEqual(audit(before));
    const opened = await privacy.open(after);
    expect(opened.unopened.every(({ fault }) => fault === 'erased')).toBe(true);
    expect(JSON.stringify(opened.events)).not.toMatch(/Rojas|Mora/);
  });

  it('names the close of a visit, or the time of the table, as the start of the term; and no one who asked', async () => {
    for (const [trigger, event] of [
      ['end', 'VisitClosed'],
      [{ at: '2020-01-01T06:00:00.000Z' }, null],
    ] as const) {
      const { service, store, privacy, visitId } = await visitIn('closed');
      const record = await dispose({ privacy, store, table: [{ ...series, trigger }], now: later }, visitId, operator);
      const closed = (await service.load(visitId)).events.find(({ type }) => type === 'VisitClosed');
      expect(record.start).toEqual({ at: trigger === 'end' ? closed?.data.at : trigger.at, event });
      expect('askedBy' in record).toBe(false);
    }
  });

  it('erases a person who is known again since an earlier disposal', async () => {
    const { service, store, privacy, visitId } = await visitIn('completed');
    const given = { privacy, store, table, now: later };
    await dispose(given, visitId, operator);
    await privacy.revive([{ visitId, subject: 'client' }]);
    const correction = { visitId, at: '2026-03-18T14:00:00.000Z', kind: 'other', detail: 'la vecina Zulema' } as const;
    expect((await service.handle(commands.reportConductBreach(correction, operator))).ok).toBe(true);
    const open = async () => JSON.stringify((await privacy.open((await service.load(visitId)).events)).events);
    expect(await open()).toContain('Zulema');
    await dispose(given, visitId, operator);
    expect(await open()).not.toContain('Zulema');
  });

  it.each([
    ['no-table', 'completed', { table: [] }],
    ['before-term', 'completed', { now: () => '2026-12-01T00:00:00.000Z' }],
    ['not-ended', 'working', {}],
  ] as const)('is refused: %s', async (reason: PrivacyRefusal, point, changes) => {
    const { store, privacy, visitId, service } = await visitIn(point);
    const disposing = dispose({ privacy, store, table, now: later, ...changes }, visitId, operator);
    await expect(disposing).rejects.toMatchObject({ reason, visitId });
    const { unopened } = await privacy.open((await service.load(visitId)).events);
    expect([unopened, await privacy.listErasures()]).toEqual([[], []]);
  });

  it('is refused while a debt is open', async () => {
    const { store, privacy, visitId, service, next } = await visitIn('completed');
    const impact = { visitId, at: next, what: 'una fuga en el patio' };
    expect((await service.handle(commands.escalateClientImpact(impact, operator))).ok).toBe(true);
    const disposing = dispose({ privacy, store, table, now: later }, visitId, operator);
    await expect(disposing).rejects.toMatchObject({ reason: 'debts-open' });
  });

  it('and erasure are refused while the visit is held', async () => {
    const { store, privacy, visitId } = await visitIn('completed');
    await privacy.hold({ visitId, reason: 'expediente judicial', by: operator, at: later() });
    const subjects = [{ visitId, subject: 'client' }];
    await expect(dispose({ privacy, store, table, now: later }, visitId, operator)).rejects.toMatchObject({
      reason: 'held',
    });
    await expect(privacy.erase({ subjects, by: operator })).rejects.toMatchObject({ reason: 'held' });
    await privacy.release(visitId);
    expect(await privacy.erase({ subjects, by: operator })).toMatchObject({ subjects: [{ state: 'erased' }] });
  });
});
