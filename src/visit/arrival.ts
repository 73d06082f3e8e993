import { act, done } from './act.ts';
import { absenceAnswered, arrived, callMade, notArrived } from './common-rules.ts';
import { discharge, openDebt } from './debts.ts';
import { rule } from './rule.ts';
import type { VisitDraft } from './state.ts';

/** The provider is at the place. */
const RecordArrival = act('RecordArrival', 'ProviderArrived', {
  by: 'P+',
  clauses: ['1.1-01'],
  isFulfilled: (visit) => visit.arrival.arrivedAt !== null,
  ignoredFromOthers: true,
  needs: [notArrived('1.1-01')],
  effect: (visit, { data }) => {
    visit.arrival.arrivedAt = data.at;
  },
  witnesses: () => [{}],
});

/** The provider shows their credential. */
const ShowCredential = act('ShowCredential', 'CredentialShown', {
  by: 'P',
  clauses: ['1.1-03'],
  isFulfilled: (visit) => visit.arrival.credentialShownAt !== null,
  ignoredFromOthers: true,
  needs: [arrived],
  effect: (visit, { data }) => {
    visit.arrival.credentialShownAt = data.at;
  },
  witnesses: () => [{}],
});

/** The provider now assigned has shown their credential. */
export const credentialShown = done('credential-shown', '1.1-03', ShowCredential);

/** The client is absent: the provider calls for instructions. An absence may be reported again after each instruction. */
const ReportClientAbsence = act('ReportClientAbsence', 'ClientAbsenceReported', {
  by: 'P+',
  clauses: ['1.1-09'],
  needs: [arrived, absenceAnswered, callMade('1.1-09')],
  effect: (visit, { data }) => {
    visit.arrival.absentSince = data.at;
    visit.arrival.absenceReportedAt = data.at;
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
const RecordClientReturn = act('RecordClientReturn', 'ClientReturned', {
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

/** Ends the absence of the client, and the wait for an instruction about it. */
export function endAbsence(visit: VisitDraft): void {
  visit.arrival.absentSince = null;
  discharge(visit, 'give-instruction', 'client-absence');
}

/** The acts of this chapter, in the order of the protocol. */
export const acts = [RecordArrival, ShowCredential, ReportClientAbsence, RecordClientReturn];
