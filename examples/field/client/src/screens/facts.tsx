/** All facts of the record, answered one at a time or those that are open at once. */
import { t } from '../app.ts';
import { Fact } from '../fact.tsx';
import { keepSaying } from '../keep-saying.ts';
import { Page } from '../parts.tsx';
import { attest, factsWithWords } from '../say.ts';

export function Facts() {
  const facts = factsWithWords();
  const open = facts.filter(({ agrees }) => agrees === undefined);
  return (
    <Page title={t().happening}>
      {facts.length === 0 && <p>{t().nothingYet}</p>}
      <ol class="facts">
        {facts.map((fact) => (
          <li key={`${fact.fact} ${fact.recorded}`}>
            <Fact fact={fact} />
          </li>
        ))}
      </ol>
      {open.length > 1 && (
        <button
          type="button"
          class="primary"
          onClick={() =>
            keepSaying(
              () => attest(open, true),
              () => undefined,
            )
          }
        >
          {t().allYes(open.length)}
        </button>
      )}
      {open.length === 0 && facts.length > 0 && <p>{t().answered}</p>}
    </Page>
  );
}
