/** True for a text that is the path of a file, and not what stands in one. */
const isFilePath = (text: string): boolean =>
  text.length <= 4096 && !/[\n{]/.test(text) && /\.(?:ndjson|jsonl?|csv|txt|log|xlsx)$/i.test(text);

/** Refuses the path of a file in place of its text. */
export function mustBeNoPath(given: unknown): void {
  if (typeof given !== 'string' || !isFilePath(given)) return;
  throw new TypeError(
    `Takes the text of a file or its parts, not its path; got ${given.slice(-100)}. In Node: linesOf(createReadStream(path))`,
  );
}
