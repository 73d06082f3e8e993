import type { Id, Instant, Locale, Policy } from 'auxilio';
import { createPrivacy, type Privacy, searchCopy } from 'auxilio/privacy';
import { createService, type VisitService } from 'auxilio/service';
import { createApp } from '../../http/app.ts';
import type { BoardStore } from '../../http/board.ts';
import type { Call, Reply } from '../../http/call.ts';
import { type Devices, devicesIn } from '../../http/devices.ts';
import type { PhotoStore } from '../../http/photo-store.ts';
import { type Quarantine, quarantineIn } from '../../http/quarantine.ts';
import { access } from './access.ts';
import { type Announcement, type Announcements, announcementsIn } from './announcements.ts';
import type { Claim } from './claims.ts';
import type { ClientDoor, ClientDoors } from './client-doors.ts';
import type { AskingClient } from './client-routes.ts';
import { keysOfVisit } from './client-signatures.ts';
import { copiesOf } from './copies.ts';
import { announced, counted, type FirstLogin, withEntered } from './devices.ts';
import type { Disagreement } from './disagreements.ts';
import { type AskedCopy, copiesOnPhones } from './forgetting.ts';
import { type Holdings, holdingsIn, withHoldings } from './holdings.ts';
import { createHub, type Hub, type HubOptions } from './hub.ts';
import type { Limit } from './limit.ts';
import { loginLimits } from './login.ts';
import type { Note } from './notes.ts';
import { type PhotoKeys, photoKeysIn } from './photo-keys.ts';
import { type PhotoQuota, photoQuotaOf } from './photo-quota.ts';
import { createPlayer, type Player } from './player.ts';
import type { Portrait } from './portraits.ts';
import { type FieldKeys, nameClient, openAnswers } from './privacy.ts';
import { keyedTables, type ReadModels, readModelsOf } from './read-models.ts';
import type { Read } from './reads.ts';
import { isBegunInClear, sealRows } from './sealed-rows.ts';
import { type Session, type Sessions, sessionsIn } from './sessions.ts';
import type { Shift } from './shifts.ts';
import { type Table, tableIn } from './tables.ts';
import type { ClientCases, Telephone } from './telephones.ts';
import { checkTemplates, type Template } from './templates.ts';
import { type User, usersIn } from './users.ts';

/** The store of this host: events, rows of read models, rows of its own. */
export type FieldStore = BoardStore &
  Parameters<typeof createService>[0]['store'] &
  Parameters<typeof createPrivacy>[0]['store'];

/** A photograph: its size, its first bytes, and all of them as they are taken. */
type ReadPhoto = Readonly<{ size: number; begin: Uint8Array; body: ReadableStream<Uint8Array<ArrayBuffer>> }>;

/** The photographs by hash, and how to read one. */
export type FieldPhotos = PhotoStore &
  Readonly<{
    read: (sha256: string) => Promise<ReadPhoto | null>;
    /** Removes a photograph whose visits are erased. */
    remove: (sha256: string) => Promise<void>;
  }>;

export type FieldOptions = Readonly<{
  store: FieldStore;
  /** The photographs under their keys, or as they are without any. */
  photos: (keys: PhotoKeys | null) => FieldPhotos;
  /** The keys under which personal texts are stored. A store that was begun without keys goes on without them. */
  keys: FieldKeys;
  policy?: Policy;
  now?: () => Instant;
  /** The origin under which the screens are reached; that of each request by default. */
  origin?: string;
  limits?: Readonly<{ pair: Limit; name: Limit; address: Limit; client: Limit }>;
  isDemo?: boolean;
  /** The instructions of this center that are given again and again: the console offers them beside those of the script. */
  templates?: readonly Template[];
  /** The most bytes of photographs of a person in a day. */
  photoBytes?: number;
  streams?: Partial<Omit<HubOptions, 'closing'>>;
  /** Ends the streams. */
  closing: AbortSignal;
  onFailure: (error: unknown) => void;
}>;

/** This host: the API of the visits, and what it adds. */
export type Field = Required<Pick<FieldOptions, 'store' | 'now' | 'limits' | 'closing' | 'onFailure'>> &
  Readonly<{
    origin: string | undefined;
    policy: Policy | undefined;
    photos: FieldPhotos;
    photoKeys: PhotoKeys;
    photoQuota: PhotoQuota;
    holdings: Holdings;
    hub: Hub;
    announcements: Announcements;
    models: ReadModels;
    claims: Table<Claim>;
    notes: Table<Note>;
    shifts: Table<Shift>;
    telephones: Table<Telephone>;
    /** By the id of a visit, the cases whose numbers are kept for its client. */
    clientCases: Table<ClientCases>;
    portraits: Table<Portrait>;
    clientDoors: ClientDoors;
    disagreements: Table<Disagreement>;
    /** The copies of erased visits on phones, until all have forgotten them. */
    askedCopies: Table<AskedCopy>;
    reads: Table<Read>;
    /** Plays mornings; only in the demo. */
    player: Player | null;
    privacy: Privacy;
    /** True of a store that was begun without keys: what it has is in clear, and no erasure reaches it. */
    isClear: boolean;
    /** The store for rows of this host, which are encrypted. */
    rows: FieldStore;
    /** The service, with texts in its answers. */
    service: VisitService;
    /** The service with what is stored, for what is verified by the hashes of the log. */
    stored: VisitService;
    api: (call: Call) => Promise<Reply>;
    devices: Devices;
    logins: Table<FirstLogin>;
    quarantine: Quarantine;
    templates: readonly Template[];
    users: Table<User>;
    sessions: Sessions;
  }>;

