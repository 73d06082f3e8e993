import { hour, namedEvent, t } from './app.ts';
import type { Case, ReportedAct } from './case.ts';
import { Pictures, type VisitPhoto } from './visit-photos.tsx';

type Call = Readonly<{ at: string; reference?: string; operatorId?: string }>;

/** The calls that an act names. */
function callOf({ data }: ReportedAct): Call | null {
  const { call, notice } = data as Readonly<{ call?: Call; notice?: Call }>;
  return call ?? notice ?? null;
}

const photosIn = ({ type, data }: ReportedAct): readonly VisitPhoto[] =>
  type === 'PhotosTaken' ? (data as Readonly<{ photos: readonly VisitPhoto[] }>).photos : [];

/** Evidence for the acts: the person who let them be done, the calls of that hour, the photographs. */
export function Evidence({ found: { acts }, visitId }: { found: Case; visitId: string }) {
  const words = t();
  const leaves = acts.flatMap(({ act, reported }) => (reported.despite ? [{ act, despite: reported.despite }] : []));
  const calls = acts.flatMap(({ act, reported }) => {
    const call = callOf(reported);
    return call === null ? [] : [{ act, call }];
  });
  const photos = acts.flatMap(({ reported }) => photosIn(reported));
  return (
    <section>
      <h2>{words.evidence}</h2>
      {leaves.length + calls.length + photos.length === 0 && <p class="hint">{words.noEvidence}</p>}
      <ul class="evidence">
        {leaves.map(({ act, despite }) => (
          <li key={`leave ${act.commandId}`}>
            <b>{words.despite(despite.by)}</b>: {despite.reason} <small>({namedEvent(act.type)})</small>
          </li>
        ))}
        {calls.map(({ act, call }) => (
          <li key={`call ${act.commandId}`}>
            <b>{words.callAt(hour(call.at))}</b> {[call.reference, call.operatorId].filter(Boolean).join(' · ')}{' '}
            <small>({namedEvent(act.type)})</small>
          </li>
        ))}
      </ul>
      {photos.length > 0 && <Pictures visitId={visitId} photos={photos} />}
    </section>
  );
}
