import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandType, VisitEvent } from '../../src/messages/index.ts';
import { decodeState } from '../../src/testing/explore/decode.ts';
import { answerInput } from '../../src/testing/explore/evaluate.ts';
import { type ExploreOptions, explore } from '../../src/testing/explore/explore.ts';
import { type Fact, factIndex, factNames } from '../../src/testing/explore/facts.ts';
import type { Exploration } from '../../src/testing/explore/result.ts';
import { chains, type Plan } from '../../src/testing/explore/search.ts';
import type { Found } from '../../src/testing/explore/search-graph.ts';
import { shortestHistories } from '../../src/testing/explore/tables.ts';
import { decide, type VisitState } from '../../src/visit/index.ts';
import { folded, keyOf, plainActs, searched, valuesOf } from './support.ts';

/** The fact that each act of a chain makes so, and nothing else. */
const factOf: Partial<Record<CommandType, Fact>> = {
  AnnounceService: 'announced',
  ClearArea: 'areaCleared',
  ReportStart: 'startReported',
  HandOverSite: 'handedOver',
  ReportCompletion: 'completionReported',
};

const held = chains.flatMap(({ acts }) => acts.map(({ command }) => command));

/** Searches of every state, each with its own detours: together they cross every act of a chain with every other act. */
const crossed: readonly (readonly CommandType[])[] = [
  [
    'AmendAssignment',
    'ReportTransitIssue',
    'ReassignProvider',
    'PauseWork',
    'ResumeWork',
    'RequestExtraMaterials',
    'RecordObjection',
    'RejectIdentity',
    'GiveFarewell',
  ],
  ['GiveInstruction', 'CloseVisit', 'ReportMaterialsRefusal', 'CoordinateMaterials', 'RejectMaterials'],
  ['GiveInstruction', 'ReportClientAbsence', 'RecordClientReturn', 'EscalateClientImpact', 'DeclineOffContractRequest'],
];

type Searched = { readonly plan: Plan; readonly found: Found };

type Accepted = { readonly name: string; readonly event: VisitEvent };

function acceptedIn(visit: VisitState, { inputs, policy }: Plan): Accepted[] {
  return inputs.flatMap((input) => {
    const { event } = input.recorder === 'allowed' ? answerInput(decide, input, visit, policy) : { event: null };
    return event === null ? [] : [{ name: `${input.command} ${input.variant} ${input.role}`, event }];
  });
}

function ruleIdsIn(visit: VisitState, command: CommandType, { inputs, policy }: Plan): readonly string[] {
  const input = inputs.find((one) => one.command === command);
  return input === undefined ? [] : answerInput(decide, input, visit, policy).rules;
}

/** The values of a state where only a fact may be missing that the other has. */
function lessOrEqual(one: VisitState, other: VisitState, index: number, { layout }: Plan): boolean {
  const [less, more] = [one, other].map((visit) => {
    const key = new Uint32Array(layout.words);
    const values = new Uint8Array(factNames.length);
    layout.encode(visit, key);
    layout.unpack(key, values);
    return values;
  });
  return factNames.every((_, at) => less?.[at] === more?.[at] || (at === index && less?.[at] === 0));
}

/** A state in which an act of a chain is accepted whose fact does not stand yet. */
type Crossing = { readonly values: Uint8Array; readonly accepted: readonly Accepted[]; readonly made: VisitEvent };

function crossingsOf(command: CommandType, { plan, found }: Searched): Crossing[] {
  const index = factIndex[factOf[command] ?? 'assigned'];
  const open: { readonly values: Uint8Array; readonly visit: VisitState }[] = [];
  const step = Math.ceil(found.states.count() / 6_000);
  for (let id = 0; id < found.states.count(); id += step) {
    const values = valuesOf(id, found, plan);
    const visit = decodeState(values) as VisitState;
    if (values[index] !== 1 && ruleIdsIn(visit, command, plan).length === 0) open.push({ values, visit });
  }
  return open
    .filter((_, at) => at % Math.ceil(open.length / 400) === 0)
    .flatMap(({ values, visit }) => {
      const accepted = acceptedIn(visit, plan);
      const made = accepted.find(({ name }) => name.startsWith(`${command} plain`));
      return made === undefined ? [] : [{ values, accepted, made: made.event }];
    });
}

