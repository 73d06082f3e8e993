/** Photographs on the phone: their sending is recorded by itself with a signal, and by a touch without one. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { doNext, nextAct } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { logOf, openBefore, openStage, type Stage, says, sendAll, toScreen, toVisit } from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

const submitted = async (visitId: string) =>
  (await logOf(stage, visitId)).events.flatMap((event) =>
    event.type === 'PhotosSubmitted' ? [event.data.photoIds.length] : [],
  );

describe('the sending of photographs', () => {
  inChromium('is recorded by itself once the center has them, which the phone says', async () => {
    const { phone, desk } = stage;
    await openBefore(stage, 'b-held', 'TakePhotos');
    await toScreen(stage, phone, 'visit', 'b-held');
    expect(await doNext(phone)).toBe('Tomar fotografías');
    await says(phone, 'El centro ya tiene las fotos', 'header.top');
    await sendAll(stage, phone, 'b-held');
    await phone.reload();
    await sendAll(stage, phone, 'b-held');
    expect(await submitted('b-held')).toEqual([1]);
    await toVisit(stage, 'b-held');
    await says(desk, 'Enviadas: 1 · Recibidas: 1 · Documentadas: 0');
  });

  inChromium('is recorded once where the phone has two windows', async () => {
    const { phone } = stage;
    await openBefore(stage, 'b-twice', 'TakePhotos');
    const other = await phone.context().newPage();
    await toScreen(stage, other, 'visit', 'b-twice');
    await toScreen(stage, phone, 'visit', 'b-twice');
    expect(await doNext(phone)).toBe('Tomar fotografías');
    await expect.poll(() => submitted('b-twice'), { timeout: 40_000 }).toEqual([1]);
    await other.close();
  });

  inChromium('is recorded by a touch without a signal, at once, and counts once', async () => {
    const { phone } = stage;
    await openBefore(stage, 'b-dark', 'TakePhotos');
    await toScreen(stage, phone, 'visit', 'b-dark');
    await phone.context().setOffline(true);
    expect(await doNext(phone)).toBe('Tomar fotografías');
    expect(await doNext(phone)).toBe('Enviar fotografías');
    await expect.poll(() => nextAct(phone)).not.toBe('Enviar fotografías');
    await phone.context().setOffline(false);
    await sendAll(stage, phone, 'b-dark');
    expect(await submitted('b-dark')).toEqual([1]);
  });
});
