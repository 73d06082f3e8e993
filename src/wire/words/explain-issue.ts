import { mustBe } from '../../kernel/known.ts';
import type { Locale } from '../../protocol/index.ts';
import { parseLocale } from '../../visit/known.ts';
import { type Issue, pointer, type StandardIssue } from '../issues.ts';
import { en } from './en.ts';
import { esCR } from './es-cr.ts';

/** The example of an object in the catalogues. */
const SOME_OBJECT = '{ "name": "Ana" }';

/**
 * Says an issue of the parsers in one or two sentences for a developer or the person at a form: the field, what is wrong
 * with it, and what it takes, with the allowed values, the limit or an example. `es`, `es-*` and `en-*` stand for `es-CR`
 * and `en`. Takes issues that came as JSON, those of Standard Schema too; a code of a newer release is answered by the code
 * itself. Plain text, in which nothing of the input stands but a key that is spelt as a field name: escape it for HTML.
 *
 * @throws TypeError for another locale, or what is no issue
 * @since 0.5.0
 */
export function explainIssue(issue: Issue | StandardIssue, locale: Locale): string {
  const words = parseLocale(locale) === 'en' ? en : esCR;
  mustBe(typeof issue?.code === 'string', 'explainIssue takes an issue, { path, code }', issue);
  const path = typeof issue.path === 'string' ? issue.path : pointer(issue.path);
  const { code } = issue;
  if (!Object.hasOwn(words.sentences, code)) return `${path} ${code}`.trim();
  const said = words.sentences[code]({ ...issue, path }, formatPath(path) || words.message);
  return said.replace(SOME_OBJECT, objectAt(path, code));
}

/** Gives an object that is valid at a path, so that a reader may copy it from the sentence. */
function objectAt(path: string, code: Issue['code']): string {
  const actor = '{ "role": "provider", "id": "prov-14" }';
  if (path === '/data') return '{ "visitId": "visit-7", "at": "2026-03-17T14:40:00.000Z" }';
  if (path === '/metadata' && code === 'missing') return `{ "actor": ${actor} }`;
  return /\/(?:actor|by)$/.test(path) ? actor : SOME_OBJECT;
}

/** `/data/photos/0` as `data.photos[0]`. */
const formatPath = (path: string) =>
  path
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
