import type { ExplainWorkData, Id, InspectAreaData, Photo, SubmitPhotosData } from '../messages/index.ts';
import { act, done } from './act.ts';
import { clientHere, isPresent, onSite } from './common-rules.ts';
import { discharge, openDebt } from './debts.ts';
import { identityValid } from './identity.ts';
import { oneOf, request, status, withdraw } from './materials.ts';
import { type RuleInput, rule, when } from './rule.ts';
import type { PhotoRecord, VisitDraft, VisitState } from './state.ts';

/** The client shows where the fault is. */
const LocateFault = act('LocateFault', 'FaultLocated', {
  by: 'P',
  clauses: ['1.1-14', '1.1-15'],
  isFulfilled: (visit) => visit.inspection.faultLocatedAt !== null,
  needs: [...onSite, identityValid],
  effect: (visit, { data }) => {
    visit.inspection.faultLocatedAt = data.at;
  },
  witnesses: () => [{ where: 'texto' }],
});

/** The client has shown where the fault is. */
const faultLocated = done('fault-located', '1.1-15', LocateFault);

/** The client is present while the area is looked over. */
const clientPresent = rule(
  'client-present',
  '1.1-17',
  (_, { data }: RuleInput<Partial<InspectAreaData>>) => data.clientPresent === true,
);

/** The provider looks over the area with the client. */
const InspectArea = act('InspectArea', 'AreaInspected', {
  by: 'P',
  clauses: ['1.1-16', '1.1-17', '1.1-23'],
  unprovenClauses: ({ clientPresent }) => (clientPresent === true ? [] : ['1.1-17']),
  isFulfilled: (visit) => visit.inspection.areaInspectedAt !== null,
  needs: [...onSite, faultLocated, clientHere, clientPresent],
  effect: (visit, { data }) => {
    visit.inspection.areaInspectedAt = data.at;
  },
  witnesses: () => [{ clientPresent: true }],
});

/** The area has been looked over. */
const areaInspected = done('area-inspected', '1.1-24', InspectArea);

const isKnown = ({ photos }: VisitState, photoId: Id) => Object.hasOwn(photos.byId, photoId);

/** Reads the facts of a photograph. */
export function findPhoto(visit: VisitState, photoId: Id): PhotoRecord {
  return (isKnown(visit, photoId) && visit.photos.byId[photoId]) || noPhoto;
}

const noPhoto: PhotoRecord = { takenAt: null, shot: null, sentAt: null, documentedAt: null };

/** Stores the facts of a photograph. No schema accepts `__proto__` as an id; as a key it would be lost or do harm. */
function setPhoto({ photos }: VisitDraft, photoId: Id, photo: PhotoRecord): void {
  if (photoId !== '__proto__') photos.byId[photoId] = photo;
}

const isTaken = (visit: VisitState, photoId: Id) => findPhoto(visit, photoId).takenAt !== null;

const idsWhere = (visit: VisitState, filter: (photo: PhotoRecord) => boolean): Id[] =>
  Object.entries(visit.photos.byId)
    .filter(([, photo]) => filter(photo))
    .map(([photoId]) => photoId);

const unsent = (visit: VisitState) => idsWhere(visit, ({ takenAt, sentAt }) => takenAt !== null && sentAt === null);

function missingShots({ requiredShots, photos }: VisitState): readonly string[] {
  if (requiredShots.length === 0) return requiredShots;
  const sent = new Set(Object.values(photos.byId).map(({ shot, sentAt }) => (sentAt === null ? null : shot)));
  return requiredShots.filter((shot) => !sent.has(shot));
}

/** Photographs were taken, one of each required shot; after the start the shots are no longer asked for (1.1-19). */
function isPhotographed({ requiredShots, photos, work }: VisitState): boolean {
  if (requiredShots.length === 0 || work.startedAt !== null) return photos.sent + photos.unsent > 0;
  const taken = Object.values(photos.byId).filter(({ takenAt }) => takenAt !== null);
  return requiredShots.every((required) => taken.some(({ shot }) => shot === required));
}

/** The photographs taken so far, at least one, and every required shot, have been sent. */
export const photosSent = rule(
  'photos-sent',
  '1.1-19',
  (visit) => visit.photos.sent > 0 && visit.photos.unsent === 0 && missingShots(visit).length === 0,
  {
    remedy: ['TakePhotos', 'SubmitPhotos'],
    facts: (visit) => ({ sent: visit.photos.sent, unsent: unsent(visit), missingShots: [...missingShots(visit)] }),
  },
);

