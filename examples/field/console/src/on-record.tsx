import type { CommandType, Instant, VisitCommand } from 'auxilio';
import { decide } from 'auxilio/core';
import { formOf } from 'auxilio/forms';
import type { FormHost } from '../../ui/host.ts';
import { policy, t, when } from './app.ts';
import { formWords } from './details.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

type Recorded = Readonly<{ value: string; at: Instant }>;

/** The instants that the state holds, wherever they are. */
function instantsIn(value: unknown): readonly Instant[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(instantsIn) : [];
}

/** The acts of a visit that can be annulled, or the times that can be corrected: those that the rules accept. */
function recordedIn(type: CommandType, name: string, { visitId, state }: Log): readonly Recorded[] {
  const field = formOf(type, formWords()).fields.find((one) => one.name === name);
  if (field?.kind !== 'choice') return [];
  const times = [...new Set(instantsIn([state.arrival, state.work, state.closing]))].sort();
  const metadata = { actor: { role: 'contact-center', id: session.value?.actorId ?? '' } };
  return field.choices.flatMap(({ value }) =>
    times.flatMap((at) => {
      const data = { visitId, at, [name]: value, recorded: at, corrected: at, reason: value };
      return decide({ type, data, metadata } as unknown as VisitCommand, state, policy).ok ? [{ value, at }] : [];
    }),
  );
}

type OnRecordProps = Readonly<{ type: CommandType; log: Log; host: FormHost }>;

/** The fields that are filled in by choosing among what is on record, to the millisecond. */
export const isChosen = (name: string): boolean => name === 'act' || name === 'what' || name === 'recorded';

/** The acts and times on record, to choose by a touch the one that is to be corrected. */
export function OnRecord({ type, log, host: { entered, enter, problems } }: OnRecordProps) {
  const words = t();
  const name = type === 'AnnulAct' ? 'act' : 'what';
  const problem = problems[name] ?? problems.recorded;
  return (
    <fieldset class="field" aria-describedby="on-record">
      <legend>{words.onRecord}</legend>
      <div class="chips">
        {recordedIn(type, name, log).map(({ value, at }) => (
          <button
            type="button"
            class="chip"
            key={`${value} ${at}`}
            aria-pressed={entered[name]?.[0] === value && entered.recorded?.[0] === at}
            onClick={() =>
              enter({ [name]: [value], recorded: [at], ...(type === 'CorrectTime' && { corrected: [at] }) })
            }
          >
            {words.recordedFacts(value)} {when(at)}
          </button>
        ))}
      </div>
      {problem !== undefined && (
        <p class="problem" id="on-record">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
