import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { createService } from '../../src/service.ts';
import { type Handler, handlerLaws, type Projection, projectionLaws } from '../../src/testing.ts';
import { decide, evolve, initialState, type Policy, replay } from '../../src/visit/index.ts';
import { parseCommand } from '../../src/wire.ts';

const parameters = { numRuns: 40, seed: 1, endOnFailure: true };

/** The library's own service, as a host would open it for the laws. */
function serviceOver(policy?: Policy): Handler {
  const service = createService({
    store: memoryStore(),
    ...(policy === undefined ? {} : { policy }),
  });
  return { handle: (command) => service.handle(command), log: async (id) => (await service.load(id)).events };
}

const contract: Policy = {
  id: 'contrato',
  allow: ['material-purchase'],
  waive: [{ rule: 'tools-shown', reason: 'contrato' }],
};

describe('the laws of a handler hold for the service', () => {
  it.each(handlerLaws({ open: async () => serviceOver() }))('$name', (law) => law.run(parameters));
});

describe('the laws of a handler hold under a policy', () => {
  const laws = handlerLaws({ open: async () => serviceOver(contract), policy: contract });
  it.each(laws)('$name', (law) => law.run(parameters));
});

describe('the laws of a handler hold for one that parses what comes', () => {
  const open = async (): Promise<Handler> => {
    const { handle, log } = serviceOver();
    return {
      log,
      handle: async (command) => {
        const parsed = parseCommand(JSON.stringify(command));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
        return handle(parsed.value);
      },
    };
  };
  it.each(handlerLaws({ open }))('$name', (law) => law.run(parameters));
});

type Row = VisitEvent & { readonly commandId: string | undefined; readonly content: string };

/** A handler of a few lines, with one thing wrong. */
type Fault = {
  readonly policy?: Policy;
  readonly stream?: (visitId: string) => string;
  readonly repeats?: (
    rows: readonly Row[],
    command: VisitCommand,
    content: string,
    ofAllVisits: readonly Row[],
  ) => boolean | 'refuse';
  readonly written?: (event: VisitEvent) => VisitEvent;
  readonly read?: (rows: readonly Row[]) => readonly VisitEvent[];
  readonly refused?: (rows: Row[], command: VisitCommand) => void;
  readonly careless?: boolean;
  readonly grudging?: boolean;
};

/** A fault that stores texts otherwise than they came. */
const storing = (edit: (text: string) => string): Fault => ({
  written: (event) =>
    JSON.parse(JSON.stringify(event), (_, value) => (typeof value === 'string' ? edit(value) : value)),
});

/** A fault that edits the long texts of one field. */
const cutting = (field: string, edit: (text: string) => string): Fault => ({
  written: (event) =>
    JSON.parse(JSON.stringify(event), function (this: unknown, name, value) {
      const isOfField = name === field || (Array.isArray(this) && field === 'moved');
      return isOfField && typeof value === 'string' && value.length >= 20 ? edit(value) : value;
    }),
});

const withField = (event: VisitEvent) => ({ ...event, data: { ...event.data, stored: true } }) as unknown as VisitEvent;

const byContent = (rows: readonly Row[], { metadata }: VisitCommand, content: string): boolean | 'refuse' => {
  const row = rows.find(({ commandId }) => commandId === metadata.commandId);
  return row !== undefined && (row.content === content || 'refuse');
};

function handlerWith({
  policy,
  stream = (visitId) => visitId,
  repeats = byContent,
  written = (event) => event,
  read = (rows) => rows,
  refused = () => {},
  careless = false,
  grudging = false,
}: Fault): Handler {
  const streams = new Map<string, Row[]>();
  const grudges = new Set<unknown>();
  const handle = async (command: VisitCommand): Promise<{ ok: boolean }> => {
    const visitId = stream(command.data.visitId);
    const rows = [...(streams.get(visitId) ?? [])];
    const content = JSON.stringify([command.type, command.data, command.metadata.actor]);
    const repeated = repeats(rows, command, content, [...streams.values()].flat());
    if (repeated !== false) return { ok: repeated === true };
    if (grudging && grudges.has(command.metadata.commandId)) return { ok: false };
    await Promise.resolve();
    if (!careless && (streams.get(visitId)?.length ?? 0) !== rows.length) return handle(command);
    const decision = decide(command, replay(rows), policy);
    if (decision.ok) {
      rows.push(
        ...decision.events.map((event) => ({ ...written(event), commandId: command.metadata.commandId, content })),
      );
    } else {
      grudges.add(command.metadata.commandId);
      refused(rows, command);
    }
    streams.set(visitId, rows);
    return { ok: decision.ok };
  };
  return { handle, log: async (visitId) => read(streams.get(stream(visitId)) ?? []) };
}

