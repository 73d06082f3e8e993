/** pg's own objects are what the Postgres store takes, though its types name nothing of pg. */
import type pg from 'pg';
import type {
  EventStore,
  PostgresClient,
  PostgresConnection,
  PostgresPool,
  PostgresStore,
  PostgresStoreOptions,
  PostgresTransaction,
} from '../../src/stores/postgres/index.ts';

type Fits<Given extends Wanted, Wanted> = Given;

export type PoolFits = Fits<pg.Pool, PostgresPool>;
export type ClientFits = Fits<pg.PoolClient, PostgresClient>;
export type ConfigFits = Fits<pg.PoolConfig, PostgresConnection>;
export type OptionsFit = Fits<{ pool: pg.Pool } | { connection: pg.PoolConfig }, PostgresStoreOptions>;
export type StoreFits = Fits<PostgresStore, EventStore<PostgresTransaction>>;

// @ts-expect-error a client is no pool
export type ClientIsNoPool = Fits<pg.Client, PostgresPool>;
// @ts-expect-error a pool or a place is needed
export type NothingFits = Fits<{ schema: string }, PostgresStoreOptions>;
