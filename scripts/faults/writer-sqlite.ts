/* A process that appends to a SQLite file until it is killed. */
import { sqliteStore } from 'auxilio/sqlite';
import { fourWriters } from './four-writers.ts';

const [file = '', firsts = '[0,0,0,0]'] = process.argv.slice(2);
await fourWriters(sqliteStore({ file }), firsts);
