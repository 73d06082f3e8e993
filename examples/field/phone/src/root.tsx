import { useEffect, useState } from 'preact/hooks';
import { inside, phone, t } from './app.tsx';
import { PhoneLogin } from './screens/login.tsx';
import { session } from './session.ts';

export function Root() {
  const language = session.value?.locale ?? 'es-CR';
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t().title;
  }, [language]);
  if (session.value === null) return <PhoneLogin />;
  const Inside = inside.value;
  return phone.value === null || Inside === null ? <Opening /> : <Inside />;
}

/** Until the visits are open. */
function Opening() {
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const fail = () => setFailed(true);
    document.addEventListener('phone-failed', fail);
    return () => document.removeEventListener('phone-failed', fail);
  }, []);
  if (!hasFailed) return <main class="opening">{t().loading}</main>;
  return (
    <main class="opening">
      <p role="alert">{t().cannotOpen}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {t().tryAgain}
      </button>
    </main>
  );
}
