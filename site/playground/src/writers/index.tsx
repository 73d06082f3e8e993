import { t } from '../words.ts';

export function TwoWriters() {
  return (
    <section class="sheet">
      <h1>{t().writers}</h1>
    </section>
  );
}
