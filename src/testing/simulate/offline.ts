import type { Actor, Id, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { ReconcileOutcome } from '../../reconciling/index.ts';
import { decide } from '../../visit/index.ts';
import { createEvent, incrementalFold } from '../../visit/visit.ts';
import type { Mix } from './mix.ts';
import { mayBeTold, type Stretch } from './stretches.ts';
import type { VisitRecorder } from './visit-recorder.ts';

/** The commands that a phone recorded while it was offline, and what the contact center could not record meanwhile. */
type Apart = { readonly basedOn: number; readonly queue: VisitCommand[]; readonly waiting: VisitCommand[] };

/** Something that the contact center records meanwhile and that contradicts the phone. */
type Conflict = 'called-off' | 'case-number' | null;

/** Records the commands of a stretch: on the phone's copy, then in batches, and what follows from these. */
export function recordStretch(
  recorder: VisitRecorder,
  commands: readonly VisitCommand[],
  { isTold }: Stretch,
  mix: Mix,
): void {
  const basedOn = recorder.log.length;
  const conflict = isTold || !recorder.dice.chance(mix.conflict) ? null : conflictWith(commands);
  const apart: Apart = { basedOn, queue: [], waiting: [] };
  const copy = copyOf(recorder.log);
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
    if (tells && mayBeTold(timed)) recorder.tryToRecord(told(recorder, timed));
    apart.queue.push(copy.record(timed, recorder));
  }
  recorder.waitFor(apart.queue.at(-1) as VisitCommand);
  const refused = send(recorder, apart, mix.answerLost);
  settleAll(recorder, conflict);
  resume(recorder, conflict, refused);
  for (const command of apart.waiting) recorder.tryToRecord(recorder.wait(0, 4).timed(command));
}

/** Chooses a contradiction that the contact center could record meanwhile, so that acts of a stretch are refused. */
function conflictWith(commands: readonly VisitCommand[]): Conflict {
  if (commands.some(({ type }) => type === 'CloseVisit')) return null;
  return commands.some(({ type }) => type === 'ReportCompletion') ? 'case-number' : 'called-off';
}

function contradict(recorder: VisitRecorder, conflict: Conflict, { data: { at } }: VisitCommand): void {
  if (conflict === null) return;
  const { caseNumber } = recorder.state;
  const { data, ...command } =
    conflict === 'case-number'
      ? recorder.added('AmendAssignment', { caseNumber: `${caseNumber}-B` })
      : recorder.added('GiveInstruction', {
          about: 'visit',
          decision: 'cancel',
          text: 'El cliente canceló por teléfono',
        });
  recorder.record({ ...command, data: { ...data, at } } as VisitCommand);
}

/** The act of a provider, recorded by the contact center that took the call. */
function told(recorder: VisitRecorder, { type, data }: VisitCommand): VisitCommand {
  const at = new Date(Date.parse(data.at) + recorder.dice.between(0, 360) * 1_000).toISOString();
  const { metadata } = recorder.added(type, {} as never);
  return { type, data: { ...data, at }, metadata } as VisitCommand;
}

/** The copy of a log on a phone without a signal: the provider goes on by it, or by what is said on the telephone. */
function copyOf(log: readonly VisitEvent[]) {
  const fold = incrementalFold();
  for (const event of log) fold.step(event);
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

/** Settles every discrepancy that is open: what contradicts an amended case number is left, all else is taken. */
function settleAll(recorder: VisitRecorder, conflict: Conflict): void {
  const owed = recorder.state.debts.flatMap(({ kind, about }) => (kind === 'settle-discrepancy' ? [about as Id] : []));
  for (const discrepancyId of owed) {
    const report = recorder.log.find(
      (event) => event.type === 'DiscrepancyReported' && event.data.discrepancyId === discrepancyId,
    );
    const acts = report?.type === 'DiscrepancyReported' ? report.data.acts : [];
    const taken = acts.flatMap(({ twinOf }, position) => (twinOf === undefined ? [position] : []));
    recorder.wait(3, 35);
    if (conflict === 'case-number') recorder.settle(discrepancyId, [], 'Se repite con el número de caso actual');
    else recorder.settle(discrepancyId, taken, 'Confirmado con el proveedor y el cliente');
  }
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
    const { at: _, visitId: __, ...own } = { ...data, ...completionNow(recorder, type) };
    recorder.wait(0, 3).record(recorder.added(type, own as never, actor));
  }
}

/** The case number that is assigned by now, and a call, of a completion call that is made again. */
function completionNow(recorder: VisitRecorder, type: VisitCommand['type']): object {
  return type === 'ReportCompletion' ? { caseNumber: recorder.state.caseNumber, call: { at: recorder.now } } : {};
}
