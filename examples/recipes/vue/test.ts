import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { GlobalRegistrator } from '@happy-dom/global-registrator';
import { createWorld } from './remote.ts';

GlobalRegistrator.register();
const { createApp } = await import('vue');
const { Visit } = await import('./visit.ts');

/** Waits until the page shows a text. */
async function shows(text: string) {
  const deadline = Date.now() + 10_000;
  while (!document.body.textContent?.includes(text)) {
    assert.ok(Date.now() < deadline, `The page does not show "${text}": ${document.body.textContent}`);
    await setTimeout(10);
  }
}
const buttons = () => [...document.querySelectorAll('button')];
const arrive = () => buttons().find(({ textContent }) => textContent === 'registrar la llegada');

const { service, replica, network, assign } = createWorld();
assert.ok((await assign()).ok);
await replica.sync();
document.body.innerHTML = '<main></main>';
const app = createApp(Visit, { replica, visitId: 'v-1' });
app.mount('main');

await shows('Ana Rojas');
await shows('Recibido por el centro.');
network.on = false;
assert.ok(arrive(), 'a button for the arrival');
arrive()?.click();
await shows('Guardado en este teléfono, por enviar.');
await shows('fotografías'); // the reasons why the work may not start
assert.equal((await service.load('v-1')).events.length, 1, 'nothing was sent');

network.on = true;
await replica.sync();
await shows('Recibido por el centro.');
assert.deepEqual(
  (await service.load('v-1')).events.map(({ type }) => type),
  ['VisitAssigned', 'ProviderArrived'],
);
app.unmount();
replica.close();
console.log('The arrival was recorded without a signal, and received with one');
