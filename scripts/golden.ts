/**
 * Writes the folders of `test/golden`: the output of each version of the events and of the state, never edited after
 * its release. `v1` holds a log of each visit of the day and its state of version 1; `v2` the states of version 2 of
 * the same logs, and logs that break the rules, with theirs; `v3` the states of version 3 of all these, and logs of
 * mistakes and discrepancies, with events of schema version 2; `v4` the states of version 4, and waivers that have no
 * effect; `v5` the states of version 5, and logs with the client's own words. A release that folds events to another state
 * adds a folder, of the number of `stateVersion`: the states of all earlier logs, and the logs that `logs` makes for it here.
 *
 *   npx tsx scripts/golden.ts           writes the files of the newest folder that are missing
 *   npx tsx scripts/golden.ts --check   writes nothing, and fails if a file is not what would be written now
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { VisitCommand, VisitEvent } from '../src/messages/index.ts';
import { decide, initialState, replay, schemaVersionOf } from '../src/visit/index.ts';

const folder = (version: string) => fileURLToPath(new URL(`../test/golden/${version}/`, import.meta.url));
const newest = `v${initialState().stateVersion}`;

const logOf = (version: string, name: string): VisitEvent[] =>
  readFileSync(`${folder(version)}${name}.events.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** A visit that was completed. */
const completed = () => logOf('v1', 'v-2026-0317-01');

const upTo = (log: readonly VisitEvent[], type: VisitEvent['type']) =>
  log.slice(0, log.findIndex((event) => event.type === type) + 1);

/** An event as a service writes it. */
function written({ type, data }: VisitEvent, index: number): VisitEvent {
  const metadata = {
    schemaVersion: schemaVersionOf({ type, data }),
    eventId: `e-${type}-${index}`,
    commandId: `c-${index}`,
  };
  return { type, data, metadata } as VisitEvent;
}

const operator = { role: 'contact-center', id: 'op-01' };
const client = { role: 'client', id: 'cli-01' };
/** The provider of the visit that was completed. */
const provider = { role: 'provider', id: 'prov-003' };

const minutesAfter = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** A log and the events of commands, each a minute after the event before it: of the client that act alone, else of the contact center. */
function continued(log: readonly VisitEvent[], ...commands: readonly (readonly [VisitCommand['type'], object])[]) {
  const events = [...log];
  for (const [type, more] of commands) {
    const { visitId, at: before } = (events.at(-1) as VisitEvent).data;
    const actor = type === 'AttestFacts' ? client : operator;
    const data = { visitId, at: minutesAfter(before, 1), ...more };
    const command = { type, data, metadata: { actor } } as unknown as VisitCommand;
    const decision = decide(command, replay(events));
    if (!decision.ok) throw new Error(`${type}: ${JSON.stringify(decision.rejection)}`);
    events.push(...decision.events.map((event) => written(event, events.length)));
  }
  return events;
}

const recordedAt = (log: readonly VisitEvent[], type: VisitEvent['type']) =>
  log.findLast((event) => event.type === type)?.data.at;

const annul = (log: readonly VisitEvent[], act: VisitEvent['type']) =>
  ['AnnulAct', { act, recorded: recordedAt(log, act), reason: 'Se marcó por error' }] as const;

const correct = (log: readonly VisitEvent[], what: string, type: VisitEvent['type'], minutes: number) => {
  const recorded = recordedAt(log, type) as string;
  const corrected = minutesAfter(recorded, minutes);
  return ['CorrectTime', { what, recorded, corrected, reason: 'El reloj estaba mal' }] as const;
};

