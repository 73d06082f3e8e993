import { createRequire } from 'node:module';
import { missingPeer } from '../missing-peer.ts';

type Driver = typeof import('better-sqlite3');

let loaded: Driver | undefined;

/**
 * Loads better-sqlite3 when a file is first opened: a missing driver is an error that says what to install, and a host with a
 * database of its own needs none. In a bundle in CommonJS, which has no URL, the driver is looked for from the working directory.
 */
export function loadDriver(): Driver {
  try {
    loaded ??= createRequire(import.meta.url ?? `${process.cwd()}/`)('better-sqlite3') as Driver;
    return loaded;
  } catch (cause) {
    throw missingPeer('auxilio/sqlite', 'better-sqlite3', cause);
  }
}
