import { beforeAll, describe, expect, it } from 'vitest';
import { reasonOf } from '../../scripts/commutation/page.ts';
import { searches, stepText } from '../../scripts/commutation.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import {
  type Commutation,
  type CommutationOptions,
  type CommutationPair,
  commutationWith,
  exploreCommutation,
} from '../../src/testing/explore/commutation.ts';
import { decodeState } from '../../src/testing/explore/decode.ts';
import { applyEvent, planSearch } from '../../src/testing/explore/explore.ts';
import type { Input } from '../../src/testing/explore/inputs.ts';
import { type CommutationConflict, checkPair, findDifference, instants } from '../../src/testing/explore/pair-check.ts';
import { minute } from '../../src/testing/explore/paths.ts';
import { decide, defaultPolicy, evolve, initialState, replay, type VisitState } from '../../src/visit/index.ts';
import type { VisitDraft } from '../../src/visit/state.ts';
import { actOfCommand } from '../../src/visit/table.ts';
import { readPage, verdictOf } from './commutation-page.ts';
import { explored, plainActs, refused, searched, valuesOf, withFault } from './support.ts';

const page = readPage();

const all = Object.values(searches);

/** The policies of the searches as one: what it allows, no other act depends on. */
const policy = { ...defaultPolicy, allow: all.flatMap((search) => search.policy?.allow ?? []) };

/** Every input of the searches. */
const { inputs } = planSearch(explored, {
  facts: [...new Set(all.flatMap(({ facts = [] }) => facts))],
  waivers: [...new Set(all.flatMap(({ waivers = [] }) => waivers))],
  policy,
});
const allowed = inputs.filter(({ recorder }) => recorder === 'allowed');

const providers = [...new Set(allowed.filter(({ role }) => role !== 'contact-center').map(({ command }) => command))];
const centers = [...new Set(allowed.filter(({ role }) => role === 'contact-center').map(({ command }) => command))];

const commandOf = (text: string) => text.split(' ')[0] ?? '';

function inputOf(text: string, isSide: (input: Input) => boolean = () => true): Input {
  const input = allowed.find((one) => isSide(one) && stepText(one) === text);
  if (input === undefined) throw new Error(`no input: ${text}`);
  return input;
}

/** The real state after a history, decided and folded act by act. */
function stateAfter(history: readonly string[]): VisitState {
  return history
    .filter((text) => text !== '')
    .reduce<VisitState>((state, text, index) => {
      const command = inputOf(text).commandIn(state, { at: minute(index), policy });
      const decision = command === null ? null : decide(command, state, policy);
      if (decision?.ok !== true) throw new Error(`refused: ${text}`);
      return replay(decision.events, state);
    }, initialState());
}

type Fields = Readonly<Record<string, unknown>>;

const parts = ['transit', 'arrival', 'identity', 'inspection', 'photos', 'materials', 'work', 'closing'];

/** The fields of a state by their paths. */
const fieldsOf = (state: VisitState): Fields =>
  Object.fromEntries(
    Object.entries(state).flatMap(([name, value]) =>
      parts.includes(name)
        ? Object.entries(value as object).map(([field, its]) => [`${name}.${field}`, its])
        : [[name, value]],
    ),
  );

/** The times of the two acts, as the search has them. */
const times = [instants.provider, instants.center] as const;

type Fold = (state: VisitState, event: VisitEvent) => VisitState;

/** Two inputs carried out in both orders by `decide` and a fold, with no memory and no draft. */
function conflictIn(
  state: VisitState,
  one: Input,
  other: Input,
  fold: Fold,
  at: readonly [string, string],
): CommutationConflict | null | 'not open' {
  const commands = [one, other].map((input, index) => input.commandIn(state, { at: at[index] ?? '', policy }));
  const run = (order: readonly (0 | 1)[]) => {
    let now = state;
    for (const [position, which] of order.entries()) {
      const command = commands[which] ?? null;
      const decision = command === null ? null : decide(command, now, policy);
      if (decision?.ok !== true) {
        const rules = decision?.rejection.violations.map(({ rule }) => rule) ?? [];
        return { position, which, rules };
      }
      const [event] = decision.events;
      if (event !== undefined) now = fold(now, event);
    }
    return now;
  };
  const [first, second] = [run([0, 1]), run([1, 0])];
  const ends = [first, second].flatMap((end) => ('position' in end ? [end] : []));
  if (ends.some(({ position }) => position === 0)) return 'not open';
  const [end] = ends;
  if (end !== undefined) return { refused: end.which === 0 ? 'provider' : 'center', rules: end.rules };
  const [mine, its] = [fieldsOf(first as VisitState), fieldsOf(second as VisitState)];
  return findDifference(Object.keys(mine).map((path) => ({ path, one: mine[path], other: its[path] })));
}

