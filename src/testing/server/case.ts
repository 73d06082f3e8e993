import type { SyncServerHost } from './host.ts';
import type { Stage } from './stage.ts';

/** The cases of a topic: what must hold of it. A case throws where the server breaks it. */
export type Cases = Readonly<Record<string, (stage: Stage) => Promise<void>>>;

/** The options of the host that a topic needs, besides those that are required. */
export type Needs = 'expired' | 'reassign' | 'photos' | 'devices';

/** True if the host has what a topic needs. */
export const hasNeed = (host: SyncServerHost, need: Needs): boolean =>
  need === 'photos' ? host.photos !== false : Boolean(host[need]);
