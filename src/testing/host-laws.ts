import fc from 'fast-check';
import { frozen } from '../kernel/index.ts';
import type { Id, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { Policy } from '../visit/index.ts';
import { anyEvent } from './arbitraries/events.ts';
import { walks } from './arbitraries/walks.ts';
import {
  carriedOut,
  changesNothing,
  escalation,
  explained,
  foreseen,
  logOf,
  nearMiss,
  type Run,
  racing,
  same,
  visits,
  writtenIn,
} from './host-run.ts';
import type { Law, LawParameters } from './laws.ts';
import { cast } from './visit-at.ts';

/** A host's command handler, as its callers see it. @since 0.2.0 */
export type Handler = {
  /** Carries a command out, and says whether it was accepted. A refusal is an answer, not an exception. */
  readonly handle: (command: VisitCommand) => Promise<{ readonly ok: boolean }>;
  /** The events of a visit in their order; none for a visit that there is not. */
  readonly log: (visitId: Id) => Promise<readonly VisitEvent[]>;
  readonly close?: () => Promise<void> | void;
};

/** How the laws get at a handler: a new one, over an empty store, each time; and the policy that it judges by. @since 0.2.0 */
export type HandlerHost = { readonly open: () => Promise<Handler>; readonly policy?: Policy };

/** A law whose subject is asynchronous. `run` rejects with the shortest counterexample. @since 0.2.0 */
export type AsyncLaw = { readonly name: string; readonly run: (parameters?: LawParameters) => Promise<void> };

/**
 * The laws of a command handler, whatever it is made of: run each in a test of its own, with
 * `for (const law of handlerLaws({ open })) it(law.name, () => law.run({ numRuns: 50 }))`. Each run opens a handler.
 * @since 0.2.0
 */
export function handlerLaws({ open, policy }: HandlerHost): readonly AsyncLaw[] {
  const overRuns = (name: string, holds: (run: Run, commands: readonly VisitCommand[]) => Promise<void>): AsyncLaw => ({
    name,
    run: (parameters) => {
      const property = fc.asyncProperty(visits(policy), async (commands) => {
        const handler = await open();
        try {
          await holds({ handler, policy, states: new Map(), written: new Map() }, commands);
        } finally {
          await handler.close?.();
        }
      });
      return fc.assert(property, { includeErrorInReport: true, ...parameters });
    },
  });
  return [
    overRuns('a handler accepts exactly what decide accepts', async (run, commands) => {
      for (const [turn, command] of commands.entries()) {
        for (const asked of [command, ...nearMiss(run, command, turn)]) {
          const expected = foreseen(run, asked);
          same(expected, (await run.handler.handle(asked)).ok, asked.type);
        }
      }
    }),
    overRuns('the log is what decide would have written, metadata aside', async (run, commands) => {
      for (const command of commands) {
        foreseen(run, command);
        await run.handler.handle(command);
      }
      for (const visitId of ['no-visit', ...new Set(commands.map(({ data }) => data.visitId))]) {
        same(writtenIn(run, visitId), await logOf(run, visitId), `the log of ${visitId}`);
      }
    }),
    overRuns('a command repeated under its id is answered as before, and changes nothing', async (run, commands) => {
      const accepted: VisitCommand[] = [];
      for (const command of commands) {
        if ((await run.handler.handle(command)).ok) accepted.push(command);
        else continue;
        await changesNothing(run, command, async () => same(true, (await run.handler.handle(command)).ok, 'repeated'));
      }
      for (const command of accepted) {
        await changesNothing(run, command, async () => same(true, (await run.handler.handle(command)).ok, 'later'));
      }
    }),
    overRuns('an id that was used is not taken for other content, and the sender learns it', async (run, commands) => {
      for (const command of commands) {
        if (!(await run.handler.handle(command)).ok) continue;
        const { commandId } = command.metadata;
        const reused = escalation(command.data, 'other content', commandId);
        await changesNothing(run, command, async () => same(false, await carriedOut(run, reused), 'other content'));
      }
    }),
    overRuns('a refused command leaves nothing, and is judged anew when it comes again', async (run, commands) => {
      const early = commands.filter(({ type }) => type !== 'AssignVisit');
      for (const command of early) {
        await changesNothing(run, command, async () => same(false, (await run.handler.handle(command)).ok, 'early'));
      }
      for (const command of commands) {
        const expected = foreseen(run, command);
        if (expected) same(true, (await run.handler.handle(command)).ok, `${command.type}, refused before`);
        else await changesNothing(run, command, async () => void (await run.handler.handle(command)));
      }
    }),
    overRuns('commands that come at once to one visit lose nothing', async (run, commands) => {
      const before = commands.filter((command) => foreseen(run, command));
      for (const command of before) same(true, (await run.handler.handle(command)).ok, command.type);
      const visitId = commands[0]?.data.visitId ?? 'visit-1';
      const batch = racing(run, visitId, commands.length);
      const answers = await Promise.all(batch.map((command) => carriedOut(run, command)));
      if (!answers.includes(true)) throw new Error('Of commands that come at once, none was carried out');
      const accepted = new Map(batch.filter((_, index) => answers[index]).map((one) => [one.metadata.commandId, one]));
      explained(run, visitId, [...accepted.values()], await logOf(run, visitId));
    }),
  ];
}

/** A host's projection of events. `equal` compares two of its states; by default they are compared as JSON. @since 0.2.0 */
export type Projection<S> = {
  readonly initialState: () => S;
  readonly evolve: (state: S, event: VisitEvent) => S;
  readonly equal?: (one: S, other: S) => boolean;
};

/** The laws of a projection: over any log, lawful or not, of one visit or of several. @since 0.2.0 */
export function projectionLaws<S>({ initialState: begin, evolve: step, equal }: Projection<S>): readonly Law[] {
  const fold = (events: readonly VisitEvent[], from = begin()) => events.reduce(step, from);
  const alike = (one: S, other: S) => {
    if (equal === undefined) same(one, other, 'the state');
    else if (!equal(one, other)) throw new Error('two states that should be equal are not');
  };
  const overLogs = (name: string, holds: (events: readonly VisitEvent[], cut: number) => void): Law => ({
    name,
    run: (parameters) => {
      const logs = fc.oneof(
        walks(40).map(({ events }) => events),
        fc.array(anyEvent, { maxLength: 40, size: 'max' }),
      );
      const property = fc.property(logs, fc.nat(10_000), (events, at) => holds(events, at % (events.length + 1)));
      fc.assert(property, { includeErrorInReport: true, ...parameters });
    },
  });
  return [
    overLogs('the same events fold to the same state', (events) =>
      alike(fold(events), fold(structuredClone([...events]))),
    ),
    overLogs('folding leaves the events as they were, and works on frozen ones', (events) => {
      const own = structuredClone([...events]);
      alike(fold(own), fold(frozen(structuredClone([...events]))));
      same(events, own, 'the events');
    }),
    overLogs('a snapshot that went through JSON goes on from any cut', (events, cut) => {
      const snapshot: S = JSON.parse(JSON.stringify(fold(events.slice(0, cut))));
      alike(fold(events), fold(events.slice(cut), snapshot));
    }),
    overLogs('an event of a type that there is not yet changes nothing', (events, cut) => {
      const data = { visitId: 'visit-1', at: '2026-03-17T20:00:00.000Z', by: cast.operator };
      const stranger = { type: 'SomethingNew', data } as unknown as VisitEvent;
      alike(fold(events), fold([...events.slice(0, cut), stranger, ...events.slice(cut)]));
    }),
  ];
}
