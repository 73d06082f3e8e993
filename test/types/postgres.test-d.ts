/** pg's own objects are what the Postgres store takes, though its types name nothing of pg. */
import type pg from 'pg';
import type {
  ConsumerState,
  EventStore,
  EventStreams,
  GlobalStream,
  PostgresClient,
  PostgresConnection,
  PostgresPool,
  PostgresStore,
  PostgresStoreOptions,
  PostgresTransaction,
} from '../../src/postgres.ts';
import type { ServiceStore, SubscribableStore } from '../../src/service.ts';

type Fits<Given extends Wanted, Wanted> = Given;

export type PoolFits = Fits<pg.Pool, PostgresPool>;
export type ClientFits = Fits<pg.PoolClient, PostgresClient>;
export type ConfigFits = Fits<pg.PoolConfig, PostgresConnection>;
export type OptionsFit = Fits<{ pool: pg.Pool } | { connection: pg.PoolConfig }, PostgresStoreOptions>;
export type StoreFits = Fits<PostgresStore, EventStore<PostgresTransaction>>;

type Parts<Transaction> = EventStreams & GlobalStream & ConsumerState<Transaction>;
export type PartsFit = Fits<Parts<PostgresTransaction>, EventStore<PostgresTransaction>>;
export type StoreIsItsParts = Fits<EventStore<PostgresTransaction>, Parts<PostgresTransaction>>;
export type StreamsServe = Fits<EventStreams, ServiceStore>;

// @ts-expect-error without the state of consumers nothing can be followed
export type StreamsAreNotFollowed = Fits<EventStreams & GlobalStream, SubscribableStore>;
// @ts-expect-error a client is no pool
export type ClientIsNoPool = Fits<pg.Client, PostgresPool>;
// @ts-expect-error a pool or a place is needed
export type NothingFits = Fits<{ schema: string }, PostgresStoreOptions>;
