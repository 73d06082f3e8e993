import { t } from '../words.ts';

export function PlayedVisit() {
  return (
    <section class="sheet">
      <h1>{t().visit}</h1>
    </section>
  );
}
