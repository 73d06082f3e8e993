/** The packages of Debian that docs/how-to/run-on-three-nodes.md installs. */
import { spawnSync } from 'node:child_process';
import { readBlock } from './page.ts';

/** Installs what is missing by the command of the page. */
export function installPackages(): void {
  const isThere = ['patroni', 'etcd', 'haproxy', 'pgbackrest', '/usr/lib/postgresql/17/bin/postgres'].every(
    (program) => spawnSync(program, ['--version']).error === undefined,
  );
  if (isThere) return;
  const { status } = spawnSync('sh', ['-c', readBlock('packages')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('The packages could not be installed');
}

/** The ids of a user of this machine. */
export function idsOf(user: string): Readonly<{ uid: number; gid: number }> {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
