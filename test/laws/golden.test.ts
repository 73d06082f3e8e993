import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier, type MeasureName } from '../../src/reading/index.ts';
import { en } from '../../src/report/words/en.ts';
import { sampleData } from '../../src/testing.ts';
import { eventTypes, evolve, initialState, replay, schemaVersionOf, type VisitState } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { parseLog } from '../../src/wire.ts';

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
const corrected = logsIn('v3');
/** The folders with states of a version that has all fields of version 3, and each state with the first folder that has its log. */
const folders = readdirSync(join('test', 'golden'))
  .filter((name) => /^v\d+$/.test(name))
  .sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
const newest = folders.at(-1) as string;
const states = folders.slice(2).flatMap((version) =>
  namesIn(version)
    .filter((name) => name.endsWith('.state.json'))
    .map((file) => file.replace('.state.json', ''))
    .map((name) => [version, name, folders.find((each) => logsIn(each).includes(name)) as string] as const),
);
const earlier = [...visits.map((name) => ['v1', name] as const), ...unlawful.map((name) => ['v2', name] as const)];

/** The next step when the newest folder does not have the states of today. */
const writeFolder =
  newest === `v${initialState().stateVersion}`
    ? 'raise stateVersion in src/visit/state.ts, then run npx tsx scripts/golden.ts'
    : 'run npx tsx scripts/golden.ts';

/** SHA-256 over the names and contents of all files of version 1, as they were when it was released. */
const released = 'c3f41e022d4882869f376a587f7796864b11f3ab5134af5343956c7fd4f21f12';

/** The same of version 2, before version 3. */
const recorded = '73fd09a1d0e28a1d071652c040d4c7ce58fefc45479a6f3a7373d697cf3f54dc';

/** The same of version 3, before version 4. */
const settled = '23a12b9c6d88bef576b6fcb6ff6c6775014d6b13f094920c1e7c4de87e093dd3';

/** The same of version 4, before version 5. */
const waived = '5d656ad973eb92f782c152b9216d8b3abe2c025348c6fb836952b77197dc22c6';

function hashOf(version: string): string {
  const hash = createHash('sha256');
  for (const name of namesIn(version).filter((one) => one !== 'README.md'))
    hash.update(`${name}\n`).update(read(version, name));
  return hash.digest('hex');
}

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

/** The parts of a state that are records of facts. */
const parts = ['arrival', 'closing', 'identity', 'inspection', 'materials', 'photos', 'transit', 'work'];

/** The fields of a state and of its parts. */
const fieldsOf = (state: object) =>
  Object.entries(state).flatMap(([name, part]) =>
    parts.includes(name) ? Object.keys(part).map((field) => `${name}.${field}`) : name,
  );

/** A state without the fields that a later version added: those that the one on record has, in their order today. */
function asRecorded(state: VisitState, record: string): unknown {
  const recorded = JSON.parse(record);
  const known = fieldsOf(recorded);
  const entries = Object.entries({ ...state, stateVersion: recorded.stateVersion }).map(([name, part]) =>
    parts.includes(name)
      ? [name, Object.fromEntries(Object.entries(part).filter(([field]) => known.includes(`${name}.${field}`)))]
      : [name, part],
  );
  return Object.fromEntries(entries.filter(([name]) => parts.includes(name) || known.includes(name)));
}

const text = (state: unknown) => `${JSON.stringify(state, null, 2)}\n`;

describe('the logs of version 1', () => {
  it('are all there, a log and a state a visit', () => {
    expect(visits.length).toBeGreaterThanOrEqual(30);
    const expected = visits.flatMap((visitId) => [`${visitId}.events.ndjson`, `${visitId}.state.json`]);
    expect(namesIn('v1')).toEqual(['README.md', ...expected]);
  });

  it('are what was released', () => expect(hashOf('v1')).toBe(released));

  it('hold every event of that version; any other has its `schemaVersion` in its act', async () => {
    const seen = new Set<string>();
    for (const visitId of visits) for (const { type } of await eventsOf('v1', visitId)) seen.add(type);
    const newer = eventTypes.filter((type) => schemaVersionOf({ type, data: {} } as VisitEvent) > 1);
    expect(
      eventTypes.filter((type) => !seen.has(type)),
      'give the act of each event that is here too much a `schemaVersion`, in its chapter of src/visit',
    ).toEqual(newer);
  });

  it('have every field of that version; an event with any other is written in a later one', async () => {
    const seen = new Set(['AssignmentAmended.client', 'AssignmentAmended.requiredShots']);
    for (const visitId of visits)
      for (const { type, data } of await eventsOf('v1', visitId))
        for (const field of Object.keys(data)) seen.add(`${type}.${field}`);
    const written = acts.flatMap(({ command, event }) =>
      Object.entries(sampleData[command]).map(([field, value]) => {
        return {
          name: `${event}.${field}`,
          version: schemaVersionOf({ type: event, data: { [field]: value } } as never),
        };
      }),
    );
    expect(
      written.filter(({ name, version }) => version === 1 && !seen.has(name)).map(({ name }) => name),
      'give an event that has the field its version in `schemaVersionOf` of src/visit/table.ts',
    ).toEqual([]);
  });

  it.each(visits)('%s is read as it was written', async (visitId) => {
    const events = await eventsOf('v1', visitId);
    expect(events.map((event) => `${JSON.stringify(event)}\n`).join('')).toBe(read('v1', `${visitId}.events.ndjson`));
  });

  it.each(visits)('%s folded to the same facts in version 2, and to what that added', (visitId) => {
    expect(JSON.parse(read('v2', `${visitId}.state.json`))).toEqual(asVersion2(read('v1', `${visitId}.state.json`)));
  });
});

