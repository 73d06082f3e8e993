import { worked } from 'auxilio/core';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { enterPhone } from '../../../scripts/field/field.ts';
import { carryOut, doNext, fits, nextAct, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as people from './people.ts';
import * as story from './story.ts';
import { type Stage, says, saysNot } from './story.ts';

let stage: Stage;

beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

/** Arrives at a new visit, and reports the absence of the client. */
async function nobodyThere(visitId: string): Promise<void> {
  const { phone } = stage;
  await story.assign(stage, visitId);
  await story.toScreen(stage, phone, 'visit', visitId);
  expect(await doNext(phone)).toBe('Registrar la llegada');
  await story.cannot(phone, 'El cliente no está, o se fue');
  await phone.getByRole('link', { name: 'Llamar ahora' }).click();
  await story.save(phone);
  await says(phone, 'Usted reportó que el cliente no está. Espere ahí');
  await expect.poll(() => nextAct(phone)).toBe(null);
  await story.sendAll(stage, phone, visitId);
}

/** Gives an instruction on the console. */
async function instruct(visitId: string, decision: string, text: string, more = async () => {}): Promise<void> {
  const { desk } = stage;
  await story.toVisit(stage, visitId);
  await story.choose(desk, 'Dar una instrucción');
  await story.answer(desk, '¿Qué se decide?', decision);
  await desk.locator('.act textarea').first().fill(text);
  await more();
  await story.recordAct(desk);
}

describe('a client who is not there', () => {
  inChromium('is represented by another adult, and the visit is carried out to its end', async () => {
    const { phone, desk } = stage;
    await nobodyThere('a-mother');
    await instruct('a-mother', 'Proceder con un representante', 'La mamá del cliente lo atiende.', async () => {
      await desk.getByRole('group', { name: 'Representante' }).getByLabel('Nombre completo').fill('Ana Mora Solís');
    });
    await says(phone, 'La mamá del cliente lo atiende.');
    await says(phone, 'Ana Mora Solís');
    expect(await doNext(phone)).toBe('Mostrar el carné');
    await expect.poll(() => phone.getByText('Representante: Ana Mora Solís').isVisible()).toBe(true);
    await expect.poll(() => nextAct(phone)).toBe('Validar la identidad');
    await phone.waitForSelector('.next form');
    await story.answer(phone, '¿Quién', 'Un representante');
    for (const question of ['nombre completo', 'documento']) await story.answer(phone, question, 'Sí');
    await story.save(phone);
    for (const act of ['Anunciar el servicio', 'Ubicar la falla', 'Revisar el área'])
      expect(await doNext(phone)).toBe(act);
    await story.sendAll(stage, phone, 'a-mother');
    const { clean, debts, types } = await story.logOf(stage, 'a-mother');
    expect([clean, debts, types.slice(1)]).toEqual([
      true,
      [],
      [
        'ProviderArrived',
        'ClientAbsenceReported',
        'InstructionGiven',
        'CredentialShown',
        'IdentityValidated',
        'ServiceAnnounced',
        'FaultLocated',
        'AreaInspected',
      ],
    ]);
  });

  inChromium('does not come after a wait, and the visit is cancelled and closed', async () => {
    const { phone } = stage;
    await nobodyThere('a-nobody');
    await instruct('a-nobody', 'Esperar', 'Espere quince minutos.');
    await says(phone, 'Espere quince minutos.', 'dialog.cover');
    await story.toScreen(stage, phone, 'visits');
    await says(phone, 'El centro le indicó a la');
    await story.toScreen(stage, phone, 'visit', 'a-nobody');
    await says(phone, 'Espere quince minutos.');
    await story.cannot(phone, 'El cliente no está, o se fue');
    await phone.getByRole('link', { name: 'Llamar ahora' }).click();
    await story.save(phone);
    await story.sendAll(stage, phone, 'a-nobody');
    await instruct('a-nobody', 'Cancelar', 'Cierre la visita; el cliente no va a llegar.');
    await says(phone, 'Cierre la visita; el cliente no va a llegar.', 'dialog.cover');
    await says(phone, 'El centro pidió cancelar esta visita. Ciérrela.');
    await expect.poll(() => nextAct(phone)).toBe('Cerrar la visita');
    await phone.getByText('¿Por qué no puedo…?').click();
    expect(await doNext(phone)).toBe('Cerrar la visita');
    await says(phone, 'La visita quedó cerrada. No falta nada más.');
    await story.sendAll(stage, phone, 'a-nobody');
    await story.toScreen(stage, phone, 'visits');
    const { clean, debts, events } = await story.logOf(stage, 'a-nobody');
    expect([clean, debts, events.at(-1)]).toMatchObject([
      true,
      [],
      { type: 'VisitClosed', data: { outcome: 'cancelled' } },
    ]);
  });
});

describe('a person whose identity is in doubt', () => {
  inChromium('is attended all the same, once the center lets it pass', async () => {
    const { phone, desk } = stage;
    await story.openBefore(stage, 'i-doubt', 'ValidateIdentity');
    await story.cannot(phone, 'La persona no es quien dice ser');
    await story.answer(phone, '¿Por qué', 'No presentó documento');
    await phone.getByRole('link', { name: 'Llamar ahora' }).click();
    await story.save(phone);
    await says(phone, 'Usted reportó que no pudo validar la identidad. Espere');
    await expect.poll(() => story.faults(phone)).toEqual([]);
    await story.sendAll(stage, phone, 'i-doubt');
    await instruct('i-doubt', 'Proceder', 'Es la dueña; siga sin documento.', () =>
      desk.getByText('La validación de la identidad').click(),
    );
    await says(phone, 'Es la dueña; siga sin documento.');
    await expect.poll(() => story.faults(phone)).toEqual([]);
    expect(await doNext(phone)).toBe('Anunciar el servicio');
    await expect.poll(() => nextAct(phone)).toBe('Ubicar la falla');
    await story.sendAll(stage, phone, 'i-doubt');
    const { clean, debts, findings } = await story.logOf(stage, 'i-doubt');
    expect([clean, debts]).toEqual([true, []]);
    expect(findings.filter(({ kind }) => kind === 'deviation')).toMatchObject([{ rule: 'identity-valid' }]);
  });
});

describe('a provider with a voice and no data', () => {
  inChromium('has the operator record what they say, and the phone doubles nothing of it', async () => {
    const { phone, desk } = stage;
    await story.assign(stage, 'v-voice');
    await story.toScreen(stage, phone, 'visit', 'v-voice');
    await phone.waitForSelector('.next');
    await phone.getByRole('link', { name: 'Agregar datos u otra hora' }).click();
    await phone.getByText('Usar mi ubicación').click();
    await says(phone, 'No se pudo tomar la ubicación. Puede seguir sin ella.');
    await story.toScreen(stage, phone, 'visit', 'v-voice');
    await phone.context().setOffline(true);
    expect(await doNext(phone)).toBe('Registrar la llegada');
    expect(await doNext(phone)).toBe('Mostrar el carné');
    await story.toVisit(stage, 'v-voice');
    await story.choose(desk, 'Registrar la llegada');
    // The center is not where the provider is.
    await expect.poll(() => desk.getByText('ubicación').count()).toBe(0);
    await story.recordAct(desk);
    await story.choose(desk, 'Reportar el inicio');
    await story.recordAct(desk);
    // Whose act it is, and who recorded it.
    await says(desk, 'Registrar la llegada Proveedor (anotó: Centro)');
    await phone.context().setOffline(false);
    await story.sendAll(stage, phone, 'v-voice');
    await story.toScreen(stage, phone, 'done', 'v-voice');
    const entries = async () => {
      const texts = await phone.locator('.done li').allTextContents();
      return texts.map((text) => text.match(/^(.*?)\d.*· (.*?)Me/)?.slice(1));
    };
    await expect.poll(entries).toEqual([
      ['Mostrar el carné', 'Recibido'],
      ['Reportar el inicio', 'Registrado por el centro'],
      ['Registrar la llegada', 'Registrado por el centro'],
    ]);
    const { clean, debts, types, events } = await story.logOf(stage, 'v-voice');
    expect([clean, debts, types.slice(1)]).toEqual([
      true,
      ['document-start'],
      ['ProviderArrived', 'StartReported', 'CredentialShown', 'DiscrepancyReported'],
    ]);
    expect(events[2]?.data).toMatchObject({ call: { operatorId: 'op-03' }, recordedBy: { id: 'op-03' } });
    expect(events.at(-1)?.data).toMatchObject({ acts: [{ type: 'ProviderArrived', twinOf: 2, violations: [] }] });
  });
});

describe('what the center lets pass', () => {
  inChromium('is open on the phone at once, and stays on record', async () => {
    const { phone, desk } = stage;
    await story.openBefore(stage, 'w-photos', 'StartWork', ['TakePhotos', 'SubmitPhotos']);
    await phone.getByText('¿Por qué no puedo…?').click();
    await phone.getByRole('link', { name: /^Iniciar el trabajo/ }).click();
    await story.toVisit(stage, 'w-photos');
    await desk.locator('.held-up button').click();
    await desk.locator('.act textarea').first().fill('El cliente no permite fotos; siga sin ellas.');
    await story.recordAct(desk);
    await says(phone, 'Ahora sí puede iniciar el trabajo');
    await story.toScreen(stage, phone, 'visit', 'w-photos');
    await says(phone, 'El cliente no permite fotos; siga sin ellas.');
    await says(phone, 'Puede seguir sin: El envío de las fotografías');
    expect(await doNext(phone)).toBe('Iniciar el trabajo');
    await story.sendAll(stage, phone, 'w-photos');
    const { clean, types, findings } = await story.logOf(stage, 'w-photos');
    expect([clean, types.at(-1)]).toEqual([true, 'WorkStarted']);
    const deviations = findings.filter(({ kind }) => kind === 'deviation');
    expect(deviations).toMatchObject([{ rule: 'photos-sent', facts: { waivedBy: 'instruction' } }]);
  });
});

describe('a visit that is given to another provider in the middle of the work', () => {
  inChromium('is work to take up again for them and the center, not a second visit that is awaited', async () => {
    const { browser, marta, phone, url } = stage;
    await story.openBefore(stage, 'r-taken', 'TestQuality');
    const at = story.minutesAgo(40);
    await marta.record('r-taken', 'GiveInstruction', {
      at,
      about: 'visit',
      decision: 'reassign',
      text: 'Sigue Lucía.',
    });
    const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
    await marta.record('r-taken', 'ReassignProvider', { at, provider, arriveBy: story.minutesAgo(-60) });
    await says(phone, 'La lleva otra persona');
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...story.place });
    const other = await enterPhone(context, url, 'lucia');
    await story.toScreen(stage, other, 'visit', 'r-taken');
    for (const act of ['Registrar la llegada', 'Mostrar el carné']) {
      await says(other, 'Trabajo por retomar');
      await saysNot(other, 'Espera una segunda visita');
      expect(await doNext(other)).toBe(act);
    }
    await expect.poll(() => fits(other)).toBe(true);
    await context.close();
    await story.toVisit(stage, 'r-taken');
    await says(stage.desk, 'Trabajo por retomar');
    await saysNot(stage.desk, 'Espera segunda visita');
    await stage.desk.goto(`${url}/console/#/visits`);
    await says(stage.desk, 'Trabajo por retomar');
    await saysNot(stage.desk, 'Espera segunda visita');
  });

  inChromium('says up to when the former provider counts, and gives it back to them also later', async () => {
    const { desk, marta, url } = stage;
    await story.openBefore(stage, 'r-former', 'TestQuality');
    const at = story.minutesAgo(40);
    const reassign = { about: 'visit', decision: 'reassign', text: 'Sigue Lucía.' };
    await marta.record('r-former', 'GiveInstruction', { at, ...reassign });
    const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
    await marta.record('r-former', 'ReassignProvider', { at, provider, arriveBy: story.minutesAgo(-60) });
    const { types } = await story.logOf(stage, 'r-former');
    const phone = await people.person(url, 'gerardo', 'gerardo-2');
    const tests = { at: story.minutesAgo(34), withClient: true, tests: [{ name: 'agua', passed: true }] };
    const [, ...end] = people.work('EXP-r-former');
    await people.handIn(
      phone,
      'r-former',
      types.length - 2,
      [
        ['TestQuality', tests],
        ['RecordConformity', { at: story.minutesAgo(33) }],
        ['HandOverSite', { at: story.minutesAgo(33), structuralConditionPreserved: true }],
        ['ShowBelongings', { at: story.minutesAgo(33), items: ['llave francesa'], clientConfirmed: true }],
        ...end,
      ],
      { id: 'prov-014', device: 'gerardo-2' },
    );
    await desk.goto(`${url}/console/#/case/r-former`);
    await says(desk, 'Tomar todo, en 3 pasos');
    await says(desk, 'cuenta 35 min, solo hasta la', '.way');
    await desk.keyboard.press('n');
    await desk.keyboard.press('5');
    await desk.waitForSelector('.confirm:enabled');
    await desk.keyboard.press('Enter');
    await desk.waitForSelector('.toast:has-text("Decidido")');
    await desk.goto(`${url}/console/#/case/r-former`);
    await says(desk, 'Se registrará, en este orden:', '.later');
    const reason = desk.getByLabel('Si se decide otra cosa, ¿por qué?');
    await reason.fill('El cliente confirma que terminó Gerardo');
    await desk.reload();
    await says(desk, 'Se registrará, en este orden:', '.later');
    await expect.poll(() => reason.inputValue()).toBe('El cliente confirma que terminó Gerardo');
    await expect.poll(async () => [await fits(desk), await story.faults(desk)]).toEqual([true, []]);
    await desk.getByRole('button', { name: 'Tomar ahora lo que no se tomó' }).click();
    await until(desk, `location.hash === '#/'`);
    const { state } = await story.logOf(stage, 'r-former');
    expect([state.phase, state.provider?.id]).toEqual(['completed', 'prov-014']);
  });
});

