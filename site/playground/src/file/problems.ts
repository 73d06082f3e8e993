/** The problems of rows and lines in the words of the command line. */
import type { LineFinding } from 'auxilio/logs';
import { problemsEn } from '../../../../src/cli/words/en-problems.ts';
import { problemsEsCR } from '../../../../src/cli/words/es-cr-problems.ts';
import { words } from '../language.ts';

type Problem = Readonly<{ column?: unknown; path?: unknown; code?: unknown }>;
type Problems = Readonly<Record<string, string>>;

const catalogues: Readonly<Record<'es-CR' | 'en', Problems>> = {
  'es-CR': problemsEsCR.problems,
  en: problemsEn.problems,
};

/** The place of a problem, and what it is. */
export function problemText({ column, path, code }: Problem): string {
  const problems = words(catalogues);
  const said = (Object.hasOwn(problems, String(code)) ? problems[String(code)] : problems.unreadable) ?? '';
  const field = typeof path === 'string' ? path.replace(/^\/(?:data\/)?/, '').replaceAll('/', '.') : '';
  const place = [typeof column === 'string' ? column : '', field].filter((part) => part !== '').join(' → ');
  return place === '' ? said : `${place}: ${said}`;
}

const mostReasons = 4;

/** Why a line or a row cannot be read. */
export function reasonsOf({ facts }: LineFinding): string {
  const { issues } = facts as Readonly<{ issues?: unknown }>;
  if (!Array.isArray(issues)) return '';
  const all = issues.map((issue: Problem) => problemText(issue));
  return `(${all.slice(0, mostReasons).join('; ')}${all.length > mostReasons ? '; …' : ''})`;
}