/** A request to this host, of a person whose route it is. */
export type FieldAsked = Readonly<{
  request: Request;
  query: URLSearchParams;
  /** The parts of the path that its route names. */
  param: (name: string) => Id;
  /** The path that the API of the visits has for it. */
  path: string;
  /** Null only where a route is anyone's. */
  session: Session | null;
  /** The token of its cookie. */
  token: string | undefined;
  /** Null but where a route is a client's. */
  client: AskingClient | null;
  clientToken: string | undefined;
  locale: Locale;
  /** The address of the caller. */
  address: string;
  isSecure: boolean;
}>;

export async function createField(options: FieldOptions): Promise<Field> {
  const { store, keys, policy, origin, closing, onFailure } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const isClear = await isBegunInClear(store);
  const searched = { ...searchCopy(store), name: 'search' };
  const copies = [copiesOnPhones(() => whole), searched, ...copiesOf(() => whole)];
  const actKeys = (visitId: Id) => keysOfVisit(whole, visitId);
  const privacy = await createPrivacy({
    ...keys,
    store,
    copies,
    actKeys,
    subjectsOf: nameClient,
    ...(policy && { policy }),
    now,
  });
  const rows = isClear ? store : await sealRows(store, keys.wrapping, privacy, keyedTables);
  const photoKeys = photoKeysIn(rows, privacy);
  const users = usersIn(rows);
  const photoQuota = photoQuotaOf(rows, options.photos(isClear ? null : photoKeys), now, options.photoBytes);
  const holdings = holdingsIn(rows, photoQuota.photos, now);
  const photos = withHoldings(photoQuota.photos, holdings);
  const stored = createService({ store, ...(!isClear && { privacy }), ...(policy && { policy }), now });
  const service = openAnswers(stored, privacy);
  const hub = createHub({ ...usualStreams, ...options.streams, closing });
  const announcements = announcementsIn(rows);
  const sessions = sessionsIn(rows, users, now);
  const logins = tableIn<FirstLogin>(rows, 'field-logins-1');
  const devices = announced(withEntered(devicesIn(rows), sessions, logins), announcements, hub);
  const announcing = <Row>(of: (key: string, row: Row | null) => Announcement) => ({ announcements, of });
  const quarantine = counted(quarantineIn(rows), announcements);
  const kept = { photos, devices, quarantine };
  const field: Omit<Field, 'player'> = {
    store,
    rows,
    privacy,
    isClear,
    stored,
    photos,
    photoKeys,
    photoQuota,
    holdings,
    now,
    closing,
    onFailure,
    origin,
    service,
    devices,
    logins,
    quarantine,
    templates: checkTemplates(options.templates ?? []),
    api: createApp({ service, store, access, ...kept, ...(policy && { policy }), now, closing, onFailure }),
    policy,
    hub,
    announcements,
    models: readModelsOf({ store, rows, privacy, photoKeys, policy, isClear }),
    claims: tableIn<Claim>(
      rows,
      'field-claims-1',
      announcing((visitId, claim) => ({ name: 'claim', data: { visitId, claim } })),
    ),
    notes: tableIn<Note>(
      rows,
      'field-notes-1',
      announcing((_, note) => ({ name: 'note', data: note ?? {} })),
    ),
    telephones: tableIn(rows, 'field-telephones-1'),
    clientCases: tableIn(rows, 'field-client-cases-1'),
    portraits: tableIn(rows, 'field-portraits-1'),
    clientDoors: {
      byId: tableIn<ClientDoor>(
        rows,
        'field-client-doors-1',
        announcing((_, door) => ({ name: 'client', data: { visitId: door?.visitId ?? null } })),
      ),
      ofVisits: tableIn(rows, 'field-client-door-ids-1'),
    },
    disagreements: tableIn<Disagreement>(
      rows,
      'field-disagreements-1',
      announcing((_, one) => ({
        name: 'disagreement',
        data: one ?? {},
        ...(one !== null && { providerId: one.providerId }),
      })),
    ),
    askedCopies: tableIn(rows, 'field-asked-copies-1'),
    reads: tableIn<Read>(
      rows,
      'field-reads-1',
      announcing((_, read) => ({ name: 'read', data: read ?? {} })),
    ),
    shifts: tableIn<Shift>(
      rows,
      'field-shifts-1',
      announcing((_, shift) => ({ name: 'shift', data: shift ?? {} })),
    ),
    users,
    sessions,
    limits: options.limits ?? loginLimits(),
  };
  const whole: Field = { ...field, player: options.isDemo === true ? createPlayer(field) : null };
  return whole;
}

const usualStreams = { heartbeatMs: 15_000, keeps: 2000, mostBytes: 256 * 1024, mostPerPerson: 8 };
