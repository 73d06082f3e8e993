import { isSha256 } from '../../chain/entries.ts';
import { mappingSchema } from '../../logs/sheet/mapping-schema.ts';
import { parseWith } from '../../logs/sheet/parse-mapping.ts';
import type { MappingIssue, SheetMapping } from '../../logs.ts';
import type { Holding } from '../../reading/index.ts';
import { isInstant } from '../../util/instant.ts';
import { asRecord, parseJson } from '../../util/json.ts';
import type { Policy } from '../../visit/index.ts';
import { explainIssue, parsePolicy } from '../../wire.ts';
import { type Context, Failure } from '../console/context.ts';
import { sanitize } from '../console/text.ts';
import type { CliWords } from '../words/en.ts';
import { openSource, wholeText } from './source.ts';

/** The source that an argument names. */
export const sourceAt = (path: string | undefined, { words }: Context, isSheet = false) =>
  openSource(path, process.stdin, words.failures.stdin, isSheet);

/** The mapping of a sheet, if one is named. */
export async function mappingAt(
  path: string | undefined,
  context: Context,
  isSorted = false,
): Promise<SheetMapping | undefined> {
  if (path === undefined && isSorted) throw new Failure(({ failures }) => failures.sortWithoutMap);
  if (path === undefined) return undefined;
  const source = await sourceAt(path, context);
  const parsed = parseWith<SheetMapping>(mappingSchema(), await wholeText(source));
  if (parsed.ok) return isSorted ? { ...parsed.value, sort: true } : parsed.value;
  throw new Failure((words) => [words.failures.badMapping(source.name), ...issueLines(parsed.issues, words)]);
}

/** The policy, if one is named. */
export async function policyAt(path: string | undefined, context: Context): Promise<Policy | undefined> {
  if (path === undefined) return undefined;
  const source = await sourceAt(path, context);
  const parsed = parsePolicy((await wholeText(source)).replace(/^\uFEFF/, ''));
  if (parsed.ok) return parsed.value;
  throw new Failure((words) => [
    words.failures.badPolicy(source.name),
    ...parsed.issues.map((issue) => explainIssue(issue, context.locale)),
  ]);
}

const issueLines = (issues: readonly MappingIssue[], { mapping, output, usage }: CliWords) =>
  issues.slice(0, 20).map(({ path, code, nearest, allowed }) => {
    const meant = nearest === undefined ? '' : `; ${usage.suggestion(nearest)}`;
    const help = allowed === undefined ? meant : `: ${allowed.join(', ')}`;
    return output.issue(sanitize(path.join('.')), `${mapping[code]}${help}`);
  });

/** The photographs that the host has, if a file of them is named: one a line, or a list. */
export async function holdingsAt(path: string | undefined, context: Context): Promise<readonly Holding[] | undefined> {
  if (path === undefined) return undefined;
  const source = await sourceAt(path, context);
  const text = (await wholeText(source)).replace(/^\uFEFF/, '');
  const whole = parseJson(text);
  const values = Array.isArray(whole) ? whole : parseJsonLines(text);
  return values.map((value) => {
    const { sha256, since, mediaType, bytes } = asRecord(value);
    const isHolding =
      isSha256(sha256) && isInstant(since) && typeof mediaType === 'string' && Number.isSafeInteger(bytes);
    if (!isHolding) throw new Failure(({ failures }) => failures.badHoldings(source.name));
    return { sha256, since, mediaType, bytes: Number(bytes) };
  });
}

/** Some JSON: one value, or one a line. */
export async function jsonLinesAt(path: string | undefined, context: Context): Promise<readonly unknown[]> {
  const source = await sourceAt(path, context);
  const text = await wholeText(source);
  const whole = text.replace(/^\uFEFF/, '');
  const value = parseJson(whole);
  const values = value === undefined ? parseJsonLines(whole) : [value];
  if (values.length > 0 && !values.includes(undefined)) return values;
  throw new Failure(({ failures }) =>
    text.trim() === '' ? failures.empty(source.name) : failures.notJson(source.name),
  );
}

/** The values of lines of JSON; undefined for a line that is not JSON. */
export const parseJsonLines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson);
