/** The branches of a visit, each with the rate that holds where a mix says nothing. */
const rates = {
  /** The provider is late, and says so. */
  delay: 0.12,
  /** The provider has a breakdown and solves it on the way. */
  breakdown: 0.04,
  /** The provider has one that cannot be solved: another provider comes. */
  reassigned: 0.03,
  /** The assignment is corrected before the arrival. */
  amended: 0.05,
  /** The client is not there; half the time a representative attends. */
  absent: 0.06,
  /** The visit is called off, or put off, at the door. */
  calledOff: 0.04,
  photosByEmail: 0.08,
  noMaterials: 0.25,
  /** The first materials fall short. */
  materialsRejected: 0.12,
  /** The client will not change them; the contact center coordinates. */
  materialsRefused: 0.03,
  /** The client needs days to buy, before any work. */
  daysToBuy: 0.04,
  extraMaterials: 0.08,
  workBreak: 0.2,
  secondVisit: 0.1,
  testFailed: 0.07,
  objection: 0.03,
  escalation: 0.03,
  offContractRequest: 0.06,
  conductBreach: 0.005,
  /** The farewell is recorded. */
  farewell: 0.9,
  /**
   * The phone is offline for a stretch of the visit, now and then for two: what is recorded on it meanwhile reaches the log
   * later, in batches that are reconciled. None by default, like all below. @since 0.5.0
   */
  offline: 0,
  /** Of such a stretch: meanwhile the contact center records what contradicts the phone, and a discrepancy is settled. @since 0.5.0 */
  conflict: 0,
  /** The contact center records a fact that the phone records too. @since 0.5.0 */
  twin: 0,
  /** Of a batch: its answer is lost, and it is sent again. @since 0.5.0 */
  answerLost: 0,
  /** A fact is recorded with a wrong time, which is corrected. @since 0.5.0 */
  mistimed: 0,
  /** An arrival, a start or a completion is recorded by mistake, annulled, and recorded again. @since 0.5.0 */
  annulled: 0,
  /**
   * The phone is offline from the arrival on, and the contact center gives the visit to another provider, who does it: the acts of
   * the first are refused and left in their report. @since 0.5.0
   */
  handedOver: 0,
  /** Of a visit that is called off: its closing is recorded by mistake, annulled, and recorded again. @since 0.5.0 */
  closingAnnulled: 0,
  /** The client confirms what is on record, on their own phone: now and then, of some facts, also after the end. @since 0.10.0 */
  attested: 0,
  /** Of a fact on which they give their word: they deny it. Later they may take that back. @since 0.10.0 */
  denied: 0,
  /** Of such a word: it is said without a signal, and reaches the log later, where it may be refused and reported. @since 0.10.0 */
  attestedOffline: 0,
};

/** The frequency of each branch, from 0 to 1, where it can be taken. @since 0.2.0 */
export type Mix = { readonly [Branch in keyof typeof rates]: number };

/** The rates that hold where a mix says nothing. @since 0.2.0 */
export const defaultMix: Mix = rates;

/** Rates of two writers: a phone that is offline now and then, and mistakes that are corrected. A mix of its own. @since 0.5.0 */
export const offlineMix = {
  offline: 0.35,
  conflict: 0.2,
  twin: 0.12,
  answerLost: 0.1,
  mistimed: 0.05,
  annulled: 0.04,
  handedOver: 0.03,
  closingAnnulled: 0.25,
} as const satisfies Partial<Mix>;
