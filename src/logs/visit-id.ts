import type { Id } from '../messages/index.ts';
import { isObject, parseJson } from '../util/json.ts';
import { isId } from '../wire/characters.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';
import { isMergedLine } from './repeated-key.ts';

/** A value as an id, if it can be one. */
export const parseId = (value: unknown): Id | null => (isId(value) ? value : null);

/** The beginning of an event's line as nearly everybody writes it: perhaps its type, then its data, with the visit first. */
const BEGINNING =
  /\{[ \t]*(?:"type"[ \t]*:[ \t]*"[A-Za-z]*"[ \t]*,[ \t]*)?"data"[ \t]*:[ \t]*\{[ \t]*"visitId"[ \t]*:[ \t]*"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}"(?=[ \t]*(?:[,}]|$))/y;

/** Another key of these names, or the end of one, an escape that may spell one, or another event. */
const DISGUISE = /"data"|itId"|\\u|\}[ \t]*\{|\{[ \t]*"type"/g;

/** Finds the visit with which a line of a log will be audited. Parses only lines in which {@link scanVisitId} is not certain. */
export const findVisitId = (line: string): Id | null => scanVisitId(line) ?? extractVisitId(line);

/**
 * The visit of a line, found without parsing: certain where the line has the usual beginning and no other key of these names,
 * escaped ones (`\u0064ata`) included; undefined elsewhere. Bytes of UTF-8 that were read as Latin-1 give the same answer.
 */
export function scanVisitId(line: string): Id | undefined {
  BEGINNING.lastIndex = 0;
  if (!BEGINNING.test(line)) return undefined;
  const end = BEGINNING.lastIndex;
  DISGUISE.lastIndex = end;
  if (DISGUISE.test(line)) return undefined;
  return line.slice(line.lastIndexOf('"', end - 2) + 1, end - 1);
}

const NEXT_ID = /^[ \t]*:[ \t]*"([A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127})"(?=[ \t]*(?:[,}]|$))/;

/** The beginning of another event that is not of a list, nor behind a byte order mark: the line break before it was lost. */
const NEXT_EVENT = /\}[ \t]*\{|[^[, \t\uFEFF][ \t]*\{[ \t]*"(?:type|data)"/;

/** The `visitId` that a text that is no JSON has after its first `data`; null if there may be another visit in it. */
function guessVisitId(text: string): Id | null {
  const data = text.indexOf('"data"');
  if (data < 0 || NEXT_EVENT.test(text)) return null;
  // No other key ends so: this is one, or what the break of a line left of one.
  const named = text.slice(data).split('itId"').slice(1);
  const [id, ...others] = new Set(named.map((rest) => NEXT_ID.exec(rest)?.[1]));
  return others.length > 0 ? null : (id ?? null);
}

/** The visit of a line that is not an event: the `data.visitId` of its JSON, or of its text if it is not JSON. */
function extractVisitId(text: unknown): Id | null {
  if (typeof text !== 'string') return null;
  return visitIdIn(exceedsBytes(text, LIMITS.eventBytes) ? undefined : parseJson(text.replace(/^\uFEFF/, '')), text);
}

/** Like {@link extractVisitId}, for a line whose JSON was parsed before; `undefined` if it is not JSON. */
export function visitIdIn(json: unknown, text: string): Id | null {
  return json === undefined || isMergedLine(text)
    ? guessVisitId(text)
    : parseId(getField(getField(json, 'data'), 'visitId'));
}

function getField(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** Copies a text into memory of its own: a slice keeps the whole text alive. */
export const detachString = (id: Id): Id => ` ${id}`.slice(1);
