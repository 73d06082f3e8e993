/**
 * The object stores of a database, of events as well as of a replica.
 *
 * STORAGE: stored data must stay readable forever. A change of the object stores adds a step to `STEPS`.
 *
 * - `events`: `StoredRecord` by position, the key generator's; indexes `byStream` (stream, version) and `byId`
 * - `checkpoints`: `CheckpointPosition` by consumer
 * - `waiting`: `WaitingRecord` by consumer and stream
 * - `rows`: the text of a row by projection, generation and key
 * - `generations`: `Generations` by projection
 * - `application`: what effects of the application write
 * - `groups`: `GroupRecord` by group; `records`: texts by group and key; `lastRevision`: a number under `groups`
 * - `blobs`: bytes by hash; `blobSizes`: their number by hash
 */
export const STORES = [
  'events',
  'checkpoints',
  'waiting',
  'rows',
  'generations',
  'application',
  'groups',
  'records',
  'lastRevision',
  'blobs',
  'blobSizes',
] as const;

/** The name of an object store. */
export type StoreName = (typeof STORES)[number];

/** An event as it is stored. */
export type StoredRecord = Readonly<{ position: number; stream: string; version: number; id: string; text: string }>;
