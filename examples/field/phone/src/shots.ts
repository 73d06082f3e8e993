import type { VisitState } from 'auxilio';

type Visit = Pick<VisitState, 'requiredShots' | 'photos' | 'work'>;

/** The required shots of which no photograph was taken; after the start none is asked for (1.1-19). */
export function missingShots({ requiredShots, photos, work }: Visit): readonly string[] {
  if (work.startedAt !== null) return [];
  const taken = Object.values(photos.byId).filter(({ takenAt }) => takenAt !== null);
  return requiredShots.filter((required) => taken.every(({ shot }) => shot !== required));
}

/** The names to choose from for a photograph: required shots that are missing, *before* or *after* the work, other required shots. */
export function shotNames(
  visit: Visit,
  { beforeWork, afterWork }: Readonly<Record<'beforeWork' | 'afterWork', string>>,
): readonly string[] {
  const moment = visit.work.startedAt === null ? beforeWork : afterWork;
  return [...new Set([...missingShots(visit), moment, ...visit.requiredShots])];
}