describe('the states of version 2', () => {
  it('are all there: of each log of version 1, and of logs that break the rules', () => {
    const states = [...visits, ...unlawful].map((name) => `${name}.state.json`);
    const logs = unlawful.map((name) => `${name}.events.ndjson`);
    expect(unlawful).toEqual(['after-the-end', 'former-provider', 'other-case-number']);
    expect(namesIn('v2')).toEqual(['README.md', ...states, ...logs].sort());
  });

  it('are what was on record', () => expect(hashOf('v2')).toBe(recorded));

  it.each(earlier)(
    'of the log of %s %s is that of today, byte for byte, without what later versions add',
    async (version, name) => {
      const record = read('v2', `${name}.state.json`);
      expect(text(asRecorded(replay(await eventsOf(version, name)), record))).toBe(record);
    },
  );

  it.each(earlier)('of the log of %s %s cannot be folded on, but its events can', async (version, name) => {
    const events = await eventsOf(version, name);
    const snapshot = JSON.parse(read('v2', `${name}.state.json`));
    expect(() => replay([], snapshot)).toThrow(TypeError);
    expect(() => evolve(snapshot, events[0] as VisitEvent)).toThrow(TypeError);
    expect(replay(events).stateVersion).toBe(initialState().stateVersion);
  });

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

describe('the states of version 3, and of each later one', () => {
  it('have at last the fields of a state today; with others, stateVersion in src/visit/state.ts is to rise', () => {
    const [name = ''] = visits;
    expect(fieldsOf(initialState()), writeFolder).toEqual(fieldsOf(JSON.parse(read(newest, `${name}.state.json`))));
  });

  it('have a folder of their own each, which `npx tsx scripts/golden.ts` writes', () => {
    expect(newest, writeFolder).toBe(`v${initialState().stateVersion}`);
    for (const [version, name] of states) {
      expect(JSON.parse(read(version, `${name}.state.json`)).stateVersion).toBe(Number(version.slice(1)));
    }
  });

  it('are there of each log that there was before', () => {
    for (const [index, version] of folders.entries()) {
      if (index < 2) continue;
      const logs = folders.slice(0, index + 1).flatMap((each) => logsIn(each));
      expect(
        states.filter(([each]) => each === version).map(([, name]) => name),
        `${version}: ${writeFolder}`,
      ).toEqual(logs.sort());
    }
  });

  it('are all there: of each earlier log, and of logs with mistakes and discrepancies', () => {
    const states = [...visits, ...unlawful, ...corrected].map((name) => `${name}.state.json`);
    const logs = corrected.map((name) => `${name}.events.ndjson`);
    expect(namesIn('v3')).toEqual(['README.md', ...states, ...logs].sort());
  });

  it('of version 3 are what was on record', () => expect(hashOf('v3')).toBe(settled));

  it('of version 4 are what was on record', () => expect(hashOf('v4')).toBe(waived));

  it('have logs with every event that a schema version added, and the version that it is written in', async () => {
    const seen = new Set<string>();
    const logs = folders.slice(2).flatMap((version) => logsIn(version).map((name) => [version, name] as const));
    for (const [version, name] of logs) {
      for (const event of await eventsOf(version, name)) {
        expect(event.metadata?.schemaVersion).toBe(schemaVersionOf(event));
        if (Number(event.metadata?.schemaVersion) > 1) seen.add(event.type);
      }
    }
    const newer = eventTypes.filter((type) => schemaVersionOf({ type, data: {} } as VisitEvent) > 1);
    expect(
      [...seen].sort(),
      'add a log with each event that is missing to `logs` of scripts/golden.ts, then run npx tsx scripts/golden.ts',
    ).toEqual(['AssignmentAmended', ...newer].sort());
  });

  it('are of logs in which every measure is taken', async () => {
    const logs = folders.flatMap((version) => logsIn(version).map((name) => eventsOf(version, name)));
    const taken = (await Promise.all(logs)).flatMap((events) => dossier(events).measures.map(({ name }) => name));
    expect(
      Object.keys(en.measures).filter((name) => !taken.includes(name as MeasureName)),
      'take a measure that is missing: of a debt in `measureOfDebt` of src/reading/judging/measures.ts, else in `observers`',
    ).toEqual([]);
  });

  it.each(states)(
    '%s: %s, of a log of %s, is the same, byte for byte, by both folds, without what later versions add',
    async (version, name, logVersion) => {
      const events = await eventsOf(logVersion, name);
      const record = read(version, `${name}.state.json`);
      expect(text(asRecorded(replay(events), record))).toBe(record);
      expect(text(asRecorded(events.reduce(evolve, initialState()), record))).toBe(record);
    },
  );

  it.each(corrected)('%s is read as it was written', async (name) => {
    const events = await eventsOf('v3', name);
    expect(events.map((event) => `${JSON.stringify(event)}\n`).join('')).toBe(read('v3', `${name}.events.ndjson`));
  });

  it('hold what they add', async () => {
    const state = async (version: string, name: string) => replay(await eventsOf(version, name));
    expect((await state('v1', 'v-2026-0317-23')).formerProviders).toHaveLength(1);
    expect((await state('v3', 'closed-in-debt')).closing.lapsed).toHaveLength(1);
    expect((await state('v3', 'annulled-closing')).closing.lapsed).toEqual([]);
    expect((await state('v3', 'annulled-closing')).debts).toEqual((await state('v3', 'closed-in-debt')).closing.lapsed);
    const [discrepancy] = (await state('v3', 'settled-discrepancy')).discrepancies;
    expect(discrepancy?.acts.map(({ taken }) => taken)).toEqual([true, true]);
  });

  it('waivers-without-effect: what the contact center did not instruct waives nothing', async () => {
    const events = await eventsOf('v4', 'waivers-without-effect');
    const told = events.filter((event) => event.type === 'InstructionGiven' && event.data.waives !== undefined);
    expect(told.map(({ data }) => data.by.role)).toEqual(['provider', 'client']);
    expect(replay(events)).toMatchObject({ phase: 'completed', waivers: [], work: { toolsShownAt: null } });
  });

  it('of version 5 add to those of version 4 an empty list of what the client said, and times', () => {
    const added = ['arrival.absenceReportedAt', 'materials.suppliedAt', 'materials.acceptedAt', 'closing.testedAt'];
    const stated = states.filter(([version]) => version === 'v4').map(([, name]) => name);
    for (const name of stated) {
      const [before, after] = ['v4', 'v5'].map((version) => JSON.parse(read(version, `${name}.state.json`)));
      expect(fieldsOf(after).filter((field) => !fieldsOf(before).includes(field))).toEqual([...added, 'attestations']);
      expect(after.attestations, name).toEqual([]);
      expect(asRecorded(after, text(before)), name).toEqual(before);
    }
  });

  it.each([
    ['client-agrees', 6, 0, false],
    ['client-on-closing', 1, 0, false],
    ['client-on-corrected-time', 1, 0, false],
    ['client-denies-after-the-end', 0, 2, true],
    ['client-takes-back', 1, 1, true],
    ['client-on-what-does-not-stand', 0, 1, true],
    ['client-said-by-a-provider', 0, 0, false],
  ] as const)('%s: the client agrees to %d facts, and denies %d', async (name, agreed, denied, isOwed) => {
    const { attestations, debts } = replay(await eventsOf('v5', name));
    expect(attestations.filter(({ agrees }) => agrees)).toHaveLength(agreed);
    expect(attestations.filter(({ agrees }) => !agrees)).toHaveLength(denied);
    expect(debts.some(({ kind }) => kind === 'take-up-escalation')).toBe(isOwed);
  });

  it("of the logs with the client's words break a rule in two alone", async () => {
    const unclean = [];
    for (const name of logsIn('v5')) if (!audit(await eventsOf('v5', name)).clean) unclean.push(name);
    expect(unclean).toEqual(['client-on-what-does-not-stand', 'client-said-by-a-provider']);
  });
});
