// Reads a log and parses each of its lines, and nothing else: `node read-and-parse.mjs FILE [PARSER]`. As one would write it
// who only wants that to be fast: parts of a megabyte, text of each at once, lines by their line feeds. PARSER is a module
// that exports parseEvent; without it, JSON.parse.
import { createReadStream } from 'node:fs';

const [file = '', parser] = process.argv.slice(2);
const parse = parser === undefined ? JSON.parse : (await import(parser)).parseEvent;
const decoder = new TextDecoder();
let rest = '';
let parsed = 0;

/** @param {string} line */
function take(line) {
  if (parse(line) !== undefined) parsed += 1;
}

for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) {
  const text = rest + decoder.decode(part, { stream: true });
  let from = 0;
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    take(text.slice(from, to));
    from = to + 1;
  }
  rest = text.slice(from);
}
if (rest !== '') take(rest);
process.stdout.write(`${parsed} lines\n`);
