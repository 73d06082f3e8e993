import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { clientView } from '../../src/service.ts';
import { advance, command, histories, illegalHistories, minute, simulate } from '../../src/testing.ts';
import { listStanding } from '../../src/visit/attestation.ts';
import { replay } from '../../src/visit/index.ts';
import { by, client, operator, plain, step, stretch } from '../scenarios/commands.ts';

const viewOf = (log: readonly VisitEvent[]) => {
  const view = clientView(log);
  if (view === null) throw new Error('The log has no assignment');
  return view;
};
const assigned = () => advance([], step('AssignVisit'));
const delayed = (at: number, expectedArrival?: string) =>
  command('ReportTransitIssue', { at: minute(at), issue: 'delay', ...(expectedArrival && { expectedArrival }) });
const irresolvableAt = (at: number) =>
  command('ReportTransitIssue', { at: minute(at), issue: 'breakdown', resolvable: false });
const another = { id: 'p-9', name: 'Ana' };
const amended = (arriveBy: string) => by(operator, command('AmendAssignment', { at: minute(3), arriveBy }));

/** The fields whose texts a client may read, of each event that has some. */
const shown: Readonly<Partial<Record<VisitEvent['type'], readonly string[]>>> = {
  VisitAssigned: ['caseNumber', 'client', 'provider', 'service', 'place'],
  AssignmentAmended: ['caseNumber', 'client', 'service', 'place'],
  ProviderReassigned: ['provider'],
  CredentialShown: ['credentialId'],
  WorkExplained: ['method', 'materials'],
  ExtraMaterialsRequested: ['materials'],
  FactsAttested: ['facts'],
};

/** The fields that hold ids, times and names of a list, by which a log is folded. */
const structural = new Set(
  `visitId at arriveBy by recordedBy id role type kind issue about decision waives person documentKind outcome act recorded corrected
  photoId photoIds sha256 takenAt expectedArrival edition policyId discrepancyId commandId rule clause activity suppliedBy
  channel`.split(/\s+/),
);

/** A log in which each text that a client may not read is a canary of its own, in its data and its metadata. */
function withCanaries(log: readonly VisitEvent[]): { log: VisitEvent[]; canaries: number } {
  let canaries = 0;
  const canary = () => {
    canaries += 1;
    return `canary ${canaries}`;
  };
  const changed = (value: unknown, isKept: boolean): unknown => {
    if (typeof value === 'string') return isKept ? value : canary();
    if (Array.isArray(value)) return value.map((one) => changed(one, isKept));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, changed(one, isKept || structural.has(key))]),
    );
  };
  const events = log.map(({ type, data, metadata }) => ({
    type,
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => {
        const isTime = type === 'TimeCorrected' && key === 'what';
        return [key, changed(value, isTime || structural.has(key) || shown[type]?.includes(key) === true)];
      }),
    ),
    metadata: {
      ...metadata,
      despite: { by: canary(), reason: canary() },
      device: canary(),
      recorder: canary(),
      hash: canary(),
    },
  }));
  return { log: events as unknown as VisitEvent[], canaries };
}

/** Logs that the rules made, logs that they would refuse, and those of phones that were offline. */
const logs = fc.oneof(
  histories().map(({ events }) => events),
  illegalHistories().map(({ events }) => events),
  fc.integer({ min: 1, max: 500 }).map((seed) => [...simulate({ visits: 1, seed })][0]?.events ?? []),
);

