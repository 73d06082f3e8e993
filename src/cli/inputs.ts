import type { MappingIssue, SheetMapping } from '../logs/index.ts';
import { mappingSchema } from '../logs/sheet/mapping-schema.ts';
import { parseWith } from '../logs/sheet/parse-mapping.ts';
import type { Policy } from '../visit/index.ts';
import { explainIssue, parsePolicy } from '../wire/index.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { plain } from './plain.ts';
import { sourceOf, wholeText } from './source.ts';
import type { CliWords } from './words/words.ts';

/** The source that an argument names. */
export const sourceAt = (path: string | undefined, { words }: Context) =>
  sourceOf(path, process.stdin, words.failures.stdin);

/** The mapping of a sheet, if one is named. */
export async function mappingAt(path: string | undefined, context: Context): Promise<SheetMapping | undefined> {
  if (path === undefined) return undefined;
  const source = await sourceAt(path, context);
  const parsed = parseWith<SheetMapping>(mappingSchema(), await wholeText(source));
  if (parsed.ok) return parsed.value;
  throw new Failure((words) => [words.failures.badMapping(source.name), ...told(parsed.issues, words)]);
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

const told = (issues: readonly MappingIssue[], { mapping, tell }: CliWords) =>
  issues.slice(0, 20).map(({ path, code }) => tell.issue(plain(path.join('.')), mapping[code]));

/** Some JSON. */
export async function jsonAt(path: string | undefined, context: Context): Promise<unknown> {
  const source = await sourceAt(path, context);
  const text = await wholeText(source);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Failure(({ failures }) =>
      text.trim() === '' ? failures.empty(source.name) : failures.notJson(source.name),
    );
  }
}
