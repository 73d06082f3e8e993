/** `auxilio/chain`: logs are sealed and verified; a change, a loss and a swap are found, at their place. */
import { exportHead, seal, verifyChain } from 'auxilio/chain';
import { simulate } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

export async function check(): Promise<string> {
  const heads: unknown[] = [];
  let events = 0;
  for (const { events: log } of simulate({ visits: 100, seed: 38 })) {
    const sealed = seal(log);
    const head = exportHead(sealed);
    ensureEqual(verifyChain(sealed, head).intact, true, 'a sealed log');
    const middle = sealed.length >> 1;
    const [first, second] = [sealed[middle], sealed[middle + 1]];
    if (first === undefined || second === undefined)
      throw new Error('a log of a simulated visit has more than two events');
    const damaged = [
      sealed.with(middle, { ...first, data: { ...first.data, at: '2020-01-01T00:00:00.000Z' } } as typeof first),
      sealed.toSpliced(middle, 1),
      sealed.with(middle, second).with(middle + 1, first),
      sealed.slice(0, -1),
    ].map((log) => verifyChain(log, head));
    for (const report of damaged) ensureEqual(report.intact, false, 'a damaged log');
    heads.push(head, damaged);
    events += log.length;
  }
  return `${events} events sealed: ${await digest(heads)}`;
}