type Taken = { readonly photos: readonly Photo[] };

/** At least one photograph was taken. */
const photosListed = rule('photos-listed', '1.1-18', (_, { data }: RuleInput<Taken>) => data.photos.length > 0);

const repeated = (visit: VisitState, { photos }: Taken): Id[] => {
  const seen = new Set<Id>();
  return photos.map(({ photoId }) => photoId).filter((id) => isTaken(visit, id) || seen.size === seen.add(id).size);
};

/** No photograph is recorded twice, ever. */
const photosNew = rule(
  'photos-new',
  '1.1-18',
  (visit, { data }: RuleInput<Taken>) => repeated(visit, data).length === 0,
  {
    facts: (visit, { data }) => ({ repeated: repeated(visit, data) }),
  },
);

/** The provider photographs the place of the work. */
const TakePhotos = act('TakePhotos', 'PhotosTaken', {
  by: 'P',
  clauses: ['1.1-18'],
  isFulfilled: isPhotographed,
  reads: { photos: [{ photoId: '' }] },
  needs: [...onSite, faultLocated, photosListed, photosNew],
  effect: (visit, { data }) => {
    for (const { photoId, takenAt, shot = null } of data.photos) {
      const known = findPhoto(visit, photoId);
      if (known.takenAt !== null) continue;
      if (known.sentAt === null) visit.photos.unsent += 1;
      setPhoto(visit, photoId, { ...known, takenAt, shot });
    }
  },
  witnesses: (visit, { at }) => {
    const shots = missingShots(visit);
    let count = Object.keys(visit.photos.byId).length;
    const photos = (shots[0] ? shots : ['texto']).map((shot) => {
      while (isKnown(visit, `foto-${count}`)) count++;
      return { photoId: `foto-${count++}`, sha256: '0'.repeat(64), takenAt: at, shot };
    });
    return [{ photos }];
  },
});

type Listed = { readonly photoIds: readonly Id[] };

/** At least one photograph is sent, and each was taken. */
const photosTaken = rule(
  'photos-taken',
  '1.1-18',
  (visit, { data }: RuleInput<Listed>) => data.photoIds.length > 0 && data.photoIds.every((id) => isTaken(visit, id)),
  {
    remedy: ['TakePhotos'],
    facts: (visit, { data }) => ({ notTaken: data.photoIds.filter((id) => !isTaken(visit, id)) }),
  },
);

type Channel = Pick<SubmitPhotosData, 'channel' | 'appUnavailableReason'>;

/** The channels of photographs. */
export const photoChannels: readonly string[] = ['app', 'email'];

/** Photographs go by the app, or by e-mail. */
const channelAllowed = rule(
  'channel-allowed',
  '1.1-20',
  (_, { data }: RuleInput<Channel>) => photoChannels.includes(data.channel ?? ''),
  { facts: (_, { data }) => ({ channel: data.channel ?? null }) },
);

/** By e-mail only with the reason why the app was not possible. */
const emailJustified = rule('email-justified', '1.1-21', (_, { data }: RuleInput<Channel>) =>
  isPresent(data.appUnavailableReason),
);

/** The provider sends photographs. A photograph may be sent again. */
const SubmitPhotos = act('SubmitPhotos', 'PhotosSubmitted', {
  by: 'P+',
  clauses: ['1.1-19', '1.1-20', '1.1-21'],
  unprovenClauses: ({ channel }) => (channel === 'email' ? [] : ['1.1-21']),
  isFulfilled: ({ photos, work }) => photos.sent > 0 && (photos.unsent === 0 || work.startedAt !== null),
  whileClosing: () => true,
  afterEnd: () => true,
  reads: { photoIds: [''] },
  needs: [photosTaken, channelAllowed, ...when(({ channel }: Channel) => channel === 'email', [emailJustified])],
  effect: (visit, { data }) => {
    for (const photoId of data.photoIds) send(visit, photoId, data.at);
    if (visit.photos.undocumented > 0) openDebt(visit, 'document-photos', '1.1-22', data.at);
  },
  witnesses: (visit) => {
    const photoIds = visit.photos.unsent > 0 ? unsent(visit) : idsWhere(visit, ({ takenAt }) => takenAt !== null);
    return [{ photoIds: photoIds.slice(0, 100), channel: 'app' }];
  },
});

