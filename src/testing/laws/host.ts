import fc from 'fast-check';
import { deepFreeze } from '../../kernel/fold.ts';
import { mustKnowKeys } from '../../kernel/known.ts';
import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { Policy } from '../../visit/index.ts';
import { anyEvent } from '../arbitraries/anything.ts';
import { walks } from '../arbitraries/walks.ts';
import { mustHave } from '../assert.ts';
import { actors } from '../fixtures.ts';
import {
  addNearMisses,
  answers,
  changesNothing,
  findWritten,
  type Handler,
  isCarriedOut,
  makeRacers,
  mustExplain,
  newForecast,
  predict,
  type Run,
  readLog,
  repeatInTwoVisits,
  reuseId,
  same,
  visits,
} from './handler-harness.ts';
import { type Law, type LawParameters, mustKnowParameters } from './law.ts';

/** The largest number of runs to shorten a counterexample. */
const TRIES = 400;

/** A list on which something fails, and how. */
type Failing<T> = { readonly items: readonly T[]; readonly error: unknown };

/**
 * Leaves items out, many at once and then one by one, for as long as it still fails: the result fails, and none of its
 * items can be left out alone (within a bounded number of tries).
 */
async function shorten<T>(
  failing: Failing<T>,
  findFailure: (items: readonly T[]) => Promise<{ readonly error: unknown } | undefined>,
): Promise<Failing<T>> {
  let shortest = failing;
  let tries = 0;
  for (let size = shortest.items.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < shortest.items.length && tries < TRIES; ) {
      const items = [...shortest.items.slice(0, from), ...shortest.items.slice(from + size)];
      const failure = await findFailure(items);
      tries += 1;
      if (failure === undefined) from += size;
      else shortest = { items, ...failure };
    }
  }
  return shortest;
}

/**
 * The host of the laws: it opens a new handler over an empty store each time, and names the policy that it judges by. @since
 * 0.2.0
 */
export type HandlerHost = { readonly open: () => Promise<Handler>; readonly policy?: Policy };

/**
 * A law whose subject is asynchronous. `run` rejects with the expected and the actual result in a sentence, and the
 * fewest commands that show it. @since 0.2.0
 */
export type AsyncLaw = { readonly name: string; readonly run: (parameters?: LawParameters) => Promise<void> };

/**
 * The laws of a command handler, whatever it is made of: run each in a test of its own, with
 * `for (const law of handlerLaws({ open })) it(law.name, () => law.run({ numRuns: 50 }))`. Each run opens a handler.
 *
 * @throws TypeError without `open`, or for an option that is not known
 * @since 0.2.0
 */
export function handlerLaws(host: HandlerHost): readonly AsyncLaw[] {
  mustKnowKeys('handlerLaws', host ?? {}, { open: 0, policy: 0 });
  if (typeof host?.open !== 'function')
    throw new TypeError('handlerLaws takes { open }, a function that opens a handler');
  const { open, policy } = host;
  const overRuns = (
    name: string,
    holds: (run: Run, commands: readonly VisitCommand[]) => Promise<void>,
    asked = visits(policy),
  ): AsyncLaw => ({
    name,
    run: async (parameters) => {
      mustKnowParameters(parameters);
      const attempt = async (commands: readonly VisitCommand[]): Promise<void> => {
        const handler = await open();
        try {
          await holds({ handler, ...newForecast(policy) }, commands);
        } finally {
          await handler.close?.();
        }
      };
      const findFailure = (commands: readonly VisitCommand[]) =>
        attempt(commands).then(
          () => undefined,
          (error: unknown) => ({ error }),
        );
      const property = fc.asyncProperty(asked, attempt);
      const details = await fc.check(property, { ...parameters, endOnFailure: true });
      if (!details.failed) return;
      if (details.counterexample === null) throw new Error(fc.defaultReportMessage(details as never));
      const [commands] = details.counterexample;
      const { items, error } = await shorten({ items: commands, error: details.errorInstance }, findFailure);
      throw new Error(formatCounterexample(name, error, items, details.seed), { cause: error });
    },
  });
  return [
    overRuns(
      'a handler accepts exactly what decide accepts',
      async (run, commands) => {
        for (const command of commands) await answers(run, command, predict(run, command), 'as decide judges it');
      },
      visits(policy).map((commands) => addNearMisses(commands, policy)),
    ),
    overRuns(
      'the log is what decide would have written, metadata aside',
      async (run, commands) => {
        for (const command of commands) {
          predict(run, command);
          await run.handler.handle(command);
        }
        for (const visitId of ['no-visit', ...new Set(commands.map(({ data }) => data.visitId))]) {
          const what = `The log of ${visitId} is not what decide would have written`;
          same(findWritten(run, visitId), await readLog(run, visitId), what);
        }
      },
      visits(policy).map(repeatInTwoVisits),
    ),
    overRuns('a command repeated under its id is answered as before, and changes nothing', async (run, commands) => {
      const accepted: VisitCommand[] = [];
      const again = (command: VisitCommand, when: string) =>
        changesNothing(run, command, `${command.type}, ${when},`, () => answers(run, command, true, when));
      for (const command of commands) {
        if (!(await run.handler.handle(command)).ok) continue;
        accepted.push(command);
        await again(command, 'accepted and sent again under its id');
      }
      for (const command of accepted) await again(command, 'accepted and sent again under its id after other commands');
    }),
    overRuns('a used id with other content is refused with an error', async (run, commands) => {
      for (const command of commands) {
        if (!(await run.handler.handle(command)).ok) continue;
        for (const [reused, what] of reuseId(command)) {
          await changesNothing(run, command, what, async () => {
            if (await isCarriedOut(run, reused))
              throw new Error(`${what} was accepted: expected a refusal or an exception`);
          });
        }
      }
    }),
    overRuns('a refused command leaves nothing, and is decided again when repeated', async (run, commands) => {
      const early = commands.filter(({ type }) => type !== 'AssignVisit');
      for (const command of early) {
        await changesNothing(run, command, `${command.type}, refused,`, () =>
          answers(run, command, false, 'sent before the visit is assigned'),
        );
      }
      for (const command of commands) {
        if (predict(run, command)) await answers(run, command, true, 'sent again when decide accepts it');
        else {
          await changesNothing(run, command, `${command.type}, refused,`, async () => {
            await run.handler.handle(command);
          });
        }
      }
    }),
    overRuns('concurrent commands for one visit lose nothing', async (run, commands) => {
      const before = commands.filter((command) => predict(run, command));
      for (const command of before) await answers(run, command, true, 'alone, as decide judges it');
      const visitId = commands[0]?.data.visitId ?? 'visit-1';
      const batch = makeRacers(run, visitId, commands.length);
      const answered = await Promise.all(batch.map((command) => isCarriedOut(run, command)));
      const log = await readLog(run, visitId);
      nameRacers(batch, answered, () => {
        if (!answered.includes(true))
          throw new Error('Of commands that come at once, none was carried out: expected one');
        const carried = batch.filter((_, index) => answered[index]);
        const accepted = new Map(carried.map((one) => [one.metadata.commandId, one]));
        mustExplain(run, visitId, [...accepted.values()], log);
      });
    }),
  ];
}

