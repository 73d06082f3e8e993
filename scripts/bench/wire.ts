import { initialState, replay, type VisitEvent } from 'auxilio';
import { eventSchemas, parseCommand, parseEvent } from 'auxilio/wire';
import * as z from 'zod/mini';
import type { Bench, Table } from './bench.ts';
import { digits, type Runner, race, takenBy } from './interleave.ts';
import { instance } from './isolated-module.ts';
import type * as simulated from './simulated.ts';
import { peers } from './wire/peers.ts';

/** Texts from outside that are meant to cost time or memory. */
const hostile: Readonly<Record<string, () => unknown>> = {
  'text of a million items': () => photos(`[${'0,'.repeat(1_000_000)}0]`),
  'text of 100,000 brackets': () => photos('['.repeat(100_000)),
  'text of a string of 10 MB': () => photos(`"${'x'.repeat(10_000_000)}"`),
  'text of 64 kB, all small items': () => photos(`[${'0,'.repeat(32_000)}0]`),
  'text of 64 kB, all keys': () => photos(`{${Array.from({ length: 6_000 }, (_, n) => `"k${n}":0`).join()}}`),
  'a value with a million items': () => taking(Array.from({ length: 1_000_000 }, () => ({}))),
  'a value of 100,000 levels': () => taking(deep(100_000)),
  'a value with 100,000 keys': () =>
    taking(Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, 0]))),
  'a value with a string of 10 MB': () => taking('x'.repeat(10_000_000)),
};

const photos = (json: string) => `{"type":"TakePhotos","data":{"visitId":"v","at":"","photos":${json}},"metadata":{}}`;
const taking = (items: unknown) => ({
  type: 'TakePhotos',
  data: { visitId: 'v', at: '', photos: items },
  metadata: {},
});

