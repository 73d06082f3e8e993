import { join } from 'node:path';
import { fileWrappingKeys } from 'auxilio/privacy';
import { sqliteKeyStore } from 'auxilio/sqlite';
import type { FieldKeys } from './privacy.ts';

/** The keys in a file of a folder, and those that wrap them in files of another path, of which a copy of the folder has none. */
export const keysIn = (folder: string, wrappingFile: string): FieldKeys => ({
  keys: sqliteKeyStore({ file: join(folder, 'keys.sqlite') }),
  wrapping: fileWrappingKeys(wrappingFile),
});
