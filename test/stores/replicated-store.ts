import { onTestFinished } from 'vitest';
import type { PostgresStore } from '../../src/postgres.ts';
import type { Cluster } from '../support/cluster.ts';
import { limits } from '../support/limits.ts';
import { login } from '../support/postgres-files.ts';
import { patientStore } from './patient-store.ts';

type Place = Readonly<{ host: string; port: number }>;

type Options = Readonly<{ schema: string; standbyTimeoutMs?: number; hosts?: readonly Place[] }>;

/** A store on the nodes of a cluster, or on what stands before them, that answers what a standby has; closed with its test. */
export function replicatedStore({ nodes }: Cluster, { hosts = nodes, ...options }: Options): PostgresStore {
  const store = patientStore({
    hosts: hosts.map(({ host, port }) => ({ host, port })),
    connection: login,
    durability: 'replicated',
    standbys: nodes.map(({ name }) => name),
    standbyTimeoutMs: limits.waitMs,
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}
