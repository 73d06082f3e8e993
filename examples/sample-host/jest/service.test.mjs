import { commands } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { actors, explore, given, handlerLaws, simulate, visitAt } from 'auxilio/testing';

const open = async () => {
  const service = createService({ store: memoryStore() });
  return { handle: service.handle, log: async (visitId) => (await service.load(visitId)).events };
};

it('specifies', () => {
  const { visitId, next, events } = visitAt('tests-failed');
  const conformity = commands.recordConformity({ visitId, at: next }, actors.provider);
  given(events).when(conformity).rejects({ rule: 'tests-passed', clause: '1.1-47' });
});

it('carries simulated visits out', async () => {
  const { handle, log } = await open();
  for (const visit of simulate({ visits: 50 })) {
    for (const command of visit.commands) expect(await handle(command)).toMatchObject({ ok: true });
    expect((await log(visit.visitId)).map(({ type }) => type)).toEqual(visit.events.map(({ type }) => type));
  }
});

for (const law of handlerLaws({ open })) it(law.name, () => law.run({ numRuns: 25 }), 60_000);

it('explores', async () => {
  const { states, stuck, broken, unauthorizedAccepted } = await explore({ limit: 2_000 });
  expect(states).toBeGreaterThanOrEqual(2_000);
  expect([stuck.total, broken, unauthorizedAccepted]).toEqual([0, [], []]);
}, 60_000);
