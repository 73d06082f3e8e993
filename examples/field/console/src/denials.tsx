import type { VisitState } from 'auxilio';
import { t, when } from './app.ts';
import { formWords } from './details.ts';

/** Facts that the client denies by their last word on them, with what they tell of each: they stand before all else of a visit. */
export function Denials({ state }: { state: VisitState }) {
  const denied = state.attestations.filter(({ agrees }) => !agrees);
  if (denied.length === 0) return null;
  return (
    <section class="disagreements">
      {denied.map(({ fact, recorded, what, at }) => (
        <article key={`${fact} ${recorded}`}>
          <h2>{t().denies(formWords().codes.fact[fact], when(recorded))}</h2>
          <p>
            {what !== undefined && <q>{what}</q>} <small>{when(at)}</small>
          </p>
        </article>
      ))}
    </section>
  );
}
