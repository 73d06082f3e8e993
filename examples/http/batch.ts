import type { VisitCommand } from 'auxilio';
import type { BatchResult } from 'auxilio/service';
import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { json, type Reply } from './call.ts';
import { commandReply } from './commands.ts';
import { problemOf, refusalOf } from './failures.ts';
import { commandOf } from './message.ts';
import { guardCommands, type PhotoGuard } from './photo-guard.ts';
import { Problem, problemBody, wrong } from './problem.ts';
import type { BatchItem, BatchReply } from './replies.ts';

/** The limits of a batch; a phone with more commands sends several. */
export const BATCH = { commands: 100, bytes: 1024 * 1024 } as const;

/**
 * `POST /commands`: the offline commands of a phone, for any visits, in order. Each gets the response that it would get
 * alone.
 */
export async function postCommands(app: App, asked: Asked): Promise<Reply> {
  const { caller } = asked;
  const given = messagesOf(await bodyOf(asked.call, BATCH.bytes)).map((message) => readBy(app, asked, message));
  const guards = new Map<VisitCommand, PhotoGuard>();
  const read = await Promise.all(given.map((each) => guarded(app, asked, each, { given, guards })));
  const answers = await app.service.handleBatch(read.filter(isCommand), {
    authorize: (state, command) => {
      if (!app.access.mayRead(caller, command.data.visitId, state)) return false;
      for (const [{ data, metadata }, guard] of guards) {
        if (data.visitId === command.data.visitId && metadata.commandId === command.metadata.commandId) guard(state);
      }
      return true;
    },
  });
  const results = read.map((each) =>
    each instanceof Problem ? failed(app, asked, each) : resultOf(app, asked, each, answers.shift()),
  );
  const body: BatchReply = { results };
  return json(body);
}

function messagesOf(body: unknown): readonly unknown[] {
  const { commands } = (typeof body === 'object' && body !== null ? body : {}) as { commands?: unknown };
  if (!Array.isArray(commands)) {
    throw wrong('body', '/commands', commands === undefined ? 'missing' : 'invalid-type', { expected: 'list' });
  }
  if (commands.length > BATCH.commands) throw new Problem('too-large');
  return commands;
}

/** A command of the batch, or the reason of its refusal. A batch is sent again as a whole, so each has an id. */
function readBy({ access }: App, { caller }: Asked, message: unknown): VisitCommand | Problem {
  try {
    const command = commandOf(message, { actor: caller.actor });
    const { data, metadata } = command;
    if (metadata.commandId === undefined) throw wrong('body', '/metadata/commandId', 'missing', { expected: 'id' });
    if (!access.mayEnter(caller, data.visitId)) throw new Problem('not-yours');
    return command;
  } catch (error) {
    return problemOf(error);
  }
}

const isCommand = (each: VisitCommand | Problem): each is VisitCommand => !(each instanceof Problem);

type Guarding = { given: readonly (VisitCommand | Problem)[]; guards: Map<VisitCommand, PhotoGuard> };

/** A command, or the reason of its refusal: it says that photographs are sent whose bytes are missing. */
async function guarded(
  app: App,
  { caller }: Asked,
  each: VisitCommand | Problem,
  { given, guards }: Guarding,
): Promise<VisitCommand | Problem> {
  if (!isCommand(each) || each.type !== 'SubmitPhotos') return each;
  const { visitId } = each.data;
  const taken = given.filter(isCommand).filter(({ type, data }) => type === 'TakePhotos' && data.visitId === visitId);
  try {
    const guard = await guardCommands(app, caller, visitId, [each, ...taken]);
    if (guard !== undefined) guards.set(each, guard);
    return each;
  } catch (error) {
    return problemOf(error);
  }
}

function resultOf(app: App, asked: Asked, { data }: VisitCommand, answer: BatchResult | undefined): BatchItem {
  if (answer === undefined) return failed(app, asked, new Problem('failed'));
  if ('error' in answer) return failed(app, asked, problemOf(answer.error));
  if (answer.ok) return { status: 200, reply: commandReply(data.visitId, answer) };
  return failed(app, asked, refusalOf(answer.rejection.violations, answer.state, asked.caller.actor.role));
}

function failed({ onFailure }: App, { locale }: Asked, problem: Problem): BatchItem {
  if (problem.told.cause !== undefined) onFailure(problem.told.cause);
  const body = problemBody(problem, locale);
  return { status: body.status, problem: body };
}