const accepts = 'a handler accepts exactly what decide accepts';
const writes = 'the log is what decide would have written, metadata aside';
const repeats = 'a command repeated under its id is answered as before, and changes nothing';
const reuses = 'a used id with other content is refused with an error';
const refuses = 'a refused command leaves nothing, and is decided again when repeated';
const races = 'concurrent commands for one visit lose nothing';

const faults: readonly [string, string, Fault][] = [
  ['that forgets a rule', accepts, { policy: contract }],
  ['that stores the events with a field more', writes, { written: withField }],
  ['that reads its log from the end', writes, { read: (rows) => [...rows].reverse() }],
  ['that trims texts', writes, storing((text) => text.trim())],
  ['that takes spaces together', writes, storing((text) => text.replace(/ {2,}/g, ' '))],
  ['that cuts texts', writes, storing((text) => text.slice(0, 1_999))],
  ['that stores no accents', writes, storing((text) => text.normalize('NFD').replace(/\p{M}/gu, ''))],
  ['that stores no emoji', writes, storing((text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '?'))],
  ['that stores no milliseconds', writes, storing((text) => text.replace(/\.\d{3}Z$/, '.000Z'))],
  ['that finds visits in any case', writes, { stream: (visitId) => visitId.toLowerCase() }],
  [
    'that takes an id of another visit for a repeat',
    writes,
    {
      repeats: (rows, command, content, ofAllVisits) =>
        byContent(ofAllVisits, command, content) !== false && (byContent(rows, command, content) || true),
    },
  ],
  [
    'that refuses an id of another visit',
    writes,
    { repeats: (_, command, content, ofAllVisits) => byContent(ofAllVisits, command, content) },
  ],
  ['that forgets the first event', writes, { read: (rows) => rows.slice(1) }],
  ['that does not know a repeat', repeats, { repeats: () => false }],
  [
    'that knows only the last command',
    repeats,
    { repeats: (rows, command, content) => byContent(rows.slice(-1), command, content) },
  ],
  [
    'that takes the id for the command',
    reuses,
    { repeats: (rows, { metadata }) => rows.some(({ commandId }) => commandId === metadata.commandId) },
  ],
  [
    'that takes the content for the command',
    reuses,
    { repeats: (rows, _, content) => rows.some((row) => row.content === content) },
  ],
  [
    'that takes the id and the type for the command',
    reuses,
    {
      repeats: (rows, { type, metadata }) => {
        const row = rows.find(({ commandId }) => commandId === metadata.commandId);
        return row !== undefined && (JSON.parse(row.content)[0] === type || 'refuse');
      },
    },
  ],
  [
    'that answers a repeat to another person',
    reuses,
    {
      repeats: (rows, { type, data, metadata }) => {
        const row = rows.find(({ commandId }) => commandId === metadata.commandId);
        const isSame = row?.content.startsWith(JSON.stringify([type, data]).slice(0, -1));
        return row !== undefined && (isSame === true || 'refuse');
      },
    },
  ],
  ['that refuses for good', refuses, { grudging: true }],
  [
    'that logs what it refuses',
    refuses,
    { refused: (rows, command) => rows.push({ type: 'Refused', data: command.data, content: '' } as never) },
  ],
  ['that writes over what others wrote', races, { careless: true }],
];

const notices = async (name: string, fault: Fault, numRuns = parameters.numRuns): Promise<boolean> => {
  const law = handlerLaws({ open: async () => handlerWith(fault) }).find((one) => one.name === name);
  if (law === undefined) throw new Error(`no law: ${name}`);
  return law.run({ ...parameters, numRuns }).then(
    () => false,
    () => true,
  );
};

