import type { Authored, Command, EventMessage, Id, Instant, NonEmptyText, Occurrence } from './base.ts';
import type { KeptMetadata } from './kept-metadata.ts';
import type { RecordableActs } from './recordable.ts';

/** Event that can be annulled. @since 0.5.0 */
export type AnnullableEvent = 'ProviderArrived' | 'WorkStarted' | 'Completed' | 'VisitClosed';

/** Data of `AnnulAct`. @since 0.5.0 */
export type AnnulActData = Occurrence & {
  /** Type of the event that was recorded by mistake. */
  readonly act: AnnullableEvent;
  /** Its time on record, which tells which one is meant. */
  readonly recorded: Instant;
  /** The reason, in words. */
  readonly reason: NonEmptyText;
};

/**
 * Annuls what was recorded by mistake: an arrival, a start, a completion or a closing. The contact center's (1.1-10).
 *
 * @since 0.5.0
 */
export type AnnulAct = Command<'AnnulAct', AnnulActData>;

/** An act was annulled: it no longer stands. The event that it is about stays in the log as it is. @since 0.5.0 */
export type ActAnnulled = EventMessage<'ActAnnulled', AnnulActData & Authored>;

/** Time on record that can be corrected. @since 0.5.0 */
export type CorrectableTime = 'arrival' | 'start' | 'resumption' | 'interruption' | 'completion-call' | 'end';

/** Data of `CorrectTime`. @since 0.5.0 */
export type CorrectTimeData = Occurrence & {
  /** Time that was recorded wrongly. `resumption` and `interruption` begin and end an interval of work. */
  readonly what: CorrectableTime;
  /** The time on record. */
  readonly recorded: Instant;
  /** The time that takes its place. */
  readonly corrected: Instant;
  /** The reason, in words. */
  readonly reason: NonEmptyText;
};

/**
 * Corrects a time that was recorded wrongly. The contact center's (1.1-10).
 *
 * @since 0.5.0
 */
export type CorrectTime = Command<'CorrectTime', CorrectTimeData>;

/** A time was corrected. The event that it is about stays in the log as it is. @since 0.5.0 */
export type TimeCorrected = EventMessage<'TimeCorrected', CorrectTimeData & Authored>;

type QuotedEvent<E> = E extends { readonly type: unknown; readonly data: unknown } ? Pick<E, 'type' | 'data'> : never;

/** A rule that refused a reported act, and the clause that it stands on. @since 0.5.0 */
export type ReportedViolation = {
  /** Id of the rule. */
  readonly rule: NonEmptyText;
  /** Id of the clause. */
  readonly clause: NonEmptyText;
};

/**
 * An act that was recorded apart and is not in the log: its event as `decide` would have made it, and what came of it
 * when the log was reconciled (PROTOCOL §10).
 *
 * @since 0.5.0
 */
export type ReportedAct = QuotedEvent<RecordableActs[keyof RecordableActs][1]> &
  KeptMetadata & {
    /** The command from which it came. */
    readonly commandId: Id;
    /** The number of events in the log when it was judged. */
    readonly on: number;
    /** The rules that refused it, in the order of the protocol; none for a twin. */
    readonly violations: readonly ReportedViolation[];
    /** True if it was lawful on what its recorder knew. */
    readonly lawfulThen: boolean;
    /** Of a twin: the position in the log, from 1, of the event that tells the same fact. */
    readonly twinOf?: number;
  };

/** Data of `ReportDiscrepancy`. @since 0.5.0 */
export type ReportDiscrepancyData = Occurrence & {
  /** Id of the discrepancy. */
  readonly discrepancyId: Id;
  /** The number of events of the log that the recorder had seen. */
  readonly basedOn: number;
  /** The acts that are not in the log, in the order in which they were recorded; never empty. */
  readonly acts: readonly ReportedAct[];
};

/**
 * Reports acts that were recorded apart and that the log refused or knows already. The provider's or the client's, made by
 * reconciling alone (1.1-10).
 *
 * @since 0.5.0
 */
export type ReportDiscrepancy = Command<'ReportDiscrepancy', ReportDiscrepancyData>;

/** A discrepancy was reported, for the contact center to settle. @since 0.5.0 */
export type DiscrepancyReported = EventMessage<'DiscrepancyReported', ReportDiscrepancyData & Authored>;

/** Data of `SettleDiscrepancy`. @since 0.5.0 */
export type SettleDiscrepancyData = Occurrence & {
  /** Id of the discrepancy. */
  readonly discrepancyId: Id;
  /** Positions in the report's `acts`, from 0, ascending, of those that are taken on record. May be empty. */
  readonly taken: readonly number[];
  /** The reason, in words. */
  readonly text: NonEmptyText;
};

/**
 * Settles a discrepancy: says which of the reported acts are taken on record, and why. The contact center's (1.1-10).
 *
 * @since 0.5.0
 */
export type SettleDiscrepancy = Command<'SettleDiscrepancy', SettleDiscrepancyData>;

/** A discrepancy was settled; the acts that were taken stand right before it. @since 0.5.0 */
export type DiscrepancySettled = EventMessage<'DiscrepancySettled', SettleDiscrepancyData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly AnnulAct: [AnnulAct, ActAnnulled];
  readonly CorrectTime: [CorrectTime, TimeCorrected];
  readonly ReportDiscrepancy: [ReportDiscrepancy, DiscrepancyReported];
  readonly SettleDiscrepancy: [SettleDiscrepancy, DiscrepancySettled];
};
