import { audit, reconcile, type VisitEvent } from 'auxilio';
import { isToken } from 'auxilio/privacy';
import { offlineMix, simulate } from 'auxilio/testing';
import { parseEvent } from 'auxilio/wire';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { privateService } from './fixture.ts';
import { blank, comparable, compareTwins, judge, mapTexts, operator, twinServices } from './twins.ts';
import { variedVisits } from './variants.ts';

/** A token that is equal to none, not even but for case. */
const nthToken = (nth: number) =>
  nth
    .toString(4)
    .padStart(64, '0')
    .replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));

/** The verdicts of a log whose tokens are others, without those. */
const judgeOthers = (log: readonly VisitEvent[], other: (token: string) => string) =>
  JSON.stringify(blank(judge(mapTexts(log, (text) => (isToken(text) ? other(text) : text)))));

/** Tokens that are equal only where those that they stand for are, without regard to case. */
function exactTokens(): (token: string) => string {
  const others = new Map<string, string>();
  return (token) => {
    const other = others.get(token) ?? nthToken(others.size);
    others.set(token, other);
    return other;
  };
}

describe('the verdicts of a service with privacy', () => {
  it('are those of one without, before an erasure and after it', { timeout: 300_000 }, async () => {
    const counts = { reports: 0, settled: 0, unclean: 0, erased: 0, 'differing if folded': 0, 'differing if exact': 0 };
    let twins = await twinServices();
    let seen = 0;
    for (const visit of variedVisits(runs(runs(1000)), 4)) {
      // Services keep their visits in memory.
      if (seen++ % 100 === 0) twins = await twinServices();
      const { visitId } = visit;
      const { differences, log, opened, verdicts } = await compareTwins(twins, visit);
      expect(differences, visitId).toEqual([]);
      expect(opened.unopened).toEqual([]);
      expect(log.filter((event) => !parseEvent(event).ok)).toEqual([]);
      counts.reports += log.filter(({ type }) => type === 'DiscrepancyReported').length;
      counts.settled += log.filter(({ type }) => type === 'DiscrepancySettled').length;
      counts.unclean += Number(audit(log).findings.length > 0);
      // Controls, whose verdicts must differ here and there.
      if (seen % 5 === 0) {
        const blanked = JSON.stringify(blank(verdicts));
        counts['differing if folded'] += Number(judgeOthers(log, (token) => token.toLowerCase()) !== blanked);
        counts['differing if exact'] += Number(judgeOthers(log, exactTokens()) !== blanked);
      }
      const subjects = ['client', 'representative'].map((subject) => ({ visitId, subject }));
      const {
        subjects: [client],
      } = await twins.privacy.erase({ subjects, by: operator });
      // The log is the same, and so is all that is said of it; none of its texts opens.
      const { events } = await twins.service.load(visitId);
      expect(events).toEqual(log);
      if (client?.state !== 'erased') continue;
      counts.erased += 1;
      const { unopened } = await twins.privacy.open(events);
      expect(unopened.some(({ fault }) => fault === 'erased')).toBe(true);
    }
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(0);
  });

  it('are those of a phone, which judges opened events', async () => {
    const { service, privacy } = await privateService();
    let refused = 0;
    for (const { visitId, requests } of simulate({
      visits: 30,
      seed: 5,
      mix: { ...offlineMix, offline: 1, conflict: 1 },
    })) {
      for (const request of requests) {
        if (request.kind === 'command') await service.handle(request.command);
        if (request.kind === 'settlement') await service.settle(request.command);
        if (request.kind !== 'batch') continue;
        const { basedOn, commands } = request;
        const { events: log } = await privacy.open((await service.load(visitId)).events);
        const own = reconcile({ log, basedOn, commands });
        const { outcomes } = await service.sync({ visitId, basedOn, commands }, commands[0]!.metadata.actor);
        if (!own.ok) throw new Error(own.error.code);
        const { restore } = await privacy.open((await service.load(visitId)).events);
        expect(restore(comparable(outcomes))).toEqual(comparable(own.outcomes));
        refused += outcomes.filter(({ outcome }) => outcome === 'refused').length;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
