/**
 * The Lambda: `http` for API Gateway, `queue` for SQS. What is outside the handlers is made once for each instance.
 *
 * The visits are in the Postgres of `DATABASE_URL`; without it they end with the instance.
 */
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { access } from '../http/access.ts';
import { createApp } from '../http/app.ts';
import { policy } from '../http/policy.ts';
import { httpHandler } from './http.ts';
import { queueHandler, type Settled } from './queue.ts';

const store = await storeAt(process.env.DATABASE_URL);
const service = createService({ store, policy });
const onFailure = (error: unknown) => console.error(error);

export const http = httpHandler(createApp({ service, store, policy, access, onFailure }));
export const queue = queueHandler({ service, access, onFailure, settle: toLog });

/** An instance does one thing at a time, and there may be many instances: one connection each. */
async function storeAt(connectionString: string | undefined) {
  if (connectionString === undefined) return memoryStore();
  const { postgresStore } = await import('auxilio/postgres');
  return postgresStore({ connection: { connectionString, max: 1 } });
}

/** One line a message, without names or texts. A host also keeps `record.body` of those that were not accepted. */
async function toLog(settled: Settled): Promise<void> {
  const { messageId } = settled.record;
  if ('problem' in settled) console.log(JSON.stringify({ messageId, outcome: settled.problem.code }));
  else if (settled.answer.ok) console.log(JSON.stringify({ messageId, outcome: 'accepted' }));
  else {
    const rules = settled.answer.rejection.violations.map(({ rule }) => rule);
    console.log(JSON.stringify({ messageId, outcome: 'refused', rules }));
  }
}
