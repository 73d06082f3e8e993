import { describe, expect, it } from 'vitest';
import type { AttestedFact, AttestFactsData, FactWord, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, fact, given, minute } from '../../src/testing.ts';
import { evolve, initialState, type replay } from '../../src/visit/index.ts';
import { actOfCommand } from '../../src/visit/table.ts';
import {
  annul,
  askExtra,
  by,
  client,
  close,
  correct,
  failing,
  instruct,
  leave,
  objection,
  operator,
  plain,
  provider,
  refusal,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf, finished, stateOf, working } from '../scenarios/moments.ts';

const word = (named: AttestedFact, recorded: string, agrees = true, what?: string): FactWord => ({
  fact: named,
  recorded,
  agrees,
  ...(what !== undefined && { what }),
});
const attest = (...facts: readonly FactWord[]): VisitCommand =>
  by(client, command('AttestFacts', { at: minute(70), facts }));
const attested = (past: readonly VisitEvent[], ...facts: readonly FactWord[]) =>
  given(past)
    .when(attest(...facts))
    .accepts('FactsAttested', { by: client });

const absent = command('ReportClientAbsence', { at: minute(5), call: { at: minute(5) } });
const arrived = () => eventsAfter('RecordArrival');
const absentOnArrival = () => advance(arrived(), absent);
const completed = () => advance([], plain);
const closed = () => advance(working(), [instruct('visit', 'cancel'), close]);

/** The time at which each fact of the plain visit stands, and a moment at which it does. */
const standing: readonly (readonly [AttestedFact, () => VisitEvent[], VisitEvent['type']])[] = [
  ['arrival', finished, 'ProviderArrived'],
  ['absence', absentOnArrival, 'ClientAbsenceReported'],
  ['identity', finished, 'IdentityValidated'],
  ['inspection', finished, 'AreaInspected'],
  ['explanation', finished, 'WorkExplained'],
  ['supply', finished, 'MaterialsSupplied'],
  ['acceptance', finished, 'MaterialsAccepted'],
  ['tools', finished, 'ToolsShown'],
  ['start', finished, 'WorkStarted'],
  ['tests', finished, 'QualityTested'],
  ['conformity', finished, 'ClientConformed'],
  ['handover', finished, 'SiteHandedOver'],
  ['belongings', finished, 'BelongingsShown'],
  ['end', completed, 'Completed'],
  ['end', closed, 'VisitClosed'],
];

const timeOf = (past: readonly VisitEvent[], type: VisitEvent['type']) =>
  past.findLast((event) => event.type === type)?.data.at ?? '';

/** The refusal of a word on a fact that does not stand, or not then. */
const refused = (past: readonly VisitEvent[], named: AttestedFact, recorded: string) =>
  given(past)
    .when(attest(word(named, recorded)))
    .rejects({ rule: 'facts-stand', clause: '0-02', facts: { facts: [named] } });

describe('0-02 the client gives their own word on facts that stand', () => {
  it.each(standing)('%s: confirmed and denied, with its time', (named, past, type) => {
    const recorded = timeOf(past(), type);
    for (const agrees of [true, false]) {
      const state = attested(past(), word(named, recorded, agrees, 'así lo vi'));
      expect(state.attestations).toEqual([{ fact: named, recorded, agrees, what: 'así lo vi', at: minute(70) }]);
    }
  });
  it.each(standing)('%s of another time is refused', (named, past) => refused(past(), named, minute(59)));
  it('of several, names those that do not stand', () => {
    given(arrived())
      .when(attest(word('arrival', minute(1)), word('start', minute(2)), word('end', minute(3))))
      .rejects({ rule: 'facts-stand', clause: '0-02', facts: { facts: ['start', 'end'] } });
  });
  it('is refused to the provider and to the contact center', () => {
    for (const actor of [provider, operator]) {
      given(arrived())
        .when(by(actor, attest(word('arrival', minute(1)))))
        .rejects(['role', '0-02']);
    }
  });
  it('reads a list of objects alone', () => {
    for (const facts of [undefined, 'arrival', [null], ['arrival']]) {
      given(arrived())
        .when(by(client, command('AttestFacts', { facts } as never)))
        .rejects(['well-formed', '0-02']);
    }
  });
  it('refuses a name that is no fact, and the names of what every object has', () => {
    for (const named of ['coffee', 'constructor', '__proto__']) refused(arrived(), named as AttestedFact, minute(1));
  });
});

