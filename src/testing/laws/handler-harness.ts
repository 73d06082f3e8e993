import fc from 'fast-check';
import type { CommandType, Id, Instant, Occurrence, VisitCommand, VisitEvent } from '../../messages/index.ts';
import { commandTypes, decide, evolve, initialState, type Policy, type VisitState } from '../../visit/index.ts';
import { openCommands, witnessed } from '../arbitraries/from-witnesses.ts';
import { walks } from '../arbitraries/walks.ts';
import { differences } from '../assert.ts';
import { actors } from '../fixtures.ts';
import { visitAt } from '../visit-at.ts';

/** A host's command handler, as its callers see it. @since 0.2.0 */
export type Handler = {
  /** Carries a command out, and says whether it was accepted. A refusal is an answer, not an exception. */
  readonly handle: (command: VisitCommand) => Promise<{ readonly ok: boolean }>;
  /** The events of a visit in order; empty for a missing visit. */
  readonly log: (visitId: Id) => Promise<readonly VisitEvent[]>;
  readonly close?: () => Promise<void> | void;
};

/** The events and states that decide makes of the commands so far. */
type Forecast = {
  readonly policy: Policy | undefined;
  readonly states: Map<Id, VisitState>;
  readonly written: Map<Id, readonly VisitEvent[]>;
};

/** The context of a law: the handler, and the events and states that decide makes of the commands so far. */
export type Run = Forecast & { readonly handler: Handler };

export const newForecast = (policy: Policy | undefined): Forecast => ({
  policy,
  states: new Map(),
  written: new Map(),
});

const findState = (run: Forecast, visitId: Id): VisitState => run.states.get(visitId) ?? initialState();
export const findWritten = (run: Forecast, visitId: Id): readonly VisitEvent[] => run.written.get(visitId) ?? [];
export const readLog = async (run: Run, visitId: Id) => (await run.handler.log(visitId)).map(dropMetadata);
const dropMetadata = ({ type, data }: VisitEvent) => ({ type, data }) as VisitEvent;

/** True if decide accepts a command at its position; its event is recorded. */
export function predict(run: Forecast, command: VisitCommand): boolean {
  const { visitId } = command.data;
  const before = findState(run, visitId);
  const decision = decide(command, before, run.policy);
  if (!decision.ok) return false;
  run.states.set(visitId, decision.events.reduce(evolve, before));
  run.written.set(visitId, [...findWritten(run, visitId), ...decision.events.map(dropMetadata)]);
  return true;
}

/** The acts that a handler does not carry out: discrepancies come from reconciling, and are settled with their facts. */
const reconciled: readonly CommandType[] = ['ReportDiscrepancy', 'SettleDiscrepancy'];
const isHandled = (type: CommandType) => !reconciled.includes(type);

/** Commands to send to a handler, in order: a walk, or the plain visit with omissions. */
export function visits(policy: Policy | undefined): fc.Arbitrary<readonly VisitCommand[]> {
  const plain = visitAt('completed').commands;
  const walked = walks(40, fc.constant(policy)).map(({ asked }) => asked.map(({ command }) => command));
  const later = fc.shuffledSubarray([...plain.slice(1)], { minLength: 1, maxLength: 12 });
  const omitted = later.map((acts) => omitActs(plain, acts, policy));
  return fc.oneof(walked, omitted).map((sent) => sent.filter(({ type }) => isHandled(type)).map(identify));
}

/** The fields that the protocol demands and the schema does not. */
const demanded = [
  ...['fullNameGiven', 'documentShown', 'clientPresent', 'channel', 'suppliedBy', 'call', 'withClient'],
  ...['structuralConditionPreserved', 'clientConfirmed'],
];

/**
 * A visit in which some acts are omitted until they are required: the act that requires them is sent, refused, and sent
 * again after each of them. Required data of an act are omitted at first.
 */
function omitActs(commands: readonly VisitCommand[], forgotten: readonly VisitCommand[], policy: Policy | undefined) {
  const told: VisitCommand[] = [];
  const pending = [...forgotten];
  let state = initialState();
  const accepts = (command: VisitCommand): boolean => {
    told.push(command);
    const decision = decide(command, state, policy);
    if (decision.ok) state = decision.events.reduce(evolve, state);
    return decision.ok;
  };
  for (const command of commands.filter((one) => !forgotten.includes(one))) {
    if (stripDemanded(command).some(accepts)) continue;
    while (!accepts(command)) {
      const missed = pending.shift();
      if (missed === undefined) break;
      if (!accepts(missed)) pending.push(missed);
      if (told.length > 300) return told;
    }
  }
  return told;
}

