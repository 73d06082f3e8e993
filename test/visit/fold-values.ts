import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, fact, minute } from '../../src/testing.ts';
import {
  annul,
  call,
  client,
  correct,
  instruct,
  operator,
  otherProvider,
  report,
  reported,
  settle,
} from '../scenarios/commands.ts';
import { finished } from '../scenarios/moments.ts';

/** The places in a value that are, or are not, frozen. */
export function placesWhere(value: unknown, holds: (part: object) => boolean, path = '$'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => placesWhere(item, holds, `${path}.${key}`));
  return holds(value) ? [path, ...inside] : inside;
}

/** Overwrites every text and number in a value, and empties its lists, as a caller might do with data of its own. */
export function scribble(value: object): void {
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'object' && item !== null) scribble(item);
    else (value as Record<string, unknown>)[key] = 'garabato';
  }
  if (Array.isArray(value)) value.length = 0;
}

/** A log, lawful or not, with every event of the protocol, some of them often. */
export function everyEvent(): VisitEvent[] {
  return [
    ...advance(finished(), instruct('visit', 'reassign')),
    fact('TransitIssueReported', { issue: 'delay', expectedArrival: minute(95) }),
    fact('TransitIssueAcknowledged', {}, operator),
    fact('ClientNotified', { about: ['delay', 'provider-change'], reached: true }, operator),
    fact('PhotosDocumented', { photoIds: ['f-1'] }, operator),
    fact('StartDocumented', {}, operator),
    fact('ProviderReassigned', { provider: { id: 'prov-2', name: 'Rosa Vega' }, arriveBy: minute(90) }, operator),
    fact('ProviderArrived', { position: { latitude: 10, longitude: -84 } }, otherProvider),
    fact('CredentialShown', {}, otherProvider),
    fact('ToolsShown', { tools: ['taladro'] }, otherProvider),
    fact('ClientAbsenceReported', { call }, otherProvider),
    fact('ClientReturned', {}, otherProvider),
    fact('IdentityRejected', { reason: 'other', call }, otherProvider),
    fact('AssignmentAmended', { client: { name: 'Ana' }, service: 'x', place: 'y', requiredShots: ['z'] }, operator),
    fact('ExtraMaterialsRequested', { materials: [{ item: 'codo', quantity: 1, kind: 'PVC' }] }, otherProvider),
    fact('MaterialsSupplied', { suppliedBy: 'client', items: [{ item: 'codo', quantity: 1 }] }, otherProvider),
    fact('MaterialsRejected', { mismatches: [{ item: 'codo', reasons: ['kind'] }] }, otherProvider),
    fact('MaterialsChangeRefused', { call }, otherProvider),
    fact('MaterialsCoordinated', { outcome: 'cancel' }, operator),
    fact('PhotosTaken', { photos: [{ photoId: 'f-2', sha256: 'b'.repeat(64), takenAt: minute(9), shot: 'z' }] }),
    fact('PhotosSubmitted', { photoIds: ['f-2'], channel: 'app' }),
    fact(
      'InstructionGiven',
      { about: 'visit', decision: 'proceed', text: 'siga', waives: ['materials-settled'] },
      operator,
    ),
    fact('Paused', { kind: 'break' }),
    fact('Resumed', { kind: 'break' }),
    fact('Paused', { kind: 'second-visit', notice: call }),
    fact('Resumed', { kind: 'second-visit', notice: call }),
    fact('ClientObjected', { what: 'gotea' }),
    fact('BelongingsShown', { items: ['sierra'], clientConfirmed: false, disputed: ['sierra'] }),
    fact('ClientImpactEscalated', { what: 'sin agua' }),
    fact('ConductBreachReported', { kind: 'other' }, operator),
    fact('OffContractRequestDeclined', { activity: 'other' }),
    fact('OffContractActPerformed', { activity: 'other' }),
    fact('DiscrepancyReported', report([reported('ToolsShown'), reported('Paused')]).data),
    fact('DiscrepancySettled', settle([1]).data, operator),
    fact('TimeCorrected', correct('arrival', minute(0), minute(3)).data, operator),
    fact('Completed', { at: minute(70) }, otherProvider),
    fact('TimeCorrected', correct('end', minute(70), minute(72)).data, operator),
    fact('ActAnnulled', annul('Completed', minute(72)).data, operator),
    fact('VisitClosed', { outcome: 'cancelled' }, otherProvider),
    fact('FactsAttested', { facts: [{ fact: 'arrival', recorded: minute(3), agrees: false, what: 'tarde' }] }, client),
  ];
}
