import { Login } from '../../../ui/login.tsx';
import { OtherLanguage } from '../../../ui/other-language.tsx';
import { post, remove } from '../api.ts';
import { t } from '../app.ts';
import { choose, interrupted, locale, type Session, session, tellTabs } from '../session.ts';

export function ConsoleLogin() {
  const words = t();
  async function enter(login: string, password: string) {
    const answer = await post<Session>('/session', { login, password, device: 'console' });
    if (!answer.ok) return answer.status === 0 ? words.loginNoSignal : answer.title;
    if (answer.value.role === 'provider') {
      await remove('/session');
      return words.loginProvider;
    }
    session.value = answer.value;
    tellTabs();
    interrupted.value = null;
    return null;
  }
  return (
    <Login
      icon="/console/icon.svg"
      size={64}
      texts={words}
      said={interrupted.value ? words.sessionEnded : null}
      enter={enter}
      isFocused
    >
      <OtherLanguage class="plain dark" locale={locale()} text={words.otherLanguage} choose={choose} />
    </Login>
  );
}