const stripDemanded = ({ type, data, metadata }: VisitCommand): readonly VisitCommand[] =>
  demanded
    .filter((key) => Object.hasOwn(data, key))
    .map((key) => ({ type, data: dropKey(data, key), metadata }) as VisitCommand);

const dropKey = (data: object, key: string) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));

/** The commands, each followed by one that the visit refuses by one rule alone, where there is such a command. */
export function addNearMisses(commands: readonly VisitCommand[], policy: Policy | undefined): readonly VisitCommand[] {
  const forecast = newForecast(policy);
  return commands.flatMap((command, turn) => {
    const near = nearMiss(forecast, command, turn);
    predict(forecast, command);
    return [command, ...near];
  });
}

/** Finds a command that the visit now refuses by exactly one rule, if any; another one at each turn. */
function nearMiss(run: Forecast, { data: { visitId, at } }: VisitCommand, turn: number): readonly VisitCommand[] {
  const state = findState(run, visitId);
  if (state.visitId === null) return [];
  const near = commandTypes.filter(isHandled).flatMap((type) =>
    witnessed(type, state, at, run.policy).filter((command) => {
      const decision = decide(command, state, run.policy);
      return !decision.ok && decision.rejection.violations.length === 1;
    }),
  );
  return near
    .slice(turn % Math.max(near.length, 1))
    .slice(0, 1)
    .map((command) => identify(command, 1_000 + turn));
}

/** A command as a host's door lets it in: JSON, texts in NFC, with an id of its own. */
function identify({ type, data, metadata }: VisitCommand, index: number): VisitCommand {
  const text = JSON.stringify({ type, data, metadata: { ...metadata, commandId: `command-${index}` } });
  return JSON.parse(text.normalize('NFC'));
}

/** Something that the center may always say of a visit that was assigned. */
function escalation({ visitId, at }: Occurrence, what: string, commandId = `said-${what}`): VisitCommand {
  return {
    type: 'EscalateClientImpact',
    data: { visitId, at, what },
    metadata: { actor: actors.operator, commandId },
  };
}

/** A text of a length, with spaces at its ends and pairs of spaces, accents, and signs of two code units. */
const makeText = (length: number) => ' a  ñ🚰é'.repeat(Math.floor(length / 8)).padEnd(length);

/** A free text and a name of the greatest length that the parser lets in. */
const longText = makeText(2_000);
const longName = makeText(200);

/** The free texts of each act: those that it may have, and that no rule compares. */
const freeTexts: { readonly [T in CommandType]?: readonly string[] } = {
  AssignVisit: ['instructions', 'place'],
  AmendAssignment: ['instructions'],
  ReportTransitIssue: ['detail'],
  GiveInstruction: ['text'],
  LocateFault: ['where'],
  SubmitPhotos: ['appUnavailableReason'],
  AssessService: ['diagnosis'],
  ExplainWork: ['method'],
  ReportMaterialsRefusal: ['reason'],
  RecordObjection: ['what'],
  HandOverSite: ['detail'],
  CloseVisit: ['reason'],
  EscalateClientImpact: ['what'],
  ReportConductBreach: ['detail'],
  DeclineOffContractRequest: ['detail'],
  PerformOffContractAct: ['detail'],
  AnnulAct: ['reason'],
  CorrectTime: ['reason'],
};

/** Lists of free texts, and texts within others; a name, of a person or of a test, is shorter. */
const textsWithin: Readonly<Record<string, string | readonly string[]>> = {
  moved: [longText],
  disputed: [longText],
  note: longText,
  name: longName,
};

/** The command with each of its free texts at its greatest length. What a handler cuts, it cuts there. */
function lengthenTexts({ type, data, metadata }: VisitCommand): VisitCommand {
  const texts = (freeTexts[type] ?? []).map((name) => [name, longText]);
  const all = JSON.stringify({ ...data, ...Object.fromEntries(texts) }, (name, value) => {
    return Object.hasOwn(textsWithin, name) ? textsWithin[name] : value;
  });
  return { type, data: JSON.parse(all), metadata } as VisitCommand;
}

/** Adds a command whose text and time are easily changed, and each command again, under its id, in another visit. */
export function repeatInTwoVisits(told: readonly VisitCommand[]): readonly VisitCommand[] {
  const commands = told.map(lengthenTexts);
  const said = commands.slice(-1).map(({ data: { visitId, at } }) => {
    const precise = at.replace(/00\.000Z$/, '07.089Z');
    return escalation({ visitId, at: precise }, longText, 'said-at-length');
  });
  return [...commands, ...said].flatMap((command) => {
    const visitId = command.data.visitId.toUpperCase();
    return [command, { ...command, data: { ...command.data, visitId } } as VisitCommand];
  });
}

