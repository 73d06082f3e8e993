/* A process that appends to a PostgreSQL server until it is killed. */
import { postgresStore } from 'auxilio/postgres';
import { fourWriters } from './four-writers.ts';

const [connectionString = '', firsts = '[0,0,0,0]'] = process.argv.slice(2);
await fourWriters(postgresStore({ connectionString }), firsts);
