import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { check } from '../check.ts';
import { app } from './app.ts';

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
if (!server.listening) await once(server, 'listening');
await check(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
server.close();
