import { describe, expect, it } from 'vitest';
import type { ReportTransitIssueData } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { makesLate } from '../../src/visit/transit.ts';
import {
  arrival,
  by,
  byOperator,
  byProvider,
  forProvider,
  irresolvable,
  leave,
  operator,
  otherProvider,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf } from '../scenarios/moments.ts';

type Issue = Omit<ReportTransitIssueData, 'visitId' | 'at'>;

const onTheWay = () => eventsAfter('AssignVisit');
const issue = (said: Issue, at = minute(5)) => command('ReportTransitIssue', { at, ...said });
const center = 'contact-center';

const delayOwed = (clause: '1.2-10' | '1.2-15', since = minute(5)) => ({
  kind: 'notify-delay',
  debtor: center,
  clause,
  since,
});
const reassignmentOwed = { kind: 'reassign-provider', debtor: center, clause: '1.2-12', since: minute(5) };

describe('1.2-01 issues of the transit are reported before arriving', () => {
  it('keeps when it was reported', () => {
    const visit = given(onTheWay())
      .when(issue({ issue: 'delay' }))
      .accepts('TransitIssueReported', byProvider);
    expect(visit.transit).toEqual({ issueReportedAt: minute(5), changeTold: false });
  });
  it('accepts all that may be said of one, and one that the operator types in', () => {
    const full: Issue = {
      issue: 'breakdown',
      resolvable: true,
      exceedsResponseTime: false,
      expectedArrival: minute(70),
      detail: 'una llanta',
    };
    given(onTheWay()).when(issue(full)).accepts('TransitIssueReported', byProvider);
    given(onTheWay())
      .when(by(operator, issue({ issue: 'delay' })))
      .accepts('TransitIssueReported', forProvider);
  });
  it('refuses one after arriving', () => {
    given(eventsAfter('RecordArrival'))
      .when(issue({ issue: 'delay' }))
      .rejects(['not-arrived', '1.2-01']);
  });
  it('accepts one on the way back to a second visit', () => {
    given(advance(eventsAfter('StartWork'), leave))
      .when(issue({ issue: 'delay' }))
      .accepts('TransitIssueReported', byProvider);
  });
  it('lists it before what is not said', () => {
    given(eventsAfter('RecordArrival'))
      .when(issue({ issue: 'other' }))
      .rejects(['not-arrived', '1.2-01'], ['issue-named', '1.2-02'], ['resolvable-said', '1.2-03']);
  });
});

describe('1.2-02 the issue is named', () => {
  it('refuses one without a name, and asks nothing further', () => {
    given(onTheWay()).when(issue({})).rejects(['issue-named', '1.2-02']);
  });
  it('refuses another issue without its detail', () => {
    given(onTheWay())
      .when(issue({ issue: 'other', resolvable: false }))
      .rejects(['issue-named', '1.2-02']);
    given(onTheWay())
      .when(issue({ issue: 'other', resolvable: false, detail: 'un derrumbe' }))
      .accepts('TransitIssueReported', byProvider);
  });
});

describe.each([
  ['breakdown', {}],
  ['other', { detail: 'un derrumbe' }],
] as const)('of a %s', (name, more) => {
  const said = (rest: Issue) => issue({ issue: name, ...more, ...rest });

  it('1.2-03 it is said whether it can be solved', () => {
    given(onTheWay()).when(said({})).rejects(['resolvable-said', '1.2-03']);
    given(onTheWay())
      .when(said({ exceedsResponseTime: true }))
      .rejects(['resolvable-said', '1.2-03']);
  });
  it('1.2-05 it is said of one that can be solved whether the response time is exceeded', () => {
    given(onTheWay())
      .when(said({ resolvable: true }))
      .rejects(['excess-said', '1.2-05']);
    given(onTheWay())
      .when(said({ resolvable: false }))
      .accepts('TransitIssueReported', byProvider);
  });
  it('1.2-10 the client is owed a notice if the response time is exceeded, and only then', () => {
    const exceeded = said({ resolvable: true, exceedsResponseTime: true });
    const kept = said({ resolvable: true, exceedsResponseTime: false });
    expect(given(onTheWay()).when(exceeded).accepts('TransitIssueReported', byProvider).debts).toEqual([
      delayOwed('1.2-10'),
    ]);
    expect(given(onTheWay()).when(kept).accepts('TransitIssueReported', byProvider).debts).toEqual([]);
  });
  it.each([undefined, true, false])(
    '1.2-12 one that cannot be solved asks for another provider (time exceeded: %s)',
    (exceedsResponseTime) => {
      const rest = exceedsResponseTime === undefined ? {} : { exceedsResponseTime };
      const visit = given(onTheWay())
        .when(said({ resolvable: false, ...rest }))
        .accepts('TransitIssueReported', byProvider);
      expect(visit.debts).toEqual([reassignmentOwed]);
      expect(visit.phase).toBe('awaiting-reassignment');
    },
  );
});

