import { useState } from 'preact/hooks';
import { hour, t, visit } from './app.ts';

/** The photograph of the person who comes; nothing where it cannot be loaded, as without a signal. */
function Photo({ address, name }: { address: string; name: string }) {
  const [isAbsent, setAbsent] = useState(false);
  if (isAbsent) return null;
  return <img src={address} alt={t().photoOf(name)} onError={() => setAbsent(true)} />;
}

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
          {shown.photo !== null && <Photo key={shown.photo} address={shown.photo} name={provider.name} />}
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
