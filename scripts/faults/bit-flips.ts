/**
 * A stored log, exported as lines of JSON, with one bit flipped, at every bit; and cut, at every byte. If it can still
 * be read, verifying the seal finds the change, unless the meaning is the same, and the audit does not fail.
 */
import { isDeepStrictEqual } from 'node:util';
import { audit, type VisitEvent } from 'auxilio';
import { exportHead, seal, verifyChain } from 'auxilio/chain';
import { simulate } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';

export const bits: Campaign = {
  name: 'bits',
  says: 'every bit of an exported log flipped, and the log cut at every byte (in CI every 211th)',
  short: 211,
  long: 1,
  async run({ rounds: stride }) {
    const [visit] = simulate({ visits: 1, seed: 3 });
    const events = seal(visit?.events ?? []);
    const head = exportHead(events);
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const faults: unknown[] = [];
    const tally = { flips: 0, unreadable: 0, told: 0, same: 0, cuts: 0 };
    for (let bit = 0; bit < bytes.length * 8; bit += stride) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      tally.flips += 1;
      const read = readable(damaged);
      if (read === undefined) tally.unreadable += 1;
      else if (!verifyChain(read, head).intact) tally.told += 1;
      else if (isDeepStrictEqual(read, events)) tally.same += 1;
      else faults.push({ bit });
      if (bit % 997 === 0 && read !== undefined) audit(read, { chain: verifyChain(read, head) });
    }
    for (let length = 0; length < bytes.length - 1; length += stride) {
      const read = readable(bytes.subarray(0, bytes.lastIndexOf('\n', length) + 1)) ?? [];
      tally.cuts += 1;
      const report = verifyChain(read, head);
      if (report.intact || report.faults.some(({ fault }) => fault !== 'cut')) faults.push({ length, report });
    }
    return { faults, figures: { bytes: bytes.length, ...tally } };
  },
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The lines of a log, if all of them are JSON. */
function readable(bytes: Uint8Array): VisitEvent[] | undefined {
  try {
    return utf8
      .decode(bytes)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as VisitEvent);
  } catch {
    return undefined;
  }
}
