import type { Instant } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { useEffect, useRef } from 'preact/hooks';
import { hour, t, usePhone } from './app.tsx';
import { now } from './phone.ts';
import type { Recorded } from './record.ts';

type OutcomeProps = Readonly<{
  outcome: Recorded | null;
  visit: ReplicaVisit;
  at: Instant | null;
  /** Tries again with a time that was chosen; by how much the clock of the phone is wrong, if that is why. */
  submit: (atConfirmed?: Instant, wrongMs?: number) => Promise<void>;
}>;

/** The obstacle that an act met, and the way on; it is brought into sight. */
export function Outcome(props: OutcomeProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.outcome !== null) place.current?.scrollIntoView({ block: 'center' });
  }, [props.outcome]);
  return (
    <div ref={place}>
      <Obstacle {...props} />
    </div>
  );
}

function Obstacle({ outcome, visit, at, submit }: OutcomeProps) {
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
    const phone = now();
    const own = at ?? phone;
    const { estimate } = outcome;
    const useOwn = at === null ? words.useOwn : words.useEntered;
    return (
      <div class="problem" role="alert">
        <p>{words.clockSuspect(hour(phone, estimate), hour(estimate, phone))}</p>
        <button type="button" onClick={() => submit(estimate, Date.parse(estimate) - Date.parse(phone))}>
          {words.useEstimate(hour(estimate, own))}
        </button>
        <button type="button" onClick={() => submit(own)}>
          {useOwn(hour(own, estimate))}
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
