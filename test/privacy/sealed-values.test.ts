import { actors } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { privateService } from './fixture.ts';

const subject = { visitId: 'visit-1', subject: 'client' } as const;

it('a value of the host opens at its place, under its subject and in its visit alone', async () => {
  const { privacy } = await privateService();
  const sealed = await privacy.sealFor(subject, 'photo 1', { name: 'Íñigo' });
  expect(sealed).not.toContain('igo');
  const others = [
    [subject, 'photo 2'],
    [{ ...subject, subject: 'representative' }, 'photo 1'],
    [{ ...subject, visitId: 'visit-2' }, 'photo 1'],
  ] as const;
  for (const [other] of others) await privacy.sealFor(other, 'else', 1);
  expect(await privacy.openFor(subject, 'photo 1', sealed)).toEqual({ name: 'Íñigo' });
  for (const [other, place] of others) expect(await privacy.openFor(other, place, sealed)).toBeNull();
});

it('a value of the host is gone with the key of its subject', async () => {
  const { privacy } = await privateService();
  const sealed = await privacy.sealFor(subject, 'photo 1', 'Íñigo');
  await privacy.erase({ subjects: [subject], by: actors.operator });
  expect(await privacy.openFor(subject, 'photo 1', sealed)).toBeNull();
  await expect(privacy.sealFor(subject, 'photo 1', 'Íñigo')).rejects.toThrow(RangeError);
});
