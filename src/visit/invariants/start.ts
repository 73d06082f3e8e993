import { deepEqual } from '../../util/equality.ts';
import type { Policy } from '../policy.ts';
import { all, foldHistory, standAsRecorded, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, isSet, waived } from './invariant.ts';
import { type ModelState, owed, photosSent } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  ToolsShown: { by: 'P', where: 'arrived', instant: ({ work }) => work.toolsShownAt },
  AreaCleared: { by: 'P', where: 'on site', instant: ({ work }) => work.areaClearedAt },
  StartReported: { by: 'P+', where: 'on site', instant: ({ work }) => work.startReportedAt },
  StartDocumented: { by: 'C' },
  WorkStarted: { by: 'P', where: 'on site', instant: ({ work }) => work.startedAt },
} satisfies ActTable;

/** The conditions just before the work starts. */
function atStart(check: (before: ModelState, policy: Policy) => boolean): Invariant['holds'] {
  return (_state, history, policy) => whenever(history, ['WorkStarted'], (_event, before) => check(before, policy));
}

/** Work that has started does not start again, unless the start was annulled. Clause 1.1-43. @since 0.1.0 */
export const startedOnce = invariant(
  'started-once',
  '1.1-43',
  'Work that has started does not start again, unless the start was annulled.',
  atStart((before) => !before.stands.has('WorkStarted')),
);

/**
 * The work starts only with the provider on site, neither before their arrival nor away. Clause 1.1-43.
 * @since 0.1.0
 */
export const startOnSite = invariant(
  'start-on-site',
  '1.1-43',
  'The work starts only with the provider on site, neither before their arrival nor away.',
  atStart((before) => before.stands.has('ProviderArrived') && !before.away),
);

/** The work starts only once every absence reported has its instruction. Clause 1.1-09. @since 0.1.0 */
export const startAbsenceAnswered = invariant(
  'start-absence-answered',
  '1.1-09',
  'The work starts only once every absence reported has its instruction.',
  atStart((before) => !owed(before, 'give-instruction', 'client-absence')),
);

/** The work starts only with a valid identity, or that is waived. Clause 1.1-08. @since 0.1.0 */
export const startIdentityValid = invariant(
  'start-identity-valid',
  '1.1-08',
  'The work starts only with a valid identity, or that is waived.',
  atStart((before, policy) => before.identity !== null || waived('identity-valid', before, policy)),
);

/** The work starts only once the service is announced. Clause 1.1-12. @since 0.1.0 */
export const startAnnounced = invariant(
  'start-announced',
  '1.1-12',
  'The work starts only once the service is announced.',
  atStart((before) => before.stands.has('ServiceAnnounced')),
);

/**
 * The work starts only once at least one photograph, all those taken and every required shot are sent, or that is
 * waived. Clause 1.1-19.
 * @since 0.1.0
 */
export const startPhotosSent = invariant(
  'start-photos-sent',
  '1.1-19',
  'The work starts only once at least one photograph, all those taken and every required shot are sent, or that is waived.',
  atStart((before, policy) => photosSent(before) || waived('photos-sent', before, policy)),
);

/** The work starts only once it is explained. Clause 1.1-25. @since 0.1.0 */
export const startExplained = invariant(
  'start-explained',
  '1.1-25',
  'The work starts only once it is explained.',
  atStart((before) => before.stands.has('WorkExplained')),
);

/** The work starts only with the materials accepted or not needed, or that is waived. Clause 1.1-33. @since 0.1.0 */
export const startMaterialsSettled = invariant(
  'start-materials-settled',
  '1.1-33',
  'The work starts only with the materials accepted or not needed, or that is waived.',
  atStart((before, policy) => {
    const settled = before.materials === 'accepted' || before.materials === 'not-needed';
    return settled || waived('materials-settled', before, policy);
  }),
);

/** The work starts only once the tools are shown, or that is waived. Clause 1.1-40. @since 0.1.0 */
export const startToolsShown = invariant(
  'start-tools-shown',
  '1.1-40',
  'The work starts only once the tools are shown, or that is waived.',
  atStart((before, policy) => before.stands.has('ToolsShown') || waived('tools-shown', before, policy)),
);

/** The work starts only once the area is cleared, or that is waived. Clause 1.1-41. @since 0.1.0 */
export const startAreaCleared = invariant(
  'start-area-cleared',
  '1.1-41',
  'The work starts only once the area is cleared, or that is waived.',
  atStart((before, policy) => before.stands.has('AreaCleared') || waived('area-cleared', before, policy)),
);

/** The work starts only once the start call is made, or that is waived. Clause 1.1-26. @since 0.1.0 */
export const startCalledIn = invariant(
  'start-called-in',
  '1.1-26',
  'The work starts only once the start call is made, or that is waived.',
  atStart((before, policy) => before.stands.has('StartReported') || waived('start-reported', before, policy)),
);

/** A start that is reported was reported by a call. Clause 1.1-26. @since 0.1.0 */
export const startCallIsACall = invariant(
  'start-call-is-a-call',
  '1.1-26',
  'A start that is reported was reported by a call.',
  (_state, history) => all(history, 'StartReported').every(({ data }) => data.call !== undefined),
);

/**
 * A start call once made stays in the visit, and only one not yet documented is documented. Clause 1.1-27.
 * @since 0.1.0
 */
export const startCallKept = invariant(
  'start-call-kept',
  '1.1-27',
  'A start call once made stays in the visit, and only one not yet documented is documented.',
  ({ work }, history) =>
    isSet(work.startReportedAt) === foldHistory(history).stands.has('StartReported') &&
    whenever(history, ['StartDocumented'], (_event, before) => owed(before, 'document-start')),
);

/**
 * Tools, cleared area and start stand in the visit exactly while nothing has undone them. Clause 1.1-43.
 * @since 0.1.0
 */
export const preparationAsRecorded = invariant(
  'preparation-as-recorded',
  '1.1-43',
  'Tools, cleared area and start stand in the visit exactly while nothing has undone them.',
  (state, history) =>
    standAsRecorded(acts, state, history) &&
    deepEqual([...state.work.tools].sort(), [...foldHistory(history).tools].sort()),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  startedOnce,
  startOnSite,
  startAbsenceAnswered,
  startIdentityValid,
  startAnnounced,
  startPhotosSent,
  startExplained,
  startMaterialsSettled,
  startToolsShown,
  startAreaCleared,
  startCalledIn,
  startCallIsACall,
  startCallKept,
  preparationAsRecorded,
];
