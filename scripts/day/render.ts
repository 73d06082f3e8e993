import {
  type CommandType,
  commands as createCommands,
  type Id,
  type Instant,
  type RuleId,
  reconcile,
  type VisitCommand,
  type VisitEvent,
} from 'auxilio';
import type { SyncRequest } from 'auxilio/service';
import { policy } from '../../examples/day/policy.ts';
import { type Act, asOperator, type Story } from './scenario.ts';
import { epochMs, instantOf, minutesOf, spread } from './time.ts';

/** The expected result of a line. */
export type Expected =
  | { readonly kind: 'accepted' | 'repeated' | 'reused' | 'unreadable' }
  | { readonly kind: 'refused'; readonly by: readonly RuleId[] };

/** A line of the file. Those that can be read have a command. */
export type Line = {
  readonly sentMs: number;
  readonly text: string;
  readonly command: VisitCommand;
  readonly expected: Expected;
};

/** All lines of the day in the order in which they were sent; those of one moment in the order of the stories. */
export function tell(stories: readonly Story[]): Line[] {
  const lines = stories.flatMap((one) => linesOf(one));
  return lines.sort((one, other) => one.sentMs - other.sentMs);
}

/** The lines as a file. */
export const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => `${text}\n`).join('');

/** The lines of a visit, its acts in the order of their times and no two at the same moment. */
function linesOf({ visitId, acts }: Pick<Story, 'visitId' | 'acts'>, first = 1): Line[] {
  const inOrder = [...acts].sort((one, other) => minutesOf(one.time) - minutesOf(other.time));
  const lines: Line[] = [];
  let last = 0;
  let previousId = '';
  const times = new Map<CommandType, Instant>();
  const earlier = (type: CommandType) => times.get(type) ?? '';
  for (const [index, act] of inOrder.entries()) {
    const own = commandId(visitId, first + index);
    const id = act.outcome.kind === 'reused' ? previousId : own;
    last = Math.max(epochMs(act.time) + spread(own, 60_000), last + 1_000 + spread(own, 5_000));
    const command = act.make(instantOf(last), id, earlier);
    times.set(command.type, command.data.at);
    lines.push(...deliveries(act, command, last));
    previousId = own;
  }
  return lines;
}

const commandId = (visitId: Id, count: number): Id => `c-${visitId.slice(-7)}-${String(count).padStart(3, '0')}`;

/** The lines that an act arrives in: one, or more where it is sent again. */
function deliveries({ outcome }: Act, command: VisitCommand, atMs: number): Line[] {
  const whole = JSON.stringify(command);
  const line = (expected: Expected, text = whole, minutes = 0): Line => {
    const travelMs = 400 + spread(`${whole} ${minutes}`, 500);
    return { sentMs: atMs + minutes * 60_000 + travelMs, text, command, expected };
  };
  switch (outcome.kind) {
    case 'accepted':
      return [
        line({ kind: 'accepted' }),
        ...outcome.sentAgainAfter.map((minutes) => line({ kind: 'repeated' }, whole, minutes)),
      ];
    case 'cut':
      return [
        line({ kind: 'unreadable' }, whole.slice(0, whole.length / 2)),
        line({ kind: 'accepted' }, whole, outcome.wholeAfter),
      ];
    case 'unreadable':
      return [
        line(
          { kind: 'unreadable' },
          JSON.stringify({ ...command, data: { ...command.data, [outcome.field]: outcome.value } }),
        ),
      ];
    case 'refused':
      return [line({ kind: 'refused', by: outcome.by })];
    case 'reused':
      return [line({ kind: 'reused' })];
  }
}

/** A line of the file of the evening: a batch of one phone, the settlement of its report, or an act after it. */
export type LateLine = SyncRequest | VisitCommand;

/**
 * The lines that come in after the day. Commands are reconciled as the service does, to know the report that is settled;
 * `decided` are the events of each visit so far.
 */
export function tellLate(stories: readonly Story[], decided: (visitId: Id) => readonly VisitEvent[]): LateLine[] {
  return stories.filter(({ offline }) => offline.length > 0).flatMap((one) => lateLinesOf(one, decided(one.visitId)));
}

export const lateTextOf = (lines: readonly LateLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function lateLinesOf({ visitId, offline, settlement, afterwards }: Story, log: readonly VisitEvent[]): LateLine[] {
  const commands = linesOf({ visitId, acts: offline }, 501).map(({ command }) => command);
  const since = commands[0]?.data.at ?? '';
  const basedOn = log.filter(({ data }) => data.at < since).length;
  const answer = reconcile({ log, basedOn, commands, policy });
  if (!answer.ok) throw new Error(`${visitId}: ${JSON.stringify(answer.error)}`);
  const report = answer.events.at(-1);
  if (settlement === null || report?.type !== 'DiscrepancyReported') throw new Error(`${visitId}: nothing to settle`);
  const { time, operator, taken, text } = settlement;
  const { discrepancyId, acts } = report.data;
  const refused = acts.flatMap(({ twinOf }, position) => (twinOf === undefined ? position : []));
  const at = instantOf(epochMs(time) + spread(visitId, 60_000));
  const data = { visitId, at, discrepancyId, taken: taken === 'all' ? refused : [], text };
  return [
    { visitId, basedOn, commands },
    createCommands.settleDiscrepancy(data, asOperator(operator), commandId(visitId, 601)),
    ...linesOf({ visitId, acts: afterwards }, 701).map(({ command }) => command),
  ];
}
