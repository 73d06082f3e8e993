import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EventStore, sqliteStore } from 'auxilio/sqlite';
import type { FinalStream } from 'auxilio/testing';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A script of this folder as one file, so that a process that runs it starts quickly. */
export async function bundled(script: string): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/faults', script.replace(/ts$/, 'mjs'));
  await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
  });
  return outfile;
}

/** Every stream of a file, read from the global stream. */
export async function finalStreams(file: string): Promise<FinalStream[]> {
  const store = sqliteStore({ file });
  const streams = await streamsOf(store);
  await store.close();
  return streams;
}

/** Every stream of a store, read from the global stream. */
export async function streamsOf(store: Pick<EventStore, 'readFeed'>): Promise<FinalStream[]> {
  const streams = new Map<string, { id: string; version: number }[]>();
  for (let after: string | null = null; ; ) {
    const events: Awaited<ReturnType<typeof store.readFeed>> = await store.readFeed({ after, maxCount: 10_000 });
    for (const { streamName, messageId, streamPosition } of events) {
      const stream = streams.get(streamName) ?? [];
      streams.set(streamName, stream);
      stream.push({ id: messageId, version: Number(streamPosition) });
    }
    const last = events.at(-1);
    if (last === undefined) break;
    after = last.cursor;
  }
  return [...streams].map(([stream, events]) => ({ stream, events }));
}

/** Numbers from 0 to 1, the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