/** A discrepancy of two acts, of which a settlement takes the first, and another the second. */
function settled(): VisitEvent[] {
  const log = upTo(completed(), 'AreaInspected');
  const { visitId, at } = (log.at(-1) as VisitEvent).data;
  const by = provider;
  const [explained, arrived] = [
    refusedOn(log, ['ExplainWork', 'WorkExplained'], { visitId, at, method: 'Se cambia el sifón', materials: [], by }),
    refusedOn(log, ['RecordArrival', 'ProviderArrived'], { visitId, at, by }),
  ];
  const discrepancyId = `d-${log.length + 1}`;
  const data = { visitId, at, discrepancyId, basedOn: log.length, acts: [explained, arrived], by };
  const events = [...log, written({ type: 'DiscrepancyReported', data } as unknown as VisitEvent, log.length)];
  for (const [position, { type, data }] of [explained, arrived].entries()) {
    const fact = { type, data: { ...data, recordedBy: operator } } as unknown as VisitEvent;
    const known = [...events, written(fact, events.length + 1)];
    const settlement = { discrepancyId, taken: [position], text: 'Se habló con el proveedor' };
    events.splice(0, events.length, ...continued(known, ['SettleDiscrepancy', settlement]));
  }
  return events;
}

/** An act as a report has it that was refused on a log that its recorder knew whole. */
function refusedOn(
  log: readonly VisitEvent[],
  [command, type]: readonly [string, string],
  data: { readonly by: object; readonly [field: string]: unknown },
) {
  const { by: actor, ...said } = data;
  const decision = decide({ type: command, data: said, metadata: { actor } } as unknown as VisitCommand, replay(log));
  if (decision.ok) throw new Error(`${command} is accepted`);
  const violations = decision.rejection.violations.map(({ rule, clause }) => ({ rule, clause }));
  return { type, data, commandId: `c-${command}`, on: log.length, violations, lawfulThen: false };
}

/** A visit that was closed while an instruction was owed, which lapsed. */
function closed(): VisitEvent[] {
  const cancel = { about: 'visit', decision: 'cancel', text: 'Se cancela la visita' };
  return continued(logOf('v1', 'v-2026-0317-29'), ['GiveInstruction', cancel], ['CloseVisit', {}]);
}

/** Logs of mistakes and discrepancies, by the name of their files. */
const corrected = (): Readonly<Record<string, VisitEvent[]>> => ({
  'amended-case-number': continued(upTo(completed(), 'WorkStarted'), [
    'AmendAssignment',
    { caseNumber: 'EXP-2026-009999' },
  ]),
  'annulled-arrival': continued(upTo(completed(), 'ProviderArrived'), annul(completed(), 'ProviderArrived')),
  'annulled-closing': continued(closed(), annul(closed(), 'VisitClosed')),
  'annulled-completion': continued(completed(), annul(completed(), 'Completed')),
  'annulled-start': continued(upTo(completed(), 'WorkStarted'), annul(completed(), 'WorkStarted')),
  'closed-in-debt': closed(),
  'corrected-times': continued(
    completed(),
    correct(completed(), 'arrival', 'ProviderArrived', -5),
    correct(completed(), 'start', 'WorkStarted', 5),
    correct(completed(), 'completion-call', 'CompletionReported', -1),
    correct(completed(), 'end', 'Completed', 10),
  ),
  'settled-discrepancy': settled(),
});

/** Instructions that would waive the tools, of the provider and of the client, in a visit whose work started without them. */
function withoutEffect(): VisitEvent[] {
  const log = completed().filter(({ type }) => type !== 'ToolsShown');
  const place = log.findIndex(({ type }) => type === 'AreaCleared');
  const { visitId, at, by } = (log[place] as VisitEvent).data;
  const told = { visitId, at, about: 'visit', decision: 'proceed', text: 'Siga sin eso', waives: ['tools-shown'] };
  const given = [by, { role: 'client', id: 'client' }].map((author) => ({ ...told, by: author }));
  const events = given.map((data, nth) =>
    written({ type: 'InstructionGiven', data } as unknown as VisitEvent, place + nth),
  );
  return [...log.slice(0, place), ...events, ...log.slice(place)];
}

/** The client's word on facts of a log: on each that is named, at the time of the last event that made it. */
const attest = (log: readonly VisitEvent[], agrees: boolean, facts: Readonly<Record<string, VisitEvent['type']>>) => {
  const said = Object.entries(facts).map(([fact, type]) => {
    return { fact, recorded: recordedAt(log, type), agrees, ...(!agrees && { what: 'No fue así' }) };
  });
  return ['AttestFacts', { facts: said }] as const;
};