describe('the page of what commutes', () => {
  it('has every pair of an act of the provider or the client and an act of the contact center', () => {
    expect([...page.symbols.keys()]).toEqual(
      providers.flatMap((provider) => centers.map((center) => `${provider} ${center}`)),
    );
  });

  it('has an example for exactly the pairs that do not always commute', () => {
    const listed = new Set(page.conflicts.map(({ provider, center }) => `${commandOf(provider)} ${commandOf(center)}`));
    const uncertain = [...page.symbols].filter(([, symbol]) => ['sometimes', 'never'].includes(verdictOf(symbol)));
    expect(uncertain.map(([pair]) => pair)).toEqual([...listed]);
    for (const { provider, center, symbol } of page.conflicts) {
      expect(symbol).toBe(page.symbols.get(`${commandOf(provider)} ${commandOf(center)}`));
    }
  });

  it('gives examples that hold on the real events of their histories', () => {
    const told = page.conflicts.map(({ provider, center, history }) => {
      const one = inputOf(provider, ({ role }) => role !== 'contact-center');
      const other = inputOf(center, ({ role }) => role === 'contact-center');
      const conflict = conflictIn(stateAfter(history), one, other, evolve, [
        minute(history.length),
        minute(history.length + 1),
      ]);
      return {
        provider,
        center,
        history,
        reason: conflict === null || conflict === 'not open' ? conflict : reasonOf(conflict),
      };
    });
    expect(told).toEqual(page.conflicts.map(({ symbol: _, ...rest }) => rest));
  });
});

/** The contradictions between a smaller search and the page: the page is of searches that find at least as much. */
function contradictions({ pairs }: Pick<Commutation, 'pairs'>): string[] {
  return pairs.flatMap(({ provider, center, verdict }) => {
    const onPage = verdictOf(page.symbols.get(`${provider} ${center}`));
    if (verdict === 'nowhere' || verdict === onPage || onPage === 'sometimes') return [];
    return [`${provider} × ${center}: ${verdict}, on the page ${onPage}`];
  });
}

/** Small searches of whole visits, in each state of which every pair is checked. */
const receiptsSearch: CommutationOptions = {
  facts: ['receipts'],
  acts: [...plainActs, 'NotifyClient', 'DocumentPhotos', 'DocumentStart'],
};
const detours: CommutationOptions = {
  acts: [...plainActs, 'PauseWork', 'ResumeWork', 'ReportMaterialsRefusal', 'CoordinateMaterials', 'CloseVisit'],
  limit: 1_200,
};

/** One opens the debt that the other discharges; or an end refuses a notice that is not owed. */
const exceptions = [
  'ReportTransitIssue × NotifyClient: ~',
  'CompleteVisit × NotifyClient: ~',
  'CloseVisit × NotifyClient: ~',
  'ReportStart × DocumentStart: ✗',
  'SubmitPhotos × DocumentPhotos: ~t',
];

const receipts = ['NotifyClient', 'DocumentStart', 'DocumentPhotos'] as const;

const providerActs = providers.filter((command) => {
  const by = actOfCommand(command)?.by ?? '';
  return ['P', 'P+', 'P or C'].includes(by);
});

const conflictsOf = (provider: string, center: string) =>
  page.conflicts.filter((one) => commandOf(one.provider) === provider && commandOf(one.center) === center);

