import { isDeepStrictEqual } from 'node:util';
import {
  type Decision,
  decide,
  evolve,
  explain,
  type Rejection,
  replay,
  type VisitCommand,
  type VisitEvent,
  type VisitState,
} from 'auxilio';
import { parseEvent } from 'auxilio/wire';
import { statesOf } from './documents.ts';

/** Text that a sentence must not contain. */
const UNFIT = /[^\n\P{Cc}]|\p{Cs}|\p{Bidi_C}/u;

/** Decides a parsed command in each phase and returns the first fault. */
export function faultOfAct(command: VisitCommand): string | undefined {
  const written = JSON.stringify(command);
  for (const state of statesOf(command.data.visitId)) {
    const fault = faultOfDecision(decide(command, state), state);
    if (fault !== undefined) return `${state.phase}: ${fault}`;
  }
  return JSON.stringify(command) === written ? undefined : 'decide changed the command';
}

/** Returns the fault of a decision, if any. */
export function faultOfDecision(decision: Decision, state: VisitState): string | undefined {
  if (!decision.ok) return faultOfRejection(decision.rejection);
  return decision.events.map((event) => faultOfEvent(event, state)).find((fault) => fault !== undefined);
}

function faultOfEvent(event: VisitEvent, state: VisitState): string | undefined {
  const parsed = parseEvent(JSON.stringify(event));
  if (!parsed.ok) return `decide made what the wire refuses: ${JSON.stringify(parsed.issues)}`;
  if (!isDeepStrictEqual(parsed.value, event)) return 'decide made what the wire changes';
  return evolve(state, event).visitId === event.data.visitId ? undefined : 'what was decided is folded into nothing';
}

function faultOfRejection(rejection: Rejection): string | undefined {
  if (rejection.violations.length === 0) return 'refused without a rule';
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(rejection)), rejection)) return 'a rejection is changed by JSON';
  const said = [explain(rejection, 'es-CR'), explain(rejection, 'en')];
  return said.some((text) => text.trim() === '' || UNFIT.test(text))
    ? `told unfit: ${JSON.stringify(said)}`
    : undefined;
}

/** Folds a parsed event in each phase, in one of them with all checks, and returns the first fault. */
export function faultOfFold(event: VisitEvent): string | undefined {
  const written = JSON.stringify(event);
  const befores = statesOf(event.data.visitId);
  const afters = befores.map((before) => evolve(before, event));
  if (JSON.stringify(event) !== written) return 'evolve changed the event';
  const close = written.length % befores.length;
  const [before, after] = [befores[close], afters[close]];
  if (!isDeepStrictEqual(replay([event], before), after)) return `${before?.phase}: replay is not evolve`;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(after)), after) ? undefined : 'the state is changed by JSON';
}