describe('the laws of a handler notice one', () => {
  it.each(faults)('%s', async (_, law, fault) => {
    // Some faults show on few commands; it ends at the first.
    expect(await notices(law, fault, 200)).toBe(true);
    expect(await notices(law, {})).toBe(false);
  });

  it.each([
    'text',
    'reason',
    'diagnosis',
    'place',
    'where',
    'method',
    'what',
    'detail',
    'instructions',
    'name',
    'moved',
  ])('that cuts each %s', async (field) => {
    for (const edit of [(text: string) => text.slice(0, 20), (text: string) => text.trim().slice(0, 60)])
      expect(await notices(writes, cutting(field, edit), 200)).toBe(true);
  });

  it('whichever of them is broken: no law goes without a fault', () => {
    const tried = new Set(faults.map(([, law]) => law));
    expect(handlerLaws({ open: async () => handlerWith({}) }).filter(({ name }) => !tried.has(name))).toEqual([]);
  });

  it.each<[string, string, Fault, number, RegExp]>([
    [
      'a repeat that is refused',
      repeats,
      { repeats: (rows, { metadata }) => rows.some(({ commandId }) => commandId === metadata.commandId) && 'refuse' },
      1,
      /^AssignVisit, accepted and sent again under its id, was refused: expected accepted\n/,
    ],
    [
      'a repeat that is judged as new',
      repeats,
      { repeats: () => false },
      1,
      /^AssignVisit, accepted and sent again under its id, was refused: expected accepted\n/,
    ],
    [
      'a log with a field more',
      writes,
      { written: withField },
      1,
      /^The log of [\w-]+ is not what decide would have written: \[0\]\.data\.stored: expected nothing, got true\n/,
    ],
    [
      'a text without its end',
      writes,
      storing((text) => text.slice(0, 1_999)),
      1,
      /\[0\]\.data\.place: expected " a {2}ñ.+\(2000 characters\), got " a {2}ñ.+\(1999 characters\), and 1 more/,
    ],
    [
      'an id taken for the command',
      reuses,
      { repeats: (rows, { metadata }) => rows.some(({ commandId }) => commandId === metadata.commandId) },
      1,
      /^EscalateClientImpact, under the id of AssignVisit, was accepted: expected a refusal or an exception\n/,
    ],
  ])('in a sentence that names the fault, on the fewest commands: %s', async (_, name, fault, most, sentence) => {
    const law = handlerLaws({ open: async () => handlerWith(fault) }).find((one) => one.name === name)!;
    const error = (await law.run({ numRuns: 50, seed: 7 }).catch((reason) => reason)) as Error;
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(`Law: ${name}`);
    expect(error.message.split('\n').filter((line) => line.startsWith('  ')).length).toBeLessThanOrEqual(most);
    expect(error.message).not.toMatch(/Got error|the value/);
  });

  it('with the command that was judged wrongly, alone where it suffices', async () => {
    const open = async (): Promise<Handler> => {
      const { handle, log } = handlerWith({});
      return { log, handle: async (command) => (command.type === 'PauseWork' ? { ok: true } : handle(command)) };
    };
    const law = handlerLaws({ open }).find(({ name }) => name === accepts)!;
    for (const seed of [1, 7, 21]) {
      const error = (await law.run({ numRuns: 30, seed }).catch((reason) => reason)) as Error;
      expect(error.message).toMatch(/^PauseWork, as decide judges it, was accepted: expected refused\n/);
      expect(error.message).toContain('Counterexample, 1 command ');
      expect(error.message).toContain('\n  PauseWork {');
    }
  });

  it('an unknown option and a missing handler', () => {
    expect(() => handlerLaws({ opens: async () => handlerWith({}) } as never)).toThrow(
      'Unknown option of handlerLaws: opens. Did you mean open?',
    );
    for (const none of [undefined, {}, { open: handlerWith({}) }]) {
      expect(() => handlerLaws(none as never)).toThrow('handlerLaws takes { open }, a function that opens a handler');
    }
  });

  it('that carries nothing out when commands come at once, and each handler is closed', async () => {
    let [opened, closed] = [0, 0];
    const open = async (): Promise<Handler> => {
      opened += 1;
      const { handle, log } = handlerWith({});
      const alone: Handler['handle'] = async (command) => {
        if (command.metadata.commandId?.startsWith('command-') !== true) throw new Error('busy');
        return handle(command);
      };
      return {
        handle: alone,
        log,
        close: () => {
          closed += 1;
        },
      };
    };
    const law = handlerLaws({ open }).find(({ name }) => name === races)!;
    await expect(law.run(parameters)).rejects.toThrow('none was carried out');
    expect([opened > 0, closed]).toEqual([true, opened]);
  });
});

