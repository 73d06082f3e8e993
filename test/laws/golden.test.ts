import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { eventTypes, evolve, initialState, replay } from '../../src/visit/index.ts';
import { parseLog } from '../../src/wire/index.ts';

/*
 * The logs of earlier releases, which are never edited: what was once written stays readable and keeps its meaning. A
 * failure here is a break for every log out there. A new shape of events or of the state adds a folder of its own.
 */
const folder = join('test', 'golden', 'v1');
const names = readdirSync(folder).sort();
const visits = names.filter((name) => name.endsWith('.events.ndjson')).map((name) => name.replace(/\.events\..*/, ''));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** SHA-256 over the names and contents of all files of version 1, as they were when it was released. */
const released = 'c3f41e022d4882869f376a587f7796864b11f3ab5134af5343956c7fd4f21f12';

async function eventsOf(visitId: string): Promise<VisitEvent[]> {
  const events: VisitEvent[] = [];
  for await (const line of parseLog(read(`${visitId}.events.ndjson`))) {
    if (!line.ok) throw new Error(`${visitId}, line ${line.line}: ${JSON.stringify(line.issues)}`);
    events.push(line.value);
  }
  return events;
}

describe('the logs of version 1', () => {
  it('are all there, a log and a state a visit', () => {
    expect(visits.length).toBeGreaterThanOrEqual(30);
    const expected = visits.flatMap((visitId) => [`${visitId}.events.ndjson`, `${visitId}.state.json`]);
    expect(names).toEqual(['README.md', ...expected]);
  });

  it('are what was released', () => {
    const hash = createHash('sha256');
    for (const name of names.filter((one) => one !== 'README.md')) hash.update(`${name}\n`).update(read(name));
    expect(hash.digest('hex')).toBe(released);
  });

  it('hold every event of that version', async () => {
    const seen = new Set<string>();
    for (const visitId of visits) for (const { type } of await eventsOf(visitId)) seen.add(type);
    expect(eventTypes.filter((type) => !seen.has(type))).toEqual([]);
  });

  it.each(visits)('%s is read as it was written', async (visitId) => {
    const events = await eventsOf(visitId);
    expect(events.map((event) => `${JSON.stringify(event)}\n`).join('')).toBe(read(`${visitId}.events.ndjson`));
  });

  it.each(visits)('%s folds to the same state, byte for byte', async (visitId) => {
    const events = await eventsOf(visitId);
    const recorded = read(`${visitId}.state.json`);
    expect(`${JSON.stringify(replay(events), null, 2)}\n`).toBe(recorded);
    expect(`${JSON.stringify(events.reduce(evolve, initialState()), null, 2)}\n`).toBe(recorded);
  });
});
