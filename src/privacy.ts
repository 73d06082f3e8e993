/**
 * Personal data under keys: `auxilio/privacy`. Texts are replaced by tokens before anything is judged, stored encrypted beside them,
 * opened to be shown, and erased by their keys.
 */
export type { Holder, KeptField, Purpose, Reader, ReasonKept, SealedField } from './privacy/decision.ts';
export { disposalPageHtml } from './privacy/disposal-page.ts';
export type { EnvelopeFault } from './privacy/envelope.ts';
export type { CopyOfTexts, DataSubject, Erasure, Erasures, Hold, SubjectErasure } from './privacy/erasures.ts';
export { KeysUnavailableError, type PrivacyRefusal, PrivacyRefusedError } from './privacy/errors.ts';
export { fileWrappingKeys, givenWrappingKeys, memoryWrappingKeys } from './privacy/local-wrapping.ts';
export type { Notes, SubjectNote } from './privacy/notes.ts';
export type { OpenedVisit } from './privacy/opening.ts';
export { type PersonalField, personalFields } from './privacy/personal-fields.ts';
export type { FoundSubject, NamedPerson, NamingAct, Persons, SubjectsOf } from './privacy/persons.ts';
export { createPrivacy, type Privacy, type PrivacyOptions } from './privacy/privacy.ts';
export type { PersonRequest, RequestAnswer, Requests } from './privacy/requests.ts';
export {
  type DisposalRecord,
  type DueVisit,
  dispose,
  dueForDisposal,
  type ParsedRetentionTable,
  parseRetentionTable,
  type RetentionIssue,
  type RetentionOptions,
  type RetentionTable,
} from './privacy/retention.ts';
export type { SealedValues } from './privacy/sealed-values.ts';
export { type SearchCopyOptions, searchCopy } from './privacy/search.ts';
export {
  type ReportedField,
  type ReportedSubject,
  type SubjectReport,
  type SubjectReportOptions,
  subjectReport,
} from './privacy/subject-report.ts';
export { subjectReportHtml } from './privacy/subject-report-page.ts';
export { isToken } from './privacy/token.ts';
export type { ActKeysOf } from './privacy/tokenizing.ts';
export type { WrappingKeys } from './privacy/wrapping.ts';
export type {
  PersonalTexts,
  PrivacyOfSearch,
  PrivacyOfService,
  Tokenized,
} from './service/shared/privacy.ts';
export type { ActiveKey, KeyStore, StoredKey } from './stores/key-store.ts';