describe('the law of commands that come at once', () => {
  it('lists the commands that were sent, each with its answer', async () => {
    const open = async () => handlerWith({ careless: true });
    const law = handlerLaws({ open }).find(({ name }) => name === races)!;
    const error: Error = await law.run(parameters).then(
      () => expect.fail('the law holds'),
      (thrown) => thrown,
    );
    const [said, heading, ...lines] = error.message.split('\n');
    expect(said).toMatch(/^\w+ was accepted, and is not in the log$/);
    const count = Number(/^Sent at once, after the counterexample, (\d+) commands:$/.exec(heading!)?.[1]);
    const sent = lines.slice(0, count);
    expect(sent.length).toBeGreaterThan(1);
    for (const line of sent) expect(line).toMatch(/^ {2}\w+ \{"data":\{.*\}\}: (not )?accepted$/);
    expect(sent.filter((line) => line.endsWith(': accepted')).length).toBeGreaterThan(1);
    expect(lines[count]).toBe(`Law: ${races}`);
  });
});

/** Counts the events of each type. */
const counting: Projection<Record<string, number>> = {
  initialState: () => ({}),
  evolve: (counts, { type }) => (type in known ? { ...counts, [type]: (counts[type] ?? 0) + 1 } : counts),
};
const known: Record<string, true> = { ProviderArrived: true, Paused: true, VisitAssigned: true, Completed: true };

describe('the laws of a projection', () => {
  it.each(projectionLaws(counting))('hold for a plain one: $name', (law) => law.run(parameters));
  it.each(projectionLaws({ initialState, evolve }))('hold for the visit itself: $name', (law) => law.run(parameters));
  it.each(projectionLaws({ ...counting, equal: (one, other) => one.Paused === other.Paused }))(
    'take an equality: $name',
    (law) => law.run(parameters),
  );

  let ever = 0;
  const spoilt: readonly [string, string, Projection<never>][] = [
    [
      'counts what it folded before',
      'the same events fold to the same state',
      { initialState: () => ({}), evolve: () => ({ count: ever++ }) } as never,
    ],
    ['never equals itself', 'the same events fold to the same state', { ...counting, equal: () => false } as never],
    [
      'writes into the event',
      'folding leaves the events as they were, and works on frozen ones',
      {
        ...counting,
        evolve: (state: object, event: object) => (Reflect.set(event, 'seen', true) ? state : state),
      } as never,
    ],
    [
      'cannot take a frozen one',
      'folding leaves the events as they were, and works on frozen ones',
      {
        ...counting,
        evolve: (state: object, event: VisitEvent) => {
          const { visitId } = event.data;
          (event.data as { visitId: string }).visitId = visitId;
          return state;
        },
      } as never,
    ],
    [
      'keeps a set',
      'a snapshot that went through JSON goes on from any cut',
      {
        initialState: () => ({ types: new Set() }),
        evolve: ({ types }: { types: Set<string> }, { type }: VisitEvent) => ({ types: new Set([...types, type]) }),
      } as never,
    ],
    [
      'keeps dates',
      'a snapshot that went through JSON goes on from any cut',
      {
        initialState: () => ({ last: null }),
        evolve: (_: unknown, { data }: VisitEvent) => ({ last: new Date(data.at) }),
        equal: (one: { last: Date | null }, other: { last: Date | null }) =>
          one.last?.getTime() === other.last?.getTime(),
      } as never,
    ],
    [
      'counts whatever comes',
      'an event of a type that there is not yet changes nothing',
      { initialState: () => ({ count: 0 }), evolve: ({ count }: { count: number }) => ({ count: count + 1 }) } as never,
    ],
  ];

  it.each(spoilt)('notice one that %s', (_, name, projection) => {
    const law = projectionLaws(projection).find((one) => one.name === name)!;
    expect(() => law.run(parameters)).toThrow();
  });

  it('each notice something', () => {
    const tried = new Set(spoilt.map(([, name]) => name));
    expect(projectionLaws(counting).filter(({ name }) => !tried.has(name))).toEqual([]);
  });
});
