/** `auxilio/wire`: commands, events and whole logs are parsed, and what is invalid is refused by codes, with or without `new Function`. */

import { offlineMix, simulate } from 'auxilio/testing';
import { explainIssue, jsonSchema, parseCommand, parseEvent, parseLog } from 'auxilio/wire';
import { digest, ensureEqual } from './support.ts';

/** A copy of a message with one field of its data changed, removed or added, by its number. */
function spoil(message: { readonly data: object }, n: number): object {
  const fields = Object.keys(message.data);
  const field = fields[n % fields.length] ?? '';
  const data: Record<string, unknown> = { ...message.data };
  if (n % 3 === 0) delete data[field];
  else if (n % 3 === 1) data[field] = n;
  else data[`${field}?`] = 'x';
  return { ...message, data };
}

export async function check(): Promise<string> {
  const answers: unknown[] = [];
  let [parsed, refused] = [0, 0];
  const lines: string[] = [];
  for (const { commands, events } of simulate({ visits: 60, seed: 38, mix: offlineMix })) {
    const messages = [
      ...commands.map((one) => [parseCommand, one] as const),
      ...events.map((one) => [parseEvent, one] as const),
    ];
    for (const [parse, message] of messages) {
      const answer = parse(JSON.stringify(message));
      if (!answer.ok) throw new Error(`${message.type} was refused: ${JSON.stringify(answer.issues)}`);
      answers.push(answer.value);
      const other = parse(spoil(message, parsed++));
      if (other.ok) continue;
      refused += 1;
      answers.push(
        other.issues,
        other.issues.map((issue) => [explainIssue(issue, 'es-CR'), explainIssue(issue, 'en')]),
      );
    }
    lines.push(...events.map((event) => JSON.stringify(event)));
  }
  lines.splice(7, 0, '{', '', '[]', '"\u202e"');
  let bad = 0;
  for await (const line of parseLog(lines)) if (!line.ok) bad += 1;
  ensureEqual(bad >= 3, true, 'lines that cannot be read are reported');
  return `${parsed} messages, ${refused} refusals, schema: ${await digest([answers, jsonSchema()])}`;
}
