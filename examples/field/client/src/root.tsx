import { useEffect } from 'preact/hooks';
import { OtherLanguage } from '../../ui/other-language.tsx';
import { route } from '../../ui/route.ts';
import { OtherTheme } from '../../ui/theme.tsx';
import { choose, locale, notice, session, t, visit } from './app.ts';
import { door, isEntering, stopped } from './enter.ts';
import { AtDoor } from './screens/at-door.tsx';
import { CodeEntry, NoEntry } from './screens/entry.tsx';
import { Bring, Expect } from './screens/expect.tsx';
import { Facts } from './screens/facts.tsx';
import { Home } from './screens/home.tsx';
import { Receipt } from './screens/receipt.tsx';
import { Spoken } from './screens/spoken.tsx';
import { Trouble } from './screens/trouble.tsx';
import { StatusBar } from './status-bar.tsx';

export function Root() {
  useEffect(() => {
    document.documentElement.lang = locale.value;
  }, [locale.value]);
  const { screen } = route.value;
  useEffect(() => {
    notice.value = null;
  }, [screen]);
  return (
    <>
      {session.value !== null && <StatusBar />}
      <div role="alert">{notice.value !== null && <p class="status bad">{notice.value}</p>}</div>
      <Screen />
      <footer>
        <OtherLanguage locale={locale.value} text={t().otherLanguage} choose={choose} />
        <OtherTheme texts={t()} />
      </footer>
    </>
  );
}

function Screen() {
  if (door.value !== null) return <CodeEntry />;
  if (stopped.value !== null) return <NoEntry />;
  if (session.value === null) return isEntering.value ? <Opening /> : <NoEntry />;
  if (visit.value === null) return <Opening />;
  const { screen } = route.value;
  if (screen === 'door') return <AtDoor />;
  if (screen === 'facts') return <Facts />;
  if (screen === 'bring') return <Bring />;
  if (screen === 'expect') return <Expect />;
  if (screen === 'trouble') return <Trouble />;
  if (screen === 'spoken') return <Spoken />;
  if (screen === 'receipt') return <Receipt />;
  return <Home />;
}

const Opening = () => (
  <main>
    <h1>{t().title}</h1>
    <p role="status">{t().loading}</p>
  </main>
);
