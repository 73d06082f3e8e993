import type { Id, RuleId, VisitCommand } from 'auxilio';
import type { Act, Story } from './scenario.ts';
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
  const lines = stories.flatMap(linesOf);
  return lines.sort((one, other) => one.sentMs - other.sentMs);
}

/** The lines as a file. */
export const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => `${text}\n`).join('');

/** The lines of a visit, its acts in the order of their times and no two at the same moment. */
function linesOf({ visitId, acts }: Story): Line[] {
  const inOrder = [...acts].sort((one, other) => minutesOf(one.time) - minutesOf(other.time));
  const lines: Line[] = [];
  let last = 0;
  let previousId = '';
  for (const [index, act] of inOrder.entries()) {
    const own = commandId(visitId, index + 1);
    const id = act.outcome.kind === 'reused' ? previousId : own;
    last = Math.max(epochMs(act.time) + spread(own, 60_000), last + 1_000 + spread(own, 5_000));
    lines.push(...deliveries(act, act.make(instantOf(last), id), last));
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
