import { type ActKey, type ActKeyPair, seal, signAct } from '../../src/chain.ts';
import {
  commands,
  decide,
  dossier,
  type FactWord,
  replay,
  type VisitCommand,
  type VisitEvent,
} from '../../src/index.ts';
import { visitAt } from '../../src/testing.ts';

export const client = { role: 'client', id: 'cli-1' } as const;

const { visitId, next: at, events } = visitAt('completed');

/** A completed visit, sealed, before its client says anything. */
export const unsaid = seal(events) as VisitEvent[];

/** The facts that stand in it, with the client's yes to each, and their no to the handover. */
export const words = dossier(events).facts.map(({ fact, recorded }) =>
  fact === 'handover' ? { fact, recorded, agrees: false, what: 'Quedó una gotera.' } : { fact, recorded, agrees: true },
);

/** The private and public key of the client's device: of a pair for tests, so that a golden file has one. */
const publicKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** The pair of RFC 7515, appendix A.3. */
const pairOfClient = async (): Promise<ActKeyPair> => ({
  privateKey: await crypto.subtle.importKey(
    'jwk',
    { ...publicKey, d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI' },
    P256,
    false,
    ['sign'],
  ),
  publicKey: await crypto.subtle.importKey('jwk', publicKey, P256, true, ['verify']),
});

export const keys: readonly ActKey[] = [{ key: publicKey, actor: client }];

/** The log after a command, sealed as a service seals it. */
export function recorded(command: VisitCommand, before: readonly VisitEvent[]): VisitEvent[] {
  const decision = decide(command, replay(before));
  const { actor, ...metadata } = command.metadata;
  const made = decision.ok ? decision.events.map((event) => ({ ...event, metadata })) : [];
  return [...before, ...(seal(made as VisitEvent[], before.at(-1)?.metadata?.hash) as VisitEvent[])];
}

/** The client's words, signed on a log, and the log that has them. */
export async function saidOn(
  before: readonly VisitEvent[],
  facts: readonly FactWord[] = words,
  id = 'c-1',
): Promise<VisitEvent[]> {
  const said = commands.attestFacts({ visitId, at, facts }, client, id);
  const head = before.at(-1)?.metadata?.hash ?? null;
  return recorded(await signAct(said, { key: await pairOfClient(), basedOn: before.length, head }), before);
}