describe('what a client may see of a visit', () => {
  it('no text of an instruction, a discrepancy, a breach, a note or another field that is not for them', () => {
    let all = 0;
    fc.assert(
      fc.property(logs, (log) => {
        const { log: told, canaries } = withCanaries(log);
        all += canaries;
        expect(JSON.stringify(clientView(told))).not.toContain('canary');
      }),
      { numRuns: 80 },
    );
    expect(all).toBeGreaterThan(2_000);
  });

  it('the facts that stand, and the client’s last word on each', () => {
    let facts = 0;
    fc.assert(
      fc.property(logs, (log) => {
        const state = replay(log);
        const view = clientView(log);
        if (view === null) return;
        facts += view.facts.length;
        expect(view.facts.map(({ fact, recorded }) => ({ fact, recorded }))).toEqual(listStanding(state));
        for (const { fact, recorded, said } of view.facts) {
          const word = state.attestations.find((one) => one.fact === fact && one.recorded === recorded);
          expect(said?.agrees).toBe(word?.agrees);
          expect(said?.what).toBe(word?.what);
        }
      }),
      { numRuns: 80 },
    );
    expect(facts).toBeGreaterThan(100);
  });

  it('nothing before the assignment', () => {
    expect(clientView([])).toBeNull();
  });

  it('who comes, for what, and by when', () => {
    const data = step('AssignVisit').data as Extract<VisitEvent, { type: 'VisitAssigned' }>['data'];
    const { provider, delay, facts, materials, ...view } = viewOf(assigned());
    expect(view).toEqual({
      visitId: data.visitId,
      caseNumber: data.caseNumber,
      client: data.client,
      service: data.service,
      place: data.place,
      arriveBy: data.arriveBy,
      phase: 'expected',
      outcome: null,
      method: null,
      version: 1,
      head: null,
    });
    expect(provider).toEqual({ ...data.provider, credentialId: null });
    expect([delay, facts, materials]).toEqual([null, [], { requested: [], areDue: false }]);
  });

  it('the method and the materials that were explained, which are due until they are there', () => {
    const asked = advance([], stretch('AssignVisit', 'ExplainWork'));
    const { method, materials } = step('ExplainWork').data as Extract<VisitEvent, { type: 'WorkExplained' }>['data'];
    expect(viewOf(asked)).toMatchObject({ method, materials: { requested: materials, areDue: true }, phase: 'here' });
    expect(viewOf(advance(asked, step('SupplyMaterials'))).materials.areDue).toBe(false);
  });

  it('a fact with its clause, the place and the hash of its event, and whose word it is', () => {
    const hash = 'b'.repeat(64);
    const log = advance([], plain).map((event) => ({ ...event, metadata: { ...event.metadata, hash } }));
    const index = log.findIndex(({ type }) => type === 'ToolsShown');
    const recorded = log[index]?.data.at ?? '';
    const view = viewOf(log);
    expect(view.head).toEqual({ count: log.length, hash });
    expect(view.facts.find(({ fact }) => fact === 'tools')).toEqual({
      fact: 'tools',
      clause: '1.1-40',
      recorded,
      position: index + 1,
      hash,
      word: 'provider',
      said: null,
    });
    const word = { fact: 'tools', recorded, agrees: false, what: 'No las vi' } as const;
    const denied = advance(log, by(client, command('AttestFacts', { at: minute(90), facts: [word] })));
    const seen = viewOf(denied).facts.find(({ fact }) => fact === 'tools');
    expect(seen).toMatchObject({ word: 'denied', said: { agrees: false, what: 'No las vi', position: denied.length } });
  });

  it('a delay until the provider arrives, another provider is owed, or another time is promised', () => {
    const at = minute(30);
    const late = advance(assigned(), [delayed(1), delayed(2, at)]);
    expect(viewOf(late).delay).toEqual({ reportedAt: minute(2), expectedArrival: at });
    expect(viewOf(advance(late, step('RecordArrival'))).delay).toBeNull();
    expect(viewOf(advance(late, amended(minute(40)))).delay).toBeNull();
    const owed = viewOf(advance(late, irresolvableAt(3)));
    expect([owed.delay, owed.provider, owed.phase]).toEqual([null, null, 'expected']);
  });

  it.each([
    [true, { reportedAt: minute(1), expectedArrival: null }],
    [false, null],
  ])('1.2-10 a breakdown as a delay if it exceeds the response time: %s', (exceedsResponseTime, delay) => {
    const data = { at: minute(1), issue: 'breakdown', resolvable: true, exceedsResponseTime } as const;
    expect(viewOf(advance(assigned(), command('ReportTransitIssue', data))).delay).toEqual(delay);
  });

  it('the number of the credential that was shown, not that of the provider before', () => {
    const shownAt = (at: number, credentialId: string) => command('ShowCredential', { at: minute(at), credentialId });
    const log = advance([], [...stretch('AssignVisit', 'RecordArrival'), shownAt(6, 'INS-14')]);
    expect(viewOf(log).provider?.credentialId).toBe('INS-14');
    const reassigned = advance(log, [
      by(operator, command('GiveInstruction', { at: minute(7), about: 'visit', decision: 'reassign', text: 'x' })),
      by(operator, command('ReassignProvider', { at: minute(8), provider: another, arriveBy: minute(60) })),
    ]);
    expect(viewOf(reassigned).provider).toEqual({ ...another, credentialId: null });
  });
});
