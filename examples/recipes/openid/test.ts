import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import Provider from 'oidc-provider';
import * as openid from 'openid-client';
import { check, type Person, people } from '../check.ts';
import { createApp } from './app.ts';

async function listen() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

// An identity provider: anybody may log in, and the role follows from the name.
const identity = await listen();
const application = await listen();
const client = {
  client_id: 'visits',
  client_secret: 'only-for-this-test',
  redirect_uris: [`${application.url}/callback`],
};
const rolesOf: Readonly<Record<string, string>> = { 'op-7': 'operator', 'prov-14': 'provider', 'prov-99': 'provider' };
const provider = new Provider(identity.url, {
  clients: [client],
  claims: { openid: ['sub', 'role'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['only-for-this-test'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, role: rolesOf[id] }) }),
});
identity.server.on('request', provider.callback());

const insecure = { execute: [openid.allowInsecureRequests] }; // http on this machine; leave it out where there is https
const config = await openid.discovery(
  new URL(identity.url),
  client.client_id,
  client.client_secret,
  undefined,
  insecure,
);
application.server.on('request', getRequestListener(createApp(config, application.url).fetch));

/** Logs in as a browser would: follows redirects, keeps cookies by origin, and fills in the two forms of the provider. */
async function logIn(name: string) {
  const jars = new Map<string, Map<string, string>>();
  const cookiesFor = (url: URL) => {
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    return jar;
  };
  const cookieOf = (url: URL) => [...cookiesFor(url)].map(([key, value]) => `${key}=${value}`).join('; ');
  let url = new URL(`${application.url}/login`);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const response: Response = await fetch(url, {
      ...(form && { method: 'POST', body: form }),
      redirect: 'manual',
      headers: { cookie: cookieOf(url) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      cookiesFor(url).set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    const text = await response.text();
    if (location !== null) [url, form] = [new URL(location, url), undefined];
    else if (url.origin === application.url) return { status: response.status, text, cookie: cookieOf(url) };
    else {
      const action = /action="([^"]+)"/.exec(text)?.[1] ?? assert.fail(text);
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? '';
      [url, form] = [new URL(action, url), new URLSearchParams({ prompt, login: name, password: 'any' })];
    }
  }
  return assert.fail(`${name} did not come back from ${identity.url}`);
}

const cookies: Record<string, string> = {};
for (const [person, id] of Object.entries(people)) {
  const { status, text, cookie } = await logIn(id);
  assert.equal(status, 200, text);
  assert.equal(JSON.parse(text).id, id);
  cookies[person] = cookie;
}
assert.equal((await logIn('visitor')).status, 403, 'somebody without a role');
const forged = await fetch(`${application.url}/callback?code=x&state=y`, { headers: { cookie: 'login=y' } });
assert.equal(forged.status, 400, 'a callback that no login began');

await check(application.url, (who: Person) => ({ cookie: cookies[who] ?? '' }));
for (const { server } of [identity, application]) server.close().closeAllConnections();
