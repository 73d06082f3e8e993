import { mustBe } from '../../kernel/known.ts';
import type { Locale } from '../../protocol/index.ts';
import { parseLocale } from '../../visit/known.ts';
import type { Issue, StandardIssue } from '../issues.ts';
import { en } from './en.ts';
import { esCR } from './es-cr.ts';
import { sayIssue } from './say-issue.ts';

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
  return sayIssue(issue, words);
}
