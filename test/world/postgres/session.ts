/** A session: one connection, as the server sees it. */
import type { PostgresAnswer } from '../../../src/stores/postgres/pool.ts';
import { ServerError } from './io.ts';
import type { Backend } from './platform.ts';
import { type Parsed, toAnswer } from './statements.ts';
import type { Transaction } from './transaction.ts';

/** Parts of its server that a session needs. */
export type Host = Backend &
  Readonly<{
    begin(session: Session): Transaction;
    /** Commits, and answers when the commit may be acknowledged. */
    commit(session: Session, tx: Transaction): Promise<void>;
    abort(tx: Transaction): void;
    parse(text: string): Parsed;
  }>;

export type Session = {
  readonly pid: number;
  readonly applicationName: string;
  /** The transaction that is open, whether it was begun or a statement is one of its own. */
  tx: Transaction | undefined;
  hasFailed: boolean;
  /** Set by `pg_cancel_backend` and `pg_terminate_backend`, until it is noticed. */
  cancelled: boolean;
  terminated: boolean;
  isRunning: boolean;
  /** Set while its commit waits for a standby. */
  waitsForStandby: boolean;
};

/** Runs one statement, in the transaction that is open or in one of its own. */
export async function runStatement(
  host: Host,
  session: Session,
  text: string,
  values: readonly unknown[],
): Promise<PostgresAnswer> {
  const command = /^\s*(\w*)/.exec(text)?.[1]?.toUpperCase() ?? '';
  if (command === 'COMMIT' || command === 'ROLLBACK') return answer(await endTransaction(host, session, command));
  if (session.hasFailed) {
    throw new ServerError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
  }
  if (command === 'BEGIN') {
    session.tx ??= host.begin(session);
    return answer(command);
  }
  const isOwn = session.tx === undefined;
  session.tx ??= host.begin(session);
  const { tx } = session;
  try {
    const { schema, run } = host.parse(text);
    const rows = await run({ tx, schema, backend: host }, values);
    if (isOwn) await finish(host, session, tx);
    return { command, rowCount: rows.length, rows: toAnswer(rows) };
  } catch (error) {
    if (isOwn) dropTransaction(host, session);
    else session.hasFailed = true;
    throw error;
  }
}

const answer = (command: string): PostgresAnswer => ({ command, rowCount: null, rows: [] });

async function endTransaction(host: Host, session: Session, command: string): Promise<string> {
  const { tx } = session;
  if (tx === undefined) return command;
  if (command === 'ROLLBACK' || session.hasFailed) {
    dropTransaction(host, session);
    return 'ROLLBACK';
  }
  await finish(host, session, tx);
  return command;
}

async function finish(host: Host, session: Session, tx: Transaction): Promise<void> {
  await host.commit(session, tx);
  session.tx = undefined;
}

/** Rolls the open transaction back, if there is one. */
export function dropTransaction(host: Host, session: Session): void {
  if (session.tx !== undefined) host.abort(session.tx);
  session.tx = undefined;
  session.hasFailed = false;
}