/** Adds the concurrent commands and their results to the error of a check. */
function nameRacers(batch: readonly VisitCommand[], answered: readonly boolean[], check: () => void): void {
  try {
    check();
  } catch (cause) {
    const lines = batch.map(
      (command, index) => `${formatCommand(command)}: ${answered[index] ? 'accepted' : 'not accepted'}`,
    );
    const said = messageOf(cause);
    throw new Error([said, `Sent at once, after the counterexample, ${lines.length} commands:`, ...lines].join('\n'), {
      cause,
    });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const formatCommand = ({ type, data, metadata }: VisitCommand) => `  ${type} ${JSON.stringify({ data, metadata })}`;

/** Reports a failure in one sentence, with its commands. */
function formatCounterexample(law: string, error: unknown, commands: readonly VisitCommand[], seed: number): string {
  const said = messageOf(error);
  const lines = commands.map(formatCommand);
  const count = commands.length === 1 ? '1 command' : `${commands.length} commands`;
  return [`${said}`, `Law: ${law}`, `Counterexample, ${count} (seed ${seed}):`, ...lines].join('\n');
}

/** A host's projection of events. `equal` compares two of its states; by default they are compared as JSON. @since 0.2.0 */
export type Projection<S> = {
  readonly initialState: () => S;
  readonly evolve: (state: S, event: VisitEvent) => S;
  readonly equal?: (one: S, other: S) => boolean;
};

/**
 * The laws of a projection: over any log, lawful or not, of one visit or of several.
 *
 * @throws TypeError where the projection lacks a function, or has a field that is not known
 * @since 0.2.0
 */
export function projectionLaws<S>(projection: Projection<S>): readonly Law[] {
  mustKnowKeys('projectionLaws', projection, { initialState: 0, evolve: 0, equal: 0 });
  mustHave('projectionLaws', projection, ['initialState', 'evolve']);
  const { initialState: begin, evolve: step, equal } = projection;
  const fold = (events: readonly VisitEvent[], from = begin()) => events.reduce(step, from);
  const alike = (one: S, other: S) => {
    if (equal === undefined) same(one, other, 'Two states that should be equal are not');
    else if (!equal(one, other)) throw new Error('Two states that should be equal are not');
  };
  const overLogs = (name: string, holds: (events: readonly VisitEvent[], cut: number) => void): Law => ({
    name,
    run: (parameters) => {
      mustKnowParameters(parameters);
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
      alike(fold(own), fold(deepFreeze(structuredClone([...events]))));
      same(events, own, 'Folding changed the events');
    }),
    overLogs('a snapshot that went through JSON goes on from any cut', (events, cut) => {
      const snapshot: S = JSON.parse(JSON.stringify(fold(events.slice(0, cut))));
      alike(fold(events), fold(events.slice(cut), snapshot));
    }),
    overLogs('an event of a type that there is not yet changes nothing', (events, cut) => {
      const data = { visitId: 'visit-1', at: '2026-03-17T20:00:00.000Z', by: actors.operator };
      const stranger = { type: 'SomethingNew', data } as unknown as VisitEvent;
      alike(fold(events), fold([...events.slice(0, cut), stranger, ...events.slice(cut)]));
    }),
  ];
}
