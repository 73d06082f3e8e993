/** The replies. The OpenAPI document is made from these types and the library's schemas. */
import type { ClosedAct, Dossier, Guide, Id, OpenAct, Phase, Role, Violation, VisitEvent, VisitState } from 'auxilio';
import type { ProblemCode, RequestIssue } from './problem.ts';

/** A command was accepted, now or before. */
export type CommandReply = {
  readonly visitId: Id;
  /** The service's own, if the command had none. */
  readonly commandId: Id;
  /** The version of the visit right after it. */
  readonly version: number;
  /** It had been accepted before; all else is as in the first answer. */
  readonly repeated: boolean;
  /** Of a repeat: by its content, or, where the data were erased, by its id alone. */
  readonly recognisedBy?: 'content' | 'id';
  /** The version of the visit right after it. */
  readonly phase: Phase;
  readonly events: readonly VisitEvent[];
};

/** The reply to a command of a batch, as if it had been sent alone. */
export type BatchItem =
  | { readonly status: 200; readonly reply: CommandReply }
  | { readonly status: number; readonly problem: ProblemReply };

/** A batch was carried out, the results in the order of its commands. */
export type BatchReply = { readonly results: readonly BatchItem[] };

/** The events of a visit after those that the caller has, in their order. */
export type EventsReply = { readonly visitId: Id; readonly version: number; readonly events: readonly VisitEvent[] };

/** A visit as it stands. */
export type VisitReply = { readonly visitId: Id; readonly version: number; readonly state: VisitState };

/** A rule that refuses, told in the caller's language. */
type ToldViolation = Violation & { readonly message: string };

/** An act that is closed now, told in the caller's language. */
type ToldClosedAct = Omit<ClosedAct, 'violations'> & { readonly violations: readonly ToldViolation[] };

/** An act that is open now, of whatever type. */
type ToldOpenAct = Omit<OpenAct, 'fields'> & { readonly fields: readonly (readonly string[])[] };

/** The acts that a role may record now. */
export type GuideReply = {
  readonly visitId: Id;
  readonly version: number;
  readonly role: Role;
  readonly guide: Omit<Guide, 'open' | 'closed'> & {
    readonly open: readonly ToldOpenAct[];
    readonly closed: readonly ToldClosedAct[];
  };
};

/** The evidence of a visit's log. */
export type DossierReply = { readonly visitId: Id; readonly version: number; readonly dossier: Dossier };

/** A problem of a request, in the caller's language. */
export type ToldIssue = RequestIssue & { readonly message: string };

/** Why a request was not carried out (RFC 9457). */
export type ProblemReply = {
  /** `urn:auxilio:problem:` and the code. */
  readonly type: string;
  /** In the caller's language, as `detail` and the messages. */
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  /** Every rule that refuses the command. */
  readonly violations?: readonly ToldViolation[];
  /** The parts of a request that cannot be read, or contradict each other. */
  readonly issues?: readonly ToldIssue[];
  /** Under which id to send the command again. */
  readonly commandId?: Id;
  /** The version at which the visit is, where another was expected. */
  readonly version?: number;
};
