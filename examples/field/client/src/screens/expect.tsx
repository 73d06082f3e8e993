/** The materials that the client is asked for, and the promises of the protocol to them. */
import { t, visit } from '../app.ts';
import { Page } from '../parts.tsx';

const List = ({ items }: { items: readonly string[] }) => (
  <ul class="plain">
    {items.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);

/** The materials of the last explanation. */
export const Bring = () => (
  <Page title={t().bring}>
    <p>{t().bringHint}</p>
    <List
      items={(visit.value?.view.materials.requested ?? []).map(({ item, quantity, unit }) =>
        [quantity, unit, item].filter(Boolean).join(' '),
      )}
    />
  </Page>
);

/** The clauses that the client can hold the visit to, in plain words. */
export const Expect = () => (
  <Page title={t().owed}>
    <List items={t().owedList.split('\n')} />
  </Page>
);
