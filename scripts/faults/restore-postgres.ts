/**
 * A drill of the backups in docs/how-to/run-on-three-nodes.md: pgBackRest takes one while a store appends, and restores the files as they
 * were at a moment. What was acknowledged before it is there, nothing of what was begun after it. It runs by its name only.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type PostgresStore, postgresStore } from 'auxilio/postgres';
import { boardProjection, createService } from 'auxilio/service';
import { until } from '../../test/support/cluster-node.ts';
import { freePort } from '../../test/support/free-port.ts';
import type { Campaign } from './campaign.ts';
import { nameOf, readLog } from './cluster/ledger.ts';
import { idsOf, installPackages } from './cluster/packages.ts';
import { fileFor, readBlock } from './cluster/page.ts';
import { commandOf } from './commands.ts';

const binaries = '/usr/lib/postgresql/17/bin';

export const restorePostgres: Campaign = {
  name: 'restore-postgres',
  says: 'pgBackRest restores a store to a moment, after which more was appended',
  short: 1,
  long: 5,
  byNameOnly: true,
  async run({ rounds, directory }) {
    installPackages();
    const faults: unknown[] = [];
    const figures = { rounds, restored: 0, afterTheMoment: 0 };
    for (let round = 0; round < rounds; round++) {
      const { before, after, restored } = await drill(join(directory, String(round)));
      faults.push(...before.filter((name) => !restored.includes(name)).map((lost) => ({ lost })));
      faults.push(...after.filter((name) => restored.includes(name)).map((late) => ({ late })));
      figures.restored += restored.length;
      figures.afterTheMoment += after.length;
    }
    return { faults, figures };
  },
};

type Drill = Readonly<{ before: string[]; after: string[]; restored: string[] }>;

async function drill(home: string): Promise<Drill> {
  const user = idsOf('postgres');
  chmodSync(join(home, '..'), 0o755);
  mkdirSync(home);
  chownSync(home, user.uid, user.gid);
  const [data, port] = [join(home, 'data'), await freePort()];
  const changes = {
    '/var/lib/postgresql/17/auxilio': data,
    '/var/lib/postgresql/17/drill': join(home, 'drill'),
    '/var/lib/pgbackrest': join(home, 'repository'),
  };
  const config = join(home, 'pgbackrest.conf');
  const own = `log-path=${home}\nlock-path=${home}\nspool-path=${home}\n`.replaceAll('\\\n', '\n');
  writeFileSync(
    config,
    fileFor(1, 'pgbackrest', changes).replace('[auxilio]', `${own}[auxilio]`) + socketOf(home, port),
  );
  const log = join(home, 'log');
  writeFileSync(log, '');
  chownSync(log, user.uid, user.gid);
  const env = { ...process.env, HOME: home, PGBACKREST_CONFIG: config };
  const run = (script: string, variables: Readonly<Record<string, string>> = {}) => {
    const options = { ...user, cwd: home, env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] as const };
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
      ...options,
      stdio: [...options.stdio],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${script}\n${stdout}${stderr}\n${readFileSync(log, 'utf8').slice(-2000)}`);
  };
  const store = () => postgresStore({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
  const stop = (folder: string) => run(`${binaries}/pg_ctl -D ${folder} -m immediate stop`);

  run(`${binaries}/initdb -D ${data} -A trust -U postgres --data-checksums --no-sync`);
  const place = `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '${home}'\n`;
  appendFileSync(join(data, 'postgresql.conf'), `${place}${fileFor(1, 'archive', changes)}`);
  run(`${binaries}/pg_ctl -D ${data} -l ${log} -w start`);
  try {
    const first = store();
    await work(first, 'begun');
    run(readBlock('backup'));
    const before = [...(await work(first, 'before')), ...(await names(first))];
    await pause(1100); // the moment is a second of its own
    const target = new Date().toISOString().replace(/T(.*)Z/, ' $1+00');
    await pause(1100);
    const after = await work(first, 'after');
    await first.close();
    run(`${binaries}/psql -h ${home} -p ${port} -U postgres -c 'SELECT pg_switch_wal()'`);
    run('pgbackrest --stanza=auxilio check');
    stop(data);
    run(fileFor(1, 'restore', changes).replace('pg_ctl', `pg_ctl -l ${log}`), { TARGET: target });
    const second = store();
    const restored = await names(second);
    await until('it takes writes', async () => (await work(second, 'resumed')).length > 0); // once it is promoted
    await second.close();
    stop(join(home, 'drill'));
    return { before, after, restored };
  } catch (error) {
    for (const folder of [data, join(home, 'drill')]) if (existsSync(join(folder, 'postmaster.pid'))) stop(folder);
    throw error;
  }
}

const socketOf = (home: string, port: number) => `pg1-port=${port}\npg1-socket-path=${home}\n`;

const names = async (store: PostgresStore) => (await readLog(store)).map(nameOf);

/** Carries out a visit, and returns the names of what was acknowledged. */
async function work(store: PostgresStore, visitId: string): Promise<string[]> {
  const service = createService({ store, projections: [boardProjection] });
  for (let n = 0; n < 50; n++) await service.handle(commandOf(n, visitId));
  return Array.from({ length: 50 }, (_, n) => nameOf({ visitId, commandId: `c-${n}` }));
}
