import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { playHistory } from '../../site/playground/src/visit/histories.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { buildPlayground, countActs, fits, hasActs, origin, type Playground } from './playground-page.ts';

const withChromium = chromiumOfFile();
let playground: Playground;
beforeAll(() => {
  if (noChromium === undefined) playground = buildPlayground();
});
afterAll(() => playground?.remove());

const lines = playHistory('plain', 'es-CR').map((event) => JSON.stringify(event));
const damaged = [...lines.slice(0, 5), '{"type":"Photo', ...lines.slice(6)].join('\n');

const words = {
  'es-CR': { refused: 'Un inicio que se rechaza', refusal: 'Se rechaza: iniciar el trabajo', payable: 'Pagable' },
  en: { refused: 'A refused start', refusal: 'Refused: start the work', payable: 'Payable' },
} as const;

/** Plays what comes next, of whichever role, until nothing does. */
async function playToTheEnd(page: Page): Promise<void> {
  for (let count = await countActs(page); ; count += 1) {
    const next = page.locator('.next-act .primary');
    const turn = page.locator('.turn button');
    if ((await next.count()) === 0) {
      if ((await turn.count()) === 0) return;
      await turn.click();
      await page.locator('.act-form').waitFor();
    }
    await next.click();
    await hasActs(page, count + 1);
  }
}