describe('the acts that a reduced search holds back', () => {
  const searches: Searched[] = [];
  beforeAll(async () => {
    for (const detours of crossed) searches.push(await searched({ acts: [...plainActs, ...detours], reduce: false }));
  });

  it.each(held)('%s makes one fact so, forbids nothing, opens one act alone, and commutes', (command) => {
    const index = factIndex[factOf[command] ?? 'assigned'];
    const asking = chains.find(({ acts }) => acts.some((act) => act.command === command))?.before;
    const checked = searches.flatMap((one) => crossingsOf(command, one).map((crossing) => ({ ...crossing, ...one })));
    expect(checked.length).toBeGreaterThan(50);
    const wrong: unknown[] = [];
    for (const { values, accepted, made, plan } of checked) {
      const withFact = Uint8Array.from(values);
      withFact[index] = 1;
      if (keyOf(folded(values, made), plan) !== keyOf(decodeState(withFact) as VisitState, plan)) wrong.push(made);
      const still = new Map(
        acceptedIn(decodeState(withFact) as VisitState, plan).map(({ name, event }) => [name, event] as const),
      );
      for (const { name, event } of accepted) {
        const same = still.get(name);
        still.delete(name);
        if (same === undefined || !lessOrEqual(folded(values, event), folded(withFact, same), index, plan)) {
          wrong.push({ values, name });
        }
      }
      wrong.push(...[...still.keys()].filter((name) => !name.startsWith(`${asking} `)));
    }
    expect(wrong).toEqual([]);
  });

  it.each(chains)('before $before: accepted wherever that lacks them alone', ({ before, acts }) => {
    const rules = acts.map(({ rule }) => rule as string);
    let lacking = 0;
    for (const { plan, found } of searches) {
      for (let id = 0; id < found.states.count(); id += 3) {
        const visit = decodeState(valuesOf(id, found, plan)) as VisitState;
        const refusing = ruleIdsIn(visit, before, plan);
        if (refusing.length === 0 || refusing.some((rule) => !rules.includes(rule))) continue;
        lacking += 1;
        for (const { command, rule } of acts) {
          if (refusing.includes(rule)) expect(ruleIdsIn(visit, command, plan)).toEqual([]);
        }
      }
    }
    expect(lacking).toBeGreaterThan(10);
  });
});

/** The length of the shortest path to each phase. */
const lengthsOf = (exploration: Exploration) =>
  Object.entries(shortestHistories(exploration)).map(([phase, { steps }]) => `${phase}: ${steps.length}`);

describe('both searches', () => {
  const narrowed: readonly (readonly [string, ExploreOptions])[] = [
    ['the plain visit', { acts: plainActs }],
    ['with instructions, and an end without service', { acts: [...plainActs, 'GiveInstruction', 'CloseVisit'] }],
    ['with absences', { acts: [...plainActs, 'GiveInstruction', 'ReportClientAbsence', 'RecordClientReturn'] }],
    ['with another provider', { acts: [...plainActs, 'ReportTransitIssue', 'ReassignProvider', 'ResumeWork'] }],
    [
      'with second visits and extra materials',
      { acts: [...plainActs, 'PauseWork', 'ResumeWork', 'RequestExtraMaterials'] },
    ],
    ['without the act that the chain is before', { acts: plainActs.filter((command) => command !== 'StartWork') }],
    ['without an act of the chain', { acts: plainActs.filter((command) => command !== 'ClearArea') }],
    ['under a policy', { acts: plainActs, policy: { waive: [{ rule: 'start-reported', reason: 'contrato' }] } }],
    ['with receipts', { acts: [...plainActs, 'DocumentPhotos', 'DocumentStart'], facts: ['receipts'] }],
    [
      'with annulments',
      { acts: [...plainActs, 'GiveInstruction', 'CloseVisit', 'AnnulAct', 'PauseWork', 'ResumeWork'] },
    ],
    ['with a waiver', { acts: [...plainActs, 'GiveInstruction', 'CloseVisit'], waivers: ['conformity'] }],
  ];

  it.each(narrowed)('agree on every answer: %s', async (_, options) => {
    const [reduced, full] = [
      await explore({ ...options, paths: 300 }),
      await explore({ ...options, paths: 300, reduce: false }),
    ];
    expect(reduced.states).toBeLessThanOrEqual(full.states);
    for (const finding of ['stuck', 'cannotEnd', 'cannotComplete'] as const) {
      expect(reduced[finding].total > 0).toBe(full[finding].total > 0);
    }
    expect(reduced.neverFired).toEqual(full.neverFired);
    expect(reduced.unauthorizedAccepted).toEqual(full.unauthorizedAccepted);
    expect(reduced.broken).toEqual(full.broken);
    expect(reduced.arrows).toEqual(full.arrows);
    expect(lengthsOf(reduced)).toEqual(lengthsOf(full));
  });
});
