import type {
  AnnounceServiceData,
  GiveInstructionData,
  InstructionDecision,
  InstructionTopic,
  ValidateIdentityData,
} from '../messages/index.ts';
import { act, type Deviation, done } from './act.ts';
import { absenceAnswered, arrived, callMade, clientAnswers, onSite } from './common-rules.ts';
import { discharge, openDebt, owes } from './debts.ts';
import { isDisputed } from './materials.ts';
import { type RuleInput, rule, when } from './rule.ts';
import { isWaivable } from './rule-ids.ts';
import { isClosing, type StandingInstruction, type VisitDraft, type VisitState } from './state.ts';

/** The provider has not arrived yet. */
const notYetArrived = rule('not-arrived', '1.1-01', (visit) => visit.arrival.arrivedAt === null, {
  facts: ({ arrival }) => ({ arrivedAt: arrival.arrivedAt }),
});

/** The provider is at the place. */
export const RecordArrival = act('RecordArrival', 'ProviderArrived', {
  by: 'P',
  clauses: ['1.1-01'],
  isFulfilled: ({ arrival }) => arrival.arrivedAt !== null,
  ignoredFromOthers: true,
  needs: [notYetArrived],
  effect: (visit, { data }) => {
    visit.arrival.arrivedAt = data.at;
  },
  witnesses: () => [{}],
});

/** The provider shows who they are. */
export const ShowCredential = act('ShowCredential', 'CredentialShown', {
  by: 'P',
  clauses: ['1.1-03'],
  isFulfilled: ({ arrival }) => arrival.credentialShownAt !== null,
  ignoredFromOthers: true,
  needs: [arrived],
  effect: (visit, { data }) => {
    visit.arrival.credentialShownAt = data.at;
  },
  witnesses: () => [{}],
});

/** The provider now assigned has shown their credential. */
export const credentialShown = done('credential-shown', '1.1-03', ShowCredential);

/** The client is not there: the provider calls for instructions. He may be reported again after each of them. */
export const ReportClientAbsence = act('ReportClientAbsence', 'ClientAbsenceReported', {
  by: 'P+',
  clauses: ['1.1-09'],
  needs: [arrived, absenceAnswered, callMade('1.1-09')],
  effect: (visit, { data }) => {
    visit.arrival.absentSince = data.at;
    visit.identity.representativeAllowed = false;
    openDebt(visit, 'give-instruction', '1.1-10', data.at, 'client-absence');
  },
  witnesses: (_, { at }) => [{ call: { at } }],
});

/** An absence of the client is open. */
const absenceOpen = rule('absence-open', '1.1-09', (visit) => visit.arrival.absentSince !== null, {
  remedy: ['ReportClientAbsence'],
});

/** The client is back. */
export const RecordClientReturn = act('RecordClientReturn', 'ClientReturned', {
  by: 'P',
  clauses: ['1.1-09'],
  unprovenClauses: () => ['1.1-09'],
  needs: [absenceOpen],
  effect: (visit) => {
    visit.identity.representativeAllowed = false;
    endAbsence(visit);
  },
  witnesses: () => [{}],
});

function endAbsence(visit: VisitDraft): void {
  visit.arrival.absentSince = null;
  discharge(visit, 'give-instruction', 'client-absence');
}

type Instruction = Pick<GiveInstructionData, 'about' | 'decision' | 'waives'>;

const standing = (decision: InstructionDecision): StandingInstruction | null =>
  decision === 'cancel' || decision === 'reschedule' || decision === 'reassign' ? decision : null;

const proceeds = ({ decision }: Instruction) => decision === 'proceed' || decision === 'proceed-with-representative';

/** True if there is a question of that kind to instruct about. */
export function isQuestionOpen(visit: VisitState, about: InstructionTopic): boolean {
  switch (about) {
    case 'client-absence':
      return visit.arrival.absentSince !== null;
    case 'identity':
      return visit.identity.rejectedAt !== null;
    case 'materials':
      return isDisputed(visit);
    case 'escalation':
      return owes(visit, 'take-up-escalation');
    case 'visit':
      return true;
  }
}

/** What the instruction is about is open. */
const questionOpen = rule<Instruction>(
  'question-open',
  '1.1-10',
  (visit, { data }) => isQuestionOpen(visit, data.about),
  {
    facts: (_, { data }) => ({ about: data.about }),
  },
);

const waivedBy = ({ waives = [] }: Instruction) => waives;

/** Only an instruction to proceed waives a rule. */
const waiverProceeds = rule<Instruction>(
  'waiver-proceeds',
  '1.1-10',
  (_, { data }) => waivedBy(data).length === 0 || proceeds(data),
  { facts: (_, { data }) => ({ decision: data.decision, waives: [...waivedBy(data)] }) },
);

/** Work that awaited extra materials goes on without them (PROTOCOL §4, *What an act undoes*). */
function goesOnWithout(data: Instruction & Pick<GiveInstructionData, 'at'>, { materials }: VisitState): Deviation[] {
  if (!materials.awaited || !proceeds(data) || !waivedBy(data).includes('materials-settled')) return [];
  const facts = { waivedBy: 'instruction', instructedAt: data.at, materials: materials.status };
  return [{ rule: 'materials-settled', clause: '1.1-33', facts }];
}

