import { check } from '../check.ts';
import worker from './worker.ts';

const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: () => undefined }, worker.fetch);
await check(`http://127.0.0.1:${server.addr.port}`);
await server.shutdown();
