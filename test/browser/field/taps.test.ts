/**
 * Counts the taps and the words of a plain visit on the phone.
 *
 * A tap is a click that a person needs: on a button, a link, an answer, a box. Typing is not counted, nor the click that puts the focus
 * into a text. Words are those that are visible on each screen from when it is shown until the next one, counted right before each
 * tap; a screen is an address and, on the screen of the visit, the act that is next. What is folded, said to a screen reader alone, or
 * typed by the person is not counted.
 */
import type { VisitEvent } from 'auxilio';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { nextAct, picture, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import type { Stage } from './story.ts';
import * as story from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

/** In the page: the screen, and the words that are visible on it. */
const look = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (parentElement.closest('.hidden, script, style, textarea, datalist') || !parentElement.checkVisibility()) continue;
    words += data.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
  }
  return { screen: location.hash + ' ' + (document.querySelector('.next h2')?.textContent.trim() ?? ''), words };
})()`;

type Seen = { screen: string; words: number };

/** A person with one finger, who counts. */
function counting(phone: Page) {
  const screens: Seen[] = [];
  let taps = 0;
  async function see() {
    const seen = await phone.evaluate<Seen>(look);
    const last = screens.at(-1);
    if (last?.screen === seen.screen) Object.assign(last, seen.words > last.words ? seen : {});
    else screens.push(seen);
  }
  const tap = async (target: Locator) => {
    await see();
    await target.click();
    taps += 1;
  };
  return {
    see,
    tap,
    choose: (question: string, choice: string) =>
      tap(phone.getByRole('group', { name: question }).getByText(choice, { exact: true })),
    press: (caption: string) => tap(phone.locator('form').getByText(caption)),
    write: (label: string, text: string) => story.write(phone, label, text),
    async photograph() {
      await see();
      taps += 1;
      await phone.locator('input[type=file]').setInputFiles([picture]);
      await phone.waitForSelector('figure');
    },
    count: () => ({ taps, words: screens.reduce((sum, { words }) => sum + words, 0), screens }),
  };
}

type Person = ReturnType<typeof counting>;

/** The answers of a person in each form of a plain visit. */
const forms: Readonly<Record<string, (person: Person) => Promise<void>>> = {
  'Validar la identidad': async ({ choose }) => {
    await choose('¿Dio el nombre completo?', 'Sí');
    await choose('¿Mostró un documento de identidad?', 'Sí');
    await choose('¿Cuál documento?', 'Cédula');
  },
  'Ubicar la falla': ({ write }) => write('¿Dónde está la falla?', 'ventana de la cocina'),
  'Revisar el área': async ({ choose }) => {
    await choose('¿Estaba presente el cliente?', 'Sí');
    await choose('¿Aceptó la revisión y las fotografías?', 'Sí');
  },
  'Tomar fotografías': async ({ photograph }) => photograph(),
  'Valorar el servicio': ({ write }) => write('Valoración', 'fuga en el sifón'),
  'Explicar el trabajo': async ({ write, press }) => {
    await write('¿Cómo va a hacer el trabajo?', 'cambio del sifón');
    await press('Agregar');
    await write('Material', 'sifón');
    await write('Cantidad', '2');
  },
  'Registrar la entrega de materiales': ({ choose }) => choose('¿Quién trajo los materiales?', 'El cliente'),
  'Mostrar las herramientas': async ({ press }) => {
    await press('llave francesa');
    await press('destornillador');
  },
  'Despejar el área': ({ press }) => press('No hubo que apartar nada'),
  'Reportar el inicio': ({ press }) => press('Llamar ahora'),
  'Hacer las pruebas de calidad': async ({ choose, write }) => {
    await choose('¿Se probó con el cliente?', 'Sí');
    await write('¿Qué se probó?', 'agua');
    await choose('¿Funcionó?', 'Sí');
  },
  'Entregar el trabajo': async ({ choose }) => {
    await choose('¿La estructura quedó como estaba?', 'Sí');
    await choose('¿Quedó limpio y ordenado?', 'Sí');
  },
  'Mostrar las pertenencias': ({ choose }) => choose('¿El cliente lo revisó y está de acuerdo?', 'Sí'),
  'Reportar la conclusión': ({ press }) => press('Llamar ahora'),
};

const at = expect.any(String);

/** The data of the acts of the visit, without those of every event, as the forms recorded them when each had a screen of its own. */
const recorded = [
  ['ProviderArrived', {}],
  ['CredentialShown', {}],
  ['IdentityValidated', { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'cedula' }],
  ['ServiceAnnounced', { service: 'Fontanería' }],
  ['FaultLocated', { where: 'ventana de la cocina' }],
  ['AreaInspected', { clientPresent: true, clientConsented: true }],
  ['PhotosTaken', { photos: [{ photoId: at, sha256: at, takenAt: at, mediaType: 'image/png' }] }],
  ['PhotosSubmitted', { photoIds: [at], channel: 'app' }],
  ['ServiceAssessed', { diagnosis: 'fuga en el sifón' }],
  ['WorkExplained', { method: 'cambio del sifón', materials: [{ item: 'sifón', quantity: 2 }] }],
  ['MaterialsSupplied', { suppliedBy: 'client', items: [{ item: 'sifón', quantity: 2 }] }],
  ['MaterialsAccepted', {}],
  ['ToolsShown', { tools: ['llave francesa', 'destornillador'] }],
  ['AreaCleared', { moved: [] }],
  ['StartReported', { call: { at } }],
  ['WorkStarted', {}],
  ['QualityTested', { withClient: true, tests: [{ name: 'agua', passed: true }], passed: true }],
  ['ClientConformed', {}],
  ['SiteHandedOver', { structuralConditionPreserved: true, tidy: true }],
  ['BelongingsShown', { items: ['llave francesa', 'destornillador'], clientConfirmed: true }],
  ['CompletionReported', { caseNumber: 'EXP-taps', call: { at } }],
  ['Completed', {}],
  ['FarewellGiven', {}],
];

describe('a plain visit on the phone', () => {
  inChromium('takes at most 45 taps and 2,200 words, with all data', async () => {
    const { phone } = stage;
    await story.assign(stage, 'taps');
    await phone.waitForSelector('.card[href$=taps]');
    const person = counting(phone);
    await person.tap(phone.locator('.card[href$=taps]'));
    await phone.waitForSelector('.next');
    for (let act = await nextAct(phone); act !== null; act = await nextAct(phone)) {
      await forms[act]?.(person);
      await person.tap(phone.locator('.next button.primary'));
      await until(phone, `document.querySelector('.next h2')?.textContent.trim() !== ${JSON.stringify(act)}`);
    }
    await person.see();
    const { taps, words, screens } = person.count();
    console.log(`A plain visit on the phone: ${taps} taps, ${words} words on ${screens.length} screens`);
    await story.sendAll(stage, phone, 'taps');
    const { events, clean } = await story.logOf(stage, 'taps');
    const data = events
      .slice(1)
      .map(
        ({
          type,
          data: { visitId, at: time, by, recordedBy, ...own },
        }: VisitEvent & { data: { recordedBy?: unknown } }) => [type, own],
      );
    expect([clean, data]).toEqual([true, recorded]);
    expect(taps).toBeLessThanOrEqual(45);
    expect(words).toBeLessThanOrEqual(2200);
  });
});
