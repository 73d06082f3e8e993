import { check } from '../check.ts';
import { app } from './app.ts';

await check(await app.listen({ port: 0, host: '127.0.0.1' }));
await app.close();
