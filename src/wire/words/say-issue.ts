import { type Issue, type IssueWords, pointer, type StandardIssue } from '../issues.ts';

/** The example of an object in the catalogues. */
const SOME_OBJECT = '{ "name": "Ana" }';

/** Says an issue in the words of a language; a code without a sentence by the code itself. */
export function sayIssue(issue: Issue | StandardIssue, words: IssueWords): string {
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
