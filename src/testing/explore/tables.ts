import { mustBe } from '../../kernel/known.ts';
import type { CommandType, Role, VisitCommand } from '../../messages/index.ts';
import { type Act, type Author, recorders } from '../../visit/act.ts';
import { defaultPolicy } from '../../visit/policy.ts';
import { type Phase, phases, type VisitState } from '../../visit/state.ts';
import { acts } from '../../visit/table.ts';
import { decide, replay, type Violation } from '../../visit/visit.ts';
import { minute } from './paths.ts';
import type { Exploration, Path } from './result.ts';

/** The answer to an act in a state: accepted, or the rules that refuse it. @since 0.2.0 */
export type DecisionCell = {
  readonly state: string;
  readonly accepted: boolean;
  readonly refusedBy: readonly Pick<Violation, 'rule' | 'clause'>[];
};

/** An act, and its decision in each of the named states. @since 0.2.0 */
export type DecisionRow = {
  readonly command: CommandType;
  readonly role: Role;
  readonly cells: readonly DecisionCell[];
};

/**
 * Every act in every named state of an exploration, asked by the role whose act it is, with the data that fail the
 * fewest rules. Judged by `decide` on the state at the end of the path, by the default policy.
 * @since 0.2.0
 */
export function decisionTable(exploration: Exploration): readonly DecisionRow[] {
  const { named } = mustBeExploration('decisionTable', exploration);
  const states = named.map(({ name, path }) => ({ name, visit: replay(path.events), at: minute(path.events.length) }));
  return acts.map((act) => ({
    command: act.command,
    role: recorders[act.by][0] ?? 'provider',
    cells: states.map(({ name, visit, at }) => decideCell(act, name, visit, at)),
  }));
}

/** Refuses a value that is not an exploration, such as its promise. */
function mustBeExploration(what: string, exploration: Exploration): Exploration {
  mustBe(Array.isArray(exploration?.named), `${what} takes what explore answers, awaited`, exploration);
  return exploration;
}

function decideCell(act: Act, state: string, visit: VisitState, at: string): DecisionCell {
  const refusals = makeCommands(act, visit, at).map((command) => {
    const decision = decide(command, visit, defaultPolicy);
    return decision.ok ? [] : decision.rejection.violations.map(({ rule, clause }) => ({ rule, clause }));
  });
  const [fewest = []] = refusals.sort((one, other) => one.length - other.length);
  return { state, accepted: fewest.length === 0, refusedBy: fewest };
}

/** The commands of the table's witnesses; without any, one without the data that the protocol asks for. */
function makeCommands(act: Act, visit: VisitState, at: string): readonly VisitCommand[] {
  const witnesses = act.witnesses(visit, { at, policy: defaultPolicy });
  const role = recorders[act.by][0] ?? 'provider';
  const id = role === 'provider' ? (visit.provider?.id ?? 'proveedor-1') : 'operador-1';
  return (witnesses.length > 0 ? witnesses : [{ activity: 'other' }]).map(
    (data) =>
      ({
        type: act.command,
        data: { visitId: visit.visitId ?? 'visita-1', at, ...data },
        metadata: { actor: { role, id } },
      }) as VisitCommand,
  );
}

/** The right of each role to record an act. @since 0.2.0 */
export type Part = 'own' | 'for the provider' | 'for the client' | 'refused';

/** An act, and its relation to each role. @since 0.2.0 */
export type RoleRow = { readonly command: CommandType; readonly parts: Readonly<Record<Role, Part>> };

/** Whose act it is where another role records it. */
const recordedFor: Partial<Record<Author, Partial<Record<Role, Part>>>> = {
  'P+': { 'contact-center': 'for the provider' },
  K: { provider: 'for the client' },
};

/**
 * The roles that may record each act: the table that an exploration finds to hold in every state, where `overreach` is
 * empty. @since 0.2.0
 */
export function roleMatrix(): readonly RoleRow[] {
  const partOf = (by: Author, role: Role): Part =>
    recorders[by].includes(role) ? (recordedFor[by]?.[role] ?? 'own') : 'refused';
  return acts.map(({ command, by }) => ({
    command,
    parts: {
      provider: partOf(by, 'provider'),
      'contact-center': partOf(by, 'contact-center'),
      client: partOf(by, 'client'),
    },
  }));
}

/** The shortest history to every phase that was reached: fixtures for the tests of a user interface. @since 0.2.0 */
export function shortestHistories(exploration: Exploration): Readonly<Partial<Record<Phase, Path>>> {
  const { named } = mustBeExploration('shortestHistories', exploration);
  return Object.fromEntries(
    named.filter(({ name }) => (phases as readonly string[]).includes(name)).map(({ name, path }) => [name, path]),
  );
}

/** Every change of phase that an exploration saw, as the text of a Mermaid state diagram. @since 0.2.0 */
export function stateDiagram(exploration: Exploration): string {
  const { arrows } = mustBeExploration('stateDiagram', exploration);
  const drawn = (phase: Phase) => phase.replaceAll('-', '_');
  const lines = arrows.map(({ from, to, event }) => `  ${drawn(from)} --> ${drawn(to)}: ${event}`);
  const ends = ['  completed --> [*]', '  closed --> [*]'];
  return ['stateDiagram-v2', '  [*] --> unassigned', ...lines, ...ends, ''].join('\n');
}
