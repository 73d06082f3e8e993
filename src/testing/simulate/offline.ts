import type { Actor, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { ReconcileOutcome } from '../../reconciling/index.ts';
import { decide, replay } from '../../visit/index.ts';
import { createEvent, incrementalFold } from '../../visit/visit.ts';
import { ClientsPhone } from './clients-phone.ts';
import { chooseMistakes, repeatAct } from './mistakes.ts';
import type { Mix } from './mix.ts';
import type { Rng } from './prng.ts';
import { type Conflict, settleAll } from './settle-all.ts';
import { chooseStretches, mayBeTold, type Stretch } from './stretches.ts';
import { type SimulatedVisit, type Story, VisitRecorder } from './visit-recorder.ts';

/** The commands that a phone recorded while it was offline, and what the contact center could not record meanwhile. */
type Apart = { readonly basedOn: number; readonly queue: VisitCommand[]; readonly waiting: VisitCommand[] };

/** Records the commands of a stretch: on the phone's copy, then in batches, and what follows from these. */
function recordStretch(recorder: VisitRecorder, commands: readonly VisitCommand[], { kind }: Stretch, mix: Mix): void {
  if (kind === 'handed-over') {
    handOver(recorder, commands, mix);
    return;
  }
  const isTold = kind === 'told';
  const basedOn = recorder.log.length;
  const conflict = isTold || !recorder.dice.chance(mix.conflict) ? null : chooseConflict(commands);
  const apart: Apart = { basedOn, queue: [], waiting: [] };
  const copy = createCopy(recorder.log);
  const [first] = commands;
  const mustTell = commands.some(({ type }) => type === 'ReportClientAbsence');
  for (const command of commands) {
    const timed = recorder.timed(command);
    if (command === first) contradict(recorder, conflict, timed);
    if (timed.metadata.actor.role === 'contact-center') {
      if (!recorder.tryToRecord(timed).ok) apart.waiting.push(timed);
      continue;
    }
    const tells = mustTell || (isTold && command === first) || recorder.dice.chance(mix.twin);
    if (tells && mayBeTold(timed)) recorder.tryToRecord(recordByPhone(recorder, timed));
    apart.queue.push(copy.record(timed, recorder));
  }
  recorder.waitFor(apart.queue.at(-1) as VisitCommand);
  const refused = send(recorder, apart, mix.answerLost);
  settleAll(recorder, conflict);
  resume(recorder, conflict, refused);
  for (const command of apart.waiting) recorder.tryToRecord(recorder.wait(0, 4).timed(command));
}

/**
 * The contact center gives the visit to another provider while the phone of the first is offline: the acts of the first reach
 * the log later, are refused, and are left in their report. The other does the same, and what comes after it.
 */
function handOver(recorder: VisitRecorder, commands: readonly VisitCommand[], mix: Mix): void {
  const isOwn = ({ metadata: { actor } }: VisitCommand) => actor.role === 'provider';
  const until = commands.findIndex((command) => !isOwn(command));
  const apart: Apart = { basedOn: recorder.log.length, queue: [], waiting: [] };
  const copy = createCopy(recorder.log);
  const timed = commands.slice(0, until < 0 ? undefined : until).map((command) => recorder.timed(command));
  const [first] = timed as [VisitCommand];
  recorder.waitFor(first);
  const { dice } = recorder;
  const provider = { id: `prov-${dice.between(91, 99)}`, name: 'Marcela Vega', title: 'doña' } as const;
  const arriveBy = new Date(Date.parse(first.data.at) + 75 * 60_000).toISOString();
  const text = 'El proveedor no contesta; va otra persona';
  recorder.record(recorder.added('GiveInstruction', { about: 'visit', decision: 'reassign', text }));
  recorder.record(recorder.added('ReassignProvider', { provider, arriveBy }));
  recorder.record(recorder.added('NotifyClient', { about: ['provider-change'], reached: true }));
  for (const command of timed) apart.queue.push(copy.record(command, recorder));
  recorder.waitFor(apart.queue.at(-1) ?? first);
  send(recorder, apart, mix.answerLost);
  settleAll(recorder, 'handed-over');
  recorder.wait(5, 30).handOver(first.metadata.actor.id, provider.id);
  for (const command of commands) {
    const later = recorder.timed(command);
    recorder.recordOrDrop(isOwn(command) ? repeatAct(recorder, later) : later);
  }
}

/** Chooses a contradiction that the contact center could record meanwhile, so that acts of a stretch are refused. */
function chooseConflict(commands: readonly VisitCommand[]): Conflict {
  if (commands.some(({ type }) => type === 'CloseVisit')) return null;
  return commands.some(({ type }) => type === 'ReportCompletion') ? 'case-number' : 'called-off';
}

const cancellation = { about: 'visit', decision: 'cancel', text: 'El cliente canceló por teléfono' } as const;

function contradict(recorder: VisitRecorder, conflict: Conflict, { data: { at } }: VisitCommand): void {
  if (conflict === null) return;
  const { caseNumber } = recorder.state;
  const { data, ...command } =
    conflict === 'case-number'
      ? recorder.added('AmendAssignment', { caseNumber: `${caseNumber}-B` })
      : recorder.added('GiveInstruction', cancellation);
  recorder.record({ ...command, data: { ...data, at } } as VisitCommand);
}

/** The act of a provider, recorded by the contact center that took the call. */
function recordByPhone(recorder: VisitRecorder, { type, data }: VisitCommand): VisitCommand {
  const at = new Date(Date.parse(data.at) + recorder.dice.between(0, 360) * 1_000).toISOString();
  const { metadata } = recorder.added(type, {} as never);
  return { type, data: { ...data, at }, metadata } as VisitCommand;
}

/** The copy of a log on a phone without a signal: the provider goes on by it, or by what is said on the telephone. */
function createCopy(log: readonly VisitEvent[]) {
  const fold = incrementalFold(replay(log));
  const record = (command: VisitCommand, { dice }: VisitRecorder): VisitCommand => {
    const decision = decide(command, fold.state);
    const events = decision.ok ? decision.events : [createEvent(command, fold.state)];
    for (const event of events) fold.step(event as VisitEvent);
    const { actor } = command.metadata;
    const enteredAt = new Date(Date.parse(command.data.at) + dice.between(0, 40) * 1_000).toISOString();
    const despite = { by: 'Centro de Contacto', reason: 'Indicado por teléfono, sin señal' };
    const metadata = { ...command.metadata, ...(!decision.ok && { despite }), device: `tel-${actor.id}`, enteredAt };
    return { ...command, metadata } as VisitCommand;
  };
  return { record };
}

/** Sends what a phone recorded in one to three batches, some of them twice; the commands that are refused. */
function send(recorder: VisitRecorder, { basedOn, queue }: Apart, answerLost: number): readonly VisitCommand[] {
  const { dice } = recorder;
  const most = Math.ceil(queue.length / dice.oneOf([1, 1, 2, 3]));
  const refused: VisitCommand[] = [];
  recorder.wait(2, 20);
  for (let from = 0; from < queue.length; from += most) {
    const batch = queue.slice(from, from + most);
    const outcomes: readonly ReconcileOutcome[] = recorder.wait(0, 1).sync(basedOn, batch);
    refused.push(...batch.filter((_, index) => outcomes[index]?.outcome === 'refused'));
    if (dice.chance(answerLost)) recorder.wait(0, 2).sync(basedOn, batch);
  }
  return refused;
}

/** Goes on after a conflict: the visit is no longer called off; or the acts that were left are recorded again. */
function resume(recorder: VisitRecorder, conflict: Conflict, refused: readonly VisitCommand[]): void {
  if (conflict === 'called-off') {
    const text = 'El cliente recibe el servicio';
    recorder.wait(0, 3).tryToRecord(recorder.added('GiveInstruction', { about: 'visit', decision: 'proceed', text }));
  }
  if (conflict !== 'case-number') return;
  for (const { type, data, metadata } of refused) {
    const actor: Actor = metadata.actor;
    const { at: _, visitId: __, ...own } = { ...data, ...renewCompletion(recorder, type) };
    recorder.wait(0, 3).record(recorder.added(type, own as never, actor));
  }
}

/** The case number that is assigned by now, and a call, of a completion call that is made again. */
function renewCompletion(recorder: VisitRecorder, type: VisitCommand['type']): object {
  return type === 'ReportCompletion' ? { caseNumber: recorder.state.caseNumber, call: { at: recorder.now } } : {};
}

/** Records a story as two writers do who make mistakes: live, and for stretches on a phone that is offline; a client may speak, too. */
export function recordApart(story: Story, dice: Rng, mix: Mix): SimulatedVisit {
  const { commands } = story;
  const mistakes = chooseMistakes(commands, dice, mix);
  const stretches = chooseStretches(commands, mistakes, dice, mix);
  const recorder = new VisitRecorder(story, dice);
  // A rate of zero draws nothing, so that a mix without it makes the visits that it made before there was one.
  const speaks = mix.attested > 0 && dice.chance(mix.attested);
  const client = speaks ? new ClientsPhone(recorder, story.visitId, mix) : undefined;
  for (const [index, command] of commands.entries()) {
    const stretch = stretches.find(({ from, to }) => index >= from && index < to);
    const mistake = mistakes.get(index);
    if (stretch?.from === index) recordStretch(recorder, commands.slice(index, stretch.to), stretch, mix);
    else if (stretch !== undefined) continue;
    else if (mistake !== undefined) mistake(recorder, command);
    else recorder.recordOrDrop(recorder.timed(command));
    client?.follow();
  }
  client?.finish();
  return recorder.finished();
}
