import { isStoreError } from '../../stores/errors.ts';
import { backupSqliteStore } from '../../stores/sqlite/backup.ts';
import { type Context, EXIT, Failure, print, printJson } from '../console/context.ts';
import { sanitize } from '../console/text.ts';

/** Copies a SQLite store to a new file. */
export async function backup(source: string, target: string, context: Context): Promise<number> {
  const made = await backupSqliteStore(source, target).catch((error: unknown) => {
    if (!isStoreError(error)) throw error;
    const isThere = error.kind === 'invalid' && error.message.endsWith('is there already');
    throw new Failure(({ failures }) =>
      isThere ? failures.backupExists(sanitize(target)) : failures.noBackup(sanitize(source), sanitize(error.message)),
    );
  });
  if (context.json) await printJson(context, made);
  else await print(context, context.words.output.backedUp(sanitize(target), made.events, made.streams));
  return EXIT.ok;
}
