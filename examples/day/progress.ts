/** Counts what is read of a file of so many bytes. */
export type Progress = {
  /** Passes the lines on, and counts them. */
  readonly counted: (lines: AsyncIterable<string>) => AsyncIterable<string>;
  readonly stop: () => void;
};

/** A bar on a terminal, nothing elsewhere. */
export async function progressOver(totalBytes: number): Promise<Progress> {
  if (!process.stderr.isTTY) return { counted: (lines) => lines, stop: () => undefined };
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: '{bar} {percentage} %',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(totalBytes, 0);
  async function* counted(lines: AsyncIterable<string>) {
    for await (const line of lines) {
      yield line;
      bar.increment(Buffer.byteLength(line) + 1);
    }
  }
  return { counted, stop: () => bar.stop() };
}
