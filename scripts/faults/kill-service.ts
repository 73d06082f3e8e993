/**
 * A service is killed with SIGKILL in the middle of a command, and the command is asked again of another one: it is carried
 * out once, its answer the same, the log as `decide` would have written it, its seal whole.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { audit } from 'auxilio';
import { verifyChain } from 'auxilio/chain';
import { boardProjection, createService, readProjection } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import type { Campaign } from './campaign.ts';
import { commandOf } from './commands.ts';
import { bundled } from './support.ts';

export const killService: Campaign = {
  name: 'kill-service',
  says: 'SIGKILL while a service carries out a command, which is then asked again',
  short: 30,
  long: 500,
  async run({ rounds, directory, random }) {
    const file = join(directory, 'service.sqlite');
    const worker = await bundled('worker-service.ts');
    const faults: unknown[] = [];
    let next = 0;
    let repeated = 0;
    for (let round = 0; round < rounds; round++) {
      const child = spawn(process.execPath, [worker, file, String(next)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const died = new Promise((resolve) => child.on('exit', resolve));
      let killing = false;
      for await (const line of createInterface({ input: child.stdout })) {
        const answer = JSON.parse(line) as { n: number; ok: boolean; repeated: boolean; version: number };
        if (!answer.ok || answer.version !== answer.n + 1) faults.push(answer);
        if (answer.repeated) repeated += 1;
        next = answer.n + 1;
        if (!killing) setTimeout(() => child.kill('SIGKILL'), 15 * random());
        killing = true;
      }
      await died;
    }
    const store = sqliteStore({ file });
    const { events } = await createService({ store }).load('v-1');
    const chain = verifyChain(events);
    faults.push(...chain.faults, ...audit(events).findings);
    events.forEach(({ metadata }, n) => {
      if (metadata?.commandId !== commandOf(n).metadata.commandId) faults.push({ n, metadata });
    });
    if (events.length < next) faults.push({ lost: next - events.length });
    const [row] = await readProjection(store, boardProjection);
    if (row?.lastActAt !== events.at(-1)?.data.at) faults.push({ row });
    await store.close();
    return {
      faults,
      figures: { kills: rounds, acknowledged: next, storedButUnanswered: repeated, events: events.length },
    };
  },
};