const dayMs = 86_400_000;

// The last one: the sessions of the center end overnight.
describe('a second visit', () => {
  inChromium('goes on the next day where the first one stopped', async () => {
    const { browser, url } = stage;
    // The clock of this phone is moved.
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...story.place });
    const phone = await enterPhone(context, url, 'gerardo');
    await story.readAnyway(phone);
    await phone.evaluate(story.telephone);
    await story.openBefore({ ...stage, phone }, 'd-two', 'TestQuality');
    await story.cannot(phone, 'Hay que detener el trabajo');
    await story.answer(phone, '¿', 'Segunda visita');
    const returning = phone.locator('.field', { hasText: '¿Cuándo regresa?' });
    await returning.locator('input[type=date]').fill(new Date(Date.now() + dayMs).toISOString().slice(0, 10));
    await returning.locator('input[type=time]').fill('07:30');
    await phone.getByRole('link', { name: 'Llamar ahora' }).click();
    await story.save(phone);
    await says(phone, 'Espera una segunda visita');
    await says(phone, '7:30');
    await saysNot(phone, 'Hora límite de llegada');
    await expect.poll(() => fits(phone)).toBe(true);
    await story.sendAll(stage, phone, 'd-two');
    await story.toVisit(stage, 'd-two');

    const tomorrow = Date.now() + dayMs;
    vi.useFakeTimers({ toFake: ['Date'], now: tomorrow, shouldAdvanceTime: true });
    try {
      await context.clock.install({ time: tomorrow });
      await phone.reload();
      await phone.waitForSelector('.next');
      expect(await doNext(phone)).toBe('Registrar la llegada');
      expect(await doNext(phone)).toBe('Reanudar el trabajo');
      await says(phone, 'Trabajando');
      const acts = await carryOut(phone);
      expect(acts.slice(0, 2)).toEqual(['Hacer las pruebas de calidad', 'Registrar la conformidad']);
      expect(acts).toContain('Concluir la visita');
      await story.sendAll(stage, phone, 'd-two');
      const marta = await story.person(url, 'marta');
      const { clean, types, state } = await story.logOf({ ...stage, marta }, 'd-two');
      expect([clean, types.filter((type) => type === 'ProviderArrived')]).toMatchObject([true, { length: 2 }]);
      const first = Date.parse(state.work.intervals[0]?.to ?? '') - Date.parse(state.work.intervals[0]?.from ?? '');
      expect(worked(state).workedMs - first).toBeLessThan(dayMs / 4);
    } finally {
      vi.useRealTimers();
      await context.close();
    }
  });
});
