import { t } from '../words.ts';

export function StateDiagram() {
  return (
    <section class="sheet">
      <h1>{t().diagram}</h1>
    </section>
  );
}
