import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportHtml } from '../../src/report.ts';
import { day, policy, rich } from './full-visit.ts';
import { foldedUp, maskIntl, printed, texts } from './mask.ts';

const until = '2026-03-20T18:00:00.000Z';

beforeEach(maskIntl);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the report of a visit in which nearly all happens that may', () => {
  it('reads as on record', async () => {
    const page = printed(reportHtml(rich, { policy, until }));
    await expect(page).toMatchFileSnapshot('../golden/report.visit.es-CR.html.txt');
  });

  it('reads as on record in English, where only the words are others', async () => {
    const page = printed(reportHtml(rich, { policy, until, locale: 'en' }));
    await expect(texts(page)).toMatchFileSnapshot('../golden/report.visit.en.txt');
  });
});

describe('the report of a day', () => {
  it('reads as on record, its visits folded up', async () => {
    const page = printed(foldedUp(reportHtml(day, { policy, until })));
    await expect(page).toMatchFileSnapshot('../golden/report.day.es-CR.html.txt');
  });
});
