import type { CommandType } from 'auxilio';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import type { Stage } from './story.ts';
import * as story from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

/** The fields that are missing in the blank form of each act of a provider, as the phone names them, in the order of the form. */
const blank: readonly (readonly [CommandType, ...string[]])[] = [
  ['ReportTransitIssue', '¿Qué pasó en el camino?'],
  ['ReportClientAbsence', 'Llamada al Centro de Contacto'],
  ['ValidateIdentity', '¿Dio el nombre completo?', '¿Mostró un documento de identidad?'],
  ['RejectIdentity', '¿Por qué no se pudo validar?', 'Llamada al Centro de Contacto'],
  ['LocateFault', '¿Dónde está la falla?'],
  ['InspectArea', '¿Estaba presente el cliente?'],
  ['TakePhotos', 'Fotografías'],
  ['SubmitPhotos', '¿Cuáles fotografías envió?'],
  ['AssessService', 'Valoración'],
  ['ExplainWork', '¿Cómo va a hacer el trabajo?', 'Materiales que le pide al cliente'],
  ['SupplyMaterials', '¿Quién trajo los materiales?'],
  ['RejectMaterials', 'Materiales que no sirven'],
  ['ReportMaterialsRefusal', 'Llamada al Centro de Contacto'],
  ['RequestExtraMaterials', 'Materiales que faltan'],
  ['ShowTools', 'Herramientas'],
  ['ClearArea', '¿Qué se apartó?'],
  ['ReportStart', 'Llamada de inicio'],
  ['PauseWork', 'Aviso de salida al Centro de Contacto'],
  ['ResumeWork', '¿Viene de una pausa o es la segunda visita?'],
  ['TestQuality', '¿Se probó con el cliente?', 'Pruebas'],
  ['RecordObjection', '¿Con qué no está conforme el cliente?'],
  ['HandOverSite', '¿La estructura quedó como estaba?'],
  ['ShowBelongings', '¿Qué se lleva?', '¿El cliente lo revisó y está de acuerdo?'],
  ['ReportCompletion', 'Llamada de conclusión'],
  ['EscalateClientImpact', '¿Qué puede afectar al cliente?'],
  ['DeclineOffContractRequest', '¿Qué pidió el cliente?'],
];

/** In the page: the labels of the fields that have a problem, and whether the focus is in the first. */
const marked = `(() => {
  const fields = [...document.querySelectorAll('form .field')].filter((field) =>
    [...field.querySelectorAll('.problem')].some((problem) => problem.textContent === 'Falta este dato.' && problem.closest('.field') === field));
  const label = (field) => field.querySelector('legend, label').textContent.replace(/ \\*$/, '');
  return { labels: fields.map(label), isFirst: fields[0]?.contains(document.activeElement) === true };
})()`;

describe('the phone asks for what was left blank', () => {
  inChromium('at its field, in the order of the form, and judges nothing', async () => {
    const { phone } = stage;
    await story.assign(stage, 'blank');
    for (const [type, ...labels] of blank) {
      await story.toScreen(stage, phone, 'act', 'blank', type);
      await until(phone, `location.hash.endsWith('${type}') && document.querySelector('form button.primary') !== null`);
      await phone.getByRole('button', { name: 'Guardar' }).click();
      await until(phone, `document.querySelector('form .problem') !== null`);
      await expect.poll(async () => [type, await phone.evaluate(marked)]).toEqual([type, { labels, isFirst: true }]);
      // One primary button, which goes on with the work, and nothing that only a refusal allows.
      expect(await phone.locator('.primary').allTextContents()).toEqual(['Guardar']);
      expect(await phone.getByText('Ya lo hice').count()).toBe(0);
    }
  });

  inChromium('and so does the console', async () => {
    const { desk } = stage;
    await story.toVisit(stage, 'blank');
    await story.choose(desk, 'Reportar un inconveniente de traslado');
    await desk.locator('.act form button[type=submit]').click();
    await expect.poll(() => desk.evaluate(marked)).toEqual({ labels: ['¿Qué pasó en el camino?'], isFirst: true });
    expect(await desk.locator('.act [role=alert]').allTextContents()).toEqual(['Falta algo por corregir.']);
  });

  inChromium('a no is judged: the way on is to correct it, and it may be recorded as it was', async () => {
    const { phone } = stage;
    await story.openBefore(stage, 'blank-no', 'RecordConformity');
    await story.toScreen(stage, phone, 'act', 'blank-no', 'HandOverSite');
    await story.answer(phone, '¿La estructura quedó como estaba?', 'No');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await phone.waitForSelector('.reason');
    expect(await phone.locator('.primary').allTextContents()).toEqual([expect.stringContaining('Corregir los datos')]);
    await phone.getByRole('link', { name: 'Ya lo hice' }).click();
    // What was answered is read from the disk.
    const asked = phone.getByRole('group', { name: '¿La estructura quedó como estaba?' });
    await asked.getByRole('radio', { name: 'No', checked: true }).waitFor();
    await story.save(phone);
  });
});
