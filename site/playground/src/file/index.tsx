import { t } from '../words.ts';

export function OwnFile() {
  return (
    <section class="sheet">
      <h1>{t().file}</h1>
    </section>
  );
}
