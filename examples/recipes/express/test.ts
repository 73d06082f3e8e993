import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { check } from '../check.ts';
import { app } from './app.ts';

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
await check(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
server.close();
