import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { dossier } from '../../src/reading/index.ts';
import { type ReportOptions, reportHtml, reportHtmlStream, type VisitLog } from '../../src/report.ts';
import { anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { simulate } from '../../src/testing.ts';
import { attribute, Page, rowsIn, storedDay } from './page.ts';

async function packed(logs: Iterable<VisitLog> | AsyncIterable<VisitLog>, options?: ReportOptions): Promise<string> {
  let html = '';
  for await (const part of reportHtmlStream(logs, options)) html += part;
  return html;
}

/** The page with its visits unfolded, by another way than its script's: templates out of the text, inflated by zlib. */
function unpacked(html: string): string {
  const blocks = new Map<string, never>();
  const rest = html.replace(/<template id="(z\w+)">([^<]*)<\/template>/g, (_, id, base64) => {
    blocks.set(id, JSON.parse(inflateSync(Buffer.from(base64, 'base64')).toString()) as never);
    return '';
  });
  const table: readonly string[] = blocks.get('zt')!;
  return rest
    .replace(/<p class="m" id="unrun">[^<]*<\/p>/, '')
    .replace(/ id="(v\d+)" data-z="(\d+)\.(\d+)"(>.*?)<\/details>/gs, (_, id, block, place, summary) => {
      const tokens = (blocks.get(`z${block}`) as unknown as (string | number)[][])[place]!;
      const body = tokens.map((one) => (typeof one === 'number' ? table[one] : one)).join('');
      return ` id="${id}"${summary}${body.replaceAll('\u0001', `${id}-`)}</details>`;
    });
}

describe('a page of compressed visits', () => {
  it('unfolds to the page of whole ones', async () => {
    const day = await storedDay();
    for (const locale of ['es-CR', 'en'] as const) {
      expect(unpacked(await packed(day, { locale }))).toBe(reportHtml(day, { locale }));
    }
  });

  it('does so for whatever logs, of hostile texts too', async () => {
    const hostile = fc.constantFrom(
      '<script>alert(1)</script>',
      '\u0001v1-',
      'v1-e1',
      '</template>',
      '<>"\'&',
      '\u0000{{0}}',
    );
    const texts = fc
      .tuple(walks(), hostile)
      .map(([{ events }, text]) =>
        events.map((event) => ({ ...event, data: { ...event.data, detail: text, where: text, diagnosis: text } })),
      );
    const log = fc.oneof(
      texts,
      fc.array(anyEvent, { maxLength: 8 }),
      illegalHistories().map(({ events }) => events),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(log, { minLength: 1, maxLength: 20 }), async (logs) => {
        const html = await packed(logs as readonly VisitEvent[][]);
        expect(new Page(html).errors).toEqual([]);
        expect(unpacked(html)).toBe(reportHtml(logs as readonly VisitEvent[][]));
      }),
      { numRuns: 8, seed: 41 },
    );
  });

  it('takes logs as they come, one after the other, and none', async () => {
    const day = (await storedDay()).slice(0, 3);
    async function* coming() {
      yield* day;
    }
    expect(await packed(coming())).toBe(await packed(day));
    const empty = new Page(await packed([]));
    expect([empty.errors, empty.all('details', 'visit').length]).toEqual([[], 0]);
  });

  it('passes on what the logs throw, and refuses a template before it reads any', async () => {
    async function* failing() {
      yield [];
      throw new Error('the disk is gone');
    }
    await expect(packed(failing())).rejects.toThrow('the disk is gone');
    let read = 0;
    const counting = {
      *[Symbol.iterator]() {
        read += 1;
        yield [];
      },
    };
    await expect(packed(counting, { photoUrl: 'javascript:{photoId}' })).rejects.toThrow(TypeError);
    expect(read).toBe(0);
  });

  it('has room for 3,000 visits in 20 MB', async () => {
    const visits = 240;
    const logs = [...simulate({ visits, seed: 7 })].map(({ events }) => ({
      events,
      origins: events.map((_, index) => ({ file: 'visitas.ndjson', line: index + 1 })),
    }));
    const html = await packed(logs as never);
    expect(Buffer.byteLength(html) / visits).toBeLessThan(20_000_000 / 3_000);
  });
});

describe('the index', () => {
  const payment = (page: Page) => rowsIn(page.section('Las visitas')).map((row) => row[6]!);
  const lawful = walks().map(({ events }) => events);
  const unlawful = illegalHistories().map(({ events }) => events);
  const damaged = lawful.chain((events) => fc.shuffledSubarray([...events]));

  it('says payable without remarks only where no verdict on the payment is missing, late or contradicted', () => {
    fc.assert(
      fc.property(fc.oneof(lawful, unlawful, damaged), (log) => {
        const { payable, payment: verdicts } = dossier(log as readonly VisitEvent[]);
        const flaws = verdicts.filter(({ status }) => ['missing', 'late', 'contradicted'].includes(status));
        const page = new Page(reportHtml([log as readonly VisitEvent[]]));
        const [said = ''] = payment(page);
        expect(said === 'Pagable').toBe(payable && flaws.length === 0);
        expect(said.startsWith('Pagable')).toBe(payable);
        const [row] = page.all('tr').filter((one) => attribute(one, 'data-f') !== undefined);
        expect(attribute(row!, 'data-f')!.split(' ').includes('unpayable')).toBe(said !== 'Pagable');
      }),
      { numRuns: 60, seed: 42 },
    );
  });

  it('agrees with the page of the visit on whether something is missing', () => {
    fc.assert(
      fc.property(fc.oneof(lawful, unlawful, damaged), (log) => {
        const [said = ''] = payment(new Page(reportHtml([log as readonly VisitEvent[]])));
        const isDone = reportHtml(log as readonly VisitEvent[]).includes('No falta nada');
        expect(isDone).toBe(said === 'Pagable');
      }),
      { numRuns: 40, seed: 43 },
    );
  });
});
