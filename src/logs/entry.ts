import type { CommandType, VisitEvent } from '../messages/index.ts';
import { Unreadable } from '../reading/judging/log.ts';
import { asRecord, parseJson } from '../util/json.ts';
import { anyTime } from '../visit/act.ts';
import { commandTypes } from '../visit/index.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';
import { type EventRefused, type ParsedEvent, parseEvent } from '../wire/parse.ts';
import { isMergedLine } from './repeated-key.ts';
import type { LogEntry } from './visit-auditor.ts';
import { findVisitId, visitIdIn } from './visit-id.ts';

const BLANK = /^[ \t\r\n]*$/;
const BRACE = 0x7b;

/** True if a line is blank. Most begin with a brace, which is checked faster than the expression. */
export const isBlank = (text: string): boolean => text.charCodeAt(0) !== BRACE && BLANK.test(text);

/** The first line of a log, without the mark that it may begin with. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

const notJson = { path: '', code: 'invalid-json' };

/** Parses a line of a log: its entry and its visit. */
export function parseLine(line: number, text: string): LogEntry {
  const first = parseEvent(text);
  if (first.ok) {
    if (isMergedLine(text))
      return { line, visitId: findVisitId(text), entry: new Unreadable({ issues: [notJson] }), text };
    return { line, visitId: first.value.data.visitId, entry: first.value, text };
  }
  const isJson = first.issues.every(({ code }) => code !== 'invalid-json');
  const json = parseRefused(text, isJson);
  const parsed = isJson ? parseStored(json, first) : first;
  if (parsed.ok) return { line, visitId: parsed.value.data.visitId, entry: parsed.value, text };
  const issues = parsed.issues.map(({ path, code, key }) => (key === undefined ? { path, code } : { path, code, key }));
  const isUnknown = parsed.unknown === true;
  const command = isUnknown ? commandIn(json) : undefined;
  const facts = command === undefined ? { issues } : { issues, command };
  const untimed = parsed.issues.every(({ path }) => path === '/data/at') ? parseUntimed(json) : null;
  return { line, visitId: visitIdIn(json, text), entry: new Unreadable(facts, isUnknown, untimed), text };
}

/** Parses an event whose time alone is invalid; null without a text in its place. */
function parseUntimed(json: unknown): VisitEvent | null {
  const { data, ...event } = asRecord(json);
  const { at } = asRecord(data);
  if (typeof at !== 'string') return null;
  const parsed = parseEvent({ ...event, data: { ...asRecord(data), at: anyTime } });
  return parsed.ok ? ({ ...parsed.value, data: { ...parsed.value.data, at } } as VisitEvent) : null;
}

/** Parses a line once more that was refused, unless it is too large, or no JSON even without a byte order mark. */
function parseRefused(text: string, isJson: boolean): unknown {
  const plain = withoutMark(text);
  return exceedsBytes(text, LIMITS.eventBytes) || (!isJson && plain === text) ? undefined : parseJson(plain);
}

/** Parses an event without the `kind` that a store adds to it. */
function parseStored(json: unknown, refused: EventRefused): ParsedEvent {
  const { kind, ...event } = asRecord(json);
  return kind === 'Event' ? parseEvent(event) : refused;
}

/** The command that stands in place of an event, by its name. */
function commandIn(json: unknown): CommandType | undefined {
  const { type } = asRecord(json);
  return commandTypes.find((command) => command === type);
}
