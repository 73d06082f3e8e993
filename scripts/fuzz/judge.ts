import { decide, evolve, initialState, type VisitCommand, type VisitEvent } from 'auxilio';
import { parseCommand, parseEvent } from 'auxilio/wire';

/** What became of a line. */
export type Outcome = 'accepted' | 'refused';

/**
 * Gives a line to both parsers and says what is wrong with their answers, if anything is: a throw, an accepted value
 * that is refused or changed when parsed again or that the core throws on, an issue that repeats the input, or a
 * prototype that was touched.
 */
export function faultOf(line: string): { readonly outcome: Outcome; readonly fault?: string } {
  try {
    const event = parseEvent(line);
    const command = parseCommand(line);
    const fault = faultOfEvent(event) ?? faultOfCommand(command) ?? faultOfIssues(line, event, command) ?? touched();
    const outcome = event.ok || command.ok ? 'accepted' : 'refused';
    return fault === undefined ? { outcome } : { outcome, fault };
  } catch (error) {
    return { outcome: 'refused', fault: `threw ${error}` };
  }
}

function faultOfEvent(parsed: ReturnType<typeof parseEvent>): string | undefined {
  if (!parsed.ok) return parsed.issues.length === 0 ? 'refused without an issue' : undefined;
  evolve(initialState(), parsed.value);
  return changed(parsed.value, parseEvent(JSON.stringify(parsed.value)));
}

function faultOfCommand(parsed: ReturnType<typeof parseCommand>): string | undefined {
  if (!parsed.ok) return parsed.issues.length === 0 ? 'refused without an issue' : undefined;
  decide(parsed.value, initialState());
  return changed(parsed.value, parseCommand(JSON.stringify(parsed.value)));
}

function changed(value: VisitCommand | VisitEvent, again: { ok: boolean; value?: unknown }): string | undefined {
  if (!again.ok) return 'what was accepted is refused when parsed again';
  return JSON.stringify(again.value) === JSON.stringify(value) ? undefined : 'changed when parsed again';
}

type Parsed = ReturnType<typeof parseEvent> | ReturnType<typeof parseCommand>;

/** A path names known fields and indexes alone, so a long word of an issue cannot have come from the line. */
function faultOfIssues(line: string, ...parsed: readonly Parsed[]): string | undefined {
  const paths = parsed.flatMap((one) => (one.ok ? [] : one.issues.map(({ path }) => path)));
  const foreign = paths.find((path) => !/^(?:\/(?:[a-zA-Z][a-zA-Z0-9]{1,24}|\d{1,4}))*$/.test(path));
  return foreign === undefined ? undefined : `an issue repeats its input, of ${line.length} characters: ${foreign}`;
}

function touched(): string | undefined {
  const clean = Object.keys(Object.prototype).length === 0 && Object.keys(Array.prototype).length === 0;
  return clean ? undefined : 'a prototype was touched';
}
