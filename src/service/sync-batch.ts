import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id, VisitCommand } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';
import { isOrWasAssigned } from '../visit/state.ts';
import { isId } from '../wire/characters.ts';
import { listIssues } from '../wire/issues.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';
import { parseCommand } from '../wire/parse.ts';
import { actor } from '../wire/shared.ts';
import { MalformedCommandError } from './shared/errors.ts';
import { toJsonText } from './shared/option-validation.ts';
import { BatchRefusedError } from './shared/sync-errors.ts';

/**
 * Commands that one person recorded apart from the log, in the order in which they were recorded.
 *
 * @since 0.5.0
 */
export type SyncRequest = {
  /** The visit to which all of them belong. */
  readonly visitId: Id;
  /** The number of events of the visit that the recorder had seen when the first of them was recorded. */
  readonly basedOn: number;
  /**
   * The last event that the sender has: the number of events up to it, and its id. A log with another event in its place, or none, is
   * another history, and the batch is refused as `diverged`. Without it, the log is taken to be the sender's.
   *
   * @since 0.9.0
   */
  readonly head?: Readonly<{ version: number; lastEventId: Id }> | undefined;
  /** The commands, each with its id, at most `LIMITS.batchCommands`; none only asks for the events that the sender lacks. */
  readonly commands: readonly VisitCommand[];
};

const requestFields: Readonly<Record<keyof SyncRequest, 0>> = {
  visitId: 0,
  basedOn: 0,
  head: 0,
  commands: 0,
};

/** Parses a batch: what is reconciled is what will be stored, even if the caller changes the objects meanwhile. */
export function parseBatch(request: SyncRequest, sender: Actor): SyncRequest {
  mustKnowKeys('sync', request, requestFields);
  const { visitId, basedOn, head, commands: given } = request;
  if (!isId(visitId)) throw new TypeError('sync takes { visitId }, the id of a visit');
  if (!Array.isArray(given)) throw new TypeError('sync takes { commands }, a list of commands');
  if (!isHead(head)) throw new TypeError('sync takes { head: { version, lastEventId } }');
  const { error } = actor().safeParse(sender);
  if (error !== undefined) throw malformed('/actor', listIssues(error, sender, actor()));
  if (given.length > LIMITS.batchCommands) {
    throw new BatchRefusedError('too-many-commands', { limit: LIMITS.batchCommands });
  }
  const commands = parseAll(given);
  const other = commands.findIndex(({ metadata }) => !isSame(metadata.actor, sender));
  if (other !== -1) throw new BatchRefusedError('other-actor', { index: other });
  return { visitId, basedOn, head, commands };
}

const isHead = (head: SyncRequest['head']) =>
  head === undefined || (typeof head?.version === 'number' && typeof head.lastEventId === 'string');

const isSame = (one: Actor, other: Actor) => one.role === other.role && one.id === other.id;

const malformed = (at: string, issues: MalformedCommandError['issues']) =>
  new MalformedCommandError(issues.map(({ path, ...issue }) => ({ path: `${at}${path}`, ...issue })));

/** Parses the commands of a batch, as long as they are within its limit. */
function parseAll(given: readonly unknown[]): VisitCommand[] {
  let characters = 0;
  const commands = Array.from(given, (one, index) => {
    const text = toJsonText(one);
    characters += typeof text === 'string' ? text.length : 0;
    if (characters > LIMITS.batchBytes) throw tooLarge();
    const parsed = parseCommand(text);
    if (!parsed.ok) throw malformed(`/commands/${index}`, parsed.issues);
    return parsed.value;
  });
  // In NFC a text can be three times as long, and a character has three bytes at most. One alone was measured by the parser.
  const mayExceed = commands.length > 1 && characters * 9 > LIMITS.batchBytes;
  if (mayExceed && exceedsBytes(JSON.stringify(commands), LIMITS.batchBytes)) throw tooLarge();
  return commands;
}

const tooLarge = () => new BatchRefusedError('too-large', { limit: LIMITS.batchBytes });

/** Refuses a sender who takes no part in the visit, even if they send no command. */
export function checkSender(visit: VisitState, { role, id }: Actor): void {
  if (visit.visitId === null) throw new BatchRefusedError('visit-unassigned');
  if (role === 'contact-center') throw new BatchRefusedError('recorder-role', { role, id });
  if (role === 'provider' && !isOrWasAssigned(visit, id))
    throw new BatchRefusedError('recorder-unassigned', { role, id });
}
