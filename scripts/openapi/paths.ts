import { type ProblemCode, statuses } from '../../examples/http/problem.ts';
import type { Schema } from './types.ts';

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const visitId = {
  name: 'visitId',
  in: 'path',
  required: true,
  description: 'The id of the visit; whatever an address does not take is escaped.',
  schema: ref('Id'),
};

const sha256 = {
  name: 'sha256',
  in: 'path',
  required: true,
  description: 'The SHA-256 of its bytes, in lower-case hexadecimal.',
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
};

const ofVisit = {
  name: 'visit',
  in: 'query',
  required: true,
  description: 'The visit in which it was taken.',
  schema: ref('Id'),
};

const progress = {
  'Upload-Offset': { description: 'The number of bytes that are there.', schema: { type: 'integer' } },
  'Upload-Complete': {
    description: '`?1` once all are there and have the hash, else `?0`.',
    schema: { type: 'string' },
  },
};

const header = (name: string, description: string, schema: Schema = { type: 'string' }) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

const language = header('Accept-Language', 'Spanish of Costa Rica, unless English is preferred.');

const device = header('Device', 'The device of a provider, which may have been revoked; a token may be bound to one.');

const etag = { ETag: { description: 'The version of the visit, such as `"17"`.', schema: { type: 'string' } } };

/** A body of JSON, which is required. */
const json = (schema: Schema) => ({ required: true, content: { 'application/json': { schema } } });

/** Headers of a response by status. */
const headersOf: Readonly<Record<number, Schema>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  405: { Allow: { schema: { type: 'string' } } },
  412: etag,
  415: { 'Accept-Post': { schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds, where it will pass.', schema: { type: 'integer' } } },
};

/** The answers of these problems, one a status. */
function problems(...codes: readonly ProblemCode[]): Schema {
  const always: readonly ProblemCode[] = ['malformed', 'unauthenticated', 'no-role', 'not-yours', 'method-not-allowed'];
  const all = [...always, ...codes, 'failed', 'unavailable'] as const;
  const answers: { [status: string]: Schema } = {};
  for (const status of new Set(all.map((code) => statuses[code]).sort())) {
    const named = [...new Set(all.filter((code) => statuses[code] === status))];
    answers[status] = {
      description: named.map((code) => `\`${code}\``).join(', '),
      ...(headersOf[status] && { headers: headersOf[status] }),
      content: { 'application/problem+json': { schema: ref('ProblemReply') } },
    };
  }
  return answers;
}

/** The same answers to a HEAD. */
function withoutBodies(answers: Schema): Schema {
  const heads = Object.entries(answers as Readonly<Record<string, Schema>>).map(([status, { content: _, ...head }]) => [
    status,
    head,
  ]);
  return Object.fromEntries(heads);
}

const answer = (description: string, name: string, headers?: Schema): Schema => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema: ref(name) } },
});

