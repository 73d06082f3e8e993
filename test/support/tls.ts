/** Servers that offer TLS, with certificates and settings as docs/how-to/run-on-three-nodes.md has them. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBlock } from '../../scripts/faults/cluster/page.ts';
import { giveTree, serverUid } from './postgres-files.ts';

/** Makes a certificate for these names by the commands of the page; returns its authority, and the settings of a server. */
export function makeTls(names: readonly string[]): { ca: string; settings: Readonly<Record<string, string>> } {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-tls-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const commands = readBlock('certificates').replace(/DNS:n1,IP:[\d.]+/, names.map((name) => `DNS:${name}`).join());
  execFileSync('sh', ['-e', '-c', commands], { cwd: folder, stdio: 'pipe' });
  const ca = readFileSync(join(folder, 'ca.crt'), 'utf8');
  chmodSync(folder, 0o755);
  if (serverUid !== undefined) giveTree(folder, serverUid);
  const lines = readBlock('tls')
    .replaceAll('/etc/patroni', folder)
    .matchAll(/^(\w+) = '(.*)'$/gm);
  return { ca, settings: Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value])) };
}
