/** The files of a page of the docs, so that what is shown is what was run. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = new URL('../../../docs/how-to/run-on-three-nodes.md', import.meta.url);

/** Returns the block whose first line is the comment NAME, as it is on the page. */
export function readBlock(name: string): string {
  const text = readFileSync(fileURLToPath(page), 'utf8');
  const blocks = [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body);
  const block = blocks.find((body) => /^(?:#|--|\/\/) (\S+)\n/.exec(body)?.[1] === name);
  if (block === undefined) throw new Error(`docs/how-to/run-on-three-nodes.md has no block ${name}`);
  return block;
}

/** A file of the page for node `n`: its own name and address in the lines of `this node`, its network and its folders. */
export function fileFor(n: number, name: string, changes: Readonly<Record<string, string>>): string {
  const lines = readBlock(name).split('\n');
  const own = lines.map((line) => {
    const isOwn = line.endsWith('# this node');
    return isOwn
      ? line
          .replaceAll('n1', `n${n}`)
          .replaceAll('10.0.0.11', `10.0.0.1${n}`)
          .replace(/ *# this node$/, '')
      : line;
  });
  return Object.entries(changes).reduce((text, [from, to]) => text.replaceAll(from, to), own.join('\n'));
}
