import type { Authored, Command, EventMessage, NonEmptyText, Occurrence } from './base.ts';

/** Topic of an instruction. @since 0.1.0 */
export type InstructionTopic = 'client-absence' | 'identity' | 'materials' | 'escalation' | 'visit';

/** Decision of an instruction. @since 0.1.0 */
export type InstructionDecision =
  | 'wait'
  | 'proceed'
  | 'proceed-with-representative'
  | 'reschedule'
  | 'cancel'
  | 'reassign'
  | 'other';

/** The rules that an instruction, or a policy, may waive; nothing else can be. @since 0.1.0 */
export type WaivableRule =
  | 'credential-shown'
  | 'identified'
  | 'identity-valid'
  | 'client-here'
  | 'client-present'
  | 'photos-sent'
  | 'enough-supplied'
  | 'materials-settled'
  | 'tools-shown'
  | 'area-cleared'
  | 'start-reported'
  | 'structure-preserved'
  | 'tested-with-client'
  | 'tests-passed'
  | 'conformity'
  | 'handed-over'
  | 'belongings-checked'
  | 'belongings-confirmed';

/** An adult who stands in for the client. Personal. @since 0.1.0 */
export type Representative = {
  /** Full name. */
  readonly name: NonEmptyText;
};

/** Data of `GiveInstruction`. @since 0.1.0 */
export type GiveInstructionData = Occurrence & {
  /** Topic that it answers; it must be open, and `visit` always is. */
  readonly about: InstructionTopic;
  /** Decision: to wait, to proceed, to call the visit off, or other. */
  readonly decision: InstructionDecision;
  /** The instruction in words. */
  readonly text: NonEmptyText;
  /** Adult who may stand in for the client. */
  readonly representative?: Representative;
  /** The rules that no longer refuse, for this visit; only with a decision to proceed. */
  readonly waives?: readonly WaivableRule[];
};

/**
 * Gives an instruction on how to proceed. Recorded by the contact center (1.1-10, 1.1-39, 2.2-08).
 *
 * @since 0.1.0
 */
export type GiveInstruction = Command<'GiveInstruction', GiveInstructionData>;

/** An instruction was given. @since 0.1.0 */
export type InstructionGiven = EventMessage<'InstructionGiven', GiveInstructionData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly GiveInstruction: [GiveInstruction, InstructionGiven];
};