export const paths: Schema = {
  '/commands': {
    post: {
      operationId: 'sendCommands',
      summary: 'Asks to record what a phone did offline, of any visits, in its order',
      description:
        'At most 100 commands and 1 MiB, each with its `commandId`: a batch is sent again as a whole. Each is answered as if it ' +
        'had been sent alone, in the same order; one that is refused does not stop those after it.',
      parameters: [language],
      requestBody: json({
        type: 'object',
        required: ['commands'],
        properties: { commands: { type: 'array', maxItems: 100, items: ref('VisitCommand') } },
      }),
      responses: {
        200: answer('What became of each', 'BatchReply'),
        ...problems('too-large', 'unsupported-media-type', 'body-timeout'),
      },
    },
  },
  '/visits/{visitId}/commands': {
    post: {
      operationId: 'sendCommand',
      summary: 'Asks to record an act',
      description:
        'Under one `commandId`, in the body or as `Idempotency-Key`, it is carried out once, however often it is sent.',
      parameters: [
        visitId,
        language,
        header('Idempotency-Key', 'The command’s id, where the body has none.', ref('Id')),
        header('If-Match', 'The version at which alone it is to be judged, such as `"17"`; `*` for any that exists.'),
        header('If-None-Match', '`*`: only if there is no such visit yet.'),
      ],
      requestBody: json(ref('VisitCommand')),
      responses: {
        200: answer('Accepted, now or before', 'CommandReply', etag),
        ...problems(
          'other-actor',
          'not-permitted',
          'not-assigned',
          'refused',
          'id-reused',
          'photos-missing',
          'version-mismatch',
          'too-large',
          'unsupported-media-type',
          'contradiction',
          'in-doubt',
          'unreadable',
          'chain-broken',
          'body-timeout',
        ),
      },
    },
  },
  '/visits/{visitId}/sync': {
    post: {
      operationId: 'syncVisit',
      summary:
        'Reconciles what a phone recorded offline with the log of the visit; for its providers, former ones included',
      description:
        'At most 100 commands and 64 KiB, each with its `commandId`. All of it is recorded, or nothing: send it again until the ' +
        'answer comes. A command that cannot be read is named by its `index`; send the others without it. What a revoked device ' +
        'sends is answered by `device-revoked`, with the `quarantineId` under which it waits for an operator.',
      parameters: [visitId, language, device],
      requestBody: json({
        type: 'object',
        required: ['basedOn', 'commands'],
        properties: {
          basedOn: {
            type: 'integer',
            minimum: 0,
            description: 'The number of events of the visit that had been seen when the first command was recorded.',
          },
          head: {
            type: 'object',
            required: ['version', 'lastEventId'],
            properties: {
              version: { type: 'integer', minimum: 1 },
              lastEventId: { type: 'string' },
              lastOwnEventId: { type: 'string' },
            },
            description:
              'The number of events that the phone has, and the id of the last; of a former provider, the id of the last of ' +
              '`own`, too. Where the log has another in its place, as after a restored backup, the batch is refused as `diverged`.',
          },
          commands: { type: 'array', maxItems: 100, items: ref('VisitCommand') },
          device: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'The device that sends them, whose last contact is kept; that of the header by default.',
          },
        },
      }),
      responses: {
        200: answer('The outcome of each command, and the events after `basedOn`', 'SyncReply'),
        ...problems(
          'other-actor',
          'not-permitted',
          'device-revoked',
          'other-device',
          'not-assigned',
          'batch-refused',
          'diverged',
          'photos-missing',
          'too-large',
          'unsupported-media-type',
          'contradiction',
          'in-doubt',
          'unreadable',
          'chain-broken',
          'body-timeout',
        ),
      },
    },
  },
  '/visits/{visitId}/lead': {
    put: {
      operationId: 'takeLead',
      summary: 'Makes a device of the assigned provider lead the visit, so that their others only read',
      parameters: [visitId, language],
      requestBody: json({
        type: 'object',
        required: ['device'],
        properties: { device: { type: 'string', minLength: 1, maxLength: 200 } },
      }),
      responses: {
        200: answer('The device that leads the visit', 'LeadReply'),
        ...problems(
          'device-revoked',
          'other-device',
          'no-such-batch',
          'unreadable',
          'too-large',
          'unsupported-media-type',
          'body-timeout',
        ),
      },
    },
  },
  '/visits/{visitId}': {
    get: {
      operationId: 'readVisit',
      summary: 'A visit as it stands',
      parameters: [visitId, language, header('If-None-Match', 'The version that the caller has.')],
      responses: {
        200: answer('The visit', 'VisitReply', etag),
        304: { description: 'The caller has that version', headers: etag },
        ...problems('not-assigned', 'unreadable'),
      },
    },
  },
  '/visits/{visitId}/events': {
    get: {
      operationId: 'readEvents',
      summary:
        'The log of a visit, on which a phone decides offline; a client sees it without the metadata that are personal to others',
      parameters: [
        visitId,
        language,
        device,
        header('If-None-Match', 'The version that the caller has.'),
        {
          name: 'after',
          in: 'query',
          description: 'How many events the caller has; those after them are answered.',
          schema: { type: 'integer', minimum: 0 },
        },
        {
          name: 'lastEventId',
          in: 'query',
          description: 'The id of the last of these: where the log has another in its place, the answer is `diverged`.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: answer('The events', 'EventsReply', etag),
        304: { description: 'The caller has that version', headers: etag },
        ...problems('not-assigned', 'diverged', 'unreadable'),
      },
    },
  },
  '/visits/{visitId}/guide': {
    get: {
      operationId: 'readGuide',
      summary: 'What the caller may do now, what to say and what to ask for, and why the rest is closed',
      parameters: [
        visitId,
        language,
        {
          name: 'role',
          in: 'query',
          description: 'Another role than the caller’s own: for the contact center alone.',
          schema: { enum: ['provider', 'contact-center', 'client'] },
        },
      ],
      responses: { 200: answer('The guide', 'GuideReply'), ...problems('not-assigned', 'unreadable') },
    },
  },
  '/visits/{visitId}/dossier': {
    get: {
      operationId: 'readDossier',
      summary: 'What the log proves, clause by clause; for the contact center and the provider',
      parameters: [visitId, language],
      responses: { 200: answer('The dossier', 'DossierReply'), ...problems('not-assigned', 'unreadable') },
    },
  },
  '/assignments': {
    get: {
      operationId: 'readAssignments',
      summary:
        'The visits that are or were assigned to the caller, or the one visit of a client, if they changed after a cursor',
      description:
        'At most 100 at once, in the order of their last change; one that changed several times comes once. A former provider’s ' +
        'comes again when something becomes of their own acts.',
      parameters: [
        language,
        device,
        {
          name: 'after',
          in: 'query',
          description: 'The `cursor` of an earlier answer; all visits without it.',
          schema: { type: 'string' },
        },
      ],
      responses: { 200: answer('The visits', 'AssignmentsReply'), ...problems() },
    },
  },
  '/photos/{sha256}': {
    parameters: [sha256, ofVisit, language],
    head: {
      operationId: 'readPhotoProgress',
      summary: 'How many bytes of a photograph are there',
      responses: {
        200: { description: 'The part that is there', headers: progress },
        ...withoutBodies(problems('not-assigned', 'unreadable')),
      },
    },
    put: {
      operationId: 'uploadPhoto',
      summary:
        'Uploads a photograph, whole or in parts; for the contact center and the visit’s providers, former ones included',
      description:
        'At most 10 MiB, in JPEG, PNG, WebP or HEIC, under the SHA-256 of its bytes. Sent again it is there already. A part goes ' +
        'right after those that are there; at 0 the upload begins again. Each caller has uploads of their own.',
      parameters: [
        header('Content-Range', 'Of a part, such as `bytes 100-199/200`; without it the body is the whole.'),
      ],
      requestBody: {
        required: true,
        content: { 'image/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
      },
      responses: {
        200: answer('The part that is there', 'PhotoReply', progress),
        ...problems(
          'not-assigned',
          'unreadable',
          'offset-mismatch',
          'too-large',
          'not-an-image',
          'hash-mismatch',
          'body-timeout',
        ),
      },
    },
  },
  '/devices': {
    get: {
      operationId: 'readDevices',
      summary: 'The last contact of each device, and what it had seen; for the contact center',
      parameters: [language],
      responses: { 200: answer('The devices', 'DevicesReply'), ...problems('no-such-batch') },
    },
  },
  '/devices/revoke': {
    post: {
      operationId: 'revokeDevice',
      summary: 'Revokes a device for good; for the contact center',
      parameters: [language],
      requestBody: json({
        type: 'object',
        required: ['providerId', 'device'],
        properties: { providerId: ref('Id'), device: { type: 'string', minLength: 1, maxLength: 200 } },
      }),
      responses: {
        200: answer('It is revoked', 'RevokedReply'),
        ...problems('no-such-batch', 'too-large', 'unsupported-media-type', 'body-timeout'),
      },
    },
  },
  '/devices/key': {
    put: {
      operationId: 'registerDeviceKey',
      summary: 'Registers the public key with which a device of the caller signs what it cannot send; for providers',
      description: 'A later key takes its place. The same one again changes nothing.',
      parameters: [language],
      requestBody: json({
        type: 'object',
        required: ['device', 'key'],
        properties: {
          device: { type: 'string', minLength: 1, maxLength: 200 },
          key: { type: 'string', maxLength: 200, description: 'ECDSA on P-256: the SPKI form in base64.' },
        },
      }),
      responses: {
        200: answer('The key of the device', 'DeviceKeyReply'),
        ...problems(
          'device-revoked',
          'other-device',
          'no-such-batch',
          'too-large',
          'unsupported-media-type',
          'body-timeout',
        ),
      },
    },
  },
  '/unsent': {
    post: {
      operationId: 'takeUnsent',
      summary: 'Takes in the file of a phone that can send no more; for the contact center',
      description:
        'At most 64 MiB, as `exportUnsent` writes it. Its commands wait in the quarantine; its photographs are stored. `signature` ' +
        'says whether a key that the device has registered signed it. Sent again it is there already.',
      parameters: [language],
      requestBody: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
      responses: {
        200: answer('Its commands wait', 'UnsentReply'),
        ...problems('other-actor', 'no-such-batch', 'quarantine-full', 'too-large', 'body-timeout'),
      },
    },
  },
  '/quarantine': {
    get: {
      operationId: 'readQuarantine',
      summary: 'What revoked devices handed in, or files had, and waits for an operator; for the contact center',
      parameters: [language],
      responses: { 200: answer('The batches', 'QuarantineReply'), ...problems('no-such-batch') },
    },
  },
  '/quarantine/{quarantineId}': {
    post: {
      operationId: 'decideOnBatch',
      summary: 'Vouches for a batch, which is reconciled as its sender’s, or discards it; for the contact center',
      description:
        'The first decision stands; the same one again is answered again. A batch that cannot be reconciled waits on. One whose ' +
        'signature does not match, or is missing, is refused as `signature-invalid` until the operator says `despiteSignature`; ' +
        'one that was recorded on another history than that of the store, as `diverged` until they say `despiteHistory`.',
      parameters: [
        { name: 'quarantineId', in: 'path', required: true, description: 'The id of the batch.', schema: ref('Id') },
        language,
      ],
      requestBody: json({
        type: 'object',
        required: ['decision', 'text'],
        properties: {
          decision: { enum: ['vouch', 'discard'] },
          text: { type: 'string', minLength: 1, maxLength: 2000, description: 'The reason, for the record.' },
          despiteSignature: {
            type: 'boolean',
            description: 'True to vouch for a batch whose signature does not match, or is missing.',
          },
          despiteHistory: {
            type: 'boolean',
            description: 'True to vouch for a batch whose last event is not in the log, as before a restore.',
          },
        },
      }),
      responses: {
        200: answer('The decision that stands', 'DecisionReply'),
        ...problems(
          'no-such-batch',
          'already-decided',
          'signature-invalid',
          'diverged',
          'not-assigned',
          'batch-refused',
          'photos-missing',
          'too-large',
          'unsupported-media-type',
          'in-doubt',
          'unreadable',
          'chain-broken',
          'body-timeout',
        ),
      },
    },
  },
  '/board': {
    get: {
      operationId: 'readBoard',
      summary: 'The contact center’s board',
      description:
        'As `text/event-stream`: `board` with the whole, then `visit` with a row that is new or has changed, and `gone` with ' +
        'the `visitId` of one that has left, until the caller leaves.',
      parameters: [language, header('Accept', '`application/json` or `text/event-stream`.')],
      responses: {
        200: {
          description: 'The board',
          content: {
            'application/json': { schema: ref('Board') },
            'text/event-stream': { schema: { type: 'string' } },
          },
        },
        ...problems('not-acceptable', 'too-many-streams'),
      },
    },
  },
};
