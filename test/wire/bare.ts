import {
  type Issue,
  type ParsedCommand,
  type ParsedEvent,
  type ParsedLine,
  parseCommand as parseWholeCommand,
  parseEvent as parseWholeEvent,
  parseLog as parseWholeLog,
} from '../../src/wire.ts';

/** Issues by place and code alone; `issues.test.ts` looks at their details. */
function bare<T extends ParsedCommand | ParsedEvent | ParsedLine<unknown>>(parsed: T): T {
  return parsed.ok ? parsed : { ...parsed, issues: parsed.issues.map(({ path, code }: Issue) => ({ path, code })) };
}

export const parseCommand = (input: unknown): ParsedCommand => bare(parseWholeCommand(input));
export const parseEvent = (input: unknown): ParsedEvent => bare(parseWholeEvent(input));
export const parseLog: typeof parseWholeLog = async function* (lines) {
  for await (const line of parseWholeLog(lines)) yield bare(line);
};
