import type { Actor, FactWord, VisitCommand } from '../../messages/index.ts';
import { isOn, listStanding } from '../../visit/attestation.ts';
import type { Mix } from './mix.ts';
import { settleAll } from './settle-all.ts';
import type { VisitRecorder } from './visit-recorder.ts';

/** A word that waits for a signal: the command, how many events the phone had seen, and how many more acts it waits for. */
type Unsent = { readonly command: VisitCommand; readonly basedOn: number; readonly waitsFor: number };

/** The client's own phone, on which they confirm and deny what is on record: now and then, of some facts, with a signal or without. */
export class ClientsPhone {
  readonly #recorder: VisitRecorder;
  readonly #mix: Mix;
  readonly #client: Actor;
  #unsent: Unsent | null = null;

  constructor(recorder: VisitRecorder, visitId: string, mix: Mix) {
    this.#recorder = recorder;
    this.#mix = mix;
    this.#client = { role: 'client', id: `cli-${visitId}` };
  }

  /** Follows an act of the visit, on which the client may give their word. */
  follow(): void {
    const { dice } = this.#recorder;
    if (this.#unsent !== null) this.#wait(this.#unsent);
    else if (dice.chance(0.2)) this.#say();
  }

  /** Goes on after the end of the visit: what was unsent is sent, and the client may look at the record again. */
  finish(): void {
    const { dice } = this.#recorder;
    if (this.#unsent !== null) this.#send(this.#unsent);
    if (!dice.chance(0.6)) return;
    this.#recorder.wait(2, 600);
    this.#say();
    if (this.#unsent !== null) this.#send(this.#unsent);
  }

  #say(): void {
    const recorder = this.#recorder;
    const { dice, log } = recorder;
    const words = this.#chooseWords();
    if (words.length === 0) return;
    const command = recorder.wait(0, 2).added('AttestFacts', { facts: words }, this.#client);
    if (this.#mix.attestedOffline > 0 && dice.chance(this.#mix.attestedOffline)) {
      const metadata = { ...command.metadata, device: `tel-${this.#client.id}`, enteredAt: command.data.at };
      const kept = { ...command, metadata } as VisitCommand;
      this.#unsent = { command: kept, basedOn: log.length, waitsFor: dice.between(1, 9) };
      return;
    }
    recorder.record(command);
    this.#answer();
  }

  /** Some of the facts that stand and of which nothing was said, and half of those that were denied: taken back. */
  #chooseWords(): FactWord[] {
    const { dice, state } = this.#recorder;
    return listStanding(state).flatMap((word): FactWord[] => {
      const said = state.attestations.find(isOn(word));
      if (said?.agrees === true || !dice.chance(said === undefined ? 0.7 : 0.5)) return [];
      const isDenied = said === undefined && dice.chance(this.#mix.denied);
      return [isDenied ? { ...word, agrees: false, what: 'No fue así' } : { ...word, agrees: true }];
    });
  }

  #wait({ waitsFor, ...unsent }: Unsent): void {
    if (waitsFor > 1) this.#unsent = { ...unsent, waitsFor: waitsFor - 1 };
    else this.#send({ ...unsent, waitsFor });
  }

  /** Sends what was said without a signal; a word on what does not stand by then is reported, and settled. */
  #send({ command, basedOn }: Unsent): void {
    this.#unsent = null;
    this.#recorder.wait(0, 2).sync(basedOn, [command]);
    settleAll(this.#recorder, null);
    this.#answer();
  }

  /** Lets the contact center take up what the client denies, most of the time. */
  #answer(): void {
    const recorder = this.#recorder;
    const isOwed = recorder.state.debts.some(({ kind }) => kind === 'take-up-escalation');
    if (!isOwed || !recorder.dice.chance(0.8)) return;
    const text = 'Se revisa con el cliente lo que no fue así';
    recorder.wait(1, 20).record(recorder.added('GiveInstruction', { about: 'escalation', decision: 'other', text }));
  }
}