function send(visit: VisitDraft, photoId: Id, at: string): void {
  const { photos } = visit;
  const known = findPhoto(visit, photoId);
  if (known.sentAt !== null) return;
  photos.sent += 1;
  if (known.takenAt !== null) photos.unsent -= 1;
  if (known.documentedAt === null) photos.undocumented += 1;
  setPhoto(visit, photoId, { ...known, sentAt: at });
}

const awaitsDocument = (photo: PhotoRecord) => photo.sentAt !== null && photo.documentedAt === null;

/** At least one photograph is put on file, each of them sent and not on file yet. */
const photosToDocument = rule(
  'photos-to-document',
  '1.1-22',
  (visit, { data }: RuleInput<Listed>) =>
    data.photoIds.length > 0 && data.photoIds.every((id) => awaitsDocument(findPhoto(visit, id))),
  {
    remedy: ['SubmitPhotos'],
    facts: (visit, { data }) => ({ refused: data.photoIds.filter((id) => !awaitsDocument(findPhoto(visit, id))) }),
  },
);

/** The contact center puts photographs on file. */
const DocumentPhotos = act('DocumentPhotos', 'PhotosDocumented', {
  by: 'C',
  clauses: ['1.1-22'],
  afterEnd: (visit) => visit.photos.undocumented > 0,
  reads: { photoIds: [''] },
  needs: [photosToDocument],
  effect: (visit, { data }) => {
    for (const photoId of data.photoIds) {
      const known = findPhoto(visit, photoId);
      if (known.documentedAt !== null) continue;
      if (awaitsDocument(known)) visit.photos.undocumented -= 1;
      setPhoto(visit, photoId, { ...known, documentedAt: data.at });
    }
    if (visit.photos.undocumented === 0) discharge(visit, 'document-photos');
  },
  witnesses: (visit) => [{ photoIds: idsWhere(visit, awaitsDocument).slice(0, 100) }],
});

/** The provider assesses the repair. */
const AssessService = act('AssessService', 'ServiceAssessed', {
  by: 'P',
  clauses: ['1.1-24'],
  isFulfilled: (visit) => visit.inspection.assessedAt !== null,
  needs: [...onSite, areaInspected],
  effect: (visit, { data }) => {
    visit.inspection.assessedAt = data.at;
  },
  witnesses: () => [{ diagnosis: 'texto' }],
});

/** The provider has assessed the repair. */
const serviceAssessed = done('service-assessed', '1.1-29', AssessService);

/** The list of materials is given before the start; after it, the list may only be withdrawn. */
const listBeforeStart = rule(
  'list-before-start',
  '1.1-25',
  (visit, { data }: RuleInput<Pick<ExplainWorkData, 'materials'>>) =>
    visit.work.startedAt === null || data.materials.length === 0,
  { remedy: ['RequestExtraMaterials'] },
);

const isUnderway = oneOf('supplied', 'rejected', 'in-dispute');

/** No round of materials is under way, since the list may not change during one. */
const noRoundUnderway = rule('no-round-underway', '1.1-36', (visit) => !isUnderway(visit), {
  remedy: ['AcceptMaterials', 'SupplyMaterials', 'CoordinateMaterials'],
  facts: status,
});

/** The provider explains the repair and its materials. An empty list after the start withdraws a request. */
const ExplainWork = act('ExplainWork', 'WorkExplained', {
  by: 'P',
  clauses: ['1.1-25', '1.1-28', '1.1-29'],
  isFulfilled: (visit) => visit.inspection.explainedAt !== null,
  reads: { materials: [{ item: '' }] },
  needs: [...onSite, clientHere, serviceAssessed, listBeforeStart, noRoundUnderway],
  effect: (visit, { data }) => {
    visit.inspection.explainedAt = data.at;
    if (visit.work.startedAt !== null && data.materials.length === 0) withdraw(visit);
    else request(visit, data.materials);
    if (data.materials.length > 0) openDebt(visit, 'supply-materials', '1.1-32', data.at);
    else discharge(visit, 'supply-materials');
  },
  witnesses: () => [
    { method: 'texto', materials: [{ item: 'texto', quantity: 1 }] },
    { method: 'texto', materials: [] },
  ],
});

/** The work and its materials have been explained. */
export const workExplained = done('work-explained', '1.1-25', ExplainWork);

/** The acts of this chapter, in the order of the protocol. */
export const acts = [LocateFault, InspectArea, TakePhotos, SubmitPhotos, DocumentPhotos, AssessService, ExplainWork];
