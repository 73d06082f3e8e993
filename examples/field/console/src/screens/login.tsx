import { useState } from 'preact/hooks';
import { post, remove } from '../api.ts';
import { t } from '../app.ts';
import { choose, locale, type Session, session } from '../session.ts';

export function Login() {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const words = t();
  async function enter(event: SubmitEvent) {
    event.preventDefault();
    const entered = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const body = { login: String(entered.get('login')), password: String(entered.get('password')), device: 'console' };
    const answer = await post<Session>('/session', body);
    setBusy(false);
    if (!answer.ok) setProblem(answer.status === 0 ? words.loginNoSignal : answer.title);
    else if (answer.value.role === 'provider') {
      await remove('/session');
      setProblem(words.loginProvider);
    } else session.value = answer.value;
  }
  return (
    <main class="login">
      <img src="/console/icon.svg" alt="" width="64" height="64" />
      <h1>{words.title}</h1>
      <form onSubmit={enter}>
        <label>
          {words.loginName}
          <input name="login" autocomplete="username" autocapitalize="none" required />
        </label>
        <label>
          {words.password}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={isBusy}>
          {words.login}
        </button>
        <button type="button" class="plain dark" onClick={() => choose(locale() === 'en' ? 'es-CR' : 'en')}>
          {words.otherLanguage}
        </button>
      </form>
    </main>
  );
}
