import { Login } from '../../../ui/login.tsx';
import { t } from '../app.tsx';
import { logIn } from '../session.ts';

const reasons = {
  wrong: 'loginWrong',
  later: 'loginLater',
  'no-signal': 'loginNoSignal',
  'not-a-provider': 'loginNotProvider',
} as const;

export function PhoneLogin() {
  const words = t();
  async function enter(login: string, password: string) {
    const answer = await logIn(login, password);
    return answer.ok ? null : words[reasons[answer.reason]];
  }
  return <Login icon="/phone/icon.svg" size={72} texts={words} enter={enter} />;
}
