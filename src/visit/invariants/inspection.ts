import type { Id } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import type { PhotoRecord } from '../state.ts';
import { all, foldHistory, standAsRecorded, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant, waived } from './invariant.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  ServiceAnnounced: { by: 'P', where: 'on site', instant: ({ inspection }) => inspection.announcedAt },
  FaultLocated: { by: 'P', where: 'on site', instant: ({ inspection }) => inspection.faultLocatedAt },
  AreaInspected: { by: 'P', where: 'on site', instant: ({ inspection }) => inspection.areaInspectedAt },
  PhotosTaken: { by: 'P', where: 'on site' },
  PhotosSubmitted: { by: 'P+' },
  PhotosDocumented: { by: 'C' },
  ServiceAssessed: { by: 'P', where: 'on site', instant: ({ inspection }) => inspection.assessedAt },
  WorkExplained: { by: 'P', where: 'on site', instant: ({ inspection }) => inspection.explainedAt },
} satisfies ActTable;

/**
 * The service is announced and the fault located only with a valid identity, or that is waived. Clause 1.1-08.
 * @since 0.1.0
 */
export const identityBeforeService = invariant(
  'identity-before-service',
  '1.1-08',
  'The service is announced and the fault located only with a valid identity, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['ServiceAnnounced', 'FaultLocated'], (_event, before) => {
      return before.identity !== null || waived('identity-valid', before, policy);
    }),
);

/** The service that is announced is the one then assigned. Clause 1.1-13. @since 0.1.0 */
export const announcedAsAssigned = invariant(
  'announced-as-assigned',
  '1.1-13',
  'The service that is announced is the one then assigned.',
  (_state, history) =>
    whenever(history, ['ServiceAnnounced'], ({ data }, before) => data.service === before.terms?.service),
);

/** The area is inspected and photographed only once the fault is located. Clause 1.1-15. @since 0.1.0 */
export const faultBeforeInspection = invariant(
  'fault-before-inspection',
  '1.1-15',
  'The area is inspected and photographed only once the fault is located.',
  (_state, history) =>
    whenever(history, ['AreaInspected', 'PhotosTaken'], (_event, before) => before.stands.has('FaultLocated')),
);

/** The client is present when the area is inspected, or that is waived. Clause 1.1-17. @since 0.1.0 */
export const inspectedWithClient = invariant(
  'inspected-with-client',
  '1.1-17',
  'The client is present when the area is inspected, or that is waived.',
  (_state, history, policy) =>
    whenever(history, ['AreaInspected'], ({ data }, before) => {
      return data.clientPresent === true || waived('client-present', before, policy);
    }),
);

/** The service is assessed only once the area is inspected. Clause 1.1-24. @since 0.1.0 */
export const inspectedBeforeAssessed = invariant(
  'inspected-before-assessed',
  '1.1-24',
  'The service is assessed only once the area is inspected.',
  (_state, history) => whenever(history, ['ServiceAssessed'], (_event, before) => before.stands.has('AreaInspected')),
);

/** The work is explained only once the service is assessed. Clause 1.1-29. @since 0.1.0 */
export const assessedBeforeExplained = invariant(
  'assessed-before-explained',
  '1.1-29',
  'The work is explained only once the service is assessed.',
  (_state, history) => whenever(history, ['WorkExplained'], (_event, before) => before.stands.has('ServiceAssessed')),
);

/** Photographs are taken one or more at a time, and no photograph twice. Clause 1.1-18. @since 0.1.0 */
export const photosTakenOnce = invariant(
  'photos-taken-once',
  '1.1-18',
  'Photographs are taken one or more at a time, and no photograph twice.',
  (_state, history) => {
    const ids = all(history, 'PhotosTaken').map(({ data }) => data.photos.map(({ photoId }) => photoId));
    return ids.every(({ length }) => length > 0) && new Set(ids.flat()).size === ids.flat().length;
  },
);

/**
 * Only a photograph that was taken is sent, and only one that was sent and is not on file is put on file. Clause
 * 1.1-22.
 * @since 0.1.0
 */
export const photosInOrder = invariant(
  'photos-in-order',
  '1.1-22',
  'Only a photograph that was taken is sent, and only one that was sent and is not on file is put on file.',
  (_state, history) =>
    whenever(
      history,
      ['PhotosSubmitted', 'PhotosDocumented'],
      ({ type, data: { photoIds } }, { taken, sent, documented }) => {
        const fit = (id: Id) => (type === 'PhotosSubmitted' ? taken.has(id) : sent.has(id) && !documented.has(id));
        return photoIds.length > 0 && photoIds.every(fit);
      },
    ),
);

/**
 * Photographs are sent by the app, or by e-mail with the reason why the app was not possible. Clause 1.1-21.
 * @since 0.1.0
 */
export const photosByTheAppFirst = invariant(
  'photos-by-the-app-first',
  '1.1-21',
  'Photographs are sent by the app, or by e-mail with the reason why the app was not possible.',
  (_state, history) =>
    all(history, 'PhotosSubmitted').every(({ data: { channel, appUnavailableReason } }) => {
      return channel === 'app' || (channel === 'email' && appUnavailableReason !== undefined);
    }),
);

/**
 * Every photograph ever taken is in the visit, with when it was taken, first sent and put on file. Clause 1.1-18.
 * @since 0.1.0
 */
export const photosNeverVanish = invariant(
  'photos-never-vanish',
  '1.1-18',
  'Every photograph ever taken is in the visit, with when it was taken, first sent and put on file.',
  ({ photos: { byId } }, history) => {
    const { taken, sent, documented } = foldHistory(history);
    const told = [...taken].map(([id, photo]): [Id, PhotoRecord] => {
      return [id, { ...photo, sentAt: sent.get(id) ?? null, documentedAt: documented.get(id) ?? null }];
    });
    const there = told.every(([id, record]) => Object.hasOwn(byId, id) && deepEqual(byId[id], record));
    return there && Object.keys(byId).length === taken.size;
  },
);

/** The visit counts as many photographs sent, not sent and not on file as there are. Clause 1.1-19. @since 0.1.0 */
export const photosCounted = invariant(
  'photos-counted',
  '1.1-19',
  'The visit counts as many photographs sent, not sent and not on file as there are.',
  ({ photos }, history) => {
    const { taken, sent, documented } = foldHistory(history);
    const counts = [sent.size, taken.size - sent.size, sent.size - documented.size];
    return deepEqual([photos.sent, photos.unsent, photos.undocumented], counts);
  },
);

/**
 * Announcement, fault, inspection, assessment and explanation stand in the visit exactly while nothing has undone
 * them. Clause 1.1-24.
 * @since 0.1.0
 */
export const inspectionAsRecorded = invariant(
  'inspection-as-recorded',
  '1.1-24',
  'Announcement, fault, inspection, assessment and explanation stand in the visit exactly while nothing has undone them.',
  (state, history) => standAsRecorded(acts, state, history),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  identityBeforeService,
  announcedAsAssigned,
  faultBeforeInspection,
  inspectedWithClient,
  inspectedBeforeAssessed,
  assessedBeforeExplained,
  photosTakenOnce,
  photosInOrder,
  photosByTheAppFirst,
  photosNeverVanish,
  photosCounted,
  inspectionAsRecorded,
];
