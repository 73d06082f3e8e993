import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileFor, readBlock } from '../../scripts/faults/cluster/page.ts';

const page = readFileSync('docs/how-to/run-on-three-nodes.md', 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n(.*)$/gm)].filter(([, language]) => language !== 'ts');
const names = blocks.map(([, , first = '']) => /^(?:#|--) (\S+)$/.exec(first)?.[1] ?? first);

const campaigns = ['patroni', 'restore-postgres', 'cluster/packages', 'cluster/patroni-site'];
const scripts = [...campaigns.map((name) => `scripts/faults/${name}.ts`), 'test/support/tls.ts']
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('what the page on three nodes shows', () => {
  it.each(names)('is run by a campaign or a test: %s', (name) => {
    expect(readBlock(name)).not.toBe('');
    expect(scripts).toMatch(new RegExp(`(?:readBlock\\('|fileFor\\(\\w+, ')${name}'`));
  });

  it('the other nodes get their own name and address in the lines of this node, and in no others', () => {
    const [first, third] = ['etcd', 'patroni'].flatMap((name) => [fileFor(1, name, {}), fileFor(3, name, {})]);
    expect(first).toContain('ETCD_NAME=n1\nETCD_LISTEN_PEER_URLS=http://10.0.0.11:2380\n');
    expect(third).toContain('ETCD_NAME=n3\nETCD_LISTEN_PEER_URLS=http://10.0.0.13:2380\n');
    expect(third).toContain('ETCD_INITIAL_CLUSTER=n1=http://10.0.0.11:2380,n2=http://10.0.0.12:2380');
  });

  it('each setting of the quorum that a row explains is in the file', () => {
    const rows = [...page.matchAll(/^\| `(\w+: \w+)`/gm)].map(([, setting = '']) => setting);
    expect(rows.length).toBeGreaterThan(4);
    for (const setting of rows) expect(readBlock('patroni')).toContain(setting);
  });

  it('the script that the page names is a campaign', () => {
    const files = readdirSync('scripts/faults');
    const named = new Set([...page.matchAll(/npm run faults -- ([\w-]+)/g)].map(([, name]) => `${name}.ts`));
    for (const file of named) expect(files).toContain(file);
  });
});
