import type { Id, Rejection, VisitCommand } from 'auxilio';
import { CommandIdReusedError, type CommandResult, type VisitService } from 'auxilio/service';
import { type Issue, type ParsedLine, parseCommands } from 'auxilio/wire';

/** The results of the lines of a file. */
export type Run = {
  readonly visitIds: readonly Id[];
  readonly refused: readonly { readonly line: number; readonly command: VisitCommand; readonly rejection: Rejection }[];
  readonly unreadable: readonly { readonly line: number; readonly issues: readonly Issue[] }[];
  /** Commands under an id that their visit knows for another. */
  readonly reused: readonly { readonly line: number; readonly command: VisitCommand }[];
  readonly counts: { readonly read: number; readonly accepted: number; readonly repeated: number };
};

/** The same while it is being counted. */
type Growing = {
  visitIds: Id[];
  refused: Run['refused'][number][];
  unreadable: Run['unreadable'][number][];
  reused: Run['reused'][number][];
  counts: { read: number; accepted: number; repeated: number };
};

/** Hands each command to the service, one after the other. Nothing that is wrong with a line stops the rest. */
export async function runDay(lines: AsyncIterable<string>, service: VisitService): Promise<Run> {
  const run: Growing = {
    visitIds: [],
    refused: [],
    unreadable: [],
    reused: [],
    counts: { read: 0, accepted: 0, repeated: 0 },
  };
  for await (const line of parseCommands(lines)) {
    run.counts.read += 1;
    await take(line, service, run);
  }
  return run;
}

async function take(parsed: ParsedLine<VisitCommand>, service: VisitService, run: Growing): Promise<void> {
  const { line } = parsed;
  if (!parsed.ok) {
    run.unreadable.push({ line, issues: parsed.issues });
    return;
  }
  const command = parsed.value;
  const { visitId } = command.data;
  const answer = await handled(command, service);
  if (answer === 'reused') run.reused.push({ line, command });
  else if (!answer.ok) run.refused.push({ line, command, rejection: answer.rejection });
  else {
    run.counts[answer.repeated ? 'repeated' : 'accepted'] += 1;
    if (!run.visitIds.includes(visitId)) run.visitIds.push(visitId);
  }
}

async function handled(command: VisitCommand, service: VisitService): Promise<CommandResult | 'reused'> {
  try {
    return await service.handle(command);
  } catch (error) {
    if (error instanceof CommandIdReusedError) return 'reused';
    throw error;
  }
}
