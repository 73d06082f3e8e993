/** Answers of the server to statements about itself: its role, its timeline, its standbys, how far they have come. */
import type { Scope } from './functions.ts';
import { ServerError } from './io.ts';
import { type Link, syncState } from './standby-names.ts';
import { formatLsn, walFile } from './state.ts';
import { texts } from './values.ts';

export type Rows = readonly object[];

/** Contents of the views of the server. */
type Report = Readonly<{
  name: string;
  isStandby: boolean;
  timeline: number;
  startedAt: number;
  settings: Readonly<{ synchronousStandbyNames: string; synchronousCommit: string }>;
  links: readonly Link[];
  /** Ends of the WAL, as far as it is written, flushed and replayed. */
  lsns: Readonly<{ end: number; flush: number; replay: number }>;
}>;

/** Parts of the server that a statement may ask for besides its tables. */
export type Backend = Readonly<{
  now(): number;
  /** The session of the transaction that is in progress. */
  holderOf(xid: bigint): Readonly<{ pid: number; applicationName: string; startedAt: number }> | undefined;
  report(): Report;
}>;

type On = Scope & { readonly backend: Backend };
export type Statement = (on: On, values: readonly unknown[]) => Rows | Promise<Rows>;

/** Statements that are known by a pattern. */
export type Patterns = readonly (readonly [pattern: RegExp, statement: Statement])[];

/** All servers of a cluster are copies of one. */
const SYSTEM_IDENTIFIER = '7480000000000000001';

function ofPrimary({ backend }: On): Report {
  const report = backend.report();
  if (report.isStandby) throw new ServerError('55000', 'recovery is in progress');
  return report;
}

const fileOf = ({ timeline, lsns }: Report) => walFile(timeline, lsns.end);
const incarnationOf = ({ name, startedAt }: Report) => `${SYSTEM_IDENTIFIER} ${name} ${startedAt}`;

/** The place that so many of the named standbys have flushed. */
function reachedBy(links: readonly Link[], names: readonly (string | null)[], count: number): string | null {
  const places = links.filter(({ standby }) => names.includes(standby)).map(({ flushLsn }) => flushLsn);
  const place = places.sort((one, other) => other - one)[count - 1];
  return place === undefined ? null : String(place);
}

/** By the names of `createSql`. */
export const platformStatements: Readonly<Record<string, Statement>> = {
  standing({ backend }) {
    const report = backend.report();
    const { synchronousCommit, synchronousStandbyNames } = report.settings;
    const setBy = synchronousCommit === 'on' ? 'default' : 'configuration file';
    const role = { may_read: true, role: 'postgres', server: incarnationOf(report) };
    const waits = { waits_for: synchronousStandbyNames, commits: synchronousCommit, set_by: setBy };
    return [{ is_standby: report.isStandby, ...waits, ...role }];
  },
  pin: ({ backend }) => [{ set_config: backend.report().settings.synchronousCommit }],
  positions(on, [names, count]) {
    const { lsns, links } = ofPrimary(on);
    const replicated = reachedBy(links, texts(names), Number(count));
    return [{ written: String(lsns.end), flushed: String(lsns.flush), replicated }];
  },
  notify({ tx }) {
    tx.settings.synchronousCommit = 'off';
    tx.xid();
    return [{ set_config: 'off', pg_notify: '' }];
  },
  flush({ tx }) {
    tx.settings.synchronousCommit = 'local';
    tx.xid();
    return [{ set_config: 'local', pg_logical_emit_message: formatLsn(tx.log({ kind: 'message' })) }];
  },
};

export const platformPatterns: Patterns = [
  [/^SET LOCAL search_path = pg_catalog, pg_temp$/, () => []],
  [
    /^SELECT pg_advisory_xact_lock\(hashtextextended\(\$1, 0::bigint\)\)$/,
    async ({ tx }, [name]) => {
      await tx.lock(JSON.stringify(['advisory', name]));
      return [{ pg_advisory_xact_lock: '' }];
    },
  ],
  [/^SELECT pg_is_in_recovery\(\) AS (\w+)$/, ({ backend }) => [{ is_standby: backend.report().isStandby }]],
  [/^SELECT pg_walfile_name\(pg_current_wal_lsn\(\)\) AS file$/, (on) => [{ file: fileOf(ofPrimary(on)) }]],
  [
    /pg_catalog\.pg_walfile_name\(.* AS incarnation\s+WHERE NOT pg_catalog\.pg_is_in_recovery\(\)$/s,
    ({ backend }) => {
      const report = backend.report();
      return report.isStandby ? [] : [{ file: fileOf(report), incarnation: incarnationOf(report) }];
    },
  ],
  [
    /^SELECT application_name, sync_state, flush_lsn FROM pg_stat_replication ORDER BY application_name$/,
    ({ backend }) => {
      const { links, settings } = backend.report();
      return [...links]
        .sort((one, other) => (one.standby < other.standby ? -1 : 1))
        .map((link) => ({
          application_name: link.standby,
          sync_state: syncState(settings.synchronousStandbyNames, links, link),
          flush_lsn: formatLsn(link.flushLsn),
        }));
    },
  ],
  [/^SELECT pg_current_wal_flush_lsn\(\) AS lsn$/, (on) => [{ lsn: formatLsn(ofPrimary(on).lsns.flush) }]],
  [/^SELECT pg_last_wal_replay_lsn\(\) AS lsn$/, ({ backend }) => [{ lsn: formatLsn(backend.report().lsns.replay) }]],
];
