/**
 * Explores the protocol and prints the figures.
 *
 *   npx tsx scripts/explore.ts            the reduced search
 *   npx tsx scripts/explore.ts --full     every state; some minutes
 *   npx tsx scripts/explore.ts --full --escalations   also --receipts, --shots, --debts,
 *                                         --discrepancies, --intervals, --attestations: with these facts
 *   npx tsx scripts/explore.ts --settlements   on the plain path, with an act that a settlement takes
 *   npx tsx scripts/explore.ts --waivers  the reduced search for each waiver alone; an hour or more; also with --full
 *   npx tsx scripts/explore.ts --write    the reduced search, and writes the pages that are made from it
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderMermaidSVG } from 'beautiful-mermaid';
import type { CommandType } from '../src/messages/index.ts';
import { type ExploreOptions, explore } from '../src/testing/explore/explore.ts';
import { factGroups } from '../src/testing/explore/facts.ts';
import type { Exploration } from '../src/testing/explore/result.ts';
import type { Progress } from '../src/testing/explore/search-graph.ts';
import { type DecisionRow, decisionTable, roleMatrix, stateDiagram } from '../src/testing/explore/tables.ts';
import { waivableRules } from '../src/visit/rule-ids.ts';
import { plainPath } from '../src/visit/table.ts';

const made = 'Made by `npx tsx scripts/explore.ts --write`; a test fails when it is stale.';

/** The pages that are made from an exploration of the default policy, by their paths. */
export function pagesOf(exploration: Exploration): Readonly<Record<string, string>> {
  const rows = decisionTable(exploration);
  return {
    'test/golden/decision-table.txt': goldenTable(rows),
    'docs/reference/decision-table.md': decisionPage(exploration, rows),
    'docs/reference/roles.md': rolesPage(),
    'docs/reference/state-diagram.md': diagramPage(exploration),
    'docs/reference/state-diagram.svg': drawn(stateDiagram(exploration)),
  };
}

function goldenTable(rows: readonly DecisionRow[]): string {
  const blocks = rows.map(({ command, role, cells }) => {
    const lines = cells.map(({ state, accepted, refusedBy }) => {
      const rules = refusedBy.map(({ rule, clause }) => `${clause} ${rule}`).join(', ');
      return `  ${state.padEnd(22)}  ${accepted ? 'accepted' : rules}`;
    });
    return [`${command} (${role})`, ...lines].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

function decisionPage({ named }: Exploration, rows: readonly DecisionRow[]): string {
  const legend = named.map(({ name, path }, index) => {
    const last = path.steps.at(-1);
    const by = last === undefined ? '' : `, the last of them ${last.command}`;
    return `${index + 1}. \`${name}\`: ${path.steps.length} acts${by}`;
  });
  const cells = rows.map(({ command, cells }) =>
    row([command, ...cells.map(({ accepted, refusedBy }) => (accepted ? '✓' : `${refusedBy.length}`))]),
  );
  return page('Acts × states', [
    'What is decided of every act in each of these states, asked by the role whose act it is, with the data that fail',
    'the fewest rules. ✓: accepted; a number: so many rules refuse. Which rules, by which clause:',
    '`test/golden/decision-table.txt` of the repository.',
    '',
    'The states are the first of each phase, and the first with what their name says, that a breadth-first search finds.',
    '',
    ...legend,
    '',
    row(['act', ...named.map((_, index) => `${index + 1}`)]),
    row(['---', ...named.map(() => ':-:')]),
    ...cells,
  ]);
}

function rolesPage(): string {
  return page('Acts × roles', [
    'Who may record an act. *Refused*: in every state that a visit can be in, whatever the data; the explorer tries.',
    '',
    row(['act', 'provider', 'contact center', 'client']),
    row(['---', '---', '---', '---']),
    ...roleMatrix().map(({ command, parts }) => row([command, parts.provider, parts['contact-center'], parts.client])),
  ]);
}

function diagramPage(exploration: Exploration): string {
  return page('From phase to phase', [
    `Every change of phase that any visit can make, and the events that make it: ${exploration.arrows.length} of them.`,
    '',
    '```mermaid',
    stateDiagram(exploration).trimEnd(),
    '```',
  ]);
}

/** A diagram as a picture that asks no font of the network. */
const drawn = (diagram: string) =>
  `${renderMermaidSVG(diagram, { font: 'system-ui' }).replace(/^.*@import.*\n/gm, '')}\n`;

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const page = (title: string, lines: readonly string[]) => [`# ${title}`, '', made, '', ...lines, ''].join('\n');

function figures(exploration: Exploration, startedAt: number): string {
  const { states, transitions, depth, stuck, cannotEnd, cannotComplete, neverFired, broken, unauthorizedAccepted } =
    exploration;
  const seconds = (performance.now() - startedAt) / 1000;
  const { user } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  return [
    `states           ${states}`,
    `transitions      ${transitions}`,
    `depth            ${depth}`,
    `stuck            ${stuck.total}`,
    `cannot end       ${cannotEnd.total}`,
    `cannot complete  ${cannotComplete.total}`,
    `never accepted   ${neverFired.acts.join(', ') || 'none'}`,
    `never refuse     ${neverFired.rules.join(', ') || 'none'}`,
    `broken           ${broken.map(({ invariant }) => invariant).join(', ') || 'none'}`,
    `paths checked    ${exploration.pathsChecked}`,
    `overreach        ${unauthorizedAccepted.length}`,
    `seconds          ${seconds.toFixed(1)} (of one processor ${(user / 1e6).toFixed(1)})`,
    `megabytes        ${Math.round(maxRSS / 1024)}`,
  ].join('\n');
}

/** The acts that are tried with settlements: with every act there are more states than are searched in minutes. */
const settled: readonly CommandType[] = [
  'AssignVisit',
  ...plainPath.map(({ command }) => command),
  ...(['GiveInstruction', 'PauseWork', 'ResumeWork', 'CloseVisit', 'ReportDiscrepancy', 'SettleDiscrepancy'] as const),
];

let reported = 0;

function report({ states, frontier, depth }: Progress): void {
  if (performance.now() - reported < 10_000) return;
  reported = performance.now();
  process.stderr.write(`${states} states, ${frontier} to go, depth ${depth}\n`);
}

async function exploreWaivers(options: ExploreOptions): Promise<void> {
  for (const rule of waivableRules) {
    const startedAt = performance.now();
    const exploration = await explore({ ...options, waivers: [rule] });
    process.stdout.write(`\nwaiver           ${rule}\n${figures(exploration, startedAt)}\n`);
  }
}

async function main(options: readonly string[]): Promise<void> {
  const facts = factGroups.filter((group) => options.includes(`--${group}`));
  const acts = facts.includes('settlements') ? { acts: settled } : {};
  const shared = { reduce: !options.includes('--full'), facts, ...acts, onProgress: report };
  if (options.includes('--waivers')) return exploreWaivers(shared);
  const startedAt = performance.now();
  const exploration = await explore(shared);
  process.stdout.write(`${figures(exploration, startedAt)}\n`);
  if (!options.includes('--write')) return;
  for (const [path, text] of Object.entries(pagesOf(exploration))) writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main(process.argv.slice(2));
