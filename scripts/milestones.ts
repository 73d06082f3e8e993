/**
 * Searches the shortest history to each milestone of the state diagram of the playground.
 *
 *   npx tsx scripts/milestones.ts            prints their lengths
 *   npx tsx scripts/milestones.ts --full     searches every state, and not the reduced search: the lengths are the same
 *   npx tsx scripts/milestones.ts --write    writes site/playground/src/diagram/histories.json
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Milestone, milestoneOf, milestones } from '../site/playground/src/diagram/milestones.ts';
import type { Histories, Move } from '../site/playground/src/diagram/walk.ts';
import type { VisitCommand } from '../src/messages/index.ts';
import { decodeState } from '../src/testing/explore/decode.ts';
import { applyEvent, planSearch } from '../src/testing/explore/explore.ts';
import { factNames } from '../src/testing/explore/facts.ts';
import { findPathTo } from '../src/testing/explore/paths.ts';
import { type Plan, search } from '../src/testing/explore/search.ts';
import type { Found } from '../src/testing/explore/search-graph.ts';
import { derivePhase, type VisitState } from '../src/visit/state.ts';
import { decide } from '../src/visit/visit.ts';

export const path = 'site/playground/src/diagram/histories.json';

/** The words that the visits of the page say instead of the names and texts of the search, by their fields or as they stand. */
const byField: Readonly<Record<string, string>> = {
  place: 'Barva, de la iglesia 200 m al sur',
  where: 'El sifón de la pila de la cocina',
  diagnosis: 'Sifón roto',
  method: 'Se cambia el sifón',
  item: 'Sifón de PVC',
  text: 'Conforme a lo que conversamos por teléfono',
  tools: 'llave inglesa',
  items: 'llave inglesa',
  shot: 'área de trabajo',
};
const byText: Readonly<Record<string, string>> = {
  'proveedor-1': 'prov-14',
  'operador-1': 'op-7',
  Cliente: 'Ana Rojas',
  Proveedor: 'Luis Mora',
  'EXP-1': 'EXP-4512',
  servicio: 'Fontanería',
  prueba: 'fuga',
};

export async function findHistories(reduce = true): Promise<Histories> {
  const plan = planSearch({ decide, apply: applyEvent }, { reduce });
  const found = await search(plan);
  const moves: Move[] = [];
  const keep = (move: Move): number => {
    const text = JSON.stringify(move);
    const known = moves.findIndex((one) => JSON.stringify(one) === text);
    return known < 0 ? moves.push(move) - 1 : known;
  };
  const histories = [...findFirst(found, plan)].map(([name, id]) => {
    const { commands } = findPathTo(id, found, plan.inputs, plan);
    return [name, commands.map((one) => keep(toMove(one)))] as const;
  });
  return {
    states: found.states.count(),
    moves,
    histories: Object.fromEntries(histories) as { [M in Milestone]: number[] },
  };
}

/** The first state that was found of each milestone; the search is breadth first. */
function findFirst({ states }: Found, { layout }: Plan): ReadonlyMap<Milestone, number> {
  const first = new Map<Milestone, number>();
  const key = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  for (let id = 0; id < states.count() && first.size < milestones.length; id += 1) {
    states.read(id, key);
    layout.unpack(key, values);
    const visit = decodeState(values) as VisitState;
    const milestone = milestoneOf({ ...visit, phase: derivePhase(visit) });
    if (!first.has(milestone)) first.set(milestone, id);
  }
  return first;
}

/** A command without its visit and its time. */
function toMove({ type, data, metadata }: VisitCommand): Move {
  const { visitId: _, at, ...own } = data;
  const reword = (field: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? reword(field, one) : one));
    if (value === at) return '{at}';
    return value === 'texto' ? byField[field] : typeof value === 'string' ? (byText[value] ?? value) : value;
  };
  return JSON.parse(JSON.stringify({ type, role: metadata.actor.role, data: own }, reword));
}

async function main(options: readonly string[]): Promise<void> {
  const histories = await findHistories(!options.includes('--full'));
  for (const name of milestones) console.log(name, histories.histories[name]?.length);
  if (options.includes('--write')) writeFileSync(path, `${JSON.stringify(histories)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main(process.argv.slice(2));
