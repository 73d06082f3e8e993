import type { WrappedDatabase } from './driver.ts';
import { STORES } from './schema.ts';

/** Creates the object stores that a database of an older version lacks. */
export function upgrade(database: WrappedDatabase, oldVersion: number): void {
  if (oldVersion >= 1) return;
  const events = database.createObjectStore('events', { keyPath: 'position', autoIncrement: true });
  events.createIndex('byStream', ['stream', 'version'], { unique: true });
  events.createIndex('byId', 'id', { unique: true });
  database.createObjectStore('application', { autoIncrement: true });
  for (const name of STORES) if (name !== 'events' && name !== 'application') database.createObjectStore(name);
}
