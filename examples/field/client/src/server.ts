/** The answers of the server, as far as this page keeps them. */
import type { AttestedFact, Instant } from 'auxilio';
import type {
  ClientOutcome,
  ClientProblemCode,
  ClientSessionReply,
  ClientSyncRequest,
  ClientVisitReply,
} from '../../client-contract.ts';

/** An act that this page records. */
export type ClientCommand = ClientSyncRequest['commands'][number];

export type ClientSession = Pick<ClientSessionReply, 'visitId' | 'actorId' | 'centerPhone' | 'device'> & {
  /** The hash of the link by which it was opened: the same link opens it again on this device. */
  readonly link: string | null;
};

/** The visit as it came last. */
export type ShownVisit = Pick<ClientVisitReply, 'view' | 'door' | 'photo'>;

/** A fact that stands, and the client's last word on it. */
export type ShownFact = Readonly<{ fact: AttestedFact; recorded: Instant; agrees?: boolean; what?: string }>;

/** Something that the client said on this device: it waits until the server has answered it. */
export type Said = Readonly<{
  visitId: string;
  /** The version of the visit that the client saw. */
  basedOn: number;
  command: ClientCommand;
  outcome: ClientOutcome | null;
}>;

/** The reason why the server did not answer as asked. */
export type Trouble = ClientProblemCode | 'no-signal' | 'malformed';

/** True for what the server could not put on record as the client's word. */
export const isRefused = (outcome: ClientOutcome | null): boolean =>
  outcome?.outcome === 'refused' || (outcome?.outcome === 'repeated' && outcome.first === 'refused');
