import { useState } from 'preact/hooks';
import { isOvertaken, record } from './api.ts';
import { instant, say, t } from './app.ts';
import { goBack } from './left.ts';
import type { Plan, Step } from './plan.ts';
import { type Seen, useSeen } from './seen.tsx';
import type { Log } from './visit-log.ts';

type Run = Readonly<{
  /** Answers if all acts are on record. */
  start: (reason: string) => Promise<boolean>;
  isBusy: boolean;
  /** The acts that were confirmed and how many of them are on record; null before, and after one was refused. */
  running: Running | null;
  problem: string | null;
  /** True once a decision was refused since another one came first. */
  isLate: boolean;
  seen: Seen;
}>;

/** `version`: that of the visit for which the next step is meant. */
type Running = Readonly<{ choice: string; steps: readonly Step[]; done: number; version: number }>;

/**
 * Carries out the plan of a choice, and stops at the first act that fails. One without an answer may be on record: started again it
 * goes on from there, under the same ids. After a refusal the plan of the log as it stands by then is to be confirmed.
 */
export function useRun(log: Log, choice: string, plan: Plan | null): Run {
  const words = t();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLate, setLate] = useState(false);
  // While it runs the log changes, and with it the plan: the one that was confirmed stays.
  const [running, setRunning] = useState<Running | null>(null);
  const own = running?.choice === choice ? running : null;
  const seen = useSeen(log);

  async function start(reason: string): Promise<boolean> {
    const steps = own?.steps ?? plan?.steps.map((step) => withReason(step, reason)) ?? [];
    setBusy(true);
    setProblem(null);
    setLate(false);
    let version = own?.version ?? seen.version;
    for (let done = own?.done ?? 0; done < steps.length; done += 1) {
      const step = steps[done];
      if (step === undefined) break;
      setRunning({ choice, steps, done, version });
      const answer = await record(step, log.visitId, step.commandId, version);
      if (!answer.ok) {
        const isRefused = answer.status >= 400 && answer.status < 500;
        const isOld = isOvertaken(answer);
        setLate(isOld);
        const why = isOld
          ? words.decideAgain
          : answer.status === 0
            ? words.cannotReach
            : [answer.title, ...answer.details].join(' ');
        // The case may be decided by now, and the problem with it out of sight.
        if (isOld) say([words.refused, why].join(' '));
        const where = steps.length > 1 ? words.stoppedAt(done, steps.length) : words.refused;
        setProblem([where, why, ...(isRefused && done > 0 ? [words.plannedAgain] : [])].join(' '));
        if (isRefused) setRunning(null);
        setBusy(false);
        seen.renew(answer.version ?? version);
        return false;
      }
      version = answer.value.version;
    }
    say(words.decided);
    goBack();
    return true;
  }
  return { start, isBusy, problem, isLate, running: own, seen };
}

function withReason(step: Step, reason: string): Step {
  // It is decided now: the plan was made when the case was opened.
  const at = instant();
  if (step.type === 'ReassignProvider') return { ...step, data: { ...step.data, at, arriveBy: at } };
  return { ...step, data: { ...step.data, at, [step.type === 'AnnulAct' ? 'reason' : 'text']: reason } };
}
