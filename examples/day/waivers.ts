import {
  type Actor,
  type ClauseId,
  type CommandType,
  commandTypes,
  decide,
  eventTypes,
  evolve,
  type Instant,
  initialState,
  type VisitCommand,
  type VisitEvent,
  type WaivableRule,
} from 'auxilio';
import { policy } from './policy.ts';

/** A requirement that an instruction waived for one visit, and the acts that only got through for that. */
export type WaiverUse = {
  readonly rule: WaivableRule;
  readonly at: Instant;
  /** The instruction, in the operator's words. */
  readonly text: string;
  readonly letThrough: readonly { readonly act: CommandType; readonly at: Instant; readonly clause: ClauseId }[];
};

/** Folds the events again, and finds for each the rules that would have refused it without waivers. */
export function waiversOf(events: readonly VisitEvent[]): WaiverUse[] {
  let visit = initialState();
  const refusals: { rule: string; act: CommandType; at: Instant; clause: ClauseId }[] = [];
  for (const event of events) {
    const command = commandBehind(event);
    const decision = visit.waivers.length > 0 ? decide(command, { ...visit, waivers: [] }, policy) : undefined;
    for (const { rule, clause } of decision?.ok === false ? decision.rejection.violations : []) {
      refusals.push({ rule, act: command.type, at: event.data.at, clause });
    }
    visit = evolve(visit, event);
  }
  return visit.waivers.map(({ rule, at }) => ({
    rule,
    at,
    text: instructionAt(events, at),
    letThrough: refusals.filter((refusal) => refusal.rule === rule).map(({ rule: _, ...use }) => use),
  }));
}

const typeOfCommand = new Map(eventTypes.map((type, index) => [type, commandTypes[index]]));

function commandBehind({ type, data }: VisitEvent): VisitCommand {
  const authored: { readonly by: Actor; readonly recordedBy?: Actor } = data;
  return {
    type: typeOfCommand.get(type),
    data,
    metadata: { actor: authored.recordedBy ?? authored.by },
  } as VisitCommand;
}

function instructionAt(events: readonly VisitEvent[], at: Instant): string {
  const given = events.find(({ type, data }) => type === 'InstructionGiven' && data.at === at);
  return given?.type === 'InstructionGiven' ? given.data.text : '';
}
