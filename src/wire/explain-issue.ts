import type { Locale } from '../protocol/index.ts';
import { localeOf } from '../visit/known.ts';
import type { Issue } from './issues.ts';
import { en } from './words/en.ts';
import { esCR } from './words/es-cr.ts';

/**
 * Says an issue of the parsers in one or two sentences for a developer or the person at a form: the field, what is wrong
 * with it, and what it takes, with the allowed values, the limit or an example. `es`, `es-*` and `en-*` stand for `es-CR`
 * and `en`. Takes issues that came as JSON; a code of a newer release is answered by the code itself. Plain text, in
 * which nothing of the input stands but a key that is spelt as a field name: escape it for HTML.
 *
 * @throws TypeError for another locale
 * @since 0.5.0
 */
export function explainIssue(issue: Issue, locale: Locale): string {
  const words = localeOf(locale) === 'en' ? en : esCR;
  const { path, code } = issue;
  if (!Object.hasOwn(words.sentences, code)) return `${path} ${code}`.trim();
  return words.sentences[code](issue, placeOf(path) || words.message);
}

/** `/data/photos/0` as `data.photos[0]`. */
const placeOf = (path: string) =>
  path
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
