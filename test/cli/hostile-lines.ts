import { closeSync, openSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auxilioProcess, pathOf, sheet } from './support.ts';

const texts = {
  'opening brackets': '[',
  'opening objects': '{"a":',
  'a text without a line feed': 'x',
  'open quotation marks': '"x,',
  'the names of a visit': '"data":{"visitId":',
};

/** A file of so many megabytes of one text, without a line feed. */
function repeated(name: string, text: string, megabytes: number): string {
  const path = pathOf(name);
  const part = text.repeat(Math.ceil((1 << 20) / text.length));
  const file = openSync(path, 'w');
  for (let count = 0; count < megabytes; count += 1) writeSync(file, part);
  closeSync(file);
  return path;
}

const [, ...mapped] = sheet;

/** The commands that read a log, a sheet or some JSON. */
const commands: readonly (readonly string[])[] = [
  ['audit'],
  ['audit', '--workers', '2'],
  ['audit', ...mapped],
  ['show'],
  ['dossier'],
  ['payments', '--csv'],
  ['guide', '--role', 'provider'],
  ['report', '-o', '-'],
  ['explain'],
  ['sheet', 'guess'],
];

/** Each command ends with an error in few lines, and in memory that does not grow with the line. */
export function testHostileLines(megabytes: number, heapMegabytes: number): void {
  for (const [name, text] of Object.entries(texts)) {
    const path = repeated(`hostile-${name}.txt`, text, megabytes);
    test.each(commands.map((args) => [args.join(' '), args] as const))(`${megabytes} MB of ${name}: %s`, (_, args) => {
      const env = { NODE_OPTIONS: `--max-old-space-size=${heapMegabytes}` };
      const { out, err, code } = auxilioProcess([...args, path], { env });
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringMatching(/^(?:auxilio: .*un solo hilo\n)?auxilio: .{1,3000}\n(?: {2}.*\n){0,2}$/),
      });
      expect(out.length).toBeLessThan(10_000);
    });
  }
}
