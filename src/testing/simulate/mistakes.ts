import type { AnnullableEvent, CommandType, CorrectableTime, Instant, VisitCommand } from '../../messages/index.ts';
import type { Mix } from './mix.ts';
import type { Rng } from './prng.ts';
import type { VisitRecorder } from './visit-recorder.ts';

/** The acts that are recorded by mistake, and the events that an annulment takes back. */
const annullable: { readonly [T in CommandType]?: AnnullableEvent } = {
  RecordArrival: 'ProviderArrived',
  StartWork: 'WorkStarted',
  CompleteVisit: 'Completed',
};

/** The time that is corrected, of each act that is recorded with a wrong one. */
function findCorrectable({ type, data }: VisitCommand): CorrectableTime | undefined {
  if (type === 'RecordArrival') return 'arrival';
  if (type === 'StartWork') return 'start';
  if (type === 'PauseWork' && data.kind === 'break') return 'interruption';
  if (type === 'ResumeWork' && data.kind === 'break') return 'resumption';
  if (type === 'ReportCompletion') return 'completion-call';
  return type === 'CompleteVisit' ? 'end' : undefined;
}

/** Records an act of the story with the mistake that it begins with. */
export type Mistake = (recorder: VisitRecorder, command: VisitCommand) => void;

/** Chooses the acts of a story that are recorded by mistake, or with a wrong time: by their indexes. */
export function chooseMistakes(commands: readonly VisitCommand[], dice: Rng, mix: Mix): ReadonlyMap<number, Mistake> {
  const mistakes = new Map<number, Mistake>();
  const choose = (rate: number, mayBe: (command: VisitCommand) => boolean, mistake: Mistake) => {
    if (!dice.chance(rate)) return;
    const [first, ...rest] = commands.flatMap((command, index) =>
      mayBe(command) && !mistakes.has(index) ? [index] : [],
    );
    if (first !== undefined) mistakes.set(dice.oneOf([first, ...rest]), mistake);
  };
  choose(mix.annulled, ({ type }) => annullable[type] !== undefined, recordAnnulled);
  // A rate of zero draws nothing, so that a mix without it makes the visits that it made before there was one.
  if (mix.closingAnnulled > 0) choose(mix.closingAnnulled, ({ type }) => type === 'CloseVisit', recordClosingAnnulled);
  choose(mix.mistimed, (command) => findCorrectable(command) !== undefined, recordMistimed);
  return mistakes;
}

/** Records an act too early; the contact center annuls it, and it is recorded again when it has happened. */
function recordAnnulled(recorder: VisitRecorder, command: VisitCommand): void {
  const act = annullable[command.type];
  if (act === undefined) return;
  const mistaken = recorder.timed(command);
  recorder.record(mistaken);
  recorder.wait(2, 6);
  recorder.record(
    recorder.added('AnnulAct', { act, recorded: mistaken.data.at, reason: 'Se registró por error, antes de tiempo' }),
  );
  recorder.wait(2, 10);
  if (act === 'Completed') {
    const { caseNumber } = recorder.state;
    const call = { at: recorder.now };
    const data = { call, ...(caseNumber !== null && { caseNumber }) };
    recorder.record(recorder.added('ReportCompletion', data, mistaken.metadata.actor));
    recorder.wait(0, 2);
  }
  recorder.record(repeatAct(recorder, recorder.timed(command)));
}

/** Records a closing by mistake; the contact center annuls it and calls the visit off again, which is closed then. */
function recordClosingAnnulled(recorder: VisitRecorder, command: VisitCommand): void {
  const { instruction } = recorder.state;
  const mistaken = recorder.timed(command);
  recorder.record(mistaken);
  if (instruction === null) return;
  const recorded = mistaken.data.at;
  const reason = 'Se cerró por error la visita que no era';
  recorder.wait(2, 6).record(recorder.added('AnnulAct', { act: 'VisitClosed', recorded, reason }));
  const text = 'Se mantiene lo que se indicó';
  recorder.wait(0, 4).record(recorder.added('GiveInstruction', { about: 'visit', decision: instruction, text }));
  recorder.wait(1, 10).record(repeatAct(recorder, recorder.timed(command)));
}

/** The same act, recorded again. */
export const repeatAct = (recorder: VisitRecorder, command: VisitCommand): VisitCommand =>
  ({ ...command, metadata: { ...command.metadata, commandId: recorder.nextId() } }) as VisitCommand;

/** Records an act with a wrong time, which the contact center corrects. */
function recordMistimed(recorder: VisitRecorder, command: VisitCommand): void {
  const timed = recorder.timed(command);
  const what = findCorrectable(command);
  if (what === undefined) return;
  const { at: corrected } = timed.data;
  const recorded = mistakeTime(corrected, recorder.dice);
  const metadata = { ...timed.metadata, enteredAt: corrected };
  recorder.record({ ...timed, data: { ...timed.data, at: recorded }, metadata } as VisitCommand);
  recorder.wait(1, 4);
  recorder.record(recorder.added('CorrectTime', { what, recorded, corrected, reason: 'La hora se anotó mal' }));
}

/** A time that is an hour and some minutes off, in either direction. */
function mistakeTime(at: Instant, dice: Rng): Instant {
  const minutes = dice.between(6, 75) * dice.oneOf([-1, 1]);
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
