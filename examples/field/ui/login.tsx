import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { hasMoved } from './route.ts';

type Props = Readonly<{
  icon: string;
  size: number;
  texts: Readonly<Record<'title' | 'loginName' | 'password' | 'login', string>>;
  /** The reason why it is asked for again. */
  said?: string | null;
  /** Enters, and answers the reason why not, for the user. */
  enter: (login: string, password: string) => Promise<string | null>;
  /** True where nothing but the name can be typed first, as at a desk. */
  isFocused?: boolean;
  children?: ComponentChildren;
}>;

/** The screen before all others: a name and a password. */
export function Login({ icon, size, texts, said = null, enter, isFocused = false, children }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = texts.title;
  }, [texts.title]);
  // In the middle of the work, it takes the place of what had the focus.
  useEffect(() => {
    if (isFocused || hasMoved() || said !== null) form.current?.querySelector('input')?.focus();
  }, []);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const entered = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setProblem(await enter(String(entered.get('login')), String(entered.get('password'))));
    setBusy(false);
  }
  return (
    <main class="login">
      <img src={icon} alt="" width={size} height={size} />
      <h1>{texts.title}</h1>
      {said !== null && <p role="alert">{said}</p>}
      <form ref={form} onSubmit={submit}>
        <label>
          {texts.loginName}
          <input name="login" autocomplete="username" autocapitalize="none" required />
        </label>
        <label>
          {texts.password}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={isBusy}>
          {texts.login}
        </button>
        {children}
      </form>
    </main>
  );
}
