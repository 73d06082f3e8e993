import { guide, replay } from 'auxilio';
import { actors, fact, visitAt } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { needsAbsentClient } from '../../../examples/field/phone/src/troubles.ts';

const { state: absent } = visitAt('absent');

const offered = (visit: typeof absent) =>
  guide(visit, { role: 'provider' }).open.flatMap(({ command }) => (needsAbsentClient(command, visit) ? [] : command));

it('while the client is absent the phone offers no act that needs them', () => {
  expect(offered(absent)).toEqual([
    'RecordClientReturn',
    'ClearArea',
    'ReportStart',
    'PauseWork',
    'EscalateClientImpact',
  ]);
});

it('a representative is met as the client is', () => {
  const data = { about: 'client-absence', decision: 'proceed-with-representative', text: 'La mamá atiende.' };
  const allowed = replay([fact('InstructionGiven', data, actors.operator)], absent);
  expect(offered(allowed)).toEqual(expect.arrayContaining(['ShowCredential', 'RejectIdentity', 'GiveFarewell']));
});
