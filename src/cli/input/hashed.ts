import { createHash } from 'node:crypto';
import type { SourceFile } from '../../report.ts';
import type { Source } from './source.ts';

/** Sources with the SHA-256 of the bytes read, from the last complete pass, since a file is read twice. */
export type HashedSources = {
  readonly prepare: (source: Source) => Source;
  /** The files in the order in which they were read. */
  readonly files: () => readonly SourceFile[];
  /** The file that a source is, once it was read. */
  readonly fileOf: (source: Source) => SourceFile | undefined;
};

export function hashedSources(): HashedSources {
  const found = new Map<Source, SourceFile>();
  return {
    prepare: (source) => {
      const own: Source = {
        ...source,
        chunks: (onBytes) => hashed(source.chunks(onBytes), (file) => found.set(own, { file: source.name, ...file })),
      };
      return own;
    },
    files: () => [...found.values()],
    fileOf: (source) => found.get(source),
  };
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  onEnd: (file: { readonly sha256: string; readonly bytes: number }) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  onEnd({ sha256: hash.digest('hex'), bytes });
}
