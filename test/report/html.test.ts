import { describe, expect, it } from 'vitest';
import { html, joinParts, sanitize } from '../../src/report/html.ts';

describe('a template', () => {
  it('escapes texts, in elements and in attributes, and not what is markup already', () => {
    const text = `<b class="x">&'`;
    expect(html`<i title="${text}">${text}</i>`.markup).toBe(
      '<i title="&lt;b class=&quot;x&quot;&gt;&amp;&#39;">&lt;b class=&quot;x&quot;&gt;&amp;&#39;</i>',
    );
    expect(html`<p>${html`<b>${'<'}</b>`}</p>`.markup).toBe('<p><b>&lt;</b></p>');
  });

  it('joins lists, however deep, and leaves out what is absent', () => {
    expect(html`${['a', [html`<br>`, null, ['<']], false, 0]}`.markup).toBe('a<br>&lt;0');
    expect(html`${joinParts(['a', 'b', 'c'], ', ')}`.markup).toBe('a, b, c');
  });

  it('takes an object that only looks like markup for nothing', () => {
    expect(html`<p>${{ markup: '<script>' } as never}</p>`.markup).toBe('<p></p>');
  });

  it('drops the line ends and indents of the template, and of no text', () => {
    expect(
      html`
      <p>
        ${'a\u2028  b'}
      </p>`.markup,
    ).toBe('<p>a\u2028  b</p>');
  });
});

describe('what a page cannot show', () => {
  it.each([
    ['a NUL', 'a\0b', 'a\uFFFDb'],
    ['a bell and a delete', '\u0007\u007f', '\uFFFD\uFFFD'],
    ['half a pair', 'a\ud800', 'a\uFFFD'],
    ['a mark that turns the direction', 'a\u202eb\u2066c\u061c', 'a\uFFFDb\uFFFDc\uFFFD'],
    ['no character', '\ufffe\u{1ffff}', '\uFFFD\uFFFD'],
    ['line ends and tabs', 'a\tb\r\nc', 'a b  c'],
    ['a pile of marks', `a${'\u0301'.repeat(90)}b`, `a${'\u0301'.repeat(30)}\uFFFDb`],
    ['as many marks as there may be', `a${'\u0301'.repeat(30)}b`, `a${'\u0301'.repeat(30)}b`],
    ['anything else', 'ñandú 💧 עברית é\u200d', 'ñandú 💧 עברית é\u200d'],
  ])('%s', (_, text, expected) => {
    expect(sanitize(text)).toBe(expected);
  });
});
