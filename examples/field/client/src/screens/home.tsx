/** The first screen: who comes, the one thing to do now, and the way to all else. */
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { toSentence } from '../../../ui/text.ts';
import { Title } from '../../../ui/title.tsx';
import { t, visit } from '../app.ts';
import { Fact } from '../fact.tsx';
import { Call } from '../parts.tsx';
import { factsWithWords } from '../say.ts';
import { Who } from '../who.tsx';

export function Home() {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = visit.value;
  const view = shown?.view;
  if (view === undefined) return null;
  const facts = factsWithWords();
  const open = facts.filter(({ agrees }) => agrees === undefined);
  const [next, ...others] = open;
  const isAtDoor = shown?.door != null && !facts.some(({ fact }) => fact === 'identity' || fact === 'start');
  return (
    <main>
      <Title app={t().title} page={t().title}>
        {toSentence(view.service)}
      </Title>
      <Who />
      {isAtDoor && (
        <section class="now">
          <p>{t().atDoorHint}</p>
          <a class="button primary" href={hrefOf('door')}>
            {t().atDoor}
          </a>
        </section>
      )}
      <section class={next === undefined ? undefined : 'now'} aria-labelledby="happening">
        <h2 id="happening" ref={heading} tabIndex={-1}>
          {next === undefined ? t().happening : t().wasItSo}
        </h2>
        {next === undefined ? (
          <p>{facts.length === 0 ? t().nothingYet : t().answered}</p>
        ) : (
          <Fact
            key={`${next.fact} ${next.recorded}`}
            fact={next}
            answered={() => heading.current?.focus({ preventScroll: true })}
          />
        )}
        {others.length > 0 && <p>{t().more(others.length)}</p>}
      </section>
      <nav>
        {facts.length > 0 && <Way to="facts" icon="note" text={others.length > 0 ? t().answerAll : t().happening} />}
        {view.materials.requested.length > 0 && <Way to="bring" icon="box" text={t().bring} />}
        <Way to="expect" icon="hand" text={t().owed} />
        <Way to="trouble" icon="warn" text={t().trouble} />
        <Way to="receipt" icon="end" text={t().receipt} />
      </nav>
      <Call />
    </main>
  );
}

const Way = ({ to, icon, text }: { to: string; icon: IconName; text: string }) => (
  <a class="way" href={hrefOf(to)}>
    <Icon name={icon} /> <span>{text}</span>
  </a>
);
