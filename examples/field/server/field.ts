import type { Id, Instant, Locale, Policy } from 'auxilio';
import { createService, type VisitService } from 'auxilio/service';
import { createApp } from '../../http/app.ts';
import type { BoardStore } from '../../http/board.ts';
import type { Call, Reply } from '../../http/call.ts';
import { type Devices, devicesIn } from '../../http/devices.ts';
import type { PhotoStore } from '../../http/photo-store.ts';
import { quarantineIn } from '../../http/quarantine.ts';
import { access } from './access.ts';
import type { Limit } from './limit.ts';
import { loginLimits } from './login.ts';
import { type Session, type Sessions, sessionsIn } from './sessions.ts';
import type { Table } from './tables.ts';
import { type User, usersIn } from './users.ts';

/** The store of this host: events, rows of read models, rows of its own. */
type FieldStore = BoardStore & Parameters<typeof createService>[0]['store'];

/** The photographs by hash, and how to read one. */
export type FieldPhotos = PhotoStore & Readonly<{ read: (sha256: string) => Promise<Uint8Array<ArrayBuffer> | null> }>;

export type FieldOptions = Readonly<{
  store: FieldStore;
  photos: FieldPhotos;
  policy?: Policy;
  now?: () => Instant;
  /** The origin under which the screens are reached; that of each request by default. */
  origin?: string;
  limits?: Readonly<{ pair: Limit; name: Limit; address: Limit }>;
  /** Ends the streams. */
  closing: AbortSignal;
  onFailure: (error: unknown) => void;
}>;

/** This host: the API of the visits, and what it adds. */
export type Field = Required<Pick<FieldOptions, 'store' | 'photos' | 'now' | 'limits' | 'closing' | 'onFailure'>> &
  Readonly<{
    origin: string | undefined;
    service: VisitService;
    api: (call: Call) => Promise<Reply>;
    devices: Devices;
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
  locale: Locale;
  /** The address of the caller. */
  address: string;
  isSecure: boolean;
}>;

export function createField(options: FieldOptions): Field {
  const { store, photos, policy, origin, closing, onFailure } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const service = createService({ store, ...(policy && { policy }) });
  const devices = devicesIn(store);
  const kept = { photos, devices, quarantine: quarantineIn(store) };
  return {
    store,
    photos,
    now,
    closing,
    onFailure,
    origin,
    service,
    devices,
    api: createApp({ service, store, access, ...kept, ...(policy && { policy }), now, closing, onFailure }),
    users: usersIn(store),
    sessions: sessionsIn(store, now),
    limits: options.limits ?? loginLimits(),
  };
}
