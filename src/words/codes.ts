import type {
  AnnullableEvent,
  AttestedFact,
  ClosedOutcome,
  ConductBreach,
  CorrectableTime,
  DocumentKind,
  IdentifiedPerson,
  IdentityRejectionReason,
  InstructionDecision,
  InstructionTopic,
  MaterialsOutcome,
  NotificationTopic,
  OffContractRequest,
  PauseKind,
  Supplier,
  Title,
  TransitIssue,
} from '../messages/index.ts';

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
  readonly fact: Named<AttestedFact>;
  readonly title: Named<Title>;
};
