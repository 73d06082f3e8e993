import { type Actor, explain, type Id, type Rejection, type VisitCommand } from 'auxilio';
import {
  CommandIdReusedError,
  type CommandResult,
  type SyncOutcome,
  type SyncRequest,
  type VisitService,
} from 'auxilio/service';
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

/** A batch of one phone that was without a signal, and what came of it. */
export type SyncedBatch = {
  readonly visitId: Id;
  readonly actor: Actor;
  readonly outcomes: readonly SyncOutcome['outcome'][];
};

/** The results of what came in after the day. */
export type OfflineRun = {
  readonly batches: readonly SyncedBatch[];
  readonly appended: number;
};

/** Hands each line to the service: a batch is synced, a settlement settled, any other command handled. */
export async function runOffline(lines: AsyncIterable<string>, service: VisitService): Promise<OfflineRun> {
  const batches: SyncedBatch[] = [];
  let appended = 0;
  for await (const line of lines) {
    if (line === '') continue;
    const given: SyncRequest | VisitCommand = JSON.parse(line);
    const visitId = 'commands' in given ? given.visitId : given.data.visitId;
    const before = (await service.load(visitId)).version;
    if ('commands' in given) batches.push(await synced(given, service));
    else await accepted(given, service);
    appended += Number((await service.load(visitId)).version - before);
  }
  return { batches, appended };
}

async function synced(request: SyncRequest, service: VisitService): Promise<SyncedBatch> {
  const [first] = request.commands;
  if (first === undefined) throw new TypeError('A batch of the day has commands');
  const { actor } = first.metadata;
  const { outcomes } = await service.sync(request, actor);
  return { visitId: request.visitId, actor, outcomes: outcomes.map(firstOutcome) };
}

/** A batch that comes again is printed as it was the first time. */
const firstOutcome = (one: SyncOutcome) => (one.outcome === 'repeated' ? one.first.outcome : one.outcome);

async function accepted(command: VisitCommand, service: VisitService): Promise<void> {
  const isSettlement = command.type === 'SettleDiscrepancy';
  const answer = await (isSettlement ? service.settle(command) : service.handle(command));
  if (!answer.ok) throw new Error(explain(answer.rejection, 'es-CR'));
}
