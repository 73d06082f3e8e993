import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { eventTypes, evolve, initialState, replay } from '../../src/visit/index.ts';
import { parseLog } from '../../src/wire/index.ts';

/*
 * The logs of earlier releases, which are never edited: what was once written stays readable and keeps its meaning. A
 * failure here is a break for every log out there. A new shape of events or of the state adds a folder of its own.
 */
const folder = (version: string) => join('test', 'golden', version);
const namesIn = (version: string) => readdirSync(folder(version)).sort();
const logsIn = (version: string) =>
  namesIn(version)
    .filter((name) => name.endsWith('.events.ndjson'))
    .map((name) => name.replace(/\.events\..*/, ''));
const read = (version: string, name: string) => readFileSync(join(folder(version), name), 'utf8');
const visits = logsIn('v1');
const unlawful = logsIn('v2');

/** SHA-256 over the names and contents of all files of version 1, as they were when it was released. */
const released = 'c3f41e022d4882869f376a587f7796864b11f3ab5134af5343956c7fd4f21f12';

async function eventsOf(version: string, visitId: string): Promise<VisitEvent[]> {
  const events: VisitEvent[] = [];
  for await (const line of parseLog(read(version, `${visitId}.events.ndjson`))) {
    if (!line.ok) throw new Error(`${visitId}, line ${line.line}: ${JSON.stringify(line.issues)}`);
    events.push(line.value);
  }
  return events;
}

/** A state of version 1 as version 2 has it: the case number that the standing completion call named, and nothing else. */
function asVersion2(text: string): unknown {
  const { closing, ...state } = JSON.parse(text);
  const caseNumberNamed = closing.completionReportedAt === null ? null : state.caseNumber;
  return { ...state, stateVersion: 2, closing: { ...closing, caseNumberNamed } };
}

describe('the logs of version 1', () => {
  it('are all there, a log and a state a visit', () => {
    expect(visits.length).toBeGreaterThanOrEqual(30);
    const expected = visits.flatMap((visitId) => [`${visitId}.events.ndjson`, `${visitId}.state.json`]);
    expect(namesIn('v1')).toEqual(['README.md', ...expected]);
  });

  it('are what was released', () => {
    const hash = createHash('sha256');
    for (const name of namesIn('v1').filter((one) => one !== 'README.md'))
      hash.update(`${name}\n`).update(read('v1', name));
    expect(hash.digest('hex')).toBe(released);
  });

  it('hold every event of that version', async () => {
    const seen = new Set<string>();
    for (const visitId of visits) for (const { type } of await eventsOf('v1', visitId)) seen.add(type);
    expect(eventTypes.filter((type) => !seen.has(type))).toEqual([]);
  });

  it.each(visits)('%s is read as it was written', async (visitId) => {
    const events = await eventsOf('v1', visitId);
    expect(events.map((event) => `${JSON.stringify(event)}\n`).join('')).toBe(read('v1', `${visitId}.events.ndjson`));
  });

  it.each(visits)('%s folds to the same facts, and to what version 2 added', async (visitId) => {
    expect(replay(await eventsOf('v1', visitId))).toEqual(asVersion2(read('v1', `${visitId}.state.json`)));
  });
});

describe('the states of version 2', () => {
  it('are all there: of each log of version 1, and of logs that break the rules', () => {
    const states = [...visits, ...unlawful].map((name) => `${name}.state.json`);
    const logs = unlawful.map((name) => `${name}.events.ndjson`);
    expect(unlawful).toEqual(['after-the-end', 'former-provider', 'other-case-number']);
    expect(namesIn('v2')).toEqual(['README.md', ...states, ...logs].sort());
  });

  it.each([...visits.map((name) => ['v1', name] as const), ...unlawful.map((name) => ['v2', name] as const)])(
    'of the log of %s %s is the same, byte for byte, by both folds',
    async (version, name) => {
      const events = await eventsOf(version, name);
      const recorded = read('v2', `${name}.state.json`);
      expect(`${JSON.stringify(replay(events), null, 2)}\n`).toBe(recorded);
      expect(`${JSON.stringify(events.reduce(evolve, initialState()), null, 2)}\n`).toBe(recorded);
    },
  );

  it.each([
    ['after-the-end', 'v-2026-0317-01', 4],
    ['former-provider', 'v-2026-0317-23', 9],
  ] as const)('%s: the events that change nothing leave the state of %s', async (name, visitId, strays) => {
    const events = await eventsOf('v2', name);
    expect(events).toHaveLength((await eventsOf('v1', visitId)).length + strays);
    expect(replay(events)).toEqual(replay(await eventsOf('v1', visitId)));
    const found = audit(events).findings.filter(({ kind }) => kind === 'violation' || kind === 'late');
    expect(new Set(found.map(({ index }) => index)).size).toBeGreaterThanOrEqual(strays);
  });

  it('other-case-number: a call that names another case stands, and names none', async () => {
    const { closing } = replay(await eventsOf('v2', 'other-case-number'));
    expect(closing.completionReportedAt).not.toBeNull();
    expect(closing.caseNumberNamed).toBeNull();
  });
});
