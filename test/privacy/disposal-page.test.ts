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
  disposedAt: '2031-04-02T15:00:00.000Z',
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
      ['Acta de eliminación', 'Órgano', 'Serie documental', 'electrónico', 'el cierre de la visita', 'Testigo'],
    ],
    ['en', ['Record of disposal', 'Authority', 'Record series', 'electronic', 'the end of the visit', 'Witness']],
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
    expect(disposalPageHtml({ ...done, trigger: { at: '2026-01-01T12:00:00.000Z' } }, 'en')).toContain('2026');
  });
});
