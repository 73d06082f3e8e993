import { actName, roleName } from '../../locale/index.ts';
import type { ReportContext } from '../../report/visit/plain-text.ts';
import { explore as explored } from '../../testing/explore/explore.ts';
import type { Exploration, Path } from '../../testing/explore/result.ts';
import type { Progress } from '../../testing/explore/search-graph.ts';
import type { Phase } from '../../visit/index.ts';
import { type Context, EXIT, printJson, printText } from '../console/context.ts';
import { reporting } from '../console/findings.ts';
import { showProgress } from '../console/progress.ts';
import { policyAt } from '../input/inputs.ts';

export type ExploreCommandOptions = { readonly policy?: string; readonly full?: boolean; readonly limit?: number };

/** The approximate number of states under the default policy, to estimate the rest of a search. */
const usual = { reduced: 335_000, full: 945_000 };

/** Explores the states of a visit under a policy and reports the faults. */
export async function explore(options: ExploreCommandOptions, context: Context): Promise<number> {
  const policy = await policyAt(options.policy, context);
  const { full = false, limit } = options;
  const guess = Math.min(limit ?? Number.POSITIVE_INFINITY, full ? usual.full : usual.reduced);
  const { explore: words, output } = context.words;
  const progress = showProgress(context, output.progress.exploring, guess);
  const onProgress = ({ states, frontier, depth }: Progress) =>
    progress.reach(states - frontier, Math.max(guess, states), words.progress(states, depth));
  try {
    const found = await explored({ reduce: !full, onProgress, ...(policy && { policy }), ...(limit && { limit }) });
    progress.stop();
    if (context.json) await printJson(context, found);
    else for (const line of formatLines(found, reporting(context, policy), context)) await printText(context, line);
    return isWrong(found) ? EXIT.found : EXIT.ok;
  } finally {
    progress.stop();
  }
}

function isWrong({ stuck, cannotEnd, cannotComplete, broken, unauthorizedAccepted }: Exploration): boolean {
  return stuck.total + cannotEnd.total + cannotComplete.total + broken.length + unauthorizedAccepted.length > 0;
}

function formatLines(found: Exploration, report: ReportContext, context: Context): readonly string[] {
  const { explore: words } = context.words;
  const { states, transitions, depth, neverFired } = found;
  return [
    words.searched(states, transitions, depth),
    ...(found.complete ? [] : [words.incomplete]),
    ...faultLines(found, context),
    `· ${words.neverActs(neverFired.acts.map((act) => actName(act, context.locale)))}`,
    `· ${words.neverRules(neverFired.rules)}`,
    '',
    context.paint('bold', words.phases),
    ...diagram(found, report, context),
  ];
}

/** The faults of a policy: of each kind, that there is no such fault, or how many, with a path to the first. */
function faultLines(found: Exploration, context: Context): readonly string[] {
  const { words, paint, locale } = context;
  const { stuck, cannotEnd, cannotComplete, broken, unauthorizedAccepted, pathsChecked } = found;
  const way = ({ steps }: Path) => steps.map(({ command }) => actName(command, locale)).join(' → ');
  const ways = (paths: readonly Path[]) =>
    paths.slice(0, 1).map((path) => `    ${paint('dim', words.explore.path(way(path)))}`);
  const invariants = broken.map(({ invariant }) => invariant);
  const who = unauthorizedAccepted.map(
    ({ role, command }) => `    ${roleName(role, locale)}: ${actName(command, locale)}`,
  );
  return [
    mark(stuck.total, words.explore.stuck(stuck.total), context),
    ...ways(stuck.paths),
    mark(cannotEnd.total, words.explore.cannotEnd(cannotEnd.total), context),
    ...ways(cannotEnd.paths),
    mark(cannotComplete.total, words.explore.cannotComplete(cannotComplete.total), context),
    ...ways(cannotComplete.paths),
    mark(unauthorizedAccepted.length, words.explore.overreach(unauthorizedAccepted.length), context),
    ...who,
    mark(broken.length, words.explore.broken(invariants, pathsChecked), context),
    ...ways(broken.map(({ path }) => path)),
  ];
}

const mark = (total: number, text: string, { paint }: Context) =>
  total === 0 ? `${paint('green', '✓')} ${text}` : `${paint('red', '✗')} ${text}`;

/** In the order of a visit, as far as it has one. */
const inOrder: readonly Phase[] = [
  'unassigned',
  'in-transit',
  'awaiting-reassignment',
  'on-site',
  'working',
  'on-break',
  'awaiting-materials',
  'away',
];

/** From each phase to those that follow it, with the acts that lead there. */
function diagram({ arrows }: Exploration, { words }: ReportContext, { paint }: Context): readonly string[] {
  return inOrder.flatMap((from) => {
    const out = arrows.filter((arrow) => arrow.from === from);
    const targets = [...new Set(out.map(({ to }) => to))];
    const branches = targets.map((to, place) => {
      const acts = out.filter((arrow) => arrow.to === to).map(({ event }) => words.events[event]);
      const joint = place === targets.length - 1 ? '└─▶' : '├─▶';
      return `  ${joint} ${words.phases[to]} ${paint('dim', `(${acts.join(', ')})`)}`;
    });
    return targets.length === 0 ? [] : [paint('bold', words.phases[from]), ...branches];
  });
}