describe('a visit in the playground', () => {
  for (const locale of ['es-CR', 'en'] as const) {
    inChromium(`has its start refused with clauses, and is then played to payable, in ${locale}`, () =>
      withChromium(async (browser) => {
        const { page, strayed, failed } = await playground.open(browser, `/#visit?lang=${locale}`);
        const { refused, refusal, payable } = words[locale];
        await page.getByRole('button', { name: refused }).click();
        const alert = page.getByRole('alert');
        await alert.getByText(refusal).waitFor();
        expect(await alert.textContent()).toMatch(/1\.1-08.*1\.1-12.*1\.1-19.*1\.1-26/s);
        expect(await countActs(page)).toBe(2);
        await playToTheEnd(page);
        await expect.poll(() => page.locator('.dossier .verdict').textContent()).toBe(payable);
        expect([strayed, failed]).toEqual([[], []]);
      }),
    );
  }

  inChromium('is looked at in any moment; an act in the past begins another history, and none is lost', () =>
    withChromium(async (browser) => {
      const { page } = await playground.open(browser, '/');
      await page.getByRole('button', { name: 'Un día sin contratiempos' }).click();
      await hasActs(page, lines.length);
      const said = page.locator('.slider output');
      await page.locator('.slider input').focus();
      for (let place = lines.length - 1; place > 3; place -= 1) {
        await page.keyboard.press('ArrowLeft');
        await expect.poll(() => said.textContent()).toContain(`Acto ${place} de ${lines.length}`);
      }
      expect(await page.locator('.standing .phase').textContent()).toBe('En el lugar');
      expect(await page.locator('.verdict').textContent()).toBe('No es pagable');
      await page.locator('.turn').waitFor();
      await page.locator('.turn button').click();
      await page.locator('.act-form .primary').click();
      await hasActs(page, 5);
      await page.locator('.branches button').click();
      await hasActs(page, lines.length);
      expect(await page.locator('.verdict').textContent()).toBe('Pagable');
    }),
  );

  inChromium('is opened by its address; one that is broken says so, and leaves what is there', () =>
    withChromium(async (browser) => {
      const { page } = await playground.open(browser, '/');
      await page.getByRole('button', { name: 'Un día sin contratiempos' }).click();
      await expect.poll(() => page.url().length).toBeGreaterThan(1000);
      const address = page.url().slice(origin.length);
      const other = await playground.open(browser, address);
      await hasActs(other.page, lines.length);
      const log = /log=([^&]*)/.exec(address)?.[1] ?? '';
      for (const [broken, sentence] of [
        [log.slice(0, 200), /incompleto o dañado/],
        [log.replace('1.', '2.'), /versión más nueva/],
        ['__proto__', /no contiene una visita/],
        ['%F0%9F%A6%9C', /no contiene una visita/],
      ] as const) {
        await other.page.evaluate(`location.hash = ${JSON.stringify(`#visit?log=${broken}`)}`);
        await expect
          .poll(() => other.page.getByRole('alert').allTextContents())
          .toEqual([expect.stringMatching(sentence)]);
        await hasActs(other.page, lines.length);
      }
      expect(other.failed).toEqual([]);
    }),
  );
});

const fileInput = '.drop input[type=file]';
const asFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

describe('a file of one’s own in the playground', () => {
  inChromium('is audited: the sheet of a call center by its mapping, and a damaged log', () =>
    withChromium(async (browser) => {
      const { page, strayed, failed } = await playground.open(browser, '/#file?lang=es');
      await page.locator(fileInput).setInputFiles('examples/foreign-sheet/llamadas.csv');
      await page.getByText('52 de 84 filas').waitFor();
      await page.locator('.mapping-file').setInputFiles('examples/foreign-sheet/mapping.json');
      await page.getByText('82 de 83 filas').waitFor();
      await page.getByRole('button', { name: 'Auditar la hoja' }).click();
      await page.getByText('4 visitas: 1 pagable, 3 con hallazgos').waitFor();
      await page.locator('.visits summary', { hasText: 'V-103' }).first().click();
      await page.getByText('Fila 61: No constaba la llamada de inicio.').waitFor();
      await page.locator(fileInput).setInputFiles(asFile('roto.ndjson', damaged));
      await page.getByRole('heading', { name: 'roto.ndjson' }).waitFor();
      await page.locator('.visits summary', { hasText: 'Entradas sin visita' }).first().click();
      await page.getByText('Línea 6: No se puede leer. (no es JSON, o está cortado)').waitFor();
      for (const [file, sentence] of [
        [asFile('vacío.csv', ''), 'vacío.csv: está vacío.'],
        [asFile('libro.xlsx', 'PK\u0003\u0004'), 'libro.xlsx: no es un archivo de texto.'],
      ] as const) {
        await page.locator(fileInput).setInputFiles(file);
        await page.getByText(sentence).waitFor();
        await page.getByText('Lo que estaba abierto sigue abierto.').waitFor();
      }
      expect(await page.locator('.results h2').textContent()).toBe('roto.ndjson');
      expect([strayed, failed]).toEqual([[], []]);
    }),
  );

  inChromium('is the receipt of a client: by itself, with its log, with one that was changed, and forged', () =>
    withChromium(async (browser) => {
      const { page, strayed, failed } = await playground.open(browser, '/#file?lang=es');
      const open = (...file: Parameters<typeof asFile>) => page.locator(fileInput).setInputFiles(asFile(...file));
      const verdict = page.locator('.kept .verdict');
      const says = (text: string) => expect.poll(() => verdict.textContent()).toBe(text);
      const [kept, log] = ['receipt.json', 'receipt-log.ndjson'].map((name) =>
        readFileSync(`test/golden/${name}`, 'utf8'),
      );
      await open('recibo.json', kept ?? '');
      await says('El recibo por sí solo está en orden');
      await page.getByText('Acto 24: palabra del cliente, firmada por su aparato').waitFor();
      await page.getByText('Abra también el registro').waitFor();
      await open('registro.ndjson', log ?? '');
      await says('El recibo está en orden, y el registro sigue diciendo lo mismo');
      await page.getByText('Comparado con el registro registro.ndjson.').waitFor();
      await fits(page, 'Su archivo');
      await expect.poll(() => barriers(page)).toEqual([]);
      await open('falso.json', (kept ?? '').replace('"word": "denied"', '"word": "both"'));
      await says('El recibo no se sostiene: 2 hallazgos');
      await open('recibo.json', kept ?? '');
      await says('El recibo está en orden, y el registro sigue diciendo lo mismo');
      const events = JSON.parse(`[${(log ?? '').trim().replaceAll('\n', ',')}]`);
      await open('cambiado.json', JSON.stringify(events.toSpliced(5, 1)));
      await says('El recibo no se sostiene: 1 hallazgo');
      await page.getByText('Acto 6: el registro tiene ahí otro acto, o ninguno').waitFor();
      await open('nuevo.json', '{"format":"auxilio-receipt-2"}');
      await page.getByText('nuevo.json: no es un recibo que se pueda leer').waitFor();
      expect([strayed, failed]).toEqual([[], []]);
    }),
  );

  inChromium('leaves the page by no way: its policy bars every request', () =>
    withChromium(async (browser) => {
      const { page } = await playground.open(browser, '/#file');
      await page.locator('.drop').waitFor();
      const barred = await page.evaluate<string>(
        `fetch('/index.html', { method: 'POST', body: 'x' }).then(() => 'sent', () => 'barred')`,
      );
      expect(barred).toBe('barred');
    }),
  );
});

describe('the playground offline', () => {
  inChromium('is one file that asks for nothing', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ locale: 'en-US', offline: true });
      const page = await context.newPage();
      const asked: string[] = [];
      const failed: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).protocol));
      page.on('pageerror', (error) => failed.push(error.message));
      await page.goto(`file://${playground.folder}/auxilio-playground.html`);
      await page.getByRole('button', { name: 'A plain day' }).click();
      await hasActs(page, lines.length);
      await page.getByRole('link', { name: 'Your file' }).click();
      await page.locator(fileInput).setInputFiles(asFile('log.ndjson', lines.join('\n')));
      await page.getByText('1 visit: 1 payable, 0 with findings').waitFor();
      expect([asked.filter((protocol) => protocol !== 'data:'), failed]).toEqual([['file:'], []]);
    }),
  );
});

