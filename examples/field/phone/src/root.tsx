import { useEffect, useState } from 'preact/hooks';
import { centerPhone, inside, phone, t } from './app.tsx';
import { PhoneLogin } from './screens/login.tsx';
import { session } from './session.ts';

export function Root() {
  const language = session.value?.locale ?? 'es-CR';
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  if (session.value === null) return <PhoneLogin />;
  const Inside = inside.value;
  return phone.value === null || Inside === null ? <Opening /> : <Inside />;
}

/** Until the visits are open. */
function Opening() {
  const [failure, setFailure] = useState<'newer-schema' | 'other' | null>(null);
  useEffect(() => {
    const fail = (event: Event) => {
      const { kind } = ((event as CustomEvent<unknown>).detail ?? {}) as { kind?: string };
      setFailure(kind === 'newer-schema' ? kind : 'other');
    };
    document.addEventListener('phone-failed', fail);
    return () => document.removeEventListener('phone-failed', fail);
  }, []);
  if (failure === null) return <main class="opening">{t().loading}</main>;
  return (
    <main class="opening">
      <h1>{t().title}</h1>
      <p role="alert">{failure === 'other' ? t().cannotOpen : t().newerData}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {t().tryAgain}
      </button>
      {failure === 'newer-schema' && (
        <a class="button wide" href={`tel:${centerPhone}`}>
          {t().call}
        </a>
      )}
    </main>
  );
}
