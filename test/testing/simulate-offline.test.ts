import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { createService } from '../../src/service.ts';
import { defaultMix, type Mix, offlineMix, type SimulatedVisit, simulate } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { parseCommand, parseEvent } from '../../src/wire.ts';

const madeClean = ['repeated', 'measure', 'deviation', 'correction'];

/** The findings that make a log unclean. */
const unclean = (events: readonly VisitEvent[]) =>
  audit(events).findings.filter(({ kind }) => !madeClean.includes(kind));

const everything = {
  ...defaultMix,
  ...offlineMix,
  ...{ offline: 1, conflict: 0.6, twin: 0.6, annulled: 0.8, mistimed: 0.8, handedOver: 0.3, calledOff: 0.2 },
};

const mixes: readonly (readonly [name: string, mix: Partial<Mix>])[] = [
  ['the mix of two writers', offlineMix],
  ['every branch of it often', everything],
  ['every branch half the time', Object.fromEntries(Object.keys(defaultMix).map((name) => [name, 0.5]))],
  ['every branch always, but that the visit is called off', { ...everyBranch(), calledOff: 0 }],
];

function everyBranch(): Partial<Mix> {
  return Object.fromEntries(Object.keys(defaultMix).map((name) => [name, 1]));
}

/** Counts the visits in which something is found. */
function visitsWith(visits: readonly SimulatedVisit[], found: (visit: SimulatedVisit) => boolean): number {
  return visits.filter(found).length;
}

const has = (type: VisitEvent['type'], found: (event: VisitEvent) => boolean = () => true) => {
  return ({ events }: SimulatedVisit) => events.some((event) => event.type === type && found(event));
};

const reports = (event: VisitEvent, kind: 'twin' | 'refused') =>
  event.type === 'DiscrepancyReported' &&
  event.data.acts.some(({ twinOf }) => (twinOf === undefined) === (kind === 'refused'));

const refusedBy = (event: VisitEvent, rule: string) =>
  event.type === 'DiscrepancyReported' && event.data.acts.some(({ violations }) => violations[0]?.rule === rule);

const renew =
  'if an act or a rule of the protocol changed, renew the hash: npx vitest run --project long-runs test/testing/simulate-offline.test.ts -u';

