import { fstatSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import type { Instant, VisitEvent } from '../../messages/index.ts';
import type { ChainFound } from '../../reading/index.ts';
import { reportHtml } from '../../report/index.ts';
import { type Context, say, sayJson } from '../context.ts';
import { EXIT, Failure } from '../failure.ts';
import { plain } from '../plain.ts';
import { writeLine } from '../terminal.ts';
import { selectedIn, type VisitOptions } from './selected.ts';

export type ReportCommandOptions = VisitOptions & {
  readonly output: string;
  readonly title?: string;
  readonly until?: Instant;
};

/** Writes one report of the visits of all files. */
export async function report(
  files: readonly string[],
  options: ReportCommandOptions,
  context: Context,
): Promise<number> {
  const { title, until, output, map, policy: policyFile } = options;
  const inputs = files.length === 0 ? [undefined] : files;
  await refuseOverwriting(output, [...inputs, ...[map, policyFile].filter((file) => file !== undefined)]);
  const { visits, policy } = await selectedIn(inputs, options, { events: true }, context);
  // What could not be read keeps its place, and is told as such.
  const logs: (readonly VisitEvent[])[] = [];
  const chains = new Map<unknown, ChainFound>();
  for await (const { events = [], chain } of visits) {
    logs.push(events as readonly VisitEvent[]);
    if (chain !== undefined) chains.set(events.find(isThere), chain);
  }
  const [only = [], ...more] = logs;
  const page = reportHtml(more.length === 0 ? only : logs, {
    locale: context.locale,
    ...(chains.size > 0 && { chain: (log: readonly unknown[]) => chains.get(log.find(isThere)) }),
    ...(policy && { policy }),
    ...(title !== undefined && { title }),
    ...(until !== undefined && { until }),
  });
  if (output === '-') {
    await writeLine(context.stdout, page);
    return EXIT.ok;
  }
  await write(output, page);
  if (context.json) await sayJson(context, { file: output, visits: logs.length });
  else await say(context, context.words.tell.written(plain(output), logs.length));
  return EXIT.ok;
}

const isThere = (entry: unknown) => entry !== null;

/** A log is evidence: no report is written over what it is made of, whatever its name or its links. */
async function refuseOverwriting(output: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const target = output === '-' ? null : await identityOf(output);
  for (const input of target === null ? [] : inputs) {
    if ((await identityOf(input)) !== target) continue;
    throw new Failure(({ failures }) => failures.isInput(plain(output)));
  }
}

/** What a regular file is to its disk; null of what is none, or is not there. `-` or nothing is standard input. */
async function identityOf(file: string | undefined): Promise<string | null> {
  try {
    const isStdin = file === undefined || file === '-';
    const found = isStdin ? fstatSync(0, { bigint: true }) : await stat(file, { bigint: true });
    return found.isFile() ? `${found.dev} ${found.ino}` : null;
  } catch {
    return null;
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Failure(({ failures }) => failures.notWritten(plain(file), code));
  }
}
