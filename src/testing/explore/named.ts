import { phases } from '../../visit/state.ts';
import type { Layout } from './bit-packing.ts';
import { type Fact, factIndex, factNames, facts, listFlags, type Values } from './facts.ts';
import type { Found } from './search-graph.ts';

type Wanted = { readonly [F in Fact]?: string };

/** The instants of the work are those of its preparations, but for its start. */
const preparations = listFlags('work').filter(({ field }) => field.endsWith('At') && field !== 'startedAt');

/** The facts that are settled before the work starts. */
const prepared: Wanted = {
  arrived: 'yes',
  away: 'no',
  instruction: 'none',
  reassignmentOwed: 'no',
  clientAbsent: 'no',
  identityValid: 'yes',
  announced: 'yes',
  photosSent: 'yes',
  photosUnsent: 'no',
  explained: 'yes',
  materials: 'accepted',
  ...Object.fromEntries(preparations.map(({ fact }) => [fact, 'yes'])),
};

/** Notable states in addition to the phases: the first that was found of each. */
const wanted: Readonly<Record<string, Wanted>> = {
  'credential-shown': { credentialShown: 'yes' },
  'identity-valid': { identityValid: 'yes' },
  'identity-rejected': { identityRejected: 'yes' },
  'client-absent': { clientAbsent: 'yes', identityValid: 'yes' },
  'absence-answered': { clientAbsent: 'yes', absenceUnanswered: 'no', identityValid: 'yes' },
  'photos-unsent': { photosUnsent: 'yes' },
  'materials-requested': { materials: 'requested' },
  'materials-short': { suppliedShort: 'yes' },
  'materials-in-dispute': { materials: 'in-dispute' },
  'ready-to-start': { ...prepared, started: 'no' },
  'tests-passed': { tests: 'passed' },
  'tests-failed': { tests: 'failed' },
  'belongings-disputed': { belongings: 'disputed', started: 'yes' },
  'ready-to-complete': {
    tests: 'passed',
    conformity: 'yes',
    handedOver: 'yes',
    belongings: 'confirmed',
    completionReported: 'yes',
    completed: 'no',
    instruction: 'none',
  },
  cancelled: { instruction: 'cancel', arrived: 'yes' },
  rescheduled: { instruction: 'reschedule', arrived: 'yes' },
  'to-be-reassigned': { instruction: 'reassign', arrived: 'yes' },
  'away-before-the-start': { away: 'yes', started: 'no' },
  'away-after-the-start': { away: 'yes', started: 'yes' },
};

/** The numbers of the states that have a name: the first of each phase, then the others, as far as they were found. */
export function findNamedStates(found: Found, layout: Layout): readonly (readonly [name: string, id: number])[] {
  const named = new Map<string, number>();
  const searched = Object.entries(wanted).map(([name, facts]) => [name, compileConditions(facts)] as const);
  const key = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  for (let id = 0; id < found.states.count() && named.size < phases.length + searched.length; id++) {
    const phase = phases[found.phases[id] ?? 0] ?? 'unassigned';
    if (!named.has(phase)) named.set(phase, id);
    found.states.read(id, key);
    layout.unpack(key, values);
    for (const [name, holds] of searched) if (!named.has(name) && holds(values)) named.set(name, id);
  }
  return [...phases, ...Object.keys(wanted)].flatMap((name) => {
    const id = named.get(name);
    return id === undefined ? [] : [[name, id] as const];
  });
}

function compileConditions(wanted: Wanted): (values: Values) => boolean {
  const conditions = (Object.entries(wanted) as [Fact, string][]).map(([fact, value]) => ({
    index: factIndex[fact],
    value: facts[fact].values.indexOf(value),
  }));
  return (values) => conditions.every(({ index, value }) => values[index] === value);
}
