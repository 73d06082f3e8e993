import type { VisitCommand } from '../../messages/index.ts';
import { actOfCommand } from '../../visit/table.ts';
import type { Mistake } from './mistakes.ts';
import type { Mix } from './mix.ts';
import type { Rng } from './prng.ts';

/** Commands of a story during which the phone is offline, by their indexes: `to` is the first after them. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  /** The contact center records the first of them, too; or gives the visit to another provider. */
  readonly kind: 'alone' | 'told' | 'handed-over';
};

const isFromCenter = ({ metadata }: VisitCommand) => metadata.actor.role === 'contact-center';

/** True if the contact center may record an act that a provider tells it by telephone. */
export function mayBeTold(command: VisitCommand): boolean {
  const { type } = command;
  if (type === 'EscalateClientImpact' || type === 'SubmitPhotos') return false;
  return !isFromCenter(command) && actOfCommand(type)?.by === 'P+';
}

/**
 * Chooses the stretches of a story during which the phone is offline, in their order. None has a mistake in it, and none ends
 * between materials that are supplied and their review.
 */
export function chooseStretches(
  commands: readonly VisitCommand[],
  mistakes: ReadonlyMap<number, Mistake>,
  dice: Rng,
  { offline, twin, handedOver }: Mix,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const isFree = (index: number) =>
    !mistakes.has(index) && stretches.every(({ from, to }) => index < from || index >= to);
  const choose = (most: number, mayBegin: (command: VisitCommand) => boolean, kind: Stretch['kind']) => {
    const [first, ...rest] = commands.flatMap((command, index) =>
      !isFromCenter(command) && mayBegin(command) && isFree(index) ? [index] : [],
    );
    if (first === undefined) return;
    const from = dice.oneOf([first, ...rest]);
    const to = findEnd(commands, { from, most, isFree });
    if (to > from) stretches.push({ from, to, kind });
  };
  // A rate of zero draws nothing, so that a mix without it makes the visits that it made before there was one.
  if (handedOver > 0 && dice.chance(handedOver)) {
    const arrival = commands.find(({ type }) => type === 'RecordArrival');
    choose(dice.between(2, 8), (command) => command === arrival, 'handed-over');
  }
  if (dice.chance(offline)) {
    choose(dice.between(2, 14), () => true, 'alone');
    if (dice.chance(0.25)) choose(dice.between(2, 8), () => true, 'alone');
  }
  if (dice.chance(twin)) choose(dice.between(1, 3), mayBeTold, 'told');
  return stretches.sort((one, other) => one.from - other.from);
}

type Beginning = { readonly from: number; readonly most: number; readonly isFree: (index: number) => boolean };

/** Finds the end of a stretch of so many commands at most. It is not between materials that are supplied and their review. */
function findEnd(commands: readonly VisitCommand[], { from, most, isFree }: Beginning): number {
  const isSupply = (index: number) => commands[index]?.type === 'SupplyMaterials';
  let to = from + 1;
  while (to < commands.length && isFree(to) && mayGoOn(commands[to - 1], commands[to])) {
    if (to >= from + most && !isSupply(to - 1)) return to;
    to += 1;
  }
  return isSupply(to - 1) ? to - 1 : to;
}

/** A phone finds a signal overnight; another provider has another phone; a visit is not called off to one who cannot hear it. */
function mayGoOn(last: VisitCommand | undefined, next: VisitCommand | undefined): boolean {
  const leaves = last?.type === 'PauseWork' && last.data.kind === 'second-visit';
  const isCalledOff = next?.type === 'GiveInstruction' && next.data.about === 'visit';
  return !leaves && !isCalledOff && next?.type !== 'ReassignProvider';
}
