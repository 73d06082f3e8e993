/** Parts of several screens. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../../ui/icon.tsx';
import { hrefOf } from '../../ui/route.ts';
import { Title } from '../../ui/title.tsx';
import { phoneOfCenter, t } from './app.ts';

/** A screen beside the first one. */
export function Page({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <main>
      <a class="back" href={hrefOf('')}>
        <Icon name="back" /> {t().back}
      </a>
      <Title app={t().title} page={title} />
      {children}
    </main>
  );
}

/** Calls the contact center. */
export const Call = ({ class: look = '' }: { class?: string }) => (
  <a class={`button wide ${look}`} href={`tel:${phoneOfCenter()}`}>
    <Icon name="call" /> {t().call(phoneOfCenter().replaceAll('-', '\u2011'))}
  </a>
);
