/* Has a service carry out commands, from the number given on, and prints each answer. */
import { writeSync } from 'node:fs';
import { boardProjection, createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { commandOf } from './commands.ts';

const [file = '', first = '0'] = process.argv.slice(2);
const { handle } = createService({ store: sqliteStore({ file }), projections: [boardProjection] });

for (let n = Number(first); ; n++) {
  const answer = await handle(commandOf(n));
  const repeated = answer.ok && answer.repeated;
  writeSync(1, `${JSON.stringify({ n, ok: answer.ok, repeated, version: Number(answer.version) })}\n`);
}
