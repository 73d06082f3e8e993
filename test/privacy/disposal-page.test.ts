import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type DisposalRecord, disposalPageHtml } from 'auxilio/privacy';
import { describe, expect, it } from 'vitest';

const record: DisposalRecord = {
  visitId: 'v-<1>',
  series: 'AD-1 & anexos',
  date: '2031-03-17T20:00:00.000Z',
  refusal: null,
  authority: 'CISED <INS>',
  support: 'electronic',
  years: 5,
  trigger: 'end',
  start: { at: '2026-03-17T20:00:00.000Z', event: 'Completed' },
  disposedAt: '2031-04-02T15:00:00.000Z',
  askedBy: { role: 'contact-center', id: 'archivo-3' },
  by: { role: 'contact-center', id: 'op-7' },
  events: 21,
  lastHash: 'a'.repeat(64) as never,
  erasure: {
    erasureId: 'e-1',
    requestedAt: '2031-04-02T15:00:00.000Z',
    by: { role: 'contact-center', id: 'op-7' },
    subjects: ['client', 'provider/p-9'].map((subject) => ({ visitId: 'v-<1>', subject, life: 1, state: 'erased' })),
    forgotten: ['search'],
    remembered: ['phones'],
    epoch: 'k-1',
    waitsFor: 'rotation',
    confirmed: false,
  },
};

describe('the page of a disposal', () => {
  it.each([
    [
      'es-CR',
      [
        'Acta de eliminación',
        'Órgano',
        'Serie documental',
        'electrónico',
        'el fin de la visita',
        'martes, 17 de marzo de 2026, 14:00: la visita concluyó',
        'Testigo',
      ],
    ],
    [
      'en',
      [
        'Record of disposal',
        'Authority',
        'Record series',
        'electronic',
        'the end of the visit',
        '14:00: the visit was completed',
        'Witness',
      ],
    ],
  ] as const)('in %s has what allows it, what is gone and kept, and places to sign', (locale, texts) => {
    const page = disposalPageHtml(record, locale);
    if (process.env.PAGES) writeFileSync(`${process.env.PAGES}/${locale}.html`, page);
    for (const text of [
      ...texts,
      'CISED &lt;INS&gt;',
      'v-&lt;1&gt;',
      'AD-1 &amp; anexos',
      'p-9',
      'op-7',
      'archivo-3',
      'a'.repeat(64),
    ])
      expect(page).toContain(text);
    expect(page).toContain(createHash('sha256').update(JSON.stringify(record)).digest('hex'));
    expect(page).not.toMatch(/<(?:INS|1)>|https?:|<script/);
    expect(page.match(/______/g)?.length).toBeGreaterThanOrEqual(12);
  });

  it('says what is still pending, and no longer once it is not', () => {
    const { erasure } = record;
    const done = { ...record, lastHash: null, erasure: { ...erasure, remembered: [], waitsFor: 'none' as const } };
    expect(disposalPageHtml(record, 'en')).toMatch(/Not confirmed yet: phones[\s\S]*Pending: an earlier backup/);
    expect(disposalPageHtml(done, 'en')).not.toMatch(/Pending|Not confirmed/);
    expect(disposalPageHtml(done, 'en')).toContain('The log is not sealed.');
  });

  it('names a date of the table, a closed visit, and of a record of before 0.13.0 what it has', () => {
    const { start: _, askedBy: __, ...old } = record;
    const trigger = { at: '2025-01-01T12:00:00.000Z' };
    const ofTable = disposalPageHtml({ ...record, trigger, start: { ...trigger, event: null } }, 'en');
    expect(ofTable).toMatch(/the date that the table sets[\s\S]*Start of the term[\s\S]*January 1, 2025, 06:00</);
    expect(disposalPageHtml({ ...old, trigger }, 'en')).toMatch(/Start of the term[\s\S]*January 1, 2025, 06:00</);
    expect(disposalPageHtml(old, 'en')).not.toContain('Start of the term');
    expect(disposalPageHtml(old, 'en')).toMatch(/Asked for by<\/th><td><bdi>_{30}/);
    const closed = { ...record, start: { at: record.date as string, event: 'VisitClosed' as const } };
    expect(disposalPageHtml(closed, 'es-CR')).toContain('14:00: la visita se cerró sin servicio');
  });
});
