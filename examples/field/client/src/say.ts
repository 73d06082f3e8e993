/** The client's word: kept on this device at once, and sent in its order. */
import type { FactWord } from 'auxilio';
import { signAct } from 'auxilio/chain';
import { said, session, visit, waiting } from './app.ts';
import { deviceKey } from './key.ts';
import type { ClientCommand, ShownFact } from './server.ts';
import { add, listSaid } from './store.ts';
import { inTabs, send } from './sync.ts';

type Spoken =
  | Readonly<{ type: 'AttestFacts'; facts: readonly FactWord[] }>
  | Readonly<{ type: 'ReportConductBreach'; kind: 'other' | 'discourtesy'; detail: string }>;

let turn: Promise<unknown> = Promise.resolve();

/** Keeps what the client said, signed over the log as they see it. Resolves when it is on the disk; it is sent after that. */
export function say(spoken: Spoken): Promise<void> {
  const mine = turn.then(() => record(spoken));
  turn = mine.catch(() => undefined);
  return mine;
}

async function record({ type, ...words }: Spoken): Promise<void> {
  const [entered, seen] = [session.peek(), visit.peek()];
  if (entered === null || seen === null) throw new Error('No visit is open');
  const { visitId, actorId, device } = entered;
  const command = {
    type,
    data: { visitId, at: new Date().toISOString(), ...words },
    metadata: { actor: { role: 'client', id: actorId }, commandId: crypto.randomUUID(), device },
  } as ClientCommand;
  const { version: basedOn, head } = seen.view;
  const signed = await signAct(command, { key: await deviceKey(), basedOn, head: head?.hash ?? null });
  await add({ visitId, basedOn, command: signed, outcome: null });
  said.value = await listSaid();
  inTabs.postMessage('said');
  void send();
}

const keyOf = ({ fact, recorded }: Pick<FactWord, 'fact' | 'recorded'>) => `${fact} ${recorded}`;

/** The facts that stand, with the last word of the client on each, sent or not. */
export function factsWithWords(): readonly ShownFact[] {
  const own = new Map<string, FactWord>();
  for (const { command, visitId } of waiting.value)
    if (command.type === 'AttestFacts' && visitId === session.value?.visitId)
      for (const word of command.data.facts) own.set(keyOf(word), word);
  return (visit.value?.view.facts ?? []).map(({ fact, recorded, said }) => {
    const word = own.get(keyOf({ fact, recorded })) ?? said;
    return { fact, recorded, ...(word && { agrees: word.agrees, ...(word.what && { what: word.what }) }) };
  });
}

/** A word on facts, as one act. */
export const attest = (facts: readonly ShownFact[], agrees: boolean, what = ''): Promise<void> =>
  say({
    type: 'AttestFacts',
    facts: facts.map(({ fact, recorded }) => ({ fact, recorded, agrees, ...(what !== '' && { what }) })),
  });
