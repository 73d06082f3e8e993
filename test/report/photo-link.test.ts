import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePhotoUrl } from '../../src/report/photo-link.ts';
import { isPhotoUrl, reportHtml } from '../../src/report.ts';
import { advance } from '../../src/testing.ts';
import { plain } from '../scenarios/commands.ts';
import { codePoint } from '../support/code-point.ts';
import { attribute, below, reported } from './page.ts';

const base = 'https://insurer.example/visits/1/report.html';

describe('a template of the addresses of photographs', () => {
  it.each([
    'https://photos.example/{photoId}.jpg',
    'http://10.0.0.7:8080/p?id={photoId}&h={sha256}#{photoId}',
    'photos/{sha256}',
    './photos/{photoId}',
    '../photos/{photoId}/{sha256}.jpg',
    '/photos/{photoId}',
    '?photo={photoId}',
    '{photoId}.jpg',
  ])('may be %s', (template) => {
    expect(isPhotoUrl(template)).toBe(true);
  });

  it.each([
    '',
    'https://photos.example/',
    'javascript:alert({photoId})',
    'JavaScript:alert({photoId})',
    ' javascript:alert({photoId})',
    'java\nscript:{photoId}',
    'data:text/html,{photoId}',
    'file:///etc/{photoId}',
    'blob:{photoId}',
    '//photos.example/{photoId}',
    'https://{photoId}/x',
    'https://{photoId}.example/',
    'https://photos.example{photoId}',
    'https://photos.example:{photoId}/',
    'https://user:{photoId}@photos.example/',
    'https://user:secret@photos.example/{photoId}',
    'https:photos/{photoId}',
    'https:///{photoId}',
    'https:\\\\photos.example\\{photoId}',
    '\\\\photos.example\\{photoId}',
    '{photoId}:{sha256}',
    'photos/{photoId}" onclick="alert(1)',
    "photos/{photoId}' x",
    'photos/{photoId}<script>',
    'photos/{id}/{photoId}',
    'photos/{{photoId}}',
    `photos/{photoId}?${'x'.repeat(2_000)}`,
  ])('may not be %j', (template) => {
    expect(isPhotoUrl(template)).toBe(false);
    expect(() => reportHtml([], { photoUrl: template })).toThrow(TypeError);
  });

  it('of another type is refused, too', () => {
    for (const template of [7, null, {}, ['{photoId}']]) {
      expect(() => reportHtml([], { photoUrl: template as never })).toThrow('photoUrl');
    }
  });
});

describe('the address of a photograph', () => {
  it('keeps host and folder, whatever the id', () => {
    const ids = fc.oneof(
      fc.string({ unit: codePoint }),
      fc.constantFrom('..', '.', '../../x', '//evil.example', 'a/b?c#d'),
    );
    fc.assert(
      fc.property(
        ids,
        fc.constantFrom('https://photos.example/v1/{photoId}', 'photos/{photoId}', './{photoId}'),
        (id, template) => {
          const link = parsePhotoUrl(template)(id, undefined);
          if (link === null) return;
          const [found, folder] = [new URL(link, base), new URL(template.replace('{photoId}', ''), base)];
          expect(found.origin).toBe(folder.origin);
          expect(found.pathname.slice(0, found.pathname.lastIndexOf('/') + 1)).toBe(folder.pathname);
          expect([found.search, found.hash]).toEqual(['', '']);
        },
      ),
      { seed: 31 },
    );
  });

  it('is null where the log does not say enough', () => {
    const link = parsePhotoUrl('p/{photoId}/{sha256}');
    expect(link('f-1', 'a'.repeat(64))).toBe(`p/f-1/${'a'.repeat(64)}`);
    for (const [id, hash] of [
      ['f-1', undefined],
      ['', 'a'],
      ['..', 'a'],
      ['\ud800', 'a'],
      [7, 'a'],
      [null, 'a'],
    ]) {
      expect(link(id, hash)).toBeNull();
    }
  });

  it('is a link of the page, which has none without a template', () => {
    const log = advance([], plain);
    const links = (photoUrl?: string) =>
      below(reported(log, photoUrl === undefined ? {} : { photoUrl }).section('Fotografías'))
        .filter(({ tagName }) => tagName === 'a')
        .map((one) => [attribute(one, 'href'), attribute(one, 'rel')]);
    expect(links()).toEqual([]);
    expect(links('https://p.example/{photoId}?a=1&h={sha256}')).toEqual([
      [`https://p.example/f-1?a=1&h=${'a'.repeat(64)}`, 'noopener noreferrer'],
    ]);
  });
});