/** The contact center says how to go on. */
export const GiveInstruction = act('GiveInstruction', 'InstructionGiven', {
  by: 'C',
  clauses: ['1.1-10', '1.1-39', '2.2-08'],
  unprovenClauses: ({ about }) => [
    ...(about === 'materials' ? [] : (['1.1-39'] as const)),
    ...(about === 'escalation' ? [] : (['2.2-08'] as const)),
  ],
  deviations: goesOnWithout,
  afterEnd: (visit, { data }) => data.about === 'escalation' && owes(visit, 'take-up-escalation'),
  needs: [questionOpen, waiverProceeds],
  effect: (visit, { data }) => {
    answer(visit, data);
    visit.instruction = standing(data.decision) ?? visit.instruction;
    if (data.decision === 'proceed-with-representative') visit.identity.representativeAllowed = true;
    if (proceeds(data)) waive(visit, data);
  },
  witnesses: (visit) => {
    const decisions: InstructionDecision[] = ['proceed'];
    if (visit.arrival.absentSince !== null) decisions.push('proceed-with-representative');
    if (isClosing(visit)) decisions.push('reassign');
    const text = 'texto';
    return (['visit', 'materials', 'escalation'] as const)
      .filter((about) => isQuestionOpen(visit, about))
      .flatMap((about) => decisions.map((decision) => ({ about, decision, text })));
  },
});

/** What an instruction settles of the question that it is about. */
function answer(visit: VisitDraft, { about, decision }: Instruction): void {
  switch (about) {
    case 'client-absence':
    case 'identity':
      discharge(visit, 'give-instruction', about);
      if (about === 'client-absence') visit.identity.representativeAllowed = false;
      return;
    case 'materials':
      visit.materials.status = 'coordinated';
      discharge(visit, 'coordinate-materials');
      return;
    case 'escalation':
      discharge(visit, 'take-up-escalation');
      return;
    case 'visit':
      visit.instruction = null;
      visit.transit.changeTold = false;
      if (decision === 'proceed') discharge(visit, 'reassign-provider');
  }
}

function waive(visit: VisitDraft, data: Instruction & Pick<GiveInstructionData, 'at'>): void {
  for (const rule of waivedBy(data)) {
    if (!isWaivable(rule)) continue;
    if (!visit.waivers.some((waiver) => waiver.rule === rule)) visit.waivers.push({ rule, at: data.at });
    if (rule === 'materials-settled') visit.materials.awaited = false;
  }
}

/** The contact center allowed a representative to attend. */
const representativeAllowed = rule(
  'representative-allowed',
  '1.1-09',
  (visit) => visit.identity.representativeAllowed,
  { remedy: ['GiveInstruction'] },
);

/** The full name was given and a document was shown. */
const identified = rule<Partial<ValidateIdentityData>>(
  'identified',
  '1.1-07',
  (_, { data }) => data.fullNameGiven === true && data.documentShown === true,
  {
    facts: (_, { data }) => ({
      fullNameGiven: data.fullNameGiven === true,
      documentShown: data.documentShown === true,
    }),
  },
);

type Person = Pick<ValidateIdentityData, 'person'>;

/** The person who attends is who they say. The number of their document is never recorded. */
export const ValidateIdentity = act('ValidateIdentity', 'IdentityValidated', {
  by: 'P',
  clauses: ['1.1-07', '1.1-08', '1.1-11'],
  unprovenClauses: ({ fullNameGiven, documentShown }) =>
    fullNameGiven === true && documentShown === true ? [] : ['1.1-07'],
  isFulfilled: ({ identity }) => identity.validatedAt !== null,
  ignoredFromOthers: true,
  needs: [
    arrived,
    credentialShown,
    ...when((_, { data }: RuleInput<Person>) => data.person === 'client', [clientAnswers]),
    ...when((_, { data }: RuleInput<Person>) => data.person === 'representative', [representativeAllowed]),
    identified,
  ],
  effect: (visit, { data }) => {
    visit.identity.validatedAt = data.at;
    visit.identity.person = data.person;
    visit.identity.rejectedAt = null;
    discharge(visit, 'give-instruction', 'identity');
    if (data.person === 'representative') endAbsence(visit);
  },
  witnesses: () => [
    { person: 'client', fullNameGiven: true, documentShown: true },
    { person: 'representative', fullNameGiven: true, documentShown: true },
  ],
});

/** The identity of the person who attends was validated, and not rejected since. */
export const identityValid = done('identity-valid', '1.1-08', ValidateIdentity);

/** The person who attends could not be validated: the provider calls for instructions. */
export const RejectIdentity = act('RejectIdentity', 'IdentityRejected', {
  by: 'P+',
  clauses: ['1.1-08'],
  ignoredFromOthers: true,
  needs: [arrived, credentialShown, callMade('1.1-09')],
  effect: (visit, { data }) => {
    visit.identity.validatedAt = null;
    visit.identity.person = null;
    visit.identity.rejectedAt = data.at;
    openDebt(visit, 'give-instruction', '1.1-10', data.at, 'identity');
  },
  witnesses: (_, { at }) => [{ reason: 'other', call: { at } }],
});

/** The service announced is the one assigned. */
const serviceAsAssigned = rule(
  'service-as-assigned',
  '1.1-13',
  (visit, { data }: RuleInput<Pick<AnnounceServiceData, 'service'>>) => data.service === visit.service,
  { remedy: ['AmendAssignment'], facts: ({ service }, { data }) => ({ assigned: service, announced: data.service }) },
);

/** The provider says which service they came to carry out. */
export const AnnounceService = act('AnnounceService', 'ServiceAnnounced', {
  by: 'P',
  clauses: ['1.1-12', '1.1-13'],
  isFulfilled: ({ inspection }) => inspection.announcedAt !== null,
  needs: [...onSite, identityValid, serviceAsAssigned],
  effect: (visit, { data }) => {
    visit.inspection.announcedAt = data.at;
  },
  witnesses: ({ service }) => [{ service: service ?? 'servicio' }],
});

/** The assigned service has been announced. */
export const serviceAnnounced = done('service-announced', '1.1-12', AnnounceService);
