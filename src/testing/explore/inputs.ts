import type { Actor, CommandType, Role, VisitCommand } from '../../messages/index.ts';
import { type Act, recorders } from '../../visit/act.ts';
import { roles } from '../../visit/known.ts';
import type { Policy } from '../../visit/policy.ts';
import { initialState, type VisitState } from '../../visit/state.ts';
import { acts } from '../../visit/table.ts';
import type { FactGroup } from './facts.ts';
import { type Scope, type Variant, variants } from './variants.ts';

/** The conditions and the policy under which a command is asked. */
type Occasion = { readonly at: string; readonly policy: Policy };

/** True if the actor may record the act; else the reason: the role, another provider, or another visit. */
export type Recorder = 'allowed' | 'disallowed-role' | 'other-provider' | 'other-visit';

/** One thing that is asked in every state. */
export type Input = {
  readonly command: CommandType;
  /** The data of the command. */
  readonly variant: string;
  readonly role: Role;
  readonly recorder: Recorder;
  /** The command, made for a state; null where there is no such data. */
  readonly commandIn: (visit: VisitState, occasion: Occasion) => VisitCommand | null;
};

/** The acts that are about nothing else than a group of facts. */
const actsOf: Partial<Record<CommandType, readonly FactGroup[]>> = {
  AcknowledgeTransitIssue: ['receipts'],
  NotifyClient: ['receipts'],
  DocumentPhotos: ['receipts'],
  DocumentStart: ['receipts'],
  ReportDiscrepancy: ['discrepancies', 'settlements'],
  SettleDiscrepancy: ['discrepancies', 'settlements'],
};

/** True if an act says anything while only those facts are looked at. */
export function isInScope(command: CommandType, { groups }: Scope): boolean {
  return actsOf[command]?.some((group) => groups.has(group)) ?? true;
}

/** Everything that is asked in every state, in the order of the protocol. */
export function listInputs(commands: readonly CommandType[], scope: Scope, policy: Policy): readonly Input[] {
  return acts.filter(({ command }) => commands.includes(command)).flatMap((act) => listInputsOfAct(act, scope, policy));
}

type Asking = Pick<Input, 'variant'> & {
  readonly data: (visit: VisitState, occasion: Occasion) => object | undefined;
};

function listInputsOfAct(act: Act, scope: Scope, policy: Policy): readonly Input[] {
  const askings = [...listWitnesses(act, policy), ...listVariants(act, scope)];
  const allowed = recorders[act.by].flatMap((role) =>
    askings.map((asking) => createInput(act, asking, role, 'allowed')),
  );
  return [...allowed, ...askings.slice(0, 1).flatMap((asking) => listTrespasses(act, asking))];
}

/** The same by actors who may not record it: it must always be refused. */
function listTrespasses(act: Act, asking: Asking): Input[] {
  const may = recorders[act.by];
  return [
    ...roles.filter((role) => !may.includes(role)).map((role) => createInput(act, asking, role, 'disallowed-role')),
    ...may.filter((role) => role === 'provider').map((role) => createInput(act, asking, role, 'other-provider')),
    ...may.slice(0, 1).map((role) => createInput(act, asking, role, 'other-visit')),
  ].filter(({ command, recorder }) => command !== 'AssignVisit' || recorder === 'disallowed-role');
}

const names = ['plain', 'second', 'third', 'fourth'];

/** The acts of which the variants are all: reconciling makes a report, and the witnesses of a correction and of the client's word are of what stands. */
const varied: { readonly [T in CommandType]?: true } = {
  AnnulAct: true,
  CorrectTime: true,
  ReportDiscrepancy: true,
  AttestFacts: true,
};

/** The table's own data: of which one is acceptable if any are. */
function listWitnesses({ command, witnesses }: Act, policy: Policy): Asking[] {
  if (command in varied) return [];
  // A witness of an empty list is never made.
  const count = Math.max(1, witnesses(initialState(), { at: '', policy }).length);
  return names
    .slice(0, count)
    .map((variant, index) => ({ variant, data: (visit, occasion) => witnesses(visit, occasion)[index] }));
}

function listVariants(act: Act, scope: Scope): Asking[] {
  const own = (variants[act.command] as ((scope: Scope) => readonly Variant[]) | undefined)?.(scope) ?? [];
  return own.map(({ name, data }) => ({
    variant: name,
    data: (visit, occasion) => dropUndefined({ ...act.witnesses(visit, occasion)[0], ...data(visit, occasion.at) }),
  }));
}

function dropUndefined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

function createInput({ command }: Act, { variant, data }: Asking, role: Role, recorder: Recorder): Input {
  return {
    command,
    variant,
    role,
    recorder,
    commandIn: (visit, occasion) => {
      const own = data(visit, occasion);
      if (own === undefined) return null;
      const visitId = recorder === 'other-visit' ? 'visita-ajena' : (visit.visitId ?? 'visita-1');
      const occurrence = { visitId, at: occasion.at };
      return {
        type: command,
        data: { ...occurrence, ...own },
        metadata: { actor: findActor(role, recorder, visit) },
      } as VisitCommand;
    },
  };
}

function findActor(role: Role, recorder: Recorder, { provider }: VisitState): Actor {
  if (role === 'contact-center') return { role, id: 'operador-1' };
  if (role === 'client') return { role, id: 'cliente-1' };
  return { role, id: recorder === 'other-provider' ? 'proveedor-ajeno' : (provider?.id ?? 'proveedor-1') };
}
