/** The device that leads a visit, and the keys with which devices sign. */
import { same } from '../assert.ts';
import type { Cases } from './case.ts';

export const devices: Cases = {
  'the first device that hands in an act leads the visit; another takes the lead': async (stage) => {
    const { act, basedOn, provider, visitId, host } = stage;
    const { device } = host.provider;
    same(null, (await provider.remote.events(visitId, 0)).lead, 'the lead before any act');
    same(device, (await provider.sync(basedOn, [act('RecordArrival')])).lead, 'the lead after the first act');
    await provider.remote.takeLead?.(visitId, device);
    same(device, (await provider.remote.events(visitId, 0)).lead, 'the lead after it was taken');
  },

  'a device registers its public key, again as well': async ({ provider, host, refusesRequest }) => {
    const { device } = host.provider;
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
    const key = btoa(String.fromCharCode(...spki));
    await provider.remote.registerKey?.(device, key);
    await provider.remote.registerKey?.(device, key);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ device, key: 'no key' });
    await refusesRequest('what is no key', { method: 'PUT', path: '/devices/key', headers, body });
  },
};
