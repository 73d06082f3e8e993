import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { reportHtml } from '../../src/report.ts';
import { hasCorpus, naughty } from '../wire/naughty.ts';
import { below, Page, pairsIn, reported, rowsIn, storedLog, textOf } from './page.ts';

/** Texts that people write, each tried alone. */
const free = new Set([
  ...['name', 'place', 'instructions', 'where', 'diagnosis', 'method', 'text', 'detail', 'what', 'note', 'reason'],
  ...['reference', 'credentialId', 'moved', 'quality', 'appUnavailableReason', 'operatorId'],
]);
/** Texts that acts are matched by: the same throughout a log, or it would be another visit. */
const matched = new Set([
  ...['id', 'visitId', 'caseNumber', 'service', 'policyId', 'edition', 'photoId', 'photoIds', 'sha256', 'shot'],
  ...['requiredShots', 'tools', 'items', 'item', 'unit', 'disputed', 'activity'],
]);

type Writer = (name: string) => string | null;

/** A log whose texts are others. */
function rewritten(value: unknown, write: Writer, name = ''): unknown {
  if (typeof value === 'string') return write(name) ?? value;
  if (Array.isArray(value)) return value.map((item) => rewritten(item, write, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewritten(item, write, key)]));
}

/** The visible form of a text, computed independently of the report: one code point at a time. */
function visible(text: string): string {
  let marks = 0;
  let seen = '';
  for (const point of text) {
    marks = /\p{M}/u.test(point) ? marks + 1 : 0;
    if ('\t\n\v\f\r'.includes(point)) seen += ' ';
    else if (/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{NChar}]/u.test(point)) seen += '\uFFFD';
    else if (marks <= 30) seen += point;
    else if (marks === 31) seen += '\uFFFD';
  }
  return seen;
}

const texts = [
  ...naughty.filter((text) => text !== ''),
  '</title></style></svg><script>alert(1)</script>',
  `" onmouseover="alert(1)" x='`,
  '--><!-- <![CDATA[ ]]> <?php',
  '&lt;script&gt;&amp;amp;&#60;',
  '</bdi></td></table></main><h1>Pagado</h1>',
  '</details><details open>',
  '`+globalThis+`{{constructor}}<%= 1 %>',
  'a'.repeat(2_000),
  'http://example.com/ javascript:alert(1)',
];

describe('a log of texts that would break out', async () => {
  const log = [...(await storedLog('v-2026-0317-23')), ...(await storedLog('v-2026-0317-13'))];
  const matching = (text: string) =>
    rewritten(log, (name) => (matched.has(name) ? text : null)) as readonly VisitEvent[];

  /** The log with a text of its own in each place, from that one on: `count` places in all. */
  const written = (textAt: (place: number) => string) => {
    let count = 0;
    const write = (name: string) => {
      if (!free.has(name)) return null;
      count += 1;
      return textAt(count - 1);
    };
    return { events: rewritten(log, write) as readonly VisitEvent[], count };
  };

  const marked = written((place) => `x${place}x`);
  const plain = new Page(reportHtml(marked.events));
  const marks = plain.all('bdi').map((one) => /^x(\d+)x$/.exec(textOf(one))?.[1]);

  it('has many places for them', () => {
    expect(texts.length).toBeGreaterThan(hasCorpus ? 500 : 30);
    expect(marked.count).toBeGreaterThan(30);
    expect(marks.filter((mark) => mark !== undefined).length).toBeGreaterThan(50);
  });

  it('changes no tag and no attribute, and shows each text as it is', () => {
    for (let begin = 0; begin < texts.length; begin += marked.count) {
      const textAt = (place: number) => texts[(begin + place) % texts.length]!;
      const page = new Page(reportHtml(written(textAt).events));
      expect([begin, page.errors, page.skeleton() === plain.skeleton()]).toEqual([begin, [], true]);
      const shown = page.all('bdi').map(textOf);
      for (const [index, mark] of marks.entries()) {
        if (mark !== undefined) expect(shown[index]).toBe(visible(textAt(Number(mark))));
      }
    }
  });

  it('changes none in its ids, its case and its lists either, and the title is that case', () => {
    const skeleton = new Page(reportHtml(matching('x'))).skeleton();
    for (const text of texts.filter((_, place) => place % 16 === 0 || place >= naughty.length)) {
      const page = new Page(reportHtml(matching(text)));
      expect([text, page.errors, page.skeleton() === skeleton]).toEqual([text, [], true]);
      expect(textOf(page.all('title')[0]!)).toBe(`Expediente ${visible(text)}`);
    }
  });

  it('changes none in a day, in its list and on its board', () => {
    const skeleton = new Page(reportHtml([matching('x'), matching('x')])).skeleton();
    for (const text of texts.filter((_, place) => place % 40 === 0 || place >= naughty.length)) {
      const page = new Page(reportHtml([matching(text), matching(text)]));
      expect([text, page.errors, page.skeleton() === skeleton]).toEqual([text, [], true]);
      expect(rowsIn(page.section('Las visitas'))[1]![0]).toBe(visible(text).repeat(2));
    }
  });
});

describe('a text of the log', () => {
  it('stands apart from the direction of its neighbours', async () => {
    const log = rewritten(await storedLog('v-2026-0317-05'), (name) => (free.has(name) ? 'שלום 123' : null));
    const [particulars] = reported(log as readonly VisitEvent[]).all('dl', 'p');
    expect(pairsIn(particulars!).Lugar).toBe('שלום 123');
    expect(below(particulars!).filter(({ tagName }) => tagName === 'bdi').length).toBeGreaterThan(4);
  });
});
