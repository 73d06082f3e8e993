import type { CommandType } from '../messages/index.ts';
import { Unreadable } from '../reading/judging/reader.ts';
import { commandTypes } from '../visit/index.ts';
import { parseEvent } from '../wire/index.ts';
import type { LogEntry } from './visit-auditor.ts';
import { extractVisitId } from './visit-id.ts';

const BLANK = /^[ \t\r\n]*$/;
const BRACE = 0x7b;

/** True if a line is blank. Most begin with a brace, which is checked faster than the expression. */
export const isBlank = (text: string): boolean => text.charCodeAt(0) !== BRACE && BLANK.test(text);

/** The first line of a log, without the mark that it may begin with. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** What a line of a log holds, and of which visit it is. */
export function parseLine(line: number, text: string): LogEntry {
  const parsed = parsedOf(text);
  if (parsed.ok) return { line, visitId: parsed.value.data.visitId, entry: parsed.value, text };
  const issues = parsed.issues.map(({ path, code, key }) => (key === undefined ? { path, code } : { path, code, key }));
  const isUnknown = parsed.unknown === true;
  const command = isUnknown ? commandIn(text) : undefined;
  const facts = command === undefined ? { issues } : { issues, command };
  return { line, visitId: extractVisitId(text), entry: new Unreadable(facts, isUnknown), text };
}

/** Removes the `kind` that a store adds to an event. */
function parsedOf(text: string) {
  const parsed = parseEvent(text);
  if (parsed.ok || !text.includes('"kind"')) return parsed;
  const { kind, ...event } = objectIn(text);
  return kind === 'Event' ? parseEvent(event) : parsed;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The command that stands there in place of an event, by its name. */
function commandIn(text: string): CommandType | undefined {
  const { type } = JSON.parse(text) as { readonly type?: unknown };
  return commandTypes.find((command) => command === type);
}
