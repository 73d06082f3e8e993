import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { OtherLanguage } from '../../../examples/field/ui/other-language.tsx';
import { OtherTheme } from '../../../examples/field/ui/theme.tsx';
import { chooseLanguage, language } from './language.ts';
import { route } from './route.ts';
import { type ViewId, views } from './views.ts';
import { t } from './words.ts';

/** Left out of the file that is the whole page. */
const isOneFile = import.meta.env.MODE === 'one-file';

export function Root() {
  const texts = t();
  const shown = views.find(({ id }) => id === route.value.view)?.id ?? 'visit';
  useEffect(() => {
    document.title = shown === 'visit' ? texts.title : `${texts[shown]} · auxilio`;
  }, [shown, texts]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {texts.skip}
      </button>
      <header class="bar">
        <a class="brand" href="#visit">
          auxilio<span>{texts.slogan}</span>
        </a>
        <nav class="views" aria-label={texts.views}>
          {views.map(({ id }) => (
            <a key={id} href={`#${id}`} aria-current={id === shown ? 'page' : undefined}>
              {texts[id]}
            </a>
          ))}
        </nav>
        <div class="choices-of-page">
          <OtherLanguage class="plain" locale={language.value} text={texts.otherLanguage} choose={chooseLanguage} />
          <OtherTheme class="plain" texts={texts} isBrief />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Shown key={shown} id={shown} />
      </main>
      <footer class="foot">
        <p>{texts.private}</p>
        {!isOneFile && (
          <p>
            <a href="./auxilio-playground.html" download>
              {texts.download}
            </a>
          </p>
        )}
      </footer>
    </>
  );
}

type Loaded = Readonly<{ View: () => JSX.Element }>;

function Shown({ id }: { id: ViewId }) {
  const [loaded, setLoaded] = useState<Loaded | 'failed' | null>(null);
  const load = () => {
    setLoaded(null);
    views
      .find((view) => view.id === id)
      ?.load()
      .then(
        (View) => setLoaded({ View }),
        () => setLoaded('failed'),
      );
  };
  useEffect(load, []);
  const texts = t();
  if (loaded === 'failed') {
    return (
      <div class="sheet" role="alert">
        <p class="problem">{texts.failed}</p>
        <button type="button" onClick={load}>
          {texts.again}
        </button>
      </div>
    );
  }
  return loaded === null ? <p class="sheet hint">{texts.loading}</p> : <loaded.View />;
}
