/** The secrets of the client's page, over all its routes: what the server is asked, and what it prints, has none of them. */
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, vi } from 'vitest';
import { routes } from '../../../examples/field/server/routes.ts';
import { inChromium } from '../../support/chromium.ts';
import { assignWithTelephone, deny, linkTo, openLink, telephoneOfClient } from './clients.ts';
import { type Person, person } from './people.ts';
import { openStage, type Stage, says } from './story.ts';

let stage: Stage | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await stage?.close();
});

/** All that an access log of this process could have: each request line, and the address that its page named. */
function listenToRequests() {
  const lines: string[] = [];
  const heard = (message: unknown) => {
    const { method, url, headers } = (message as { request: IncomingMessage }).request;
    lines.push(`${method} ${url} ${headers.referer ?? '-'} ${headers['user-agent'] ?? '-'}`);
  };
  const requests = channel('http.server.request.start');
  requests.subscribe(heard);
  return { lines, end: () => requests.unsubscribe(heard) };
}

/** All that this process prints. */
function listenToPrinting(): string[] {
  const printed: string[] = [];
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation(
      (...all) => void printed.push(all.map((one) => inspect(one, { depth: 9 })).join(' ')),
    );
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  return printed;
}

const codeFor = async (center: Person, visitId: string) =>
  ((await center(`/visits/${visitId}/client-code`, {})) as Readonly<{ code: string }>).code;

describe('the secrets of the client’s page', () => {
  inChromium(
    'stand in no address that the server is asked, in nothing that it prints, and in no preview of a link',
    async () => {
      stage = await openStage('client');
      const { url } = stage;
      const center = await person(url, 'marta', 'marta-center');
      const provider = await person(url, 'gerardo', 'gerardo-door');
      const requests = listenToRequests();
      const printed = listenToPrinting();
      await assignWithTelephone(stage, center, 'cs-1');
      const links = [await linkTo(center, 'cs-1')];
      const bot = await fetch(links[0] ?? '', { headers: { 'user-agent': 'WhatsApp/2' } });
      const preview = await bot.text();
      expect(bot.headers.get('referrer-policy')).toBe('no-referrer');
      expect(preview).not.toMatch(/og:|Gerardo|Zaida|Fontanería|EXP-|cs-1/);

      const page = await openLink(stage, links[0] ?? '');
      await stage.gerardo.record('cs-1', 'RecordArrival');
      await says(page, 'Llegó la persona que hace el trabajo.');
      await deny(page, 'No vino nadie');
      await says(page, 'Todo lo que dijo llegó al centro', '.status');
      const other = await telephoneOfClient(stage);
      await other.goto(links[0] ?? '');
      await says(other, 'Este enlace ya se abrió en otro teléfono.');

      const codes = [await codeFor(center, 'cs-1')];
      const { doors } = (await provider('/door-secrets')) as {
        doors: { doorId: string; visitId: string; secret: string }[];
      };
      const door = doors.find(({ visitId }) => visitId === 'cs-1');
      await other.goto(`${url}/client/?v=${door?.doorId}`);
      for (const code of [codes[0] === '111111' ? '222222' : '111111', codes[0] ?? '']) {
        await other.fill('.digits', code);
        await other.getByRole('button', { name: 'Entrar' }).click();
      }
      await says(other, 'Gerardo Ureña Solís');
      const cookies = [
        ...(await page.context().cookies(`${url}/api/client`)),
        ...(await other.context().cookies(`${url}/api/client`)),
      ];
      const [cookie] = cookies.map(({ name, value }) => `${name}=${value}`);
      const ask = (method: string, path: string, body?: unknown) =>
        fetch(`${url}/api${path}`, {
          method,
          headers: { 'x-field': '1', 'content-type': 'application/json', cookie: cookie ?? '' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      const bodies = [
        { secret: new URL(links[0] ?? '').hash.slice(1), device: 'd-9' },
        { commands: [{}], basedOn: 1 },
        { key: 'x' },
      ];
      const statuses = new Set<number>();
      const ofClient = routes.filter(({ path }) => path.startsWith('/client'));
      // A session is ended last.
      for (const { method, path } of ofClient.toSorted((one) => (one.method === 'DELETE' ? 1 : -1)))
        for (const body of method === 'POST' || method === 'PUT' ? bodies : [undefined]) {
          const reply = await ask(method, path, body);
          statuses.add(reply.status);
          await reply.body?.cancel();
        }
      expect([...statuses].toSorted()).toEqual(expect.arrayContaining([200, 204, 400, 410]));

      const secrets = [
        ...links.map((link) => new URL(link).hash.slice(13)),
        ...codes,
        door?.secret ?? '',
        ...cookies.map(({ value }) => value.slice(12)),
      ];
      expect(secrets.map((secret) => secret.length)).toEqual([22, 6, 43, 43, 43]);
      requests.end();
      vi.restoreAllMocks();
      expect(requests.lines.length).toBeGreaterThan(30);
      const known = [...requests.lines, ...printed, preview];
      for (const secret of secrets) expect(known.filter((line) => line.includes(secret))).toEqual([]);
      // The page names no address to any other. The browser names the script of the worker when it looks for a newer one.
      expect(requests.lines.filter((line) => / http\S*\/client(?!\/sw\.js )\S* /.test(line))).toEqual([]);
    },
  );
});
