import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { FactWord, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { createService } from '../../src/service.ts';
import { type Mix, offlineMix, type SimulatedVisit, simulate } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { parseCommand, parseEvent } from '../../src/wire.ts';

const clients: Partial<Mix> = { attested: 0.5, denied: 0.1, attestedOffline: 0.4 };
const often: Partial<Mix> = { ...offlineMix, attested: 1, denied: 0.3, attestedOffline: 0.6, secondVisit: 0.5 };
const visitsOf = (mix: Partial<Mix>, visits = 100, seed = 5) => [...simulate({ visits, seed, mix })];

const wordsIn = (events: readonly VisitEvent[]): readonly FactWord[] =>
  events.flatMap((event) => (event.type === 'FactsAttested' ? event.data.facts : []));

const endOf = (events: readonly VisitEvent[]) =>
  events.findIndex(({ type }) => type === 'Completed' || type === 'VisitClosed');

/** A denial that is taken back by a later word on the same fact and time. */
const isTakenBack = (events: readonly VisitEvent[]) =>
  wordsIn(events).some((word, index, words) => {
    const isSame = ({ fact, recorded }: FactWord) => fact === word.fact && recorded === word.recorded;
    return !word.agrees && words.slice(index + 1).some((later) => isSame(later) && later.agrees);
  });

const isReported = (events: readonly VisitEvent[]) =>
  events.some(
    (event) => event.type === 'DiscrepancyReported' && event.data.acts.some(({ type }) => type === 'FactsAttested'),
  );

const isAnswered = (events: readonly VisitEvent[]) => {
  const denial = events.findIndex(
    (event) => event.type === 'FactsAttested' && event.data.facts.some(({ agrees }) => !agrees),
  );
  return (
    denial >= 0 &&
    events.slice(denial).some((event) => event.type === 'InstructionGiven' && event.data.about === 'escalation')
  );
};

describe('simulate, with clients who give their word', () => {
  it.each([
    ['seldom', clients],
    ['with two writers and mistakes', { ...offlineMix, ...clients }],
    ['often, without a signal', often],
    ['of a visit that is called off', { ...often, calledOff: 1, closingAnnulled: 0.5 }],
  ] as const)('makes logs that are clean, %s', (_, mix) => {
    for (const { visitId, events, state } of visitsOf(mix, 60)) {
      const { clean, findings } = audit(events);
      expect([visitId, clean, clean ? [] : findings]).toEqual([visitId, true, []]);
      expect(replay(events)).toEqual(state);
      expect(state.debts.some(({ kind }) => kind === 'settle-discrepancy')).toBe(false);
    }
  });

  it('takes every turn at about its rate', () => {
    const visits = visitsOf({ ...offlineMix, ...clients, secondVisit: 0.3 }, 400);
    const has = (found: (events: readonly VisitEvent[]) => boolean) =>
      visits.filter(({ events }) => found(events)).length;
    const floors: readonly (readonly [string, number, number])[] = [
      ['said', has((events) => wordsIn(events).length > 0), 150],
      ['denied', has((events) => wordsIn(events).some(({ agrees }) => !agrees)), 90],
      ['taken back', has(isTakenBack), 25],
      ['answered', has(isAnswered), 60],
      ['after the end', has((events) => endOf(events) >= 0 && wordsIn(events.slice(endOf(events))).length > 0), 100],
      ['without a signal', has((events) => events.some(isOffline)), 90],
      ['refused, reported and taken', has(isReported), 5],
    ];
    for (const [name, count, floor] of floors) expect([name, count >= floor]).toEqual([name, true]);
    expect(floors[0]?.[1]).toBeLessThan(250);
  });

  it('says nothing of some facts, and something of each', () => {
    const facts = visitsOf({ ...often, absent: 0.5 }).map(({ events }) => dossier(events).facts);
    const told = facts.flat().filter(({ said }) => said !== null);
    expect(new Set(told.map(({ fact }) => fact)).size).toBe(14);
    const words = new Set(facts.flat().map(({ word }) => word));
    expect([...words].sort()).toEqual(['both', 'contact-center', 'denied', 'provider']);
    expect(
      facts.filter((of) => of.some(({ said }) => said !== null) && of.some(({ said }) => said === null)).length,
    ).toBeGreaterThan(30);
  });

  it('lets the client speak on a phone of their own, later than the fact', () => {
    for (const { visitId, events } of visitsOf(often, 50)) {
      for (const { type, data, metadata } of events) {
        if (type !== 'FactsAttested') continue;
        expect(data.by).toEqual({ role: 'client', id: `cli-${visitId}` });
        if (metadata?.device !== undefined) expect(metadata.device).toBe(`tel-cli-${visitId}`);
        expect(String(metadata?.recordedAt) >= data.at).toBe(true);
      }
    }
  });

  it('makes messages that the wire lets in', () => {
    for (const { commands, events } of visitsOf(often, 30)) {
      for (const command of commands)
        expect(parseCommand(JSON.stringify(command))).toEqual({ ok: true, value: command });
      for (const event of events) expect(parseEvent(JSON.stringify(event))).toEqual({ ok: true, value: event });
    }
  });

  it('makes requests that a service takes, and that make the same log of it', async () => {
    for (const { visitId, events, requests } of visitsOf(often, 20)) {
      const store = memoryStore();
      const service = createService({ store });
      for (const request of requests) {
        if (request.kind === 'command') expect((await service.handle(request.command)).ok).toBe(true);
        else if (request.kind === 'settlement') expect((await service.settle(request.command)).ok).toBe(true);
        else {
          const { basedOn, commands } = request;
          const [sender] = commands.map(({ metadata }) => metadata.actor);
          if (sender !== undefined) await service.sync({ visitId, basedOn, commands }, sender);
        }
      }
      const stored = await store.readStream<VisitEvent>(`visit-${visitId}`);
      const plain = ({ type, data }: VisitEvent) => ({ type, data });
      expect(stored.events.map(plain)).toEqual(events.map(plain));
    }
  });

  it('tells the story of the same seed, and the same visit where the client says nothing', () => {
    const stories = (visits: readonly SimulatedVisit[]) => visits.map(({ commands }) => commands[0]);
    expect(stories(visitsOf(clients))).toEqual(stories(visitsOf({})));
    expect(visitsOf({ ...offlineMix, attested: 0, denied: 1, attestedOffline: 1 })).toEqual(visitsOf(offlineMix));
    expect(visitsOf(often, 20)).toEqual(visitsOf(often, 20));
  });
});

const isOffline = ({ type, metadata }: VisitEvent) => type === 'FactsAttested' && metadata?.device !== undefined;