describe('1.2-15 of a delay the client is always owed a notice', () => {
  it.each([
    {},
    { exceedsResponseTime: false },
    { exceedsResponseTime: true },
    { resolvable: true },
    { resolvable: false },
  ])('said %j', (rest) => {
    const visit = given(onTheWay())
      .when(issue({ issue: 'delay', ...rest }))
      .accepts('TransitIssueReported', byProvider);
    expect(visit.debts).toEqual([delayOwed('1.2-15')]);
  });
  it('is owed once, as it was first, however often it is reported', () => {
    const breakdown = issue({ issue: 'breakdown', resolvable: true, exceedsResponseTime: true });
    const late = issue({ issue: 'delay' }, minute(9));
    const visit = given(advance(onTheWay(), breakdown)).when(late).accepts('TransitIssueReported', byProvider);
    expect(visit.debts).toEqual([delayOwed('1.2-10')]);
  });
  it('is owed anew after the client was told of the first', () => {
    const told = command('NotifyClient', { about: ['delay'], reached: true });
    const visit = given(advance(onTheWay(), [issue({ issue: 'delay' }), told]))
      .when(issue({ issue: 'delay' }, minute(9)))
      .accepts('TransitIssueReported', byProvider);
    expect(visit.debts).toEqual([delayOwed('1.2-15', minute(9))]);
  });
  it('stays owed beside a reassignment, which a further report opens no second time', () => {
    const past = advance(onTheWay(), [
      issue({ issue: 'delay' }, minute(4)),
      issue({ issue: 'breakdown', resolvable: false }),
    ]);
    const visit = given(past)
      .when(issue({ issue: 'breakdown', resolvable: false }, minute(9)))
      .accepts('TransitIssueReported', byProvider);
    expect(visit.debts).toEqual([delayOwed('1.2-15', minute(4)), reassignmentOwed]);
  });
});

describe('1.2-08 the contact center acknowledges an issue that was reported', () => {
  const thanks = command('AcknowledgeTransitIssue', {});
  it('accepts it, and again', () => {
    const past = advance(onTheWay(), issue({ issue: 'delay' }));
    given(past).when(thanks).accepts('TransitIssueAcknowledged', byOperator);
    const visit = given(advance(past, thanks)).when(thanks).accepts('TransitIssueAcknowledged', byOperator);
    expect(debtsOf(visit)).toEqual(['notify-delay']);
  });
  it('1.2-14 accepts it of a delay after the arrival', () => {
    given(advance(onTheWay(), [issue({ issue: 'delay' }), arrival]))
      .when(thanks)
      .accepts('TransitIssueAcknowledged', byOperator);
  });
  it('refuses it before one was reported', () => {
    given(onTheWay()).when(thanks).rejects(['issue-reported', '1.2-08']);
  });
});

describe('1.2-12 issues of one who took over', () => {
  it('are reported by that provider, or by the operator for them', () => {
    const past = advance(onTheWay(), [irresolvable, substitution]);
    given(past)
      .when(by(otherProvider, issue({ issue: 'delay' })))
      .accepts('TransitIssueReported', { by: otherProvider });
    given(past)
      .when(by(operator, issue({ issue: 'delay' })))
      .accepts('TransitIssueReported', { by: otherProvider, recordedBy: operator });
  });
});

describe('1.2-15 an issue that makes the provider late', () => {
  it.each<[Issue]>([
    [{ issue: 'delay' }],
    [{ issue: 'breakdown', resolvable: true, exceedsResponseTime: true }],
    [{ issue: 'other', detail: 'Derrumbe', resolvable: true, exceedsResponseTime: true }],
    [{ issue: 'breakdown', resolvable: true, exceedsResponseTime: false }],
    [{ issue: 'breakdown', resolvable: false }],
  ])('is one of which the client is owed a notice, and no other: %j', (said) => {
    const owed = debtsOf(replay(advance(onTheWay(), issue(said))));
    expect(makesLate(said)).toBe(owed.includes('notify-delay'));
  });
});
