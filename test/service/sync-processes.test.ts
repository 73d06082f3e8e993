import { describe, expect, it } from 'vitest';
import type { ReportedAct, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { createService, type SyncOutcome } from '../../src/service.ts';
import { inProcess, opened, temporaryFile } from '../stores/files.ts';
import { centerOf, phoneOf } from '../stores/sync-visits.ts';

const VISITS = 9;

type Found = Readonly<Record<string, Readonly<Record<string, SyncOutcome>>>>;

/** Lists the records under the id of a command: events, and acts of reports. */
function onRecord(log: readonly VisitEvent[], commandId: unknown) {
  const acts = log.flatMap((event): readonly ReportedAct[] =>
    event.type === 'DiscrepancyReported' ? event.data.acts : [],
  );
  const events = log.filter(({ metadata }) => metadata?.commandId === commandId).map(() => 'accepted');
  const reported = acts
    .filter((act) => act.commandId === commandId)
    .map(({ twinOf }) => (twinOf === undefined ? 'refused' : 'twin'));
  return [...events, ...reported];
}

/** The outcome that a command had the first time. */
const firstOf = (outcome: SyncOutcome | undefined) =>
  outcome?.outcome === 'repeated' ? outcome.first.outcome : outcome?.outcome;

describe('sync, by two processes that send the same', () => {
  it('records each command once, whatever is lost, repeated or split', async () => {
    const file = temporaryFile();
    const store = opened({ file });
    const { handle } = createService({ store });
    for (let nth = 0; nth < VISITS; nth += 1)
      for (const command of centerOf(nth)) expect((await handle(command)).ok).toBe(true);

    const startAt = String(Date.now() + 700);
    const senders = [1, 2].map((seed) => inProcess('sync-worker.ts', file, String(seed), String(VISITS), startAt));
    const answers = (await Promise.all(senders)).flat() as Found[];
    expect(answers).toHaveLength(2);

    const seen = new Set<string>();
    for (let nth = 0; nth < VISITS; nth += 1) {
      const { visitId, commands } = phoneOf(nth);
      const { events } = await store.readStream<VisitEvent>(`visit-${visitId}`);
      for (const { type, metadata } of commands) {
        const recorded = onRecord(events, metadata.commandId);
        expect(recorded, `${visitId}, ${type}`).toHaveLength(1);
        for (const found of answers) expect(firstOf(found[visitId]?.[String(metadata.commandId)])).toBe(recorded[0]);
        seen.add(String(recorded[0]));
      }
      expect(audit(events).clean, visitId).toBe(true);
      const reports = events.flatMap((event) => (event.type === 'DiscrepancyReported' ? [event.data] : []));
      expect(new Set(reports.map(({ discrepancyId }) => discrepancyId)).size).toBe(reports.length);
    }
    expect([...seen].sort()).toEqual(['accepted', 'refused', 'twin']);
  });
});
