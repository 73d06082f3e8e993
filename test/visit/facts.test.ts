import { expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { witnessed } from '../../src/testing/arbitraries/from-witnesses.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { advance } from '../../src/testing.ts';
import { decide, replay, ruleIds, type VisitState } from '../../src/visit/index.ts';
import { report, reported } from '../scenarios/commands.ts';

it('the facts of every rule, by every clause that it cites, are those on record', async () => {
  // Imported here, so that a mutant of a fact is this test's to notice.
  const { violations } = await import('../reading/refusals.ts');
  const lines = violations.map((violation) => JSON.stringify(violation)).sort();
  const refused: readonly string[] = violations.map(({ rule }) => rule);
  const untried = ruleIds.filter((id) => !refused.includes(id));
  expect(untried, 'refuse a rule that is missing in `vain` of test/reading/refusals.ts').toEqual([]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/violations.ndjson');
});

const accepted = (type: CommandType, state: VisitState) =>
  witnessed(type, state, '2026-03-17T18:00:00.000Z').filter((command) => decide(command, state).ok);

it.each<[CommandType, VisitState]>([
  ['AcknowledgeTransitIssue', visitAt('awaiting-reassignment').state],
  ['ReassignProvider', visitAt('awaiting-reassignment').state],
  ['ReassignProvider', { ...visitAt('awaiting-reassignment').state, provider: { id: 'proveedor-2', name: 'Luis' } }],
  ['DocumentPhotos', visitAt('photographed').state],
  ['DocumentStart', visitAt('working').state],
  ['RejectMaterials', visitAt('supplied').state],
  ['RecordClientReturn', visitAt('absent').state],
  ['ResumeWork', visitAt('on-break').state],
  ['AnnulAct', visitAt('closed').state],
  ['CorrectTime', visitAt('closed').state],
  ['AttestFacts', visitAt('closed').state],
  ['SettleDiscrepancy', replay(advance([...visitAt('on-site').events], report([reported('ToolsShown')], 'd-2')))],
])('a witness of %s is accepted where it should be', (type, state) => {
  expect(accepted(type, state).length).toBeGreaterThan(0);
});

it('a notice that is a witness reaches the client, and one for each topic', () => {
  const notices = accepted('NotifyClient', visitAt('in-transit').state).map(({ data }) => data);
  expect(notices).toMatchObject([
    { about: ['delay'], reached: true },
    { about: ['provider-change'], reached: true },
  ]);
});
