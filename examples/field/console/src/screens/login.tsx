import { Login } from '../../../ui/login.tsx';
import { post, remove } from '../api.ts';
import { t } from '../app.ts';
import { choose, isExpired, locale, type Session, session } from '../session.ts';

export function ConsoleLogin() {
  const words = t();
  async function enter(login: string, password: string) {
    const answer = await post<Session>('/session', { login, password, device: 'console' });
    if (!answer.ok) return answer.status === 0 ? words.loginNoSignal : answer.title;
    if (answer.value.role === 'provider') {
      await remove('/session');
      return words.loginProvider;
    }
    isExpired.value = false;
    session.value = answer.value;
    return null;
  }
  return (
    <Login
      icon="/console/icon.svg"
      size={64}
      texts={words}
      said={isExpired.value ? words.sessionEnded : null}
      enter={enter}
    >
      <button type="button" class="plain dark" onClick={() => choose(locale() === 'en' ? 'es-CR' : 'en')}>
        {words.otherLanguage}
      </button>
    </Login>
  );
}