describe('simulate, with two writers and mistakes', () => {
  it.each(mixes)('makes logs that are clean and end, by %s', (_, mix) => {
    for (const { visitId, events, state } of simulate({ visits: 50, seed: 5, mix })) {
      expect(unclean(events), visitId).toEqual([]);
      expect(replay(events)).toEqual(state);
      expect(['completed', 'closed']).toContain(state.phase);
      expect(state.debts.filter(({ kind }) => kind === 'settle-discrepancy')).toEqual([]);
    }
  });

  it('takes every branch at about its rate', () => {
    const visits = [...simulate({ visits: 500, seed: 11, mix: offlineMix })];
    const floors: readonly (readonly [string, (visit: SimulatedVisit) => boolean, number])[] = [
      ['offline', ({ requests }) => requests.some(({ kind }) => kind === 'batch'), 170],
      ['twin', has('DiscrepancyReported', (event) => reports(event, 'twin')), 40],
      ['refused', has('DiscrepancyReported', (event) => reports(event, 'refused')), 20],
      ['settled, with acts taken', has('DiscrepancySettled', isTaking), 15],
      ['settled, and all left', has('DiscrepancySettled', (event) => !isTaking(event)), 3],
      ['annulled', has('ActAnnulled'), 12],
      ['corrected', has('TimeCorrected'), 12],
      ['sent again', isSentAgain, 10],
      ['handed over', has('DiscrepancyReported', (event) => refusedBy(event, 'assigned-provider')), 8],
      ['closing annulled', has('ActAnnulled', ({ data }) => 'act' in data && data.act === 'VisitClosed'), 2],
    ];
    for (const [name, found, floor] of floors) expect(visitsWith(visits, found), name).toBeGreaterThanOrEqual(floor);
  });

  it('annuls and corrects each act that it records by mistake', () => {
    const visits = [...simulate({ visits: 200, seed: 3, mix: { annulled: 1, mistimed: 1 } })];
    const events = visits.flatMap((visit) => visit.events);
    const annulled = new Set(events.flatMap((event) => (event.type === 'ActAnnulled' ? [event.data.act] : [])));
    const corrected = new Set(events.flatMap((event) => (event.type === 'TimeCorrected' ? [event.data.what] : [])));
    expect([...annulled].sort()).toEqual(['Completed', 'ProviderArrived', 'WorkStarted']);
    expect([...corrected].sort()).toEqual(['arrival', 'completion-call', 'end', 'interruption', 'resumption', 'start']);
  });

  it('annuls closings, after which the visit is called off and closed again', () => {
    const visits = [...simulate({ visits: 200, seed: 3, mix: { calledOff: 1, closingAnnulled: 0.5 } })];
    const annulled = visits.filter(has('ActAnnulled', ({ data }) => 'act' in data && data.act === 'VisitClosed'));
    expect(annulled.length).toBeGreaterThan(60);
    for (const { visitId, events, state } of annulled) {
      expect(unclean(events), visitId).toEqual([]);
      expect(events.filter(({ type }) => type === 'VisitClosed')).toHaveLength(2);
      expect(state.phase).toBe('closed');
    }
  });

  it('hands visits over while the phone is offline: the acts of the first provider are left, another one does them', () => {
    const visits = [...simulate({ visits: 100, seed: 3, mix: { handedOver: 1 } })];
    for (const { visitId, events, state } of visits) {
      expect(unclean(events), visitId).toEqual([]);
      const [report] = events.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data : []));
      expect(report?.acts[0]).toMatchObject({
        type: 'ProviderArrived',
        lawfulThen: true,
        violations: [{ rule: 'assigned-provider' }],
      });
      expect(report?.by.id).toBe(state.formerProviders.at(-1));
      const arrivals = events.filter(({ type }) => type === 'ProviderArrived');
      expect(arrivals.map(({ data }) => data.by.id)).not.toContain(report?.by.id);
      expect(state.provider?.id).toMatch(/^prov-9\d$/);
    }
  });

  it('makes the visits of before of a mix that lacks the later rates', () => {
    const { handedOver: _, closingAnnulled: __, ...before } = offlineMix;
    const hash = createHash('sha256');
    for (const { events, requests } of simulate({ visits: 200, seed: 42, mix: before }))
      hash.update(JSON.stringify([events, requests]));
    expect(hash.digest('hex'), renew).toMatchInlineSnapshot(
      `"a221aa375041fcd5fdffad4b18f93f504e4bd336d62cb70c24f61b2fa51b245f"`,
    );
  });

  it('says of an event that was recorded offline on which device and when it was entered, and what was told by telephone', () => {
    const visits = [...simulate({ visits: 200, seed: 4, mix: { ...offlineMix, offline: 1, absent: 1 } })];
    const events = visits.flatMap((visit) => visit.events);
    const offline = events.filter(({ metadata }) => metadata?.device !== undefined);
    expect(offline.length).toBeGreaterThan(500);
    for (const { metadata, data } of offline) {
      expect(metadata?.device).toBe(`tel-${(data.recordedBy ?? data.by).id}`);
      expect(
        String(metadata?.enteredAt) >= data.at && String(metadata?.recordedAt) >= String(metadata?.enteredAt),
      ).toBe(true);
    }
    expect(events.filter(({ metadata }) => metadata?.despite !== undefined).length).toBeGreaterThan(4);
  });

  it('makes messages that the wire lets in', () => {
    for (const { commands, events } of simulate({ visits: 30, seed: 2, mix: everything })) {
      for (const command of commands)
        expect(parseCommand(JSON.stringify(command))).toEqual({ ok: true, value: command });
      for (const event of events) expect(parseEvent(JSON.stringify(event))).toEqual({ ok: true, value: event });
    }
  });

  it('makes requests that a service takes, and that make the same log of it', async () => {
    for (const { visitId, events, requests, commands } of simulate({ visits: 25, seed: 6, mix: everything })) {
      const store = memoryStore();
      const service = createService({ store });
      for (const request of requests) {
        if (request.kind === 'command') expect((await service.handle(request.command)).ok).toBe(true);
        else if (request.kind === 'settlement') expect((await service.settle(request.command)).ok).toBe(true);
        else {
          const { basedOn, commands: batch } = request;
          const [sender] = batch.map(({ metadata }) => metadata.actor);
          if (sender !== undefined) await service.sync({ visitId, basedOn, commands: batch }, sender);
        }
      }
      const stored = await store.readStream<VisitEvent>(`visit-${visitId}`);
      const plain = ({ type, data }: VisitEvent) => ({ type, data });
      expect(stored.events.map(plain)).toEqual(events.map(plain));
      const ids = commands.map(({ metadata }) => metadata.commandId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('makes the same visits from the same seed and mix, and others from another', () => {
    const few = (seed: number) => [...simulate({ visits: 20, seed, mix: offlineMix })];
    expect(few(7)).toEqual(few(7));
    expect(few(8)).not.toEqual(few(7));
  });

  it('leaves the visits of a mix without two writers and mistakes as they were', () => {
    const hash = createHash('sha256');
    for (const { events, commands } of simulate({ visits: 200, seed: 42 }))
      hash.update(JSON.stringify([events, commands]));
    expect(hash.digest('hex'), renew).toMatchInlineSnapshot(
      `"02c603182d2261b67ba378728c88f2dc5f7f26891c536ea437b84d55b21f0ac5"`,
    );
    const [live] = simulate({ visits: 1, mix: { conflict: 1, answerLost: 1 } });
    expect(live?.requests.map((request) => request.kind === 'command' && request.command)).toEqual(live?.commands);
  });

  it('tells the story of the same seed', () => {
    const stories = (mix: Partial<Mix>) =>
      [...simulate({ visits: 30, seed: 9, mix })].map(({ commands }) => commands[0]);
    expect(stories(offlineMix)).toEqual(stories({}));
  });
});

const isTaking = (event: VisitEvent) => event.type === 'DiscrepancySettled' && event.data.taken.length > 0;

function isSentAgain({ requests }: SimulatedVisit): boolean {
  const batches = requests.flatMap((request) => (request.kind === 'batch' ? [request.commands] : []));
  return batches.some((batch, index) => batch === batches[index - 1]);
}
