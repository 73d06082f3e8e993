import type { VisitEvent } from 'auxilio';
import { isToken, type PersonalField, personalFields } from 'auxilio/privacy';
import { actors, anyEvent, fact, sampleData } from 'auxilio/testing';
import { parseEvent } from 'auxilio/wire';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { asRecord, isObject } from '../../src/util/json.ts';
import { acts } from '../../src/visit/table.ts';
import { runs } from '../support/runs.ts';
import { privateService } from './fixture.ts';

const TEXT = 'Señas de doña Ágata';
const ID = 'agata-8888-7777';

/** The fields that take any text, and stay: no person writes them. The service writes the rules; the policy is named by the host. */
const ofNoPerson = new Set([
  'VisitAssigned data/policyId',
  'DiscrepancyReported data/acts/data/policyId',
  'DiscrepancyReported data/acts/violations/rule',
  'DiscrepancyReported data/acts/violations/clause',
]);

const metadata = {
  eventId: 'e-1',
  commandId: 'c-1',
  recordedAt: '2026-03-17T14:00:00.000Z',
  despite: { by: 'Rosa', reason: 'Llovía' },
  device: 'teléfono 4',
  enteredAt: '2026-03-17T14:00:00.000Z',
};

/** An event of each type, with every field. */
const samples = acts.flatMap(({ event, command }) =>
  [actors.provider, actors.client].map((by) =>
    fact(event, { ...sampleData[command], recordedBy: actors.client }, by, metadata),
  ),
);

/** The paths of the texts of a value of JSON. */
const listPaths = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'string'
    ? [at]
    : isObject(value)
      ? Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...at, key]))
      : [];

function replaceAt<Value>(value: Value, [key, ...rest]: readonly string[], text: string): Value {
  if (key === undefined) return text as Value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, text);
  return copy as Value;
}

const decisions = new Map<string, PersonalField['decision']>();
const nameOf = (event: string, path: readonly string[]) =>
  `${event} ${path.filter((step) => !/^(?:\d+|-)$/.test(step)).join('/')}`;

/** The decision on a text of an event; those in the acts of a report are of their own types, or as in the metadata. */
function findDecision({ type, data }: VisitEvent, path: readonly string[]): PersonalField['decision'] | undefined {
  const [top = '', list, nth = '', ...inner] = path;
  if (type === 'DiscrepancyReported' && list === 'acts' && inner[0] === 'data') {
    return decisions.get(nameOf(data.acts[Number(nth)]?.type ?? '', inner));
  }
  for (let length = path.length; length > 1; length -= 1) {
    const found = decisions.get(nameOf(top === 'metadata' ? 'every' : type, path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}

let tokenize: (event: VisitEvent) => Promise<VisitEvent>;

beforeAll(async () => {
  for (const { event, path, decision } of personalFields())
    decisions.set(nameOf(event, path.slice(1).split('/')), decision);
  const { privacy } = await privateService();
  tokenize = async (event) => (await privacy.tokenizeFact(event, event.data.recordedBy ?? event.data.by)).message;
});

/** Puts a canary in the place of each text of an event that may have another, and lists the faults. */
async function findClear(event: VisitEvent, tried: Set<string>): Promise<string[]> {
  const faults: string[] = [];
  for (const path of listPaths(event)) {
    if (path[0] === 'type' || path.at(-1) === 'type') continue;
    for (const canary of [TEXT, ID]) {
      const parsed = parseEvent(replaceAt(event, path, canary));
      if (!parsed.ok) continue;
      const name = nameOf(event.type, path);
      const decision = findDecision(event, path);
      tried.add(name);
      if (decision === undefined) faults.push(`${name} has no decision`);
      const isClear = JSON.stringify(await tokenize(parsed.value)).includes(canary);
      const isOther = decision !== undefined && 'role' in decision && !isOfRole(parsed.value, path, decision.role);
      const mayStay = decision !== undefined && ('kept' in decision || isOther);
      if (isClear !== mayStay) faults.push(`${name} ${isClear ? 'stays' : 'goes'}`);
      if (canary === TEXT && mayStay && !isOther && !ofNoPerson.has(name))
        faults.push(`${name} takes any text, and stays`);
    }
  }
  return faults;
}

function isOfRole(event: VisitEvent, path: readonly string[], role: string | undefined): boolean {
  const person = path.slice(0, -1).reduce<unknown>((value, key) => asRecord(value)[key], event);
  return asRecord(person).role === role;
}

describe('the decisions on fields', () => {
  it('take every text out of every event', async () => {
    const tried = new Set<string>();
    const faults: string[] = [];
    for (const event of samples) faults.push(...(await findClear(event, tried)));
    expect([...new Set(faults)]).toEqual([]);
    expect(tried.size).toBeGreaterThan(200);
  });

  it('take every text out of any event, and leave one that parses', async () => {
    const tried = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        expect(await findClear(event, tried)).toEqual([]);
        if (parseEvent(event).ok) expect(parseEvent(await tokenize(event)).ok).toBe(true);
      }),
      { numRuns: runs(300) },
    );
    expect(tried.size).toBeGreaterThan(50);
  });

  it('leave no text that is not decided: those that stay are ids, times, words and proofs', () => {
    const kept = personalFields().flatMap(({ decision }) => ('kept' in decision ? decision.kept : []));
    expect(new Set(kept)).toEqual(
      new Set([
        'identifier-of-the-host',
        'identifier-of-staff',
        'identifier-of-a-message',
        'time',
        'word-of-the-protocol',
        'word-of-the-policy',
        'proof',
      ]),
    );
    expect(isToken(TEXT)).toBe(false);
  });
});
