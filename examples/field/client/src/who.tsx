import { hour, t, visit } from './app.ts';

/** The person who comes, and by when. */
export function Who() {
  const shown = visit.value;
  if (shown === null) return null;
  const { provider, arriveBy, delay, phase } = shown.view;
  const isExpected = phase === 'expected';
  return (
    <section class="who" aria-labelledby="who">
      <h2 id="who">{isExpected ? t().whoComes : t().whoCame}</h2>
      {provider === null ? (
        <p>{t().nobodyYet}</p>
      ) : (
        <div class="person">
          {shown.photo !== null && <img src={shown.photo} alt={t().photoOf(provider.name)} />}
          <p>
            <strong>{provider.name}</strong>
            {provider.credentialId !== null && <span>{t().card(provider.credentialId)}</span>}
          </p>
        </div>
      )}
      {isExpected && provider !== null && <p>{t().expected(hour(arriveBy))}</p>}
      {delay !== null && (
        <p class="delay">
          {delay.expectedArrival === null ? t().delayed : t().delayedUntil(hour(delay.expectedArrival))}
        </p>
      )}
    </section>
  );
}
