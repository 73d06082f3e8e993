import type { SettleDiscrepancy, VisitCommand } from '../messages/index.ts';
import { keptMetadata } from '../messages/kept-metadata.ts';
import { settlement } from '../reconciling/index.ts';
import { decide } from '../visit/index.ts';
import { isRepeatOfCommand } from '../visit/reconstruct-command.ts';
import { actOfCommand } from '../visit/table.ts';
import { LIMITS } from '../wire/limits.ts';
import { parseCommand } from '../wire/parse.ts';
import type { Context } from './context.ts';
import type { Request } from './idempotency.ts';
import type { BatchOptions } from './service-options.ts';
import { MalformedCommandError } from './shared/errors.ts';
import { toJsonText } from './shared/option-validation.ts';
import type { Tokenized } from './shared/privacy.ts';
import { ReconciledActError, VisitTooLongError } from './shared/sync-errors.ts';

/** The methods that alone make, or take, an act of a discrepancy, by the type of its command or event. */
const methods: ReadonlyMap<unknown, ReconciledActError['use']> = new Map([
  ['ReportDiscrepancy', 'sync'],
  ['DiscrepancyReported', 'sync'],
  ['SettleDiscrepancy', 'settle'],
  ['DiscrepancySettled', 'settle'],
]);

/** Refuses a command, or a fact, that is made or taken by a method of its own. */
export function mustBeDirect(type: unknown): void {
  const use = methods.get(type);
  if (use !== undefined) throw new ReconciledActError(String(type), use);
}

/** Parses a copy of a command: a caller who changes the object meanwhile changes neither what is judged nor what is stored. */
export function parseGiven(given: VisitCommand): VisitCommand {
  const parsed = parseCommand(toJsonText(given));
  if (!parsed.ok) throw new MalformedCommandError(parsed.issues);
  return parsed.value;
}

/** Parses a command that may be sent alone. */
export function parseDirect(given: VisitCommand): VisitCommand {
  mustBeDirect(given?.type);
  const command = parseGiven(given);
  mustBeDirect(command.type);
  return command;
}

/** A command that is to be judged, and the personal texts that were taken out of it, if the service has privacy. */
export type Admitted = Tokenized<VisitCommand>;

/** Takes the personal texts out of commands, if the service has privacy. */
export const admit = async ({ privacy }: Context, commands: readonly VisitCommand[]): Promise<readonly Admitted[]> =>
  privacy === undefined ? commands.map((message) => ({ message })) : privacy.tokenizeCommands(commands);

/** Takes the personal texts out of commands that are sent alone; one without an id gets one first. */
export function admitDirect(context: Context, commands: readonly VisitCommand[]): Promise<readonly Admitted[]> {
  const withId = (command: VisitCommand): VisitCommand =>
    command.metadata.commandId === undefined
      ? { ...command, metadata: { ...command.metadata, commandId: context.newId() } }
      : command;
  return admit(context, commands.map(withId));
}

/** The request of a command that was {@link admit}ted. */
export function createRequest(
  context: Context,
  { message: command, texts }: Admitted,
  authorize?: BatchOptions['authorize'],
): Request {
  const { type, data, metadata } = command;
  return {
    commandId: metadata.commandId as string,
    ...(texts !== undefined && { texts }),
    streamName: context.streamName(data.visitId),
    about: { visitId: data.visitId, type, role: metadata.actor.role },
    isFact: false,
    becomes: actOfCommand(type)?.event,
    matches: (event) => isRepeatOfCommand(command, event),
    judge: (state) => decide(command, state, context.policy),
    authorize: authorize && ((state) => authorize(state, command)),
    kept: keptMetadata(metadata),
  };
}

/** The request of a settlement: its events are the acts that it takes, and itself. */
export function settlementRequest(
  { policy }: Context,
  request: Request,
  { data, metadata }: SettleDiscrepancy,
): Request {
  const { commandId, streamName } = request;
  const { at, discrepancyId, taken, text } = data;
  const asked = { at, discrepancyId, taken, text, operator: metadata.actor, commandId };
  return {
    ...request,
    needsLog: true,
    judge: (_, log) => {
      const isTooLong = log().length + taken.length + 1 > LIMITS.visitEvents;
      if (isTooLong) throw new VisitTooLongError(streamName, LIMITS.visitEvents);
      return settlement({ ...asked, log: log(), ...(policy !== undefined && { policy }) });
    },
  };
}
