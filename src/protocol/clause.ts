/** The ids of all clauses, in the order of the document. */
export type ClauseIds = readonly [
  '0-01',
  '0-02',
  '1.1-01',
  '1.1-02',
  '1.1-03',
  '1.1-04',
  '1.1-05',
  '1.1-06',
  '1.1-07',
  '1.1-08',
  '1.1-09',
  '1.1-10',
  '1.1-11',
  '1.1-12',
  '1.1-13',
  '1.1-14',
  '1.1-15',
  '1.1-16',
  '1.1-17',
  '1.1-18',
  '1.1-19',
  '1.1-20',
  '1.1-21',
  '1.1-22',
  '1.1-23',
  '1.1-24',
  '1.1-25',
  '1.1-26',
  '1.1-27',
  '1.1-28',
  '1.1-29',
  '1.1-30',
  '1.1-31',
  '1.1-32',
  '1.1-33',
  '1.1-34',
  '1.1-35',
  '1.1-36',
  '1.1-37',
  '1.1-38',
  '1.1-39',
  '1.1-40',
  '1.1-41',
  '1.1-42',
  '1.1-43',
  '1.1-44',
  '1.1-45',
  '1.1-46',
  '1.1-47',
  '1.1-48',
  '1.1-49',
  '1.1-50',
  '1.1-51',
  '1.1-52',
  '1.1-53',
  '1.2-01',
  '1.2-02',
  '1.2-03',
  '1.2-04',
  '1.2-05',
  '1.2-06',
  '1.2-07',
  '1.2-08',
  '1.2-09',
  '1.2-10',
  '1.2-11',
  '1.2-12',
  '1.2-13',
  '1.2-14',
  '1.2-15',
  '1.3-01',
  '1.3-02',
  '1.3-03',
  '1.3-04',
  '1.3-05',
  '2-00',
  '2.1-01',
  '2.1-02',
  '2.1-03',
  '2.1-04',
  '2.1-05',
  '2.1-06',
  '2.1-07',
  '2.1-08',
  '2.2-00',
  '2.2-01',
  '2.2-02',
  '2.2-03',
  '2.2-04',
  '2.2-05',
  '2.2-06',
  '2.2-07',
  '2.2-08',
  '2.2-09',
  '2.2-10',
  '2.2-11',
  'RET-01',
  'RET-02',
  'RET-03',
  'RET-04',
];

/**
 * The id of a clause: its chapter and its place in that chapter, such as `1.1-19`, `2.2-08` or `RET-01`.
 * A closed list, so that a wrong id does not compile.
 *
 * @since 0.1.0
 */
export type ClauseId = ClauseIds[number];

/**
 * The level of the duty that a clause states.
 *
 * - `H`, hard: missing it is refused, by a rule or by the schema.
 * - `D`, debt: it opens or discharges an obligation of a named debtor, and never blocks the creditor.
 * - `A`, attestation: recorded or audited, never refused.
 * - `G`, guidance: words to say, never enforced.
 *
 * @since 0.1.0
 */
export type ClauseLevel = 'H' | 'D' | 'A' | 'G';

/**
 * The person whose duty or words a clause states. Those of the insurer bind the record, not a person in the visit.
 *
 * @since 0.1.0
 */
export type ClauseActor = 'provider' | 'client' | 'contact-center' | 'insurer';

/**
 * The languages of every text: Spanish of Costa Rica, formal, and English.
 *
 * @since 0.1.0
 */
export type Locale = 'es-CR' | 'en';

/**
 * One clause of the protocol, apart from its text: its level and whose duty it is.
 *
 * @since 0.5.0
 */
export type ClauseDuty = {
  readonly id: ClauseId;
  readonly level: ClauseLevel;
  readonly actor: ClauseActor;
};
