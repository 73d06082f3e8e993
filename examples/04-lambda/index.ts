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

/** Made while the instance starts; a promise, since a bundle in CommonJS cannot wait for it. */
const handlers = createHandlers(process.env.DATABASE_URL);

export const http: Handlers['http'] = async (event) => (await handlers).http(event);
export const queue: Handlers['queue'] = async (event) => (await handlers).queue(event);

type Handlers = Awaited<ReturnType<typeof createHandlers>>;

async function createHandlers(databaseUrl: string | undefined) {
  const store = await openStore(databaseUrl);
  const service = createService({ store, policy });
  const onFailure = (error: unknown) => console.error(error);
  return {
    http: httpHandler(createApp({ service, store, policy, access, onFailure })),
    queue: queueHandler({ service, access, onFailure, settle: toLog }),
  };
}

/** An instance does one thing at a time, and there may be many instances: one connection each. */
async function openStore(connectionString: string | undefined) {
  if (connectionString === undefined) return memoryStore();
  const { postgresStore } = await import('auxilio/postgres');
  return postgresStore({ connection: { connectionString, max: 1 } });
}

/** One line a message, without names or texts. A host also keeps `record.body` of those that were not accepted. */
async function toLog(settled: Settled): Promise<void> {
  const { messageId } = settled.record;
  if ('problem' in settled) console.log(JSON.stringify({ messageId, outcome: settled.problem.code }));
  else if (settled.answer.ok) {
    const { version } = settled.answer.toJSON();
    console.log(JSON.stringify({ messageId, outcome: 'accepted', version }));
  } else {
    const rules = settled.answer.rejection.violations.map(({ rule }) => rule);
    console.log(JSON.stringify({ messageId, outcome: 'refused', rules }));
  }
}
