import { describe, expect, it } from 'vitest';
import type { InstructionTopic } from '../../src/messages/index.ts';
import { decisions } from '../../src/testing/instructions.ts';
import { advance, eventsAfter, given } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  byOperator,
  comesBack,
  instruct,
  leave,
  refusal,
  rejection,
  standIn,
  substitution,
} from '../scenarios/commands.ts';
import { asked, topics } from '../scenarios/moments.ts';

describe('1.1-09 a representative is allowed', () => {
  const allow = (about: InstructionTopic) => instruct(about, 'proceed-with-representative');
  it.each(topics)('by an instruction about %s', (about) => {
    const visit = given(asked[about]()).when(allow(about)).accepts('InstructionGiven', byOperator);
    expect(visit.identity.representativeAllowed).toBe(true);
  });
  it.each(decisions.filter((decision) => decision !== 'proceed-with-representative'))(
    'by no other decision: %s',
    (decision) => {
      const visit = given(asked['client-absence']())
        .when(instruct('client-absence', decision))
        .accepts('InstructionGiven', byOperator);
      expect(visit.identity.representativeAllowed).toBe(false);
    },
  );
  const allowed = () => advance(eventsAfter('ExplainWork'), [absence, allow('client-absence')]);
  it.each([
    ['an absence that is reported anew', [absence]],
    ['the return of the client', [comesBack]],
    ['another provider', [instruct('visit', 'reassign'), substitution]],
    ['a decision about the absence to wait', [instruct('client-absence', 'wait')]],
    ['a decision about the absence to proceed', [instruct('client-absence', 'proceed')]],
    ['a decision about the absence to reschedule', [instruct('client-absence', 'reschedule')]],
    ['a decision about the absence to cancel', [instruct('client-absence', 'cancel')]],
    ['a decision about the absence to reassign', [instruct('client-absence', 'reassign')]],
    ['another decision about the absence', [instruct('client-absence', 'other')]],
  ])('until %s', (_, acts) => {
    expect(replay(allowed()).identity.representativeAllowed).toBe(true);
    expect(replay(advance(allowed(), acts)).identity.representativeAllowed).toBe(false);
  });
  it.each([
    ['his validation', [standIn]],
    ['a rejection', [rejection]],
    ['the same decision again', [allow('client-absence')]],
    ['a decision about an identity', [rejection, instruct('identity', 'wait')]],
    ['a decision about materials', [refusal, instruct('materials', 'cancel')]],
    ['a decision about the visit', [instruct('visit', 'other')]],
    ['leaving until a second visit', [leave]],
  ])('not until %s', (_, acts) => {
    expect(replay(advance(allowed(), acts)).identity.representativeAllowed).toBe(true);
  });
});
