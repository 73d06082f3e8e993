/**
 * Commands arrive several times, out of order and at several services at once, while the clock of the machine jumps: each is
 * carried out once or refused, and the log is one that `decide` writes.
 */
import { audit } from 'auxilio';
import { verifyChain } from 'auxilio/chain';
import { type BatchResult, createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { simulate } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';

export const delivery: Campaign = {
  name: 'delivery',
  says: 'commands delivered up to three times, out of order, to four services whose clocks jump',
  short: 40,
  long: 2000,
  async run({ rounds, directory, random }) {
    const store = sqliteStore({ file: `${directory}/delivery.sqlite` });
    const now = () => new Date(Date.UTC(2026, 0, 1) + (random() - 0.5) * 1e12).toISOString();
    const services = Array.from({ length: 4 }, () => createService({ store, now, retry: { maxRetries: 1000 } }));
    const faults: unknown[] = [];
    const tally = { commands: 0, deliveries: 0, accepted: 0, repeated: 0, refused: 0 };
    for (const { visitId, commands } of simulate({ visits: rounds, seed: 1 + Math.floor(1e6 * random()) })) {
      const named = commands.map((command, n) => ({
        ...command,
        metadata: { ...command.metadata, commandId: `c-${n}` },
      }));
      // Each up to three times, and up to a place and a half from where it belongs.
      const sent = named
        .flatMap((command, n) =>
          Array.from({ length: 1 + Math.floor(3 * random()) }, () => ({ command, at: n + 1.5 * random() })),
        )
        .sort((one, other) => one.at - other.at)
        .map(({ command }) => command);
      const answers: BatchResult[] = [];
      for (let i = 0; i < sent.length; i += 4) {
        const handled = sent.slice(i, i + 4).map((command, n) => services[n]?.handleBatch([command]) ?? []);
        answers.push(...(await Promise.all(handled)).flat());
      }
      answers.push(...((await services[0]?.handleBatch(named)) ?? [])); // and in the end all once more, in their order
      const { events } = (await services[0]?.load(visitId)) ?? { events: [] };
      faults.push(...answers.filter((answer) => 'error' in answer));
      faults.push(...verifyChain(events).faults);
      faults.push(...audit(events).findings.filter(({ kind }) => kind !== 'measure' && kind !== 'deviation'));
      const ids = events.map(({ metadata }) => metadata?.commandId);
      const first = answers.filter((answer) => answer.ok && !answer.repeated).length;
      if (new Set(ids).size !== events.length || first !== events.length) faults.push({ visitId, ids, first });
      tally.commands += named.length;
      tally.deliveries += answers.length;
      tally.accepted += events.length;
      tally.repeated += answers.filter((answer) => answer.ok && answer.repeated).length;
      tally.refused += answers.filter((answer) => 'rejection' in answer).length;
    }
    await store.close();
    return { faults, figures: { visits: rounds, ...tally } };
  },
};
