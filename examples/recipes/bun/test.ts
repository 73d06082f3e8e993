import { check } from '../check.ts';
import worker from './worker.ts';

const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: worker.fetch });
await check(server.url.origin);
await server.stop();
