import { useState } from 'preact/hooks';
import { t } from '../app.tsx';
import { logIn } from '../session.ts';

const reasons = {
  wrong: 'loginWrong',
  later: 'loginLater',
  'no-signal': 'loginNoSignal',
  'not-a-provider': 'loginNotProvider',
} as const;

export function Login() {
  const [problem, setProblem] = useState<keyof typeof reasons | null>(null);
  const [isBusy, setBusy] = useState(false);
  const words = t();
  async function enter(event: SubmitEvent) {
    event.preventDefault();
    const entered = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const answer = await logIn(String(entered.get('login')), String(entered.get('password')));
    setBusy(false);
    setProblem(answer.ok ? null : answer.reason);
  }
  return (
    <main class="login">
      <img src="/phone/icon.svg" alt="" width="72" height="72" />
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
            {words[reasons[problem]]}
          </p>
        )}
        <button type="submit" class="primary" disabled={isBusy}>
          {words.login}
        </button>
      </form>
    </main>
  );
}
