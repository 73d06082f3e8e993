import { writeFile } from 'node:fs/promises';
import type { Instant, VisitEvent } from '../../messages/index.ts';
import { reportHtml } from '../../report/index.ts';
import { type Context, say, sayJson } from '../context.ts';
import { EXIT, Failure } from '../failure.ts';
import { policyAt } from '../inputs.ts';
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
  const { title, until, output } = options;
  const policy = await policyAt(options.policy, context);
  const logs = await logsIn(files, options, context);
  const [only = [], ...more] = logs;
  const page = reportHtml(more.length === 0 ? only : logs, {
    locale: context.locale,
    ...(policy && { policy }),
    ...(title !== undefined && { title }),
    ...(until !== undefined && { until }),
  });
  if (output === '-') await writeLine(context.stdout, page);
  else await write(output, page);
  if (output === '-') return EXIT.ok;
  if (context.json) await sayJson(context, { file: output, visits: logs.length });
  else await say(context, context.words.tell.written(plain(output), logs.length));
  return EXIT.ok;
}

type Logs = readonly (readonly VisitEvent[])[];

/** The events of each visit. What could not be read keeps its place, and is told as such. */
async function logsIn(files: readonly string[], options: VisitOptions, context: Context): Promise<Logs> {
  const logs: (readonly VisitEvent[])[] = [];
  for (const file of files.length === 0 ? [undefined] : files) {
    const { visits } = await selectedIn(file, options, { events: true }, context);
    for await (const { events = [] } of visits) logs.push(events as readonly VisitEvent[]);
  }
  return logs;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Failure(({ failures }) => failures.notWritten(plain(file), code));
  }
}
