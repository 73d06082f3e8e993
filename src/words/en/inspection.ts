import type { Facts } from '../../kernel/decision.ts';
import { asArray } from '../../util/json.ts';
import type {
  ActNames,
  ChapterPhrases,
  EventNames,
  FieldLabels,
  FieldNames,
  Findings,
  Refusals,
  Requirements,
} from '../chapter.ts';
import { inEnglish } from '../nouns.ts';
import { cleanText, cleanTexts } from '../text.ts';
import { and, asTheyStood, listed, quoted, single } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  LocateFault: 'locate the fault',
  InspectArea: 'inspect the area',
  TakePhotos: 'take photos',
  SubmitPhotos: 'send photos',
  DocumentPhotos: 'document photos',
  AssessService: 'assess the service',
  ExplainWork: 'explain the work',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  locate: 'Could you show me where the fault is, please?',
  inspect: 'Would you inspect the area with me{, $addressee}? With your permission, I will also take photos.',
  photograph: 'With your permission, I will take the photos and send them.',
  assess: 'Let me work out what is needed.',
  'explain-work': 'Let me explain how I will do the repair{, $addressee}.',
  'materials-list': 'We will need {$materials|some materials}.',
  'materials-none': 'No materials are needed.',
  'op-photos': 'The photos are on file{, $addressee}.',
  'ask-where': 'Where the fault is',
  'ask-consent': 'Whether the client is present and agrees',
  'ask-photos': 'Photos{: $shots}',
  'ask-channel': 'By the app, or by e-mail and why',
  'ask-diagnosis': 'What was found',
  'ask-method': 'How the repair will be done',
  'ask-materials': 'Materials: quantity, unit, kind and quality',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'client-here': 'The client is reported absent; record the return, or ask the contact center.',
  'client-present': 'Inspect the area with the client present.',
  'photos-listed': 'Name at least one photo of the site.',
  'photos-new': 'Record each photo only once{ ($repeated)}.',
  'photos-taken': '{Record each photo as taken before it is sent ($notTaken)|Take and name at least one photo}.',
  'channel-allowed': 'Send the photos by the app or else by e-mail{ (not by $channel)}.',
  'email-justified': 'Record why the app was not used.',
  'photos-to-document': 'Document photos that were sent, only once{ ($refused)}.',
  'list-before-start': 'The work has already started; request extra materials.',
  'no-round-underway': '{$materials|First accept or reject the materials.}',
  'photos-sent': 'First send photos of the site by the app{, among them: $missingShots}{; not sent: $#unsent}.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'client-here': 'the presence of the client',
  'client-present': 'the inspection with the client',
  'photos-sent': 'the photos',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  FaultLocated: 'Fault located',
  AreaInspected: 'Area inspected',
  PhotosTaken: 'Photos taken',
  PhotosSubmitted: 'Photos sent',
  PhotosDocumented: 'Photos documented',
  ServiceAssessed: 'Service assessed',
  WorkExplained: 'Work explained',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  where: 'Where',
  clientPresent: 'Client present',
  clientConsented: 'Client agreed',
  photos: 'Photos',
  photoIds: 'Photos',
  appUnavailableReason: 'Why the app was not used',
  diagnosis: 'Assessment',
  method: 'Method',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  LocateFault: { where: 'Where is the fault?' },
  InspectArea: {
    clientPresent: 'Was the client present?',
    clientConsented: 'Did they agree to the inspection and the photos?',
  },
  TakePhotos: { photos: 'Photos' },
  SubmitPhotos: {
    photoIds: 'Which photos did you send?',
    channel: 'How did you send them?',
    appUnavailableReason: 'Why could the app not be used?',
  },
  DocumentPhotos: { photoIds: 'Which photos are put on file?' },
  AssessService: { diagnosis: ['Assessment', 'What you found and what is needed.'] },
  ExplainWork: {
    method: 'How will you do the work?',
    materials: ['Materials you ask the client for', '', 'No materials are needed'],
  },
} satisfies FieldLabels;

function photosTaken({ notTaken }: Facts): string {
  const ids = cleanTexts(notTaken);
  if (ids.length === 0) return 'It was not recorded which photos were sent.';
  return `${single(ids) ? 'This photo was' : 'These photos were'} not on record as taken${listed(ids)}.`;
}

function channelAllowed({ channel }: Facts): string {
  const name = cleanText(channel);
  if (name === '') return 'It was not recorded how the photos were sent.';
  return `The photos were sent by ${quoted(name)}, which is not allowed.`;
}

function photosToDocument({ refused }: Facts): string {
  const ids = cleanTexts(refused);
  if (ids.length === 0) return 'It was not recorded which photos were documented.';
  return `${single(ids) ? 'This photo' : 'These photos'} could not be documented${listed(ids)}.`;
}

function photosSent({ unsent, missingShots }: Facts): string {
  const ids = asArray(unsent);
  const shots = cleanTexts(missingShots).map(quoted);
  if (ids.length === 0) {
    return `${single(shots) ? 'A photo of the site was not' : 'No photos of the site were'} on record${listed(shots)}.`;
  }
  const rest =
    shots.length === 0
      ? ''
      : `, and ${single(shots) ? 'that' : 'those'} of ${and(shots)} ${single(shots) ? 'was' : 'were'} missing`;
  return `${inEnglish.count(ids.length, 'photo')} ${single(ids) ? 'was' : 'were'} not sent${rest}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'fault-located': 'It was not on record that the fault had been located.',
  'client-here': 'The client was on record as absent.',
  'client-present': 'The inspection was not made with the client.',
  'photos-listed': 'No photos were listed.',
  'photos-new': ({ repeated }) =>
    `${single(cleanTexts(repeated)) ? 'A photo was' : 'Some photos were'} repeated${listed(cleanTexts(repeated))}.`,
  'photos-taken': photosTaken,
  'channel-allowed': channelAllowed,
  'email-justified': 'It was not recorded why the app was not used.',
  'photos-to-document': photosToDocument,
  'area-inspected': 'The inspection of the area was not on record.',
  'service-assessed': 'The assessment of the service was not on record.',
  'list-before-start': 'The work had already started.',
  'no-round-underway': (facts) =>
    `The list of materials could not be changed. ${asTheyStood(facts, 'A delivery was under way.')}`,
  'photos-sent': photosSent,
  'work-explained': 'It was not on record that the work and its materials had been explained to the client.',
} satisfies Findings;
