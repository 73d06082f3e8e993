import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { script, scriptHash } from '../../src/report/script.ts';
import { style, styleHash } from '../../src/report/style.ts';
import { reportHtml } from '../../src/report.ts';
import { advance } from '../../src/testing.ts';
import { plain } from '../scenarios/commands.ts';
import { attribute, Page, textOf } from './page.ts';

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const policyOf = (page: Page) =>
  attribute(page.all('meta').find((one) => attribute(one, 'http-equiv') !== undefined)!, 'content');

describe('what a page allows itself', () => {
  it('is the style and the script of the hashes that stand beside them', () => {
    expect(styleHash).toBe(hashOf(style));
    expect(scriptHash).toBe(hashOf(script));
  });

  it('is the one style and, of several visits, the one script that are in it, and nothing unsafe', () => {
    const log = advance([], plain);
    const [one, several] = [new Page(reportHtml(log)), new Page(reportHtml([log]))];
    expect(policyOf(one)).toBe(
      `default-src 'none'; style-src '${hashOf(textOf(one.all('style')[0]!))}'; base-uri 'none'; form-action 'none'`,
    );
    expect(policyOf(several)).toBe(
      `default-src 'none'; script-src '${hashOf(textOf(several.all('script')[0]!))}'; ` +
        `style-src '${hashOf(textOf(several.all('style')[0]!))}'; base-uri 'none'; form-action 'none'`,
    );
    expect([one, several].map((page) => [page.all('script').length, page.all('style').length])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    for (const page of [one, several]) expect(page.html).not.toContain('unsafe');
  });
});
