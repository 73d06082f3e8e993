import type { CommandType, Guide, OpenAct } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { awaitedOf } from './awaited.ts';
import { isTrouble } from './troubles.ts';

/** The acts on which the end of the visit rests as it stands: those that open it, and what opens these in turn. */
function askedIn({ closed }: Guide): ReadonlySet<CommandType> {
  const asked = new Set<CommandType>(['CompleteVisit']);
  for (const command of asked) {
    for (const remedy of closed.find((act) => act.command === command)?.remedy ?? []) asked.add(remedy);
  }
  return asked;
}

/**
 * The act to do next: the one that the guide suggests, or to go on with the work. Where the center let something pass, an act that is not asked for any more
 * gives way to one that is. None while the provider waits.
 */
export function nextOf(visit: ReplicaVisit, guide: Guide, recorded: ReadonlySet<CommandType>): OpenAct | undefined {
  if (awaitedOf(visit) !== null) return undefined;
  const { open, suggested } = guide;
  // Work that was interrupted is not among the steps of a plain visit.
  const resumption = open.find(({ command }) => command === 'ResumeWork');
  if (resumption !== undefined) return resumption;
  const next = open.find(({ command }) => command === suggested);
  if (next === undefined || visit.local.waivers.length === 0) return next;
  const asked = askedIn(guide);
  if (asked.has(next.command)) return next;
  return open.find(({ command }) => asked.has(command) && !recorded.has(command) && !isTrouble(command)) ?? next;
}
