/** The entry points that the coverage-guided fuzzer calls with its bytes. Each throws on a fault. */
import { isDeepStrictEqual } from 'node:util';
import { decide, evolve, initialState, replay, type VisitCommand, type VisitEvent } from 'auxilio';
import { type ParsedLine, parseCommand, parseCommands, parseEvent, parseLog } from 'auxilio/wire';
import { faultOfDecision } from './core.ts';
import { mutant } from './mutant.ts';
import { faultOf, faultOfCommand, faultOfEvent, type Judgement, touchedGlobal } from './oracle.ts';
import { ofBytes } from './source.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function demandNone(fault: string | undefined, text: string): void {
  if (fault !== undefined) throw new Error(`${fault}, of the text ${JSON.stringify(text)}`);
}

const demand = (judge: (text: string) => Judgement, text: string): void => demandNone(judge(text).fault, text);

/** The bytes are the text of a command. */
export const command = (data: Uint8Array): void => demand(faultOfCommand, decoder.decode(data));

/** The bytes are the text of an event. */
export const event = (data: Uint8Array): void => demand(faultOfEvent, decoder.decode(data));

/** The bytes choose a valid message and its mutation. */
export const message = (data: Uint8Array): void => demand(faultOf, mutant(ofBytes(data)));

/** The bytes are a log, one event a line. */
export async function log(data: Uint8Array): Promise<void> {
  const text = decoder.decode(data);
  const { values: events, fault } = await readLines<VisitEvent>(text, parseLog, parseEvent);
  const folded = events.reduce(evolve, initialState());
  const isReplayed = isDeepStrictEqual(replay(events), folded);
  const isPlain = isDeepStrictEqual(JSON.parse(JSON.stringify(folded)), folded);
  demandNone(fault ?? touchedGlobal(), text);
  demandNone(isReplayed ? undefined : 'replay is not the fold of evolve', text);
  demandNone(isPlain ? undefined : 'the state is changed by JSON', text);
}

/** The bytes are the commands of a visit, one a line, each decided on the state left by those accepted before it. */
export async function day(data: Uint8Array): Promise<void> {
  const text = decoder.decode(data);
  const { values: asked, fault } = await readLines<VisitCommand>(text, parseCommands, parseCommand);
  demandNone(fault, text);
  let state = initialState();
  for (const one of asked) {
    const decision = decide(one, state);
    demandNone(faultOfDecision(decision, state), text);
    if (decision.ok) state = decision.events.reduce(evolve, state);
  }
  demandNone(touchedGlobal(), text);
}

type Read<T> = { readonly values: readonly T[]; readonly fault?: string };

/** Reads the lines of a text and checks that each is read as it is alone, and kept if it is not. */
async function readLines<T>(
  text: string,
  parseAll: (lines: string) => AsyncIterable<ParsedLine<T>>,
  parseOne: (line: string) => object,
): Promise<Read<T>> {
  const lines = text.split('\n');
  const values: T[] = [];
  for await (const parsed of parseAll(text)) {
    const raw = lines[parsed.line - 1] ?? '';
    const { line, ...rest } = parsed;
    const alone = parseOne(line === 1 ? raw.replace(/^\ufeff/, '') : raw);
    const expected = parsed.ok ? alone : { ...alone, text: raw };
    if (!isDeepStrictEqual({ ...rest }, expected)) return { values, fault: `line ${line} is not read as it is alone` };
    if (parsed.ok) values.push(parsed.value);
  }
  return { values };
}