describe('the table of PROTOCOL §10', () => {
  const symbolOf = (provider: string, center: string) => page.symbols.get(`${provider} ${center}`);

  it('any provider act × ClientNotified, StartDocumented, PhotosDocumented: they commute, with these exceptions', () => {
    const uncertain = receipts.flatMap((center) =>
      providerActs
        .filter((provider) => ['sometimes', 'never'].includes(verdictOf(symbolOf(provider, center))))
        .map((provider) => `${provider} × ${center}: ${symbolOf(provider, center)}`),
    );
    expect(uncertain).toEqual(exceptions);
  });

  it('provider acts × ProviderReassigned: the act of the former provider is refused', () => {
    const together = providerActs.filter((provider) => symbolOf(provider, 'ReassignProvider') !== '');
    expect(together.length).toBeGreaterThan(25);
    for (const provider of together) {
      expect([provider, verdictOf(symbolOf(provider, 'ReassignProvider'))]).toEqual([provider, 'never']);
      expect(conflictsOf(provider, 'ReassignProvider')[0]?.reason).toMatch(/assigned-provider|not-ended/);
    }
  });

  it('StartReported by both: one fact with two times', () => {
    expect(symbolOf('ReportStart', 'ReportStart')).toBe('✗t');
  });

  it('MaterialsSupplied, MaterialsAccepted × MaterialsCoordinated, InstructionGiven{cancel}: they do not', () => {
    expect(symbolOf('SupplyMaterials', 'CoordinateMaterials')).toBe('✗');
    expect(symbolOf('SupplyMaterials', 'GiveInstruction')).toBe('~');
    // Supplied and in dispute exclude each other.
    expect(symbolOf('AcceptMaterials', 'CoordinateMaterials')).toBe('');
    expect(symbolOf('AcceptMaterials', 'GiveInstruction')).toBe('~');
    const cancel = inputOf('GiveInstruction {visit: cancel}');
    const requested = plainActs.slice(0, plainActs.indexOf('SupplyMaterials'));
    const withCancel = (command: 'SupplyMaterials' | 'AcceptMaterials', history: readonly string[]) => {
      const own = inputOf(command, ({ role }) => role === 'provider');
      return conflictIn(stateAfter(history), own, cancel, evolve, [minute(40), minute(41)]);
    };
    expect(withCancel('AcceptMaterials', [...requested, 'SupplyMaterials'])).toEqual({
      refused: 'provider',
      rules: ['not-closing'],
    });
    // An act of the client, which an instruction to cancel does not stop.
    expect(withCancel('SupplyMaterials', requested)).toBe(null);
  });

  it('Paused{second-visit} × Completed: they cannot both stand', () => {
    expect(symbolOf('PauseWork', 'CompleteVisit')).toBe('✗');
    expect(symbolOf('CompleteVisit', 'PauseWork')).toBe('✗');
  });
});

const named = ({ provider, center }: Pick<CommutationPair, 'provider' | 'center'>) => `${provider} × ${center}`;

describe('a smaller search', () => {
  let smaller: Commutation;
  beforeAll(async () => {
    smaller = await exploreCommutation(receiptsSearch);
  });

  it('finds nothing that the page does not say', async () => {
    expect(contradictions(smaller)).toEqual([]);
    expect(smaller.pairs.filter(({ states }) => states > 0).length).toBeGreaterThan(500);
    expect(contradictions(await exploreCommutation(detours))).toEqual([]);
  });

  it('tells of acts that meet only while somebody is away, or under a waiver or a contract', async () => {
    for (const name of ['absences', 'waivers', 'unsettled', 'contract']) {
      expect(contradictions(await exploreCommutation({ ...searches[name], limit: 6_500 }))).toEqual([]);
    }
    expect(page.symbols.get('RecordClientReturn DocumentStart')).toBe('✓');
    expect(page.symbols.get('StartWork RejectIdentity')).toBe('~');
    expect(page.symbols.get('TestQuality CoordinateMaterials')).toBe('~');
    expect(page.symbols.get('PerformOffContractAct ReassignProvider')).toBe('✗');
  });

  it('tells that a completion call and another case number exclude each other (1.3-04)', () => {
    expect(page.symbols.get('ReportCompletion AmendAssignment')).toBe('~');
    expect(conflictsOf('ReportCompletion', 'AmendAssignment').map(({ reason }) => reason)).toEqual([
      "the provider's act is refused: case-number-named",
    ]);
  });

  it('annuls an arrival on which nothing rests, apart from acts at the place', async () => {
    const acts = ['AssignVisit', 'RecordArrival', 'ClearArea', 'GiveFarewell', 'AnnulAct'] as const;
    const { pairs } = await exploreCommutation({ acts, reduce: false });
    const found = pairs.filter(({ center, states }) => center === 'AnnulAct' && states > 0);
    const texts = found.map(
      ({ provider, verdict, example }) => `${provider}: ${verdict} ${example && reasonOf(example.conflict)}`,
    );
    expect(texts).toMatchInlineSnapshot(`
      [
        "ShowCredential: never the center's act is refused: arrival-alone",
        "ReportClientAbsence: never the provider's act is refused: arrived",
        "ShowTools: never the center's act is refused: arrival-alone",
        "ClearArea: never the center's act is refused: arrival-alone",
        "ReportStart: never the provider's act is refused: arrived",
        "PauseWork: never the center's act is refused: act-stands",
        "GiveFarewell: never the provider's act is refused: arrived",
        "EscalateClientImpact: always null",
        "ReportConductBreach: always null",
        "DeclineOffContractRequest: always null",
        "AttestFacts: never the provider's act is refused: facts-stand",
      ]
    `);
  });

  it('answers in plain JSON, with a shortest history', () => {
    expect(JSON.parse(JSON.stringify(smaller))).toEqual(smaller);
    const pair = smaller.pairs.find((one) => named(one) === 'RecordArrival × RecordArrival');
    expect(pair?.example?.path.steps.map(({ command }) => command)).toEqual(['AssignVisit']);
    expect(pair?.example?.conflict).toEqual({ refused: 'center', rules: ['not-arrived'] });
  });

  it('agrees with both orders carried out on plain states, without a memory', async () => {
    const { plan, found } = await searched({ ...receiptsSearch, policy });
    const fold: Fold = (state, event) => applyEvent(structuredClone(state) as VisitDraft, event);
    const side = (command: string, isCenter: boolean) =>
      allowed.filter((input) => input.command === command && (input.role === 'contact-center') === isCenter);
    let checked = 0;
    for (let id = 0; id < found.expanded; id += 260) {
      const values = valuesOf(id, found, plan);
      const state = decodeState(values) as VisitState;
      for (const { provider, center } of smaller.pairs) {
        const [ones, others] = [side(provider, false), side(center, true)];
        const open = ones
          .flatMap((one) => others.map((other) => conflictIn(state, one, other, fold, times)))
          .filter((conflict) => conflict !== 'not open');
        const outcome = checkPair(plan, ones, others, values);
        expect([provider, center, outcome.exact.commutes]).toEqual([provider, center, open.includes(null)]);
        expect(outcome.exact.conflict?.conflict ?? null).toEqual(open.find((conflict) => conflict !== null) ?? null);
        checked += open.length;
      }
    }
    expect(checked).toBeGreaterThan(500);
  });
});

