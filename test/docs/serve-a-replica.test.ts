import { readFileSync } from 'node:fs';
import { httpRemote, type RemoteError } from 'auxilio/replica';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/how-to/serve-a-replica.md', 'utf8');
const rowsAfter = (heading: string) =>
  (page.split(`\n## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => /^\| (`|\d)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim())) ?? [];

const sha256 = 'a'.repeat(64);

/** A remote over a server of one answer, and the calls that it made. */
function remoteOn(answer: () => Response) {
  const calls: string[] = [];
  const fetch = async (url: unknown, { method = '' }: { method?: string } = {}) => {
    const path = String(url).replace('https://host.test', '').replace('v-1', ':id').replace(sha256, ':sha256');
    calls.push(`${method} ${path.replace(/=[^&]+/g, '=')}`);
    return answer();
  };
  return { calls, remote: httpRemote({ url: 'https://host.test', fetch: fetch as typeof globalThis.fetch }) };
}

describe('what a server must answer', () => {
  it('is told of every route that a replica calls, and of no other', async () => {
    const { calls, remote } = remoteOn(() => new Response('{}', { status: 500 }));
    const bytes = new Uint8Array(200_000);
    const made = [
      remote.sync({ visitId: 'v-1', basedOn: 1, commands: [], device: 'phone-7' }),
      remote.events('v-1', 17, { lastEventId: 'e-17' }),
      remote.assignments('c'),
      remote.hasPhoto?.({ sha256, visitId: 'v-1' }),
      remote.putPhoto({ sha256, bytes: bytes.slice(0, 10), visitId: 'v-1', mediaType: 'image/jpeg' }),
      remote.takeLead?.('v-1', 'phone-7'),
      remote.registerKey?.('phone-7', 'key'),
    ];
    expect(made).toHaveLength(Object.keys(remote).length);
    await Promise.allSettled(made);
    const routes = rowsAfter('Routes').map(([, route = '']) => route.replaceAll('`', '').replace('=17', '='));
    expect(calls).toEqual(routes);
  });

  it('is told of each status by the kind that it is for a replica', async () => {
    const rows = rowsAfter('Refusals');
    expect(rows.length).toBeGreaterThan(10);
    for (const [, status, problem = '', kind] of rows) {
      const body: Record<string, unknown> = { code: 'some-code' };
      for (const [, name = '', text] of problem.matchAll(/`(\w+)(?:: "([\w-]+)")?`/g)) {
        body[name] = text ?? (name === 'index' ? 1 : name === 'photos' ? [sha256] : 'q-1');
      }
      const headers = { 'content-type': 'application/problem+json' };
      const { remote } = remoteOn(() =>
        problem === ''
          ? new Response('<p>', { status: Number(status) })
          : new Response(JSON.stringify(body), { status: Number(status), headers }),
      );
      const error = (await remote.events('v-1', 0).catch((thrown: unknown) => thrown)) as RemoteError;
      expect([status, problem, `\`${error.kind}\``]).toEqual([status, problem, kind]);
    }
  });
});
