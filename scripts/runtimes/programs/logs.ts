/** `auxilio/logs`: a log of many visits, with lines that are damaged, doubled and out of order, is audited. */
import { auditLog, countVisits } from 'auxilio/logs';
import { offlineMix, simulate } from 'auxilio/testing';
import { digest } from './support.ts';

export async function check(): Promise<string> {
  const lines: string[] = [];
  for (const { events } of simulate({ visits: 80, seed: 38, mix: offlineMix })) {
    lines.push(...events.map((event) => JSON.stringify(event)));
  }
  const damaged = lines.flatMap((line, n) => {
    if (n % 97 === 3) return [line.slice(0, -5)];
    if (n % 89 === 5) return [];
    return n % 83 === 7 ? [line, line] : [line];
  });
  const found: unknown[] = [];
  let findings = 0;
  for await (const { visitId, audit } of auditLog(damaged.join('\n'))) {
    found.push([visitId, audit.findings]);
    findings += audit.findings.length;
  }
  const { size } = new Map(await countVisits(damaged.join('\n')));
  return `${size} visits, ${findings} findings: ${await digest(found)}`;
}
