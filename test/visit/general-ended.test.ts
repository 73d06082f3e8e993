import { describe, expect, it } from 'vitest';
import type { CommandType, VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { samples } from '../scenarios/act-table.ts';
import {
  by,
  byOperator,
  byProvider,
  client,
  forProvider,
  instruct,
  irresolvable,
  operator,
  otherProvider,
  photo,
  plain,
  provider,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf } from '../scenarios/moments.ts';

const cancel = instruct('visit', 'cancel');
const close = command('CloseVisit', { at: minute(40) }, operator);
const delay = command('ReportTransitIssue', { at: minute(1), issue: 'delay' });
const told = command('NotifyClient', { about: ['delay'], reached: true });
const escalation = command('EscalateClientImpact', { at: minute(50), what: 'una gotera en el piso de abajo' });
const documentPhotos = command('DocumentPhotos', { photoIds: ['f-1'] });

const completed = () => advance([], plain);
const closed = (...before: readonly VisitCommand[]) => advance(eventsAfter('AssignVisit'), [...before, cancel, close]);

/** Acts that nothing but their own rules may keep from being accepted once the visit has ended. */
const always: readonly CommandType[] = ['ReportConductBreach', 'EscalateClientImpact', 'GiveFarewell', 'SubmitPhotos'];
/** The corrections and the client's word, which are for what has ended, too. */
const corrections: readonly CommandType[] = [
  'AnnulAct',
  'CorrectTime',
  'ReportDiscrepancy',
  'SettleDiscrepancy',
  'AttestFacts',
];
/** Acts that are accepted while their debt is open; in the plain visit those of the photos and the start are. */
const owed: readonly CommandType[] = ['DocumentPhotos', 'DocumentStart'];
const over = samples.filter(({ type }) => type !== 'AssignVisit' && ![...always, ...corrections].includes(type));

describe('1.3-02 nothing is accepted after the visit was completed', () => {
  it.each(over.filter(({ type }) => !owed.includes(type)))('$type, and by that rule alone', (next) => {
    given(completed()).when(next).rejects(['not-ended', '1.3-02']);
  });
  it('refuses by that rule alone whoever asks', () => {
    given(completed())
      .when(command('StartWork', {}, client))
      .rejects(['not-ended', '1.3-02']);
    given(completed())
      .when(command('StartWork', {}, otherProvider))
      .rejects(['not-ended', '1.3-02']);
  });
});

describe('1.1-10 nothing is accepted after the visit was closed', () => {
  it.each(over)('$type, and by that rule alone', (next) => {
    given(closed()).when(next).rejects(['not-ended', '1.1-10']);
  });
});

describe('1.3-02 what is still accepted after the end', () => {
  it('a breach of conduct, of those who may report it', () => {
    const breach = command('ReportConductBreach', { kind: 'smoking' });
    given(completed()).when(breach).accepts('ConductBreachReported', byOperator);
    given(closed()).when(by(client, breach)).accepts('ConductBreachReported', { by: client });
    given(completed()).when(by(provider, breach)).rejects(['role', '0-02']);
  });
  it('an escalation, of the assigned provider or through the operator', () => {
    const visit = given(completed()).when(escalation).accepts('ClientImpactEscalated', byProvider);
    expect(debtsOf(visit)).toContain('take-up-escalation');
    given(closed()).when(by(operator, escalation)).accepts('ClientImpactEscalated', forProvider);
    given(completed()).when(by(otherProvider, escalation)).rejects(['assigned-provider', '1.2-12']);
    given(completed()).when(by(client, escalation)).rejects(['role', '0-02']);
  });
  it('a farewell, of one who is on site', () => {
    given(completed()).when(command('GiveFarewell', {})).accepts('FarewellGiven', byProvider);
    given(closed(command('RecordArrival', {})))
      .when(command('GiveFarewell', {}))
      .accepts('FarewellGiven', byProvider);
    given(closed()).when(command('GiveFarewell', {})).rejects(['arrived', '1.1-01']);
  });
  it('photographs that were taken, through a channel that is allowed', () => {
    const past = advance(eventsAfter('TakePhotos'), [cancel, close]);
    const send = command('SubmitPhotos', { at: minute(55), photoIds: ['f-1'], channel: 'app' });
    const visit = given(past).when(send).accepts('PhotosSubmitted', byProvider);
    expect(visit.photos).toMatchObject({ sent: 1, unsent: 0 });
    expect(visit.debts).toEqual([
      { kind: 'document-photos', debtor: 'contact-center', clause: '1.1-22', since: minute(55) },
    ]);
    given(past)
      .when(command('SubmitPhotos', { photoIds: ['f-2'] }))
      .rejects(['photos-taken', '1.1-18'], ['channel-allowed', '1.1-20']);
  });
});

describe('1.2-15 a notice is accepted after the end if all that it is about is owed', () => {
  const late = () => closed(delay);
  it('accepts one that was owed, and the next no more', () => {
    const visit = given(late()).when(told).accepts('ClientNotified', byOperator);
    expect(visit.debts).toEqual([]);
    given(advance(late(), told)).when(told).rejects(['not-ended', '1.1-10']);
  });
  it('accepts attempts until the client is reached', () => {
    const attempt = command('NotifyClient', { about: ['delay'], reached: false });
    const visit = given(advance(late(), attempt)).when(attempt).accepts('ClientNotified', byOperator);
    expect(debtsOf(visit)).toEqual(['notify-delay']);
  });
  it('refuses one of which a part is not owed', () => {
    given(late())
      .when(command('NotifyClient', { about: ['delay', 'provider-change'], reached: true }))
      .rejects(['not-ended', '1.1-10']);
  });
  it('1.2-13 accepts one of a change of provider, and one of both', () => {
    const changed = closed(irresolvable, substitution);
    const visit = given(changed)
      .when(command('NotifyClient', { about: ['provider-change'], reached: true }))
      .accepts('ClientNotified', byOperator);
    expect(visit.debts).toEqual([]);
    given(closed(delay, irresolvable, substitution))
      .when(command('NotifyClient', { about: ['provider-change', 'delay'], reached: true }))
      .accepts('ClientNotified', byOperator);
  });
});

describe('1.1-22 photographs are documented after the end while that is owed', () => {
  it('accepts it once', () => {
    const visit = given(completed()).when(documentPhotos).accepts('PhotosDocumented', byOperator);
    expect(debtsOf(visit)).toEqual(['document-start']);
    given(advance(completed(), documentPhotos)).when(documentPhotos).rejects(['not-ended', '1.3-02']);
  });
  it('judges it by its own rules', () => {
    given(completed())
      .when(command('DocumentPhotos', { photoIds: ['f-2'] }))
      .rejects(['photos-to-document', '1.1-22']);
  });
  it('accepts the second part of them too', () => {
    const both = [
      command('TakePhotos', { photos: [photo('f-2')] }),
      command('SubmitPhotos', { photoIds: ['f-1', 'f-2'], channel: 'app' }),
    ];
    given(advance(eventsAfter('TakePhotos'), [...both, cancel, close, documentPhotos]))
      .when(command('DocumentPhotos', { photoIds: ['f-2'] }))
      .accepts('PhotosDocumented', byOperator);
  });
});

describe('1.1-27 the start is documented after the end while that is owed', () => {
  it('accepts it once', () => {
    const documentStart = command('DocumentStart', {});
    const visit = given(completed()).when(documentStart).accepts('StartDocumented', byOperator);
    expect(debtsOf(visit)).toEqual(['document-photos']);
    given(advance(completed(), documentStart)).when(documentStart).rejects(['not-ended', '1.3-02']);
  });
});

describe('2.2-08 an instruction about an escalation is given after the end while that is owed', () => {
  const raised = () => advance(completed(), escalation);
  it('accepts it once', () => {
    const answer = instruct('escalation', 'other');
    const visit = given(raised()).when(answer).accepts('InstructionGiven', byOperator);
    expect(debtsOf(visit)).not.toContain('take-up-escalation');
    given(completed()).when(answer).rejects(['not-ended', '1.3-02']);
    given(advance(raised(), answer)).when(answer).rejects(['not-ended', '1.3-02']);
  });
  it('accepts one of an escalation that was raised before the end', () => {
    given(closed(escalation)).when(instruct('escalation', 'wait')).accepts('InstructionGiven', byOperator);
  });
  it('refuses one about anything else', () => {
    given(raised()).when(instruct('visit', 'proceed')).rejects(['not-ended', '1.3-02']);
  });
  it('judges it by its own rules', () => {
    given(raised())
      .when(instruct('escalation', 'wait', { waives: ['tools-shown'] }))
      .rejects(['waiver-proceeds', '1.1-10']);
  });
});

describe('1.1-10 what waits for nothing after the end', () => {
  const questions = [
    command('RecordArrival', {}),
    command('ShowCredential', {}),
    command('ReportClientAbsence', { call: { at: minute(0) } }),
    command('RejectIdentity', { reason: 'other', call: { at: minute(0) } }),
  ];
  it('lets instructions that were owed lapse, and keeps the notice of the delay', () => {
    const before = advance(eventsAfter('AssignVisit'), [delay, ...questions, cancel]);
    expect(debtsOf(replay(before))).toEqual([
      'notify-delay',
      'give-instruction/client-absence',
      'give-instruction/identity',
    ]);
    expect(
      debtsOf(
        given(before)
          .when(close)
          .accepts('VisitClosed', { ...byOperator, outcome: 'cancelled' }),
      ),
    ).toEqual(['notify-delay']);
  });
  it('lets a reassignment that was owed lapse', () => {
    const visit = given(advance(eventsAfter('AssignVisit'), [irresolvable, cancel]))
      .when(close)
      .accepts('VisitClosed', { ...byOperator, outcome: 'cancelled' });
    expect(visit.debts).toEqual([]);
  });
});
