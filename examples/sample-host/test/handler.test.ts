import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { replay } from 'auxilio';
import { handlerLaws, visitAt } from 'auxilio/testing';
import { createHandler } from '../src/handler.ts';

const open = async () => {
  const { handle, log } = createHandler();
  return { handle: (command: unknown) => handle(JSON.stringify(command)), log };
};

describe('the handler', () => {
  it('carries a plain visit out', async () => {
    const { handle, log } = await open();
    const { visitId, commands, state } = visitAt('completed');
    for (const command of commands) assert.deepEqual(await handle(command), { ok: true, repeated: false });
    assert.deepEqual(replay(await log(visitId)), state);
  });

  it('says why it refuses', async () => {
    const { handle } = await open();
    const answer = await handle(visitAt('working').commands.at(-1));
    assert.equal(answer.ok, false);
    assert.match(answer.ok ? '' : answer.why, /asign/);
  });

  it('refuses what is no command', async () => {
    assert.equal((await createHandler().handle('{"type":"StartWork"')).ok, false);
  });

  for (const law of handlerLaws({ open })) it(law.name, () => law.run({ numRuns: 25 }));
});