type Found = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

async function barriers(page: Page): Promise<readonly (readonly [string, string])[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Found[]>(
    'axe.run({ preload: false, resultTypes: ["violations"], selectors: false }).then((it) => it.violations)',
  );
  return found.map(({ id, nodes }) => [id, nodes[0]?.html ?? '']);
}

describe('the playground for everybody', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    inChromium(`has no barrier that axe finds, and fits a phone, ${colorScheme}`, () =>
      withChromium(async (browser) => {
        const viewport = { width: 360, height: 740 };
        const { page } = await playground.open(browser, '/#visit', { colorScheme, viewport });
        await page.getByRole('button', { name: 'Un inicio que se rechaza' }).click();
        await page.getByRole('alert').waitFor();
        await page.locator('.next-act .data-button').click();
        await page.locator('.act-form').waitFor();
        for (const part of ['Registro', 'Tiempo', 'Estado', 'Pago', 'Guía']) {
          await page.locator('.tabs').getByRole('button', { name: part }).click();
          await fits(page, part);
        }
        await expect.poll(() => barriers(page)).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
        await expect.poll(() => barriers(page)).toEqual([]);
        await page.setViewportSize(viewport);
        await page.getByRole('link', { name: 'Su archivo' }).click();
        await page.locator(fileInput).setInputFiles('examples/foreign-sheet/llamadas.csv');
        await page.getByRole('button', { name: 'Auditar la hoja' }).click();
        await page.locator('.visits summary').first().click();
        await page.locator('.inside').waitFor();
        await fits(page, 'Su archivo');
        await expect.poll(() => barriers(page)).toEqual([]);
      }),
    );
  }
});

describe('<auxilio-visit>', () => {
  inChromium('shows a visit in another page: by an address, by a script within it, in three views', () =>
    withChromium(async (browser) => {
      const more = {
        '/visit.ndjson': lines.join('\n'),
        '/host.html': `<!doctype html><html lang="es-CR"><title>x</title>
          <auxilio-visit id="a" src="visit.ndjson" view="log"></auxilio-visit>
          <auxilio-visit id="b"><script type="application/x-ndjson">${lines.slice(0, 3).join('\n')}</script></auxilio-visit>
          <auxilio-visit id="c" src="gone.ndjson"></auxilio-visit>
          <script src="auxilio-visit.js"></script>`,
      };
      const { page } = await playground.open(browser, '/host.html', {}, more);
      await expect.poll(() => page.locator('#a ol.log > li').count()).toBe(lines.length);
      await page.locator('#b svg.tl').waitFor();
      await page.locator('#c').getByText('No se pudo leer el registro').waitFor();
      await page.evaluate(`document.getElementById('b').setAttribute('view', 'guide')`);
      await page.locator('#b').getByText('← lo que sigue').first().waitFor();
      await page.evaluate(`document.getElementById('b').setAttribute('lang', 'en')`);
      await page.locator('#b').getByText('← what comes next').first().waitFor();
    }),
  );
});