/** The first states, up to the arrival and what follows it. */
const few: CommutationOptions = { ...receiptsSearch, limit: 20 };

describe('a fault that is planted is found', () => {
  it('a rule that lets a receipt forbid an act', async () => {
    const faulty = withFault(({ type }, { photos }) =>
      type === 'AssessService' && photos.sent > 0 && photos.undocumented === 0 ? refused : undefined,
    );
    const found = contradictions(await commutationWith(faulty, receiptsSearch));
    expect(found).toEqual(['AssessService × DocumentPhotos: never, on the page always']);
  });

  it('an effect that keeps the order of two acts', async () => {
    const apply: typeof applyEvent = (state, event) => {
      const after = applyEvent(state, event);
      if (event.type !== 'ConductBreachReported') return after;
      return Object.assign(after, { instructions: after.arrival.arrivedAt === null ? 'before' : 'after' });
    };
    const found = contradictions(await commutationWith({ decide, apply }, few));
    expect(found).toContain('RecordArrival × ReportConductBreach: never, on the page always');
    expect(found).toContain('ReportConductBreach × RecordArrival: never, on the page always');
  });

  it('an effect that is lost: two acts commute that exclude each other', async () => {
    const apply: typeof applyEvent = (state, event) =>
      event.type === 'ProviderArrived' ? state : applyEvent(state, event);
    expect(contradictions(await commutationWith({ decide, apply }, { ...few, limit: 3 }))).toContain(
      'RecordArrival × RecordArrival: always, on the page never',
    );
  });
});

describe('the options', () => {
  it('of a host: a policy that waives a rule', async () => {
    const policy = { waive: [{ rule: 'credential-shown', reason: 'contrato' }] } as const;
    const options = { acts: ['AssignVisit', 'RecordArrival'] } as const;
    const openOf = ({ pairs }: Commutation) => pairs.filter(({ verdict }) => verdict !== 'nowhere').map(named);
    const [plain, waived] = [await exploreCommutation(options), await exploreCommutation({ ...options, policy })];
    expect(openOf(plain)).not.toContain('ValidateIdentity × ReportClientAbsence');
    expect(openOf(waived)).toContain('ValidateIdentity × ReportClientAbsence');
    expect([waived.states, waived.complete]).toEqual([3, true]);
  });

  it('limit the states', async () => {
    expect((await exploreCommutation({ limit: 20 })).complete).toBe(false);
  });

  it.each([
    [{ depth: 1 }, /exploreCommutation/],
    [{ acts: ['StartTheWork'] }, /act/],
    [{ facts: ['instants'] }, /group of facts/],
    [{ waivers: ['role'] }, /waivable rule/],
    [{ policy: { allow: 1 } }, /policy/i],
  ])('that are not known are refused: %j', async (options, message) => {
    await expect(exploreCommutation(options as never)).rejects.toThrow(message);
  });
});
