/** The instants and ids of the visits that are explored. */

/** The instant of everything that happened before: no rule looks at a clock. */
export const earlier = '2026-03-17T14:00:00.000Z';

/** The instant of what is asked. */
export const now = '2026-03-17T15:00:00.000Z';

/** The instants of an interruption and a resumption of work, on the sides of `earlier` on which no interval runs backwards. */
export const interruptedAt = '2026-03-17T14:20:00.000Z';
export const resumedAt = '2026-03-17T13:40:00.000Z';

/** The id of the one discrepancy that is explored. */
export const discrepancyId = 'd-1';

/** The id of the discrepancy of which a settlement takes one act. */
export const takenId = 'd-2';

/** The one shot that an assignment may require while `shots` are explored. */
export const requiredShot = 'frente';
