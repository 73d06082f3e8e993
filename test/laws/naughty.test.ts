import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { faultOfDecision, faultOfFold } from '../../scripts/fuzz/core.ts';
import type { CommandType, VisitEvent } from '../../src/messages/index.ts';
import { decide, initialState, replay } from '../../src/visit/index.ts';
import { acts } from '../../src/wire/schemas.ts';
import { fieldMetadata } from '../../src/wire/text.ts';
import { LIMITS, parseCommand, parseEvent } from '../../src/wire.ts';
import { corpusTold, isId, isText, naughty } from '../wire/naughty.ts';
import { command, commandTypes, event } from '../wire/samples.ts';

const longest = { Id: 128, Name: LIMITS.name, Label: LIMITS.label, Text: LIMITS.text };
type Kind = keyof typeof longest;
const texts: readonly Kind[] = ['Name', 'Label', 'Text'];

/** True if a field of this kind accepts the string. */
const takes = (kind: Kind, given: string): boolean =>
  kind === 'Id' ? isId(given) : isText(given) && given.normalize('NFC').length <= longest[kind];

/** The message with what `given` says in each field that it says something for. */
function filled(
  schema: z.core.SomeType,
  value: unknown,
  given: (kind: Kind, path: string) => string | undefined,
  path = '',
): unknown {
  const own = given(fieldMetadata.get(schema as z.core.$ZodType)?.id as Kind, path);
  if (own !== undefined) return own;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') return filled(def.innerType, value, given, path);
  if (typeof value !== 'object' || (def.type !== 'array' && def.type !== 'object')) return value;
  const inner = (key: string) => (def.type === 'array' ? def.element : def.shape[key]!);
  const entries = Object.entries(value as object).map(
    ([key, item]) => [key, filled(inner(key), item, given, `${path}/${key}`)] as const,
  );
  return def.type === 'array' ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const messages = commandTypes.flatMap((type) => [
  { name: type, schema: acts[type].commandSchema(), sample: command(type) as unknown, parse: parseCommand },
  { name: acts[type].event, schema: acts[type].eventSchema(), sample: event(type) as unknown, parse: parseEvent },
]);

/** The faults found when each field of these kinds contains the string. */
function wrongIn(
  { name, schema, sample, parse }: (typeof messages)[number],
  kinds: readonly Kind[],
  given: string,
): object[] {
  const refusing: string[] = [];
  const message = filled(schema, sample, (kind, path) => {
    if (!kinds.includes(kind)) return undefined;
    if (!takes(kind, given)) refusing.push(path);
    return given;
  });
  const parsed = parse(JSON.stringify(message));
  const refused = parsed.ok ? [] : [...new Set(parsed.issues.map(({ path }) => path))];
  if (!isDeepStrictEqual(refused, refusing)) return [{ name, given, refused, refusing }];
  if (!parsed.ok) return [];
  const normal = filled(schema, sample, (kind) => (kinds.includes(kind) ? given.normalize('NFC') : undefined));
  return isDeepStrictEqual(parsed.value, normal) ? [] : [{ name, given, value: parsed.value }];
}

/** Acts after which nothing more is required of a visit. */
const last: readonly CommandType[] = ['CompleteVisit', 'CloseVisit'];

/** The events and the commands of all acts, with the string in every field that takes it. */
function visitOf(given: string) {
  const own = (kind: Kind) => (kind in longest && takes(kind, given) ? given : undefined);
  const events = commandTypes.map((type) => filled(acts[type].eventSchema(), event(type), own));
  const commands = commandTypes.map((type) => filled(acts[type].commandSchema(), command(type), own));
  return {
    events: events.map((one) => parseEvent(JSON.stringify(one))).flatMap((one) => (one.ok ? one.value : [])),
    commands: commands.map((one) => parseCommand(JSON.stringify(one))).flatMap((one) => (one.ok ? one.value : [])),
  };
}

const isLast = ({ type }: VisitEvent) => last.some((act) => acts[act].event === type);

/** The faults of the core with the events and commands, on an empty visit, half a visit, and one before its end. */
function faultsIn({ events, commands }: ReturnType<typeof visitOf>): readonly string[] {
  const open = events.filter((one) => !isLast(one));
  const states = [initialState(), replay(open.slice(0, 16)), replay(open)];
  const judged = states.flatMap((state) => commands.map((one) => faultOfDecision(decide(one, state), state)));
  const changed = states.some((state) => !isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state));
  return [...judged, changed ? 'the state is changed by JSON' : undefined].filter((fault) => fault !== undefined);
}

describe(`${naughty.length} naughty strings, ${corpusTold}`, () => {
  it.each<[string, readonly Kind[]]>([
    ['every field of text', texts],
    ['every id', ['Id']],
  ])('in %s are accepted in NFC, or refused in exactly the fields that do not take them', (_, kinds) => {
    expect(naughty.flatMap((given) => messages.flatMap((message) => wrongIn(message, kinds, given)))).toEqual([]);
  });

  it('are decided on, folded and told without a fault, in every field that takes them', () => {
    const counts = { strings: 0, messages: 0 };
    for (const given of naughty) {
      const visit = visitOf(given);
      expect([given, faultsIn(visit)]).toEqual([given, []]);
      counts.strings += Number(texts.some((kind) => takes(kind, given)));
      counts.messages += visit.events.length + visit.commands.length;
    }
    expect(counts.strings).toBeGreaterThan(15);
    expect(counts.messages).toBe(naughty.length * 2 * commandTypes.length);
  });

  it('are folded in every phase', () => {
    const some = naughty.filter((_, index) => index % 10 === 0);
    expect(some.flatMap((given) => visitOf(given).events.flatMap((one) => faultOfFold(one) ?? []))).toEqual([]);
  });
});