function deep(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const hash = 'a1b2c3d4'.repeat(8);

/** The metadata that a service adds to an event, and a key of the application. */
const metadata = {
  schemaVersion: 1,
  eventId: 'event-1',
  commandId: 'command-1',
  recordedAt: '2026-03-17T14:00:00.000Z',
};
const inside: readonly (readonly [string, object])[] = [
  ['as a service stores them', { ...metadata, previousHash: hash, hash }],
  ['and with a key of the host', { ...metadata, previousHash: hash, hash, tenant: 'north' }],
];

type Reading = { readonly table: Table; readonly ofValues: number };

/** Measures parsing of events with metadata, from text and from a value. */
async function reading(logs: readonly (readonly VisitEvent[])[], rounds: number): Promise<Reading> {
  const rows: string[][] = [];
  const ofValues: number[] = [];
  for (const [name, added] of inside) {
    const lines = logs.flat().map((event) => JSON.stringify({ ...event, metadata: added }));
    const values = lines.map((line) => JSON.parse(line));
    const each = (work: (line: string) => unknown) => () => {
      for (const line of lines) work(line);
    };
    const taken = await race(
      [
        { name: 'JSON.parse', run: each((line) => JSON.parse(line)) },
        { name: 'parseEvent', run: each(parseEvent) },
        { name: 'of the value', run: () => values.forEach(parseEvent) },
      ],
      rounds,
    );
    const medianOf = (name: string) => takenBy(taken, name).medianMs;
    const [floor, own, ofValue] = [medianOf('JSON.parse'), medianOf('parseEvent'), medianOf('of the value')];
    ofValues.push(ofValue / own);
    const perEvent = (ms: number) => digits((1000 * ms) / lines.length);
    rows.push([name, perEvent(floor), perEvent(own), digits(own / floor), perEvent(ofValue), digits(ofValue / own)]);
  }
  const head = [
    'events with metadata',
    'JSON.parse, µs',
    'parseEvent, µs',
    'JSON.parse = 1',
    'of a value, µs',
    'its text = 1',
  ];
  return { table: { head, rows }, ofValues: Math.max(...ofValues) };
}

/** Measures refusals: the longest time and the most memory of several runs. */
function hostility(): Table {
  const rows = Object.entries(hostile).map(([name, make]) => {
    const input = make();
    let [slowest, most] = [0, 0];
    for (let attempt = 0; attempt < 5; attempt++) {
      (globalThis as { gc?: () => void }).gc?.();
      const before = process.memoryUsage().heapUsed;
      const startedAt = performance.now();
      if (parseCommand(input).ok) throw new Error(`${name} was let in`);
      slowest = Math.max(slowest, performance.now() - startedAt);
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    return [name, digits(slowest), digits(most / 1024 / 1024)];
  });
  return { head: ['refused', 'ms at most', 'MB at most'], rows };
}

export const wiring: Bench = {
  name: 'wire',
  title: 'Lines to events to state',
  says:
    'The events of simulated visits as lines: parsed by JSON alone, validated, and folded. The others validate the\n' +
    'result of JSON.parse, selecting by type first, with schemas generated from our JSON Schema (as strict, except\n' +
    'that they do not check dates against the calendar and normalise nothing).',
  async run(size) {
    const { simulatedLogs } = await instance<typeof simulated>('scripts/bench/simulated.ts');
    const logs = simulatedLogs(size === 'quick' ? 200 : 2000);
    const lines = logs.map((log) => log.map((event) => JSON.stringify(event)));
    const count = logs.reduce((sum, log) => sum + log.length, 0);
    const types = [...new Set(logs.flat().map(({ type }) => type))];
    const each = (work: (line: string) => unknown) => () => {
      for (const log of lines) for (const line of log) work(line);
    };
    const checked = (checkOf: (type: VisitEvent['type']) => (value: unknown) => boolean): Runner['run'] => {
      const checks = new Map<string, (value: unknown) => boolean>(types.map((type) => [type, checkOf(type)]));
      return each((line) => {
        const event = JSON.parse(line) as VisitEvent;
        if (checks.get(event.type)?.(event) !== true) throw new Error(`${event.type} is refused`);
      });
    };
    const eventOf = (line: string): VisitEvent => {
      const parsed = parseEvent(line);
      if (!parsed.ok) throw new Error('An event is refused');
      return parsed.value;
    };
    const union = z.union(Object.values<z.ZodMiniType>(eventSchemas) as [z.ZodMiniType, ...z.ZodMiniType[]]);
    const runners: Runner[] = [
      { name: 'JSON.parse', run: each((line) => JSON.parse(line)) },
      { name: 'parseEvent', run: each(eventOf) },
      { name: 'parseEvent, replay', run: () => lines.reduce((_, log) => replay(log.map(eventOf)), initialState()) },
      { name: 'TypeBox 0.34, compiled', run: checked(peers.typebox) },
      { name: 'ajv 8, compiled', run: checked(peers.ajv) },
      { name: 'valibot 1', run: checked(peers.valibot) },
      { name: 'zod 4 mini, by type', run: checked((type) => (value) => eventSchemas[type].safeParse(value).success) },
      { name: 'zod 4 mini, a union', run: checked(() => (value) => union.safeParse(value).success) },
    ];
    const taken = await race(runners, size === 'quick' ? 3 : 11);
    const floor = takenBy(taken, 'JSON.parse').medianMs;
    const ratio = (name: string) => takenBy(taken, name).medianMs / floor;
    const { table, ofValues } = await reading(logs, size === 'quick' ? 3 : 11);
    return {
      tables: [
        {
          head: ['', 'µs an event', 'JSON.parse alone = 1'],
          rows: taken.map(({ name, medianMs }) => [name, digits((1000 * medianMs) / count), digits(ratio(name))]),
        },
        table,
        hostility(),
      ],
      bars: [
        {
          what: 'parse, validate and replay',
          figure: ratio('parseEvent, replay'),
          unit: ' × JSON.parse',
          bar: 2,
          is: 'at most',
        },
        { what: 'parse a value with metadata', figure: ofValues, unit: ' × its text', bar: 1.5, is: 'at most' },
      ],
    };
  },
};
