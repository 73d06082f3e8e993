import type { Instant } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { clock, t, usePhone } from './app.tsx';
import { now } from './phone.ts';
import type { Recorded } from './record.ts';

type OutcomeProps = Readonly<{
  outcome: Recorded | null;
  visit: ReplicaVisit;
  at: Instant | null;
  submit: (atConfirmed?: Instant) => Promise<void>;
}>;

/** The obstacle that an act met, and the way on. */
export function Outcome({ outcome, visit, at, submit }: OutcomeProps) {
  const { replica } = usePhone();
  const words = t();
  if (outcome === null) return null;
  if (outcome.kind === 'problem') {
    return (
      <p class="problem" role="alert">
        {outcome.text}
      </p>
    );
  }
  if (outcome.kind === 'clock') {
    const own = at ?? now();
    const { estimate } = outcome;
    return (
      <div class="problem" role="alert">
        <p>{words.clockSuspect(clock(own), clock(estimate))}</p>
        <button type="button" onClick={() => submit(estimate)}>
          {words.useEstimate(clock(estimate))}
        </button>
        <button type="button" onClick={() => submit(own)}>
          {words.useOwn(clock(own))}
        </button>
      </div>
    );
  }
  if (outcome.kind !== 'led-elsewhere') return null;
  return (
    <div class="problem" role="alert">
      <p>{words.ledElsewhere}</p>
      <button type="button" onClick={() => replica.takeLead(visit.visitId).then(() => submit())}>
        {words.takeLead}
      </button>
    </div>
  );
}
