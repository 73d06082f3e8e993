import { commands, explain } from 'auxilio';
import { visitAt } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { privateService } from './fixture.ts';

it('a refusal has the texts of its command, alone and in a batch', async () => {
  const { service, privacy } = await privateService();
  const { commands: before, visitId, next: at, state } = visitAt('working');
  for (const command of before) await service.handle(command);
  const provider = { role: 'provider', id: state.provider?.id ?? '' } as const;
  const photoIds = Object.keys(state.photos.byId);
  const submit = commands.submitPhotos({ visitId, at, photoIds, channel: 'fax de la pulpería' }, provider, 'c-8');
  const own = await service.handle(submit);
  expect(own).toMatchObject({ ok: false, rejection: { violations: [{ facts: { channel: 'fax de la pulpería' } }] } });
  expect((await service.handleBatch([submit]))[0]).toEqual(own);
  const announce = commands.announceService({ visitId, at, service: 'jardinería' }, provider, 'c-9');
  const refused = await service.handle(announce);
  if (refused.ok) throw new Error('It was accepted');
  // What was assigned is opened from the log.
  const { restore } = await privacy.open((await service.load(visitId)).events);
  expect(explain(restore(refused.rejection), 'es-CR')).toContain(state.service);
});
