import { useState } from 'preact/hooks';
import { goTo } from '../../ui/route.ts';
import { record } from './api.ts';
import { say, t } from './app.ts';
import type { Plan, Step } from './plan.ts';
import { type Log, readAgain } from './visit-log.ts';

type Run = Readonly<{
  start: (reason: string) => Promise<void>;
  isBusy: boolean;
  done: number;
  problem: string | null;
}>;

/** Carries out a plan, and stops at the first act that is refused; started again it goes on from there. */
export function useRun(log: Log, plan: Plan | null): Run {
  const words = t();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // While it runs the log changes, and with it the plan: the one that was confirmed stays.
  const [running, setRunning] = useState<Readonly<{ steps: readonly Step[]; done: number }> | null>(null);

  async function start(reason: string): Promise<void> {
    const steps = running?.steps ?? plan?.steps.map((step) => withReason(step, reason)) ?? [];
    setBusy(true);
    setProblem(null);
    for (let done = running?.done ?? 0; done < steps.length; done += 1) {
      const step = steps[done];
      if (step === undefined) break;
      const answer = await record(step, log.visitId, step.commandId);
      if (!answer.ok) {
        const why = answer.status === 0 ? words.cannotReach : [answer.title, ...answer.details].join(' ');
        setProblem(`${steps.length > 1 ? words.stoppedAt(done, steps.length) : words.refused} ${why}`);
        setRunning({ steps, done });
        setBusy(false);
        readAgain();
        return;
      }
    }
    say(words.decided);
    goTo('');
  }
  return { start, isBusy, problem, done: running?.done ?? 0 };
}

function withReason(step: Step, reason: string): Step {
  const name = step.type === 'AnnulAct' ? 'reason' : step.type === 'ReassignProvider' ? null : 'text';
  return name === null ? step : { ...step, data: { ...step.data, [name]: reason } };
}
