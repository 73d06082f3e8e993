const { commands } = require('auxilio');
const { actors, explore, given, handlerLaws, simulate, visitAt } = require('auxilio/testing');
const { createHandler } = require('./handler.cjs');

const open = async () => createHandler();

describe('the start of the work', () => {
  const start = ({ visitId, next }, policy) => [commands.startWork({ visitId, at: next }, actors.provider), policy];

  it('is refused while the area is not cleared', () => {
    const visit = visitAt('ready-to-start', { without: ['ClearArea'] });
    given(visit.events)
      .when(...start(visit))
      .rejects({ rule: 'area-cleared' });
  });

  it('is accepted then under a policy that leaves that to the client', () => {
    const policy = { id: 'hogar-2026', waive: [{ rule: 'area-cleared', reason: 'por contrato' }] };
    const visit = visitAt('ready-to-start', { without: ['ClearArea'] });
    const { phase } = given(visit.events)
      .when(...start(visit, policy))
      .then({
        type: 'WorkStarted',
        data: { visitId: visit.visitId, at: visit.next, by: actors.provider },
      });
    expect(phase).toBe('working');
  });
});

describe('the handler', () => {
  it('carries simulated visits out', async () => {
    const { handle, log } = await open();
    for (const visit of simulate({ visits: 50 })) {
      for (const command of visit.commands) expect(await handle(command)).toEqual({ ok: true });
      expect(await log(visit.visitId)).toEqual(visit.events);
    }
  });

  for (const law of handlerLaws({ open })) it(law.name, () => law.run({ numRuns: 25 }), 60_000);
});

describe('the policy', () => {
  it('leaves no visit stuck', async () => {
    const policy = { id: 'hogar-2026', waive: [{ rule: 'area-cleared', reason: 'por contrato' }] };
    const { states, stuck, broken, unauthorizedAccepted } = await explore({ policy, limit: 2_000 });
    expect(states).toBeGreaterThanOrEqual(2_000);
    expect([stuck.total, broken, unauthorizedAccepted]).toEqual([0, [], []]);
  }, 60_000);
});
