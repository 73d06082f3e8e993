import type { Actor, AssignVisitData, Id } from '../../messages/index.ts';
import type { HttpHeaders, HttpRemoteOptions } from '../../replica/remote/http-call.ts';

/** A person whose replica calls the server. @since 0.5.0 */
export type SyncServerPerson = Readonly<{
  /** A provider, as the server knows them by the headers. */
  actor: Actor;
  /** The name of their device. */
  device: string;
  /** The headers of their calls, as those of `httpRemote`. */
  headers: HttpHeaders;
}>;

/** The host of {@link syncServerConformance}: a server for tests, and what the suite cannot do over its routes. @since 0.5.0 */
export type SyncServerHost = Readonly<{
  /** The address of the server, as that of `httpRemote`. */
  url: HttpRemoteOptions['url'];
  /** The `fetch` to call, such as that of an application in the same process; that of the runtime by default. */
  fetch?: HttpRemoteOptions['fetch'];
  /** The provider to whom the visits of the suite are assigned. */
  provider: SyncServerPerson;
  /** Another provider. */
  other: SyncServerPerson;
  /** The headers of a call without credentials; none by default. */
  anonymous?: HttpHeaders;
  /** Headers of the provider with credentials that have expired. Without them the case that needs them does not run. */
  expired?: HttpHeaders;
  /** Records the assignment of a new visit, as the contact center does. The suite chooses the id. */
  assign: (data: AssignVisitData) => unknown;
  /** Reassigns a visit from the provider to the other one. Without it the cases of a former provider do not run. */
  reassign?: (visitId: Id) => unknown;
  /** False for a server that takes no photographs; its cases do not run. */
  photos?: boolean;
  /** True for a server that notes which device leads a visit, and the public keys of devices; else its cases do not run. */
  devices?: boolean;
}>;
