import { bits } from './bit-flips.ts';
import { bitsSqlite } from './bit-flips-sqlite.ts';
import type { Campaign } from './campaign.ts';
import { crowdSqlite } from './contention-sqlite.ts';
import { delivery } from './delivery.ts';
import { failover } from './failover.ts';
import { fullDisk } from './full-disk.ts';
import { fullDiskPostgres } from './full-disk-postgres.ts';
import { fullPhone } from './full-phone.ts';
import { killPhone } from './kill-phone.ts';
import { killPostgres } from './kill-postgres.ts';
import { killService } from './kill-service.ts';
import { killSqlite } from './kill-sqlite.ts';
import { partitionNetwork, partitionPostgres } from './partition-postgres.ts';
import { patroni } from './patroni.ts';
import { powerPostgres } from './power-postgres.ts';
import { powerSqlite } from './power-sqlite.ts';
import { restartPostgres } from './restart-postgres.ts';
import { restorePostgres } from './restore-postgres.ts';

/** All of them, in the order of docs/reliability.md. */
export const campaigns: readonly Campaign[] = [
  killSqlite,
  killService,
  killPhone,
  crowdSqlite,
  fullDisk,
  fullPhone,
  delivery,
  bits,
  bitsSqlite,
  killPostgres,
  restartPostgres,
  partitionPostgres,
  partitionNetwork,
  fullDiskPostgres,
  failover,
  patroni,
  restorePostgres,
  powerSqlite,
  powerPostgres,
];