describe('0-02 the time that stands for a fact', () => {
  it('is the corrected one', () => {
    const past = advance(working(), [
      correct('arrival', minute(1), minute(2)),
      correct('start', minute(16), minute(17)),
    ]);
    attested(past, word('arrival', minute(2)), word('start', minute(17)));
    refused(past, 'arrival', minute(1));
    const ended = advance(completed(), correct('end', timeOf(completed(), 'Completed'), minute(25)));
    attested(ended, word('end', minute(25)));
  });
  it('is gone with what was undone', () => {
    const left = advance(finished(), leave);
    for (const named of ['arrival', 'tests', 'conformity', 'handover', 'belongings'] as const) {
      const { attestations } = stateOf(left);
      expect(attestations).toEqual([]);
      given(left)
        .when(attest(word(named, timeOf(left, standing.find(([of]) => of === named)?.[2] ?? 'Paused'))))
        .rejects(['facts-stand', '0-02']);
    }
    attested(left, word('identity', timeOf(left, 'IdentityValidated')), word('tools', timeOf(left, 'ToolsShown')));
    const taken = advance(working(), [instruct('visit', 'reassign'), substitution]);
    for (const named of ['arrival', 'identity', 'tools'] as const) {
      given(taken)
        .when(attest(word(named, timeOf(taken, standing.find(([of]) => of === named)?.[2] ?? 'Paused'))))
        .rejects(['facts-stand', '0-02']);
    }
  });
  it('is that of the last absence, open or ended, until an arrival is annulled', () => {
    const back = advance(absentOnArrival(), command('RecordClientReturn', { at: minute(6) }));
    attested(back, word('absence', minute(5)));
    attested(advance(back, [instruct('visit', 'reassign'), substitution]), word('absence', minute(5)));
    refused(advance(absentOnArrival(), annul('ProviderArrived', minute(1))), 'absence', minute(5));
    const again = advance(back, by(provider, { ...absent, data: { ...absent.data, at: minute(8) } } as VisitCommand));
    attested(again, word('absence', minute(8)));
    refused(again, 'absence', minute(5));
  });
  it('of a supply is whatever became of the materials, of an acceptance while they stand as accepted', () => {
    const extra = advance(working(), askExtra);
    attested(extra, word('supply', timeOf(extra, 'MaterialsSupplied')));
    refused(extra, 'acceptance', timeOf(extra, 'MaterialsAccepted'));
    const disputed = advance(eventsAfter('ExplainWork'), refusal);
    refused(disputed, 'supply', minute(12));
  });
  it('of tests is that of the last ones that stand, passed, failed or objected to', () => {
    const past = eventsAfter('StartWork');
    const failed = advance(
      past,
      by(provider, { ...failing, data: { ...failing.data, at: minute(41) } } as VisitCommand),
    );
    attested(failed, word('tests', minute(41)));
    attested(advance(failed, objection), word('tests', minute(41)));
    refused(advance(failed, askExtra), 'tests', minute(41));
  });
  it('does not stand for an objection without tests in a foreign log', () => {
    const foreign = [...working(), fact('ClientObjected', { at: minute(42), what: 'gotea' }, client)];
    expect(stateOf(foreign).closing).toMatchObject({ tests: 'failed', testedAt: null });
  });
});

describe('1.1-50 the last word on each fact and time is kept', () => {
  const past = () => finished();
  const conformity = () => timeOf(past(), 'ClientConformed');
  it('in the order of the first, whichever client says it, also once the fact does not stand', () => {
    const other = { role: 'client', id: 'client-2' } as const;
    const first = advance(past(), attest(word('conformity', conformity()), word('arrival', minute(1), false, 'no')));
    const later = command('AttestFacts', { at: minute(75), facts: [word('conformity', conformity(), false)] });
    const state = given(first).when(by(other, later)).accepts('FactsAttested', { by: other });
    expect(state.attestations).toEqual([
      { fact: 'conformity', recorded: conformity(), agrees: false, at: minute(75) },
      { fact: 'arrival', recorded: minute(1), agrees: false, what: 'no', at: minute(70) },
    ]);
    const undone = advance([...first], by(provider, objection));
    expect(stateOf(undone).attestations).toEqual(stateOf(first).attestations);
  });
  it('on each time of a fact that was corrected', () => {
    const said = advance(arrived(), attest(word('arrival', minute(1))));
    const corrected = advance(said, correct('arrival', minute(1), minute(2)));
    const state = attested(corrected, word('arrival', minute(2), false));
    expect(state.attestations.map(({ recorded, agrees }) => [recorded, agrees])).toEqual([
      [minute(1), true],
      [minute(2), false],
    ]);
  });
  it('of an unlawful event, too; none that is not theirs, or that a provider recorded for them', () => {
    const says = (author: VisitCommand['metadata']['actor'], recordedBy?: VisitCommand['metadata']['actor']) =>
      evolve(stateOf(arrived()), {
        type: 'FactsAttested',
        data: {
          visitId: 'visit-1',
          at: minute(70),
          facts: [word('end', minute(3), false)],
          by: author,
          ...(recordedBy && { recordedBy }),
        },
      });
    expect(says(client).attestations).toHaveLength(1);
    expect(says(client, operator).attestations).toHaveLength(1);
    for (const state of [says(provider), says(operator), says(client, provider)]) {
      expect([state.attestations, debtsOf(state)]).toEqual([[], []]);
    }
  });
  it('is an empty list before', () => expect(initialState().attestations).toEqual([]));
});

describe('2.2-08 a denial is taken up by the contact center', () => {
  const owed = { kind: 'take-up-escalation', debtor: 'contact-center', clause: '2.2-08', since: minute(70) };
  it('opens the debt, also after the end; taking it back does not discharge it', () => {
    for (const past of [working(), completed(), closed()]) {
      const denied = advance(past, attest(word('start', minute(16), false)));
      expect(stateOf(denied).debts).toContainEqual(owed);
      const back = advance(denied, attest(word('start', minute(16), true)));
      expect(stateOf(back).debts).toContainEqual(owed);
      const answered = advance(back, instruct('escalation', 'other'));
      expect(debtsOf(stateOf(answered))).not.toContain('take-up-escalation');
    }
  });
  it('a word that agrees opens nothing', () => {
    expect(attested(working(), word('start', minute(16))).debts).toEqual(stateOf(working()).debts);
  });
});

describe('the witnesses of the act', () => {
  const named = (state: ReturnType<typeof replay>) =>
    actOfCommand('AttestFacts')
      .witnesses(state, { at: minute(90), policy: {} })
      .map((data) => (data as AttestFactsData).facts.map((one) => one.fact).join());
  it('name first the facts on which the client has said nothing', () => {
    const past = eventsAfter('InspectArea');
    expect(named(stateOf(past))).toEqual(['arrival', 'identity', 'inspection']);
    expect(named(attested(past, word('arrival', minute(1))))).toEqual(['identity', 'inspection', 'arrival']);
  });
});
