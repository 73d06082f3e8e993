import type { VisitCommand } from 'auxilio';
import { type BatchResult, type CommandResult, isServiceError, type VisitService } from 'auxilio/service';
import { LIMITS } from 'auxilio/wire';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Access } from '../http/access.ts';
import { jsonOf } from '../http/body.ts';
import type { Claims } from '../http/call.ts';
import { problemOf } from '../http/failures.ts';
import { commandOf } from '../http/message.ts';
import { Problem } from '../http/problem.ts';

/**
 * The final result of a message: its command was accepted or refused by the rules, or can never be handled. A refusal is an answer, not a failure: the message does not come again.
 */
export type Settled = Readonly<{ record: SQSRecord }> & Readonly<{ answer: CommandResult } | { problem: Problem }>;

type Options = Readonly<{
  service: VisitService;
  access: Access;
  /**
   * Records the result of a message, which is then deleted from the queue. If it throws, the message is delivered
   * again.
   */
  settle: (settled: Settled) => Promise<void>;
  onFailure: (error: unknown) => void;
}>;

/** A received message: its command, or the reason why it is invalid. */
type Read = Readonly<{ record: SQSRecord }> & Readonly<{ command: VisitCommand } | { problem: Problem }>;

/**
 * Commands from a queue, several at once. Those that could not be carried out now are answered as failures, and come again;
 * so do all after them in the same visit, whose answers rest on theirs. What was stored already is then only repeated.
 */
export function queueHandler({ service, access, settle, onFailure }: Options) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const read = Records.map((record) => readBy(access, record));
    const answers = await service.handleBatch(read.flatMap((each) => ('command' in each ? [each.command] : [])));
    const held = new Set<string>();
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const each of read) {
      const visitId = 'command' in each ? each.command.data.visitId : undefined;
      const settled = 'command' in each ? settledBy(each.record, answers.shift()) : each;
      try {
        if (settled instanceof Error) throw settled;
        if (visitId !== undefined && held.has(visitId)) throw new Error('One before it in its visit comes again');
        await settle(settled);
      } catch (error) {
        onFailure(error);
        batchItemFailures.push({ itemIdentifier: each.record.messageId });
        if (visitId !== undefined) held.add(visitId);
      }
    }
    return { batchItemFailures };
  };
}

/** For good, or an error after which the message is to come again. */
function settledBy(record: SQSRecord, answer: BatchResult | undefined): Settled | Error {
  if (answer === undefined) return new Error('There is no answer');
  if (!('error' in answer)) return { record, answer };
  const isReused = isServiceError(answer.error) && answer.error.code === 'command-id-reused';
  return isReused ? { record, problem: problemOf(answer.error) } : answer.error;
}

/** A message without a `commandId` goes by its own id, which stays the same however often it comes. */
function readBy(access: Access, record: SQSRecord): Read {
  try {
    const claims = claimsOf(record);
    const actor = access.actorOf(claims);
    if (actor === null) throw new Problem('no-role');
    const body = Buffer.from(record.body);
    if (body.byteLength > LIMITS.commandBytes) throw new Problem('too-large');
    const own = commandOf(jsonOf(body), { actor });
    const { commandId = record.messageId } = own.metadata;
    const command = { ...own, metadata: { ...own.metadata, commandId } };
    if (!access.mayEnter({ actor, claims }, command.data.visitId)) throw new Problem('not-yours');
    return { record, command };
  } catch (error) {
    return { record, problem: problemOf(error) };
  }
}

/** The authenticated sender of a message, from its attributes, as written by the component that may send to the queue. */
function claimsOf({ messageAttributes }: SQSRecord): Claims {
  return Object.fromEntries(Object.entries(messageAttributes).map(([name, { stringValue }]) => [name, stringValue]));
}
