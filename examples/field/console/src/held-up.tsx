/** The rules that keep the provider from the next act, and those that the center can waive by an instruction. */
import type { CommandType, Rejection, VisitState, WaivableRule } from 'auxilio';
import { explain, guide, isWaivable } from 'auxilio/core';
import { instant, policy, t, useLanguage } from './app.ts';

/** The acts in which a provider gets stuck: to begin, to end. */
const steps: readonly CommandType[] = ['StartWork', 'HandOverSite', 'ReportCompletion', 'CompleteVisit'];

type HeldUp = Readonly<{
  command: CommandType;
  reasons: readonly string[];
  /** Sentence that names all of it that the center can waive; absent if that is nothing. */
  waiver?: string | undefined;
  waivable: readonly WaivableRule[];
}>;

/**
 * The next of those acts that is closed, and the rules that close it; null if none is, it has not come so far, or the visit has ended.
 * `said` explains a rejection, a line a violation.
 */
export function heldUpIn(state: VisitState, said: (rejection: Rejection) => string): HeldUp | null {
  const { arrival, phase } = state;
  if (arrival.arrivedAt === null || phase === 'completed' || phase === 'closed') return null;
  const { closed, open } = guide(state, { role: 'provider', now: instant(), policy });
  const isDone: Partial<Record<CommandType, boolean>> = {
    StartWork: state.work.startedAt !== null,
    HandOverSite: state.closing.handedOverAt !== null,
    ReportCompletion: state.closing.completionReportedAt !== null,
    CompleteVisit: state.closing.completedAt !== null,
  };
  const next = steps.find((command) => isDone[command] !== true);
  if (next === undefined || open.some(({ command }) => command === next)) return null;
  const found = closed.find(({ command }) => command === next);
  const [first, ...others] = found?.violations ?? [];
  if (first === undefined) return null;
  const violations = [first, ...others] as const;
  const waivable = violations.flatMap(({ rule }) => (isWaivable(rule) ? [rule] : []));
  const lines = said({ violations }).split('\n');
  return {
    command: next,
    reasons: lines.slice(0, violations.length),
    waiver: lines[violations.length],
    waivable: [...new Set(waivable)],
  };
}

type HeldUpProps = Readonly<{ state: VisitState; waive: (rules: readonly WaivableRule[]) => void }>;

export function HeldUpBox({ state, waive }: HeldUpProps) {
  const words = t();
  const language = useLanguage();
  const found = heldUpIn(state, (rejection) => explain(rejection, language, 'contact-center'));
  if (found === null) return null;
  return (
    <section class="held-up">
      <h2>{words.cannotYet(language.names.acts[found.command])}</h2>
      <ul>
        {found.reasons.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {found.waiver !== undefined && <p>{found.waiver}</p>}
      {found.waivable.length > 0 && (
        <button type="button" onClick={() => waive(found.waivable)}>
          {words.waive} <kbd>W</kbd>
        </button>
      )}
    </section>
  );
}
