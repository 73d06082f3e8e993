import type { VisitCommand, VisitEvent } from '../../messages/index.ts';
import { incrementalFold } from '../../visit/visit.ts';
import { answerCommand, type Judging } from './evaluate.ts';
import type { Input } from './inputs.ts';
import type { Path } from './result.ts';
import { earlier, listTakenFacts } from './samples.ts';
import { type Found, none } from './search-graph.ts';

/** So many minutes after the beginning. */
export function minute(minutes: number): string {
  return new Date(Date.parse(earlier) + minutes * 60_000).toISOString();
}

/** The shortest path to a state, carried out again on real states: an act a minute. */
export function findPathTo(
  id: number,
  { states }: Pick<Found, 'states'>,
  inputs: readonly Input[],
  judging: Judging,
): Path {
  const asked: Input[] = [];
  for (let at = id; states.parentOf(at) !== none; at = states.parentOf(at)) {
    const input = inputs[states.viaOf(at)];
    if (input !== undefined) asked.unshift(input);
  }
  return carryOut(asked, judging);
}

/** Carries inputs out, one after the other. */
function carryOut(inputs: readonly Input[], judging: Judging): Path {
  const fold = incrementalFold();
  const commands: VisitCommand[] = [];
  const events: VisitEvent[] = [];
  for (const input of inputs) {
    const command = input.commandIn(fold.state, { at: minute(commands.length), policy: judging.policy });
    const event = command && answerCommand(judging, command, fold.state).event;
    if (command === null || event === null) {
      throw new Error(`no fact of src/testing/explore/facts.ts stands for what ${input.command} depends on`);
    }
    commands.push(command);
    for (const one of [...listTakenFacts(event), event]) {
      events.push(one);
      fold.step(one);
    }
  }
  return { steps: inputs.map(({ command, variant, role }) => ({ command, variant, role })), commands, events };
}
