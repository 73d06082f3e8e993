/** The walk that is shown: where it began, and the acts since. The address has both: `#diagram?at=working&acts=TestQuality.1`. */
import { computed, signal } from '@preact/signals';
import { language } from '../language.ts';
import { rewrite, route } from '../route.ts';
import { type Milestone, milestones } from './milestones.ts';
import {
  closedAfter,
  follow,
  nextOnTheWay,
  type Open,
  openAfter,
  type Step,
  shortestTo,
  take,
  writeStep,
} from './walk.ts';

/** The milestone of a visitor without an address: one with much to see. */
const opening: Milestone = 'at-the-door';

const begin = signal<Milestone>(opening);
/** The acts since the beginning, as the address has them. */
const taken = signal<readonly string[]>([]);
export const steps = signal<readonly Step[]>(shortestTo(opening));

export const here = computed<Milestone>(() => steps.value.at(-1)?.to ?? 'unassigned');
export const open = computed(() => openAfter(steps.value, language.value));
export const closed = computed(() => closedAfter(steps.value, open.value));
export const onTheWay = computed(() => nextOnTheWay(steps.value, open.value));

function show(from: Milestone, since: readonly string[], walked: readonly Step[]): void {
  begin.value = from;
  taken.value = since;
  steps.value = walked;
  rewrite('diagram', { at: from, ...(since.length > 0 && { acts: since.join(',') }) });
}

/** Goes to a milestone by its shortest history. */
export const goTo = (milestone: Milestone): void => show(milestone, [], shortestTo(milestone));

/** Takes an act. */
export const walk = (next: Open): void =>
  show(begin.peek(), [...taken.peek(), writeStep(next)], take(steps.peek(), next));

/** Goes back to the state after so many acts; within a shortest history, to the milestone there. */
export function goBack(count: number): void {
  const known = steps.peek().slice(0, count);
  const first = steps.peek().length - taken.peek().length;
  if (count >= first) show(begin.peek(), taken.peek().slice(0, count - first), known);
  else goTo(known.at(-1)?.to ?? 'unassigned');
}

/** Follows the address, where it asks for another walk. */
export function followAddress(): void {
  const { view, parameters } = route.value;
  const at = milestones.find((one) => one === parameters.get('at'));
  if (view !== 'diagram' || at === undefined) return;
  const since = (parameters.get('acts') ?? '')
    .split(',')
    .filter((one) => one !== '')
    .slice(0, 200);
  if (at === begin.peek() && since.join() === taken.peek().join()) return;
  const walked = follow(at, since, language.peek());
  show(at, since.slice(0, walked.length - shortestTo(at).length), walked);
}
