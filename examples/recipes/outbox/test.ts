import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { memoryStore } from 'auxilio/memory';
import { catchUp, createService, lag } from 'auxilio/service';
import { plainVisit } from 'auxilio/testing';
import { connectAsync } from 'mqtt';
import { outbox } from './outbox.ts';

async function startBroker(port = 0) {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<import('node:net').Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    aedes.handle(socket);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => aedes.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

const store = memoryStore();
const service = createService({ store });
let broker = await startBroker();
const url = `mqtt://127.0.0.1:${broker.port}`;
const options = { reconnectPeriod: 50, queueQoSZero: false };
let publisher = await connectAsync(url, { ...options, clientId: 'outbox' });
const billing = await connectAsync(url, { ...options, clientId: 'billing', clean: false });
const received: Record<string, string>[] = [];
billing.on('message', (_, payload) => received.push(JSON.parse(payload.toString())));
await billing.subscribeAsync('visits/#', { qos: 1 });

async function until(holds: () => boolean, what: string) {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, what);
    await setTimeout(10);
  }
}

const commands = plainVisit();
const half = Math.floor(commands.length / 2);
for (const command of commands.slice(0, half)) assert.ok((await service.handle(command)).ok);
assert.equal((await catchUp(outbox(store, publisher))).events, half);
await until(() => received.length === half, 'the first half is delivered');

// The broker goes down. The visit goes on; what is recorded is published when the broker is back, by a process that was restarted.
await broker.stop();
for (const command of commands.slice(half)) assert.ok((await service.handle(command)).ok);
const signal = AbortSignal.timeout(300);
await catchUp({ ...outbox(store, publisher), signal, handlerTimeoutMs: 100 }).catch(() => undefined);
assert.equal((await lag({ store, consumer: 'broker' })).retrying, 1, 'the visit waits for the broker');
assert.equal(received.length, half);
await publisher.endAsync(true);

broker = await startBroker(broker.port);
publisher = await connectAsync(url, { ...options, clientId: 'outbox' });
await until(() => billing.connected, 'billing is connected again');
await billing.subscribeAsync('visits/#', { qos: 1 });
const subscription = outbox(store, publisher);
await catchUp(subscription);
const ids = () => new Set(received.map(({ id }) => id));
await until(() => ids().size === commands.length, `every event is delivered: ${ids().size} of ${commands.length}`);

const firsts = [...new Map(received.toReversed().map((one) => [one.id, one])).values()].reverse();
const versions = firsts.map(({ version }) => Number(version));
assert.deepEqual(
  versions.toSorted((one, other) => one - other),
  commands.map((_, index) => index + 1),
  'none is missing',
);
assert.ok(!JSON.stringify(received).includes('Ana'), 'no message has a text about a person');
assert.equal((await catchUp(subscription)).events, 0, 'nothing is published again');
for (const client of [publisher, billing]) await client.endAsync(true);
await broker.stop();
console.log(`${commands.length} events, ${received.length} messages: each event at least once`);