/** Other content under the id of a command: another act, the act at another time, and the act by another person. */
export function reuseId(command: VisitCommand): readonly (readonly [VisitCommand, string])[] {
  const { type, data, metadata } = command;
  const { actor, commandId } = metadata;
  const at = new Date(Date.parse(data.at) + 60_000).toISOString();
  const other = escalation(data, 'other content', commandId);
  return [
    [other, `${other.type}, under the id of ${type},`],
    [{ ...command, data: { ...data, at } } as VisitCommand, `${type}, a minute later under its id,`],
    [
      { ...command, metadata: { ...metadata, actor: { ...actor, id: `${actor.id}-other` } } },
      `${type}, by another person under its id,`,
    ],
  ];
}

/** Commands for one visit, to be sent at once: each lawful now, one of them twice, and not all of them together. */
export function makeRacers({ policy, ...run }: Run, visitId: Id, turn: number): readonly VisitCommand[] {
  const at = '2026-03-17T20:00:00.000Z';
  const state = findState({ policy, ...run }, visitId);
  if (state.visitId === null) return makeFirsts(visitId, at, policy);
  const open = openCommands(state, at, policy);
  const from = turn % Math.max(open.length - 2, 1);
  const own = open.slice(from, from + 3).map((command, index) => ({
    ...command,
    metadata: { ...command.metadata, commandId: `at-once-${index}` },
  }));
  const said = ['a', 'b'].map((what) => escalation({ visitId, at }, what));
  return [...own, ...said, ...said.slice(0, 1)];
}

/** Two assignments of one visit, of which only one can stand. */
function makeFirsts(visitId: Id, at: Instant, policy: Policy | undefined): readonly VisitCommand[] {
  return ['1', '2'].flatMap((caseNumber) =>
    witnessed('AssignVisit', initialState(), at, policy).map(({ type, data, metadata }, index) => {
      const commandId = `first-${caseNumber}-${index}`;
      return { type, data: { ...data, visitId, caseNumber }, metadata: { ...metadata, commandId } } as VisitCommand;
    }),
  );
}

/** Asserts that a log is its earlier events, then the event of each accepted command once, in that order. */
export function mustExplain(
  run: Run,
  visitId: Id,
  accepted: readonly VisitCommand[],
  log: readonly VisitEvent[],
): void {
  const before = findWritten(run, visitId);
  same(before, log.slice(0, before.length), 'the log before');
  let state = findState(run, visitId);
  const waiting = [...accepted];
  for (const event of log.slice(before.length)) {
    const found = waiting.findIndex((command) => {
      const decision = decide(command, state, run.policy);
      return decision.ok && differences(decision.events.map(dropMetadata), [event]).length === 0;
    });
    if (found < 0) throw new Error(`${event.type} is in the log, and no accepted command makes it there`);
    waiting.splice(found, 1);
    state = evolve(state, event);
  }
  const [lost] = waiting;
  if (lost !== undefined) throw new Error(`${lost.type} was accepted, and is not in the log`);
}

/** True if a command was carried out. A handler may say by an exception that it was not. */
export async function isCarriedOut({ handler }: Run, command: VisitCommand): Promise<boolean> {
  try {
    return (await handler.handle(command)).ok;
  } catch {
    return false;
  }
}

/** Does something, and throws if the log of the command's visit is another thereafter. */
export async function changesNothing(run: Run, { data }: VisitCommand, what: string, work: () => Promise<void>) {
  const before = await readLog(run, data.visitId);
  await work();
  same(before, await readLog(run, data.visitId), `${what} changed the log of ${data.visitId}`);
}

/** Throws, in one sentence with the first place where they differ, unless two values are the same JSON. */
export function same(expected: unknown, actual: unknown, what: string): void {
  const [first, ...more] = differences(expected, actual);
  if (first === undefined) return;
  throw new Error(`${what}: ${first}${more.length > 0 ? `, and ${more.length} more differences` : ''}`);
}

const formatAnswer = (ok: boolean) => (ok ? 'accepted' : 'refused');

/** Sends a command, and throws, in one sentence, unless it is answered as expected. */
export async function answers(run: Run, command: VisitCommand, expected: boolean, when: string): Promise<void> {
  const { ok } = await run.handler.handle(command);
  if (ok !== expected)
    throw new Error(`${command.type}, ${when}, was ${formatAnswer(ok)}: expected ${formatAnswer(expected)}`);
}
