import type {
  AnnullableEvent,
  ClosedOutcome,
  ConductBreach,
  CorrectableTime,
  DocumentKind,
  EventType,
  IdentifiedPerson,
  IdentityRejectionReason,
  InstructionDecision,
  InstructionTopic,
  MaterialsOutcome,
  NotificationTopic,
  OffContractRequest,
  PauseKind,
  Supplier,
  TransitIssue,
} from '../../messages/index.ts';
import type { FieldName } from '../../words/chapter.ts';

type Named<Codes extends string> = Readonly<Record<Codes, string>>;

/** The values that acts choose from a closed list. */
export type Codes = {
  readonly issue: Named<TransitIssue>;
  readonly notification: Named<NotificationTopic>;
  readonly topic: Named<InstructionTopic>;
  readonly decision: Named<InstructionDecision>;
  readonly identified: Named<IdentifiedPerson>;
  readonly document: Named<DocumentKind>;
  readonly rejection: Named<IdentityRejectionReason>;
  readonly channel: Named<'app' | 'email'>;
  readonly mismatch: Named<'quantity' | 'kind' | 'quality'>;
  readonly supplier: Named<Supplier>;
  readonly agreed: Named<MaterialsOutcome>;
  readonly pause: Named<PauseKind>;
  readonly ending: Named<ClosedOutcome>;
  readonly breach: Named<ConductBreach>;
  readonly activity: Named<OffContractRequest>;
  readonly annulled: Named<AnnullableEvent>;
  readonly time: Named<CorrectableTime>;
};

/** The words for acts and their fields. */
export type ActWords = {
  /** The event, as a heading. */
  readonly events: Readonly<Record<EventType, string>>;
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly codes: Codes;
};
