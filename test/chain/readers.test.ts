import { describe, expect, it } from 'vitest';
import { exportHead, seal, verifyChain } from '../../src/chain.ts';
import { audit, dossier } from '../../src/index.ts';
import { reportHtml } from '../../src/report.ts';
import { visitAt } from '../../src/testing.ts';

const log = seal(visitAt('completed').events);
const head = exportHead(log);
const short = log.slice(0, -1);
const dropped = log.toSpliced(4, 1);

describe('the dossier', () => {
  it('shows the head of a sealed log, and that it is whole', () => {
    expect(dossier(log, { chain: verifyChain(log, head) }).chain).toEqual({ intact: true, head, sealedFrom: 0 });
  });

  it('shows no chain where nobody verified it', () => {
    expect(dossier(log).chain).toBe(null);
    expect(dossier([], { chain: verifyChain([]) }).chain).toEqual({ intact: true, head: null, sealedFrom: 0 });
  });

  it('counts what is broken among what makes the log unclean, as the audit does', () => {
    const chain = verifyChain(dropped, head);
    const { violations, chain: shown } = dossier(dropped, { chain });
    expect(shown).toEqual({ intact: false, sealedFrom: 0, head: { ...head, count: log.length - 1 } });
    expect(violations).toContainEqual({ index: 4, kind: 'chain', facts: { fault: 'dropped' } });
    const { findings } = audit(dropped, { chain });
    expect(violations).toEqual(findings.filter(({ kind }) => kind !== 'measure' && kind !== 'deviation'));
  });
});

describe('the report', () => {
  const texts = (page: string) => page.replaceAll(/<style>[\s\S]*?<\/style>/g, '').replaceAll(/<[^>]*>/g, '');

  it('of a sealed log shows the head', () => {
    const page = texts(reportHtml(log, { chain: verifyChain, locale: 'en' }));
    expect(page).toContain(`Seal of the log (SHA-256)${log.length} acts, whole ${head?.hash}`);
    expect(texts(reportHtml(log, { chain: verifyChain }))).toContain(`${log.length} actos, íntegro ${head?.hash}`);
  });

  it('of a broken log says so, and where', () => {
    const page = texts(reportHtml(dropped, { chain: verifyChain, locale: 'en' }));
    expect(page).toContain('Broken in 1 place');
    expect(page).toContain('The seal of the log is broken here: what stood before this act is missing.');
    expect(page).not.toContain(head?.hash);
  });

  it('says that the end is missing, which is at no act', () => {
    const page = texts(reportHtml(short, { chain: (entries) => verifyChain(entries, head) }));
    expect(page).toContain('Roto en 1 lugar El sello del registro está roto aquí: faltan actos al final.');
  });

  it('of several logs verifies each', () => {
    const page = texts(reportHtml([log, dropped], { chain: verifyChain, locale: 'en' }));
    expect(page).toContain(`${log.length} acts, whole`);
    expect(page).toContain('Broken in 1 place');
  });

  it('says of a seal that nobody verified just that', () => {
    const page = texts(reportHtml(dropped, { locale: 'en' }));
    expect(page).toMatch(/Seal of the log \(SHA-256\)\s*No seal was verified/);
    expect(page).not.toContain('Broken');
  });
});
