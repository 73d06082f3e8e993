/**
 * Checks which acts of the provider or the client commute with which of the contact center, and writes the page of it.
 *
 *   npx tsx scripts/commutation.ts           every search; five minutes of one processor
 *   npx tsx scripts/commutation.ts receipts  one search, by its name; its figures alone
 *   npx tsx scripts/commutation.ts --write   every search, and writes the page
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CommandType } from '../src/messages/index.ts';
import {
  type Commutation,
  type CommutationOptions,
  type ConflictExample,
  exploreCommutation,
} from '../src/testing/explore/commutation.ts';
import type { Step } from '../src/testing/explore/result.ts';
import { recorders } from '../src/visit/act.ts';
import { actOfCommand, plainPath } from '../src/visit/table.ts';
import {
  mergedPairs,
  type Recorded,
  type RecordedExample,
  type RecordedPair,
  type SearchFigures,
} from './commutation/merge.ts';
import { commutationPage } from './commutation/page.ts';

/** The plain path, instructions and an end without service. */
const plain: readonly CommandType[] = [
  'AssignVisit',
  ...plainPath.map(({ command }) => command),
  'GiveInstruction',
  'CloseVisit',
];

/** The acts of a plain visit up to one of them. */
const until = (last: CommandType): readonly CommandType[] => plain.slice(0, plain.indexOf(last) + 1);

/**
 * The searches: the first of every state without additional facts, the others of each group of facts, and the last five of
 * what these do not bring together: debts and reports while the client or the provider is away, waivers before the work and
 * during it, and a contract that allows an activity.
 */
export const searches: Readonly<Record<string, CommutationOptions>> = {
  full: { reduce: false },
  receipts: {
    facts: ['receipts'],
    acts: [
      ...plain,
      'ReportTransitIssue',
      'AcknowledgeTransitIssue',
      'NotifyClient',
      'ReassignProvider',
      'DocumentPhotos',
      'DocumentStart',
      'ResumeWork',
    ],
  },
  escalations: { facts: ['escalations'], acts: [...plain, 'EscalateClientImpact'] },
  shots: { facts: ['shots'], acts: [...plain, 'AmendAssignment'] },
  debts: {
    facts: ['debts'],
    acts: [...plain, 'RejectIdentity', 'RejectMaterials', 'ReportMaterialsRefusal', 'CoordinateMaterials'],
  },
  discrepancies: {
    facts: ['discrepancies'],
    acts: [...plain, 'AnnulAct', 'ReportDiscrepancy', 'SettleDiscrepancy'],
  },
  attestations: { facts: ['attestations', 'escalations'], acts: [...plain, 'ReportClientAbsence', 'AttestFacts'] },
  absences: {
    facts: ['receipts', 'discrepancies'],
    acts: [
      ...until('ExplainWork').filter((type) => type !== 'AnnounceService'),
      'ReportTransitIssue',
      'ReportClientAbsence',
      'ReportMaterialsRefusal',
      'ReportStart',
      'PauseWork',
      'ReportDiscrepancy',
    ],
  },
  waivers: { waivers: ['client-here', 'identity-valid'], acts: [...until('StartWork'), 'GiveInstruction'] },
  unsettled: {
    waivers: ['materials-settled', 'tests-passed'],
    acts: [...plain, 'RejectMaterials', 'ReportMaterialsRefusal', 'CoordinateMaterials'],
  },
  contract: { policy: { allow: ['other'] }, acts: plain },
  contractDebts: {
    policy: { allow: ['other'] },
    facts: ['receipts', 'discrepancies'],
    acts: [...until('ReportStart'), 'ReportTransitIssue', 'ReportMaterialsRefusal', 'PauseWork', 'ReportDiscrepancy'],
  },
};

/** A step as a text: the act, its data unless plain, and the role unless the act is its own. */
export function stepText({ command, variant, role }: Step): string {
  const own = recorders[actOfCommand(command)?.by ?? 'P'][0];
  return `${command}${variant === 'plain' ? '' : ` {${variant}}`}${role === own ? '' : ` (${role})`}`;
}

function recordedExample(example: ConflictExample | null): RecordedExample | null {
  if (example === null) return null;
  const { path, provider, center, conflict } = example;
  return { history: path.steps.map(stepText), provider: stepText(provider), center: stepText(center), conflict };
}

/** A search by its name, with its figures. */
export async function searchOf(name: string): Promise<{ figures: SearchFigures; pairs: readonly RecordedPair[] }> {
  const options = searches[name];
  if (options === undefined) throw new Error(`no such search: ${name}`);
  const before = process.cpuUsage();
  const { states, complete, pairs }: Commutation = await exploreCommutation({ ...options, onProgress: report });
  const { user, system } = process.cpuUsage(before);
  const figures = {
    name,
    states,
    complete,
    seconds: Math.round((user + system) / 1e6),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  const recorded = pairs.map(({ example, exampleWithoutInstants, ...pair }) => ({
    ...pair,
    example: recordedExample(example),
    exampleWithoutInstants: recordedExample(exampleWithoutInstants),
  }));
  return { figures, pairs: recorded };
}

let reported = 0;

function report({ states, frontier, depth }: { states: number; frontier: number; depth: number }): void {
  if (performance.now() - reported < 10_000) return;
  reported = performance.now();
  process.stderr.write(`${states} states, ${frontier} to go, depth ${depth}\n`);
}

/** The answers of several searches as one. */
export function recordOf(found: readonly Awaited<ReturnType<typeof searchOf>>[], date: string): Recorded {
  return {
    date,
    machine: `${availableParallelism()} processors shared with other work, Node.js ${process.versions.node}`,
    searches: found.map(({ figures }) => figures),
    pairs: mergedPairs(found.map(({ pairs }) => pairs)),
  };
}

async function main(options: readonly string[]): Promise<void> {
  const names = Object.keys(searches).filter((name) => options.includes(name));
  const found: Awaited<ReturnType<typeof searchOf>>[] = [];
  for (const name of names.length > 0 ? names : Object.keys(searches)) {
    const one = await searchOf(name);
    process.stdout.write(`${JSON.stringify(one.figures)}\n`);
    found.push(one);
  }
  if (!options.includes('--write')) return;
  const recorded = recordOf(found, new Date().toISOString().slice(0, 10));
  writeFileSync('docs/reference/commutation.md', commutationPage(recorded));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main(process.argv.slice(2));
