/** The codes at the door on the phone of the provider and the page of the client, without a signal. */
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone } from '../../../scripts/field/field.ts';
import { fits, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { assignWithTelephone, linkTo, openLink, openStageWithClient, telephoneOfClient } from './clients.ts';
import type { Person } from './people.ts';
import { kept } from './stored.ts';
import { faults, place, readAnyway, type Stage, says, toScreen } from './story.ts';

type Door = Readonly<{ visitId: string; doorId: string; secret: string }>;

let stage: Stage;
let center: Person;
let provider: Person;
beforeAll(async () => {
  if (noChromium === undefined) ({ stage, center, provider } = await openStageWithClient());
});
afterAll(() => stage?.close());

async function doorOf(visitId: string): Promise<Door> {
  const { doors } = (await provider('/door-secrets')) as { doors: readonly Door[] };
  const door = doors.find((one) => one.visitId === visitId);
  if (door === undefined) throw new Error(`no door of ${visitId}`);
  return door;
}

/** Another phone of Gerardo, which opens without a signal. */
async function phoneOfGerardo(width = 390) {
  const context = await stage.browser.newContext({ viewport: { width, height: 844 }, ...place });
  const page = await enterPhone(context, stage.url, 'gerardo');
  await readAnyway(page);
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  return { context, page };
}

const wrongOf = (code: string) => (code === '111111' ? '222222' : '111111');

describe('the codes at the door on the phone', () => {
  inChromium('agree with those of the client without a signal, and are sent and kept by nobody', async () => {
    await assignWithTelephone(stage, center, 'ad-1');
    const { secret } = await doorOf('ad-1');
    const { context, page: phone } = await phoneOfGerardo();
    await expect.poll(() => kept(phone)).toContain(secret);
    const client = await openLink(stage, await linkTo(center, 'ad-1'));
    await context.setOffline(true);
    await client.context().setOffline(true);
    await toScreen(stage, phone, 'visit', 'ad-1');
    await phone.getByRole('link', { name: 'En la puerta' }).click();
    await says(phone, 'Su código');
    await phone.reload();
    await expect.poll(() => phone.locator('.code').textContent()).toMatch(/^\d{3}\u2009\d{3}$/);
    await client.getByRole('link', { name: 'Ya está en la puerta' }).click();
    await client.fill('.digits', (await phone.locator('.code').textContent()) ?? '');
    await client.getByRole('button', { name: 'Comprobar' }).click();
    await says(client, 'El código es correcto.');

    const before = await kept(phone);
    const { length } = await stage.marta.events('ad-1');
    const asked: string[] = [];
    phone.on('request', (request) => {
      if (!request.url().endsWith('/healthz')) asked.push(`${request.method()} ${request.url()}`);
    });
    const code = ((await client.locator('.code').textContent()) ?? '').replace(/\D/g, '');
    await phone.fill('.digits', wrongOf(code));
    await phone.getByRole('button', { name: 'Comprobar' }).click();
    await says(phone, 'Los códigos no coinciden.', '[role=alert] .verdict');
    await phone.fill('.digits', '12');
    await phone.getByRole('button', { name: 'Comprobar' }).click();
    await says(phone, 'Son seis números.');
    await phone.fill('.digits', code);
    await phone.getByRole('button', { name: 'Comprobar' }).click();
    await says(phone, 'El código es correcto.', '[role=alert] .verdict');
    expect(await kept(phone)).toBe(before);
    expect(asked.filter((one) => !one.startsWith('GET '))).toEqual([]);
    expect(asked.join()).not.toContain(code);
    await context.setOffline(false);
    await toScreen(stage, phone, 'waiting');
    await says(phone, 'No falta nada por enviar.');
    expect(await stage.marta.events('ad-1')).toHaveLength(length);
    await context.close();
  });

  inChromium('are not shown once the identity is validated', async () => {
    await assignWithTelephone(stage, center, 'ad-2');
    await stage.gerardo.record('ad-2', 'RecordArrival');
    const shown = { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'cedula' };
    await stage.gerardo.record('ad-2', 'ShowCredential');
    const { phone } = stage;
    await toScreen(stage, phone, 'door', 'ad-2');
    await says(phone, 'Su código');
    await stage.gerardo.record('ad-2', 'ValidateIdentity', shown);
    await says(phone, 'Estos códigos ya no hacen falta en esta visita.');
    expect(await phone.locator('.code').count()).toBe(0);
  });

  inChromium(
    'are renewed with the secret where the visit is given back, and leave the phone with its user',
    async () => {
      await assignWithTelephone(stage, center, 'ad-3');
      const first = (await doorOf('ad-3')).secret;
      const { context, page: phone } = await phoneOfGerardo();
      await toScreen(stage, phone, 'door', 'ad-3');
      await expect.poll(() => kept(phone)).toContain(first);
      const at = new Date().toISOString();
      const give = async (provider: object) => {
        await stage.marta.record('ad-3', 'GiveInstruction', { about: 'visit', decision: 'reassign', text: 'Cambio' });
        await stage.marta.record('ad-3', 'ReassignProvider', { provider, arriveBy: at });
      };
      await give({ id: 'prov-022', name: 'Lucía Mora Vargas' });
      await says(phone, 'Estos códigos ya no hacen falta en esta visita.');
      await give({ id: 'prov-014', name: 'Gerardo Ureña Solís' });
      await says(phone, 'Su código');
      const { secret } = await doorOf('ad-3');
      await expect.poll(() => kept(phone)).toContain(secret);
      expect(secret).not.toBe(first);
      expect(await kept(phone)).not.toContain(first);

      await toScreen(stage, phone, 'visits');
      await phone.getByRole('button', { name: 'Salir' }).click();
      await phone.waitForSelector('main.login');
      await expect.poll(() => kept(phone)).not.toContain(secret);
      await context.close();
    },
  );

  inChromium(
    'open the page of a client without a link by the QR, which has no secret, and a code that the center tells',
    async () => {
      await assignWithTelephone(stage, center, 'ad-5');
      const { doorId, secret } = await doorOf('ad-5');
      const { phone } = stage;
      await toScreen(stage, phone, 'door', 'ad-5');
      await phone.getByText('El cliente no tiene su página').click();
      const address = `${stage.url}/client/?v=${doorId}`;
      const { data } = encode(address, { ecc: 'M', border: 4 });
      const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])));
      const drawn = await phone.getByRole('img', { name: 'Código QR' }).locator('path').getAttribute('d');
      expect(drawn?.match(/\d+ \d+/g)).toEqual(dark);
      const text = await phone.locator('main').textContent();
      expect(text).toContain(address);
      expect(text).not.toContain(secret);

      const client = await telephoneOfClient(stage);
      await client.goto(address);
      await says(client, 'Ponga el código que el centro le dice');
      const enterBy = async (code: string) => {
        await client.fill('.digits', code);
        await client.getByRole('button', { name: 'Entrar' }).click();
      };
      // The code at the door does not open the page.
      await enterBy(((await phone.locator('.code').textContent()) ?? '').replace(/\D/g, ''));
      await says(client, 'Ese código no es.');
      const { code } = (await center('/visits/ad-5/client-code', {})) as { code: string };
      await enterBy(code);
      await says(client, 'Gerardo Ureña Solís');
      expect(await kept(phone)).not.toContain(code);
      const { sessions } = (await center('/visits/ad-5/client-sessions')) as { sessions: readonly object[] };
      expect(sessions).toMatchObject([{ way: 'code' }]);
    },
  );

  inChromium('fit a narrow screen with large text in both languages', async () => {
    await assignWithTelephone(stage, center, 'ad-4');
    const { context, page } = await phoneOfGerardo(320);
    for (const [language, code] of [
      ['es-CR', 'Su código'],
      ['en', 'Your code'],
    ] as const) {
      await toScreen(stage, page, 'door', 'ad-4');
      await says(page, code);
      await page.locator('.code').filter({ hasText: /\d/ }).waitFor();
      await page.fill('.digits', '111111');
      await page.click('form button[type=submit]');
      await page.waitForSelector('.verdict');
      await page.locator('details summary').first().click();
      expect(await faults(page)).toEqual([]);
      await page.evaluate(`document.documentElement.style.setProperty('font-size', '212%')`);
      await expect.poll(async () => [language, await fits(page)]).toEqual([language, true]);
      await page.evaluate(`document.documentElement.style.removeProperty('font-size')`);
      if (language === 'en') break;
      await toScreen(stage, page, 'visits');
      await page.getByText('English').click();
      await until(page, `document.documentElement.lang === 'en' && document.querySelector('.card') !== null`);
    }
    await context.close();
  });
});