/** A log that goes on with a word of the client that no rule lets through: it is on record even so. */
function saidUnlawfully(log: readonly VisitEvent[], more: object): VisitEvent[] {
  const { visitId, at } = (log.at(-1) as VisitEvent).data;
  const data = { visitId, at: minutesAfter(at, 1), by: client, ...more };
  return [...log, written({ type: 'FactsAttested', data } as unknown as VisitEvent, log.length)];
}

/** Logs with the client's own words, by the name of their files. */
function attested(): Readonly<Record<string, VisitEvent[]>> {
  const ended = completed();
  const started = upTo(ended, 'WorkStarted');
  const moved = continued(ended, correct(ended, 'arrival', 'ProviderArrived', -5));
  const [, { corrected: arrived }] = correct(ended, 'arrival', 'ProviderArrived', -5);
  const denied = attest(ended, false, { tests: 'QualityTested', belongings: 'BelongingsShown' });
  const [, { facts: onTests }] = attest(ended, true, { tests: 'QualityTested' });
  const onArrival = { fact: 'arrival', recorded: arrived, agrees: true };
  return {
    'client-agrees': continued(
      started,
      attest(started, true, { arrival: 'ProviderArrived', identity: 'IdentityValidated', inspection: 'AreaInspected' }),
      attest(started, true, { explanation: 'WorkExplained', tools: 'ToolsShown', start: 'WorkStarted' }),
    ),
    'client-on-closing': continued(closed(), attest(closed(), true, { end: 'VisitClosed' })),
    'client-on-corrected-time': continued(moved, ['AttestFacts', { facts: [onArrival] }]),
    'client-denies-after-the-end': continued(ended, denied),
    'client-takes-back': continued(ended, denied, attest(ended, true, { tests: 'QualityTested' })),
    // On the tests of a visit in which nothing was tested yet.
    'client-on-what-does-not-stand': saidUnlawfully(started, { facts: [{ ...onTests[0], agrees: false }] }),
    'client-said-by-a-provider': saidUnlawfully(ended, { ...denied[1], recordedBy: provider }),
  };
}

const logsIn = (version: string) =>
  readdirSync(folder(version))
    .sort()
    .flatMap((name) => /^(.*)\.events\.ndjson$/.exec(name)?.[1] ?? []);

/** The logs that a folder adds to those of the earlier ones, by its name; an act that is new has one here. */
const logs: Readonly<Record<string, () => Readonly<Record<string, VisitEvent[]>>>> = {
  v3: corrected,
  v4: () => ({ 'waivers-without-effect': withoutEffect() }),
  v5: attested,
};

/** The folders before the newest. */
const before = Array.from({ length: initialState().stateVersion - 1 }, (_, index) => `v${index + 1}`);

/** Every file of the newest folder, by its name. */
function goldenFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const put = (name: string, events: readonly VisitEvent[]) =>
    files.set(`${name}.state.json`, `${JSON.stringify(replay(events), null, 2)}\n`);
  for (const version of before) for (const name of logsIn(version)) put(name, logOf(version, name));
  for (const [name, events] of Object.entries(logs[newest]?.() ?? {})) {
    files.set(`${name}.events.ndjson`, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    put(name, events);
  }
  return files;
}

function main(): number {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const files = goldenFiles();
  if (values.check) return compare(files);
  mkdirSync(folder(newest), { recursive: true });
  const missing = [...files].filter(([name]) => !existsSync(`${folder(newest)}${name}`));
  for (const [name, text] of missing) writeFileSync(`${folder(newest)}${name}`, text);
  console.log(`${missing.length} files written, ${files.size - missing.length} left as they are`);
  return 0;
}

function compare(files: ReadonlyMap<string, string>): number {
  const other = [...files].filter(
    ([name, text]) =>
      !existsSync(`${folder(newest)}${name}`) || readFileSync(`${folder(newest)}${name}`, 'utf8') !== text,
  );
  for (const [name] of other) console.error(`test/golden/${newest}/${name} is not what would be written now`);
  return other.length === 0 ? 0 : 1;
}

process.exitCode = main();
