import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { OtherLanguage } from '../../ui/other-language.tsx';
import { goTo, hrefOf, route } from '../../ui/route.ts';
import { OtherTheme } from '../../ui/theme.tsx';
import { remove } from './api.ts';
import { loadedLanguage, loadLanguage, notice, say, t } from './app.ts';
import { connection, quarantined } from './board.ts';
import { hasLetters, useKeys } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { forgetLeft, showList } from './left.ts';
import { Palette } from './palette.tsx';
import { Devices } from './screens/devices.tsx';
import { Handover } from './screens/handover.tsx';
import { ConsoleLogin } from './screens/login.tsx';
import { Outage } from './screens/outage.tsx';
import { Payment } from './screens/payment.tsx';
import { Queue } from './screens/queue.tsx';
import { Search } from './screens/search.tsx';
import { Visits } from './screens/visits.tsx';
import { choose, interrupted, isCenter, locale, type Session, session, tellTabs } from './session.ts';
import { isMuted, toggleSounds } from './sounds.ts';
import { forgetTyped } from './typed.ts';

export function Root() {
  const language = locale();
  useEffect(() => {
    document.documentElement.lang = language;
    loadLanguage(language).catch(console.error);
  }, [language]);
  const entered = session.value;
  const person = entered ?? interrupted.value?.person ?? null;
  const left = useRef<Element | null>(null);
  if (entered === null) left.current = interrupted.value?.focus ?? null;
  useLayoutEffect(() => {
    if (!entered) return;
    if (left.current instanceof HTMLElement) left.current.focus();
    left.current = null;
  }, [entered]);
  if (entered === null && person === null) return <ConsoleLogin />;
  if (person === null || loadedLanguage() === null) return <main class="opening">{t().loading}</main>;
  // What was typed when the session ended is there again for the one who typed it.
  return (
    <>
      {entered === null && <ConsoleLogin />}
      <div class={hasLetters.value ? 'inside' : 'inside no-letters'} hidden={entered === null}>
        <Inside key={person.actorId} session={person} />
      </div>
    </>
  );
}

/** The screens of a role, the first one first. */
function screensOf({ role }: Session): readonly (readonly [string, string])[] {
  const words = t();
  const [search, payment] = [['search', words.search] as const, ['payment', words.payment] as const];
  if (role === 'payer') return [payment, search];
  const center = [
    ['', words.waiting],
    ['visits', words.visits],
    search,
    ['handover', words.handover],
    ['outage', words.outage],
    ['devices', words.devices],
  ] as const;
  return role === 'supervisor'
    ? [['visits', words.visits], ['', words.waiting], search, ...center.slice(3), payment, ['erasures', words.erasures]]
    : center;
}

function Inside({ session: entered }: { session: Session }) {
  const words = t();
  const { role } = entered;
  useState(forgetLeft);
  const screens = screensOf(entered);
  useKeys({
    ...Object.fromEntries(screens.map(([name, does], place) => [place + 1, { does, run: () => goTo(name) }])),
    '/': () => goTo('search'),
    Escape: () => goTo(screens[0]?.[0] ?? ''),
  });
  const { screen } = route.value;
  // A supervisor begins with all visits, a payer with what is to be paid.
  useEffect(() => {
    if (location.hash === '' && role !== 'operator') goTo(screens[0]?.[0] ?? '');
  }, [role]);
  return (
    <>
      <header class="top">
        <p class="brand">{words.title}</p>
        <nav aria-label={words.main}>
          {screens.map(([name, text], place) => (
            <a key={name} href={hrefOf(name)} aria-current={screen === name ? 'page' : undefined}>
              <kbd>{place + 1}</kbd> {text} {name === 'devices' && quarantined.value > 0 && <b>{quarantined.value}</b>}
            </a>
          ))}
        </nav>
        <Person session={entered} />
      </header>
      {connection.value === 'stale' && (
        <p class="stale" role="status">
          {words.stale}
        </p>
      )}
      <Screen session={entered} />
      <div class="toast" role="status">
        {notice.value}
      </div>
    </>
  );
}

function Person({ session: { name } }: { session: Session }) {
  const words = t();
  async function leave() {
    const answer = await remove('/session');
    // Without an answer the session goes on: the next one at this desk would have it.
    if (!answer.ok && answer.status === 0) return say(words.cannotLeave);
    forgetTyped();
    session.value = null;
    tellTabs();
  }
  return (
    <div class="person">
      <span class="name">{name}</span>
      <Palette />
      <KeysHelp />
      <button type="button" class="plain" onClick={toggleSounds}>
        {isMuted.value ? words.unmute : words.mute}
      </button>
      <OtherTheme class="plain" isBrief texts={words} />
      <OtherLanguage class="plain" locale={locale()} text={words.otherLanguage} choose={choose} />
      <button type="button" class="plain" onClick={leave}>
        {words.logout}
      </button>
    </div>
  );
}

const opened = signal<typeof import('./opened.ts') | null>(null);

async function loadOpened(): Promise<void> {
  opened.value ??= await import('./opened.ts');
}

/** A screen of one visit, of a new one, or of the causes of several. */
function Opened({ screen, visitId = '' }: { screen: string; visitId?: string }) {
  const screens = opened.value;
  useEffect(() => void loadOpened().catch(console.error), []);
  if (screens === null) return <main class="opening">{t().loading}</main>;
  if (screen === 'causes') return <screens.Causes />;
  if (screen === 'new') return <screens.NewVisit />;
  if (screen === 'erasures') return <screens.ErasureList />;
  return screen === 'case' ? <screens.CaseScreen visitId={visitId} /> : <screens.Visit visitId={visitId} />;
}

function Screen({ session: entered }: { session: Session }) {
  const { screen, visitId } = route.value;
  if (visitId === undefined && screen !== 'new') showList(screen);
  const isShown = connection.value === 'live' || !isCenter(entered);
  // The first visit that is opened does not wait for its screen.
  useEffect(() => {
    if (isShown) void loadOpened().catch(console.error);
  }, [isShown]);
  if (visitId !== undefined && (screen === 'visit' || screen === 'case'))
    return <Opened key={`${screen} ${visitId}`} screen={screen} visitId={visitId} />;
  if (screen === 'visits' && isCenter(entered)) return <Visits />;
  if (screen === 'search') return <Search />;
  if (screen === 'payment' || !isCenter(entered)) return <Payment />;
  if ((screen === 'causes' || screen === 'new') && isCenter(entered)) return <Opened screen={screen} />;
  if (screen === 'erasures' && entered.role === 'supervisor') return <Opened screen={screen} />;
  if (screen === 'devices') return <Devices />;
  if (screen === 'outage') return <Outage />;
  if (screen === 'handover') return <Handover />;
  return <Queue />;
}
