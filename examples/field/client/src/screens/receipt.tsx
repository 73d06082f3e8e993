/** The facts on record, whose word each fact is, and the head of the log: to print, and to keep. */
import { dayOf } from '../../../ui/time.ts';
import { locale, t, visit, waiting, when } from '../app.ts';
import { Page } from '../parts.tsx';

export function Receipt() {
  const view = visit.value?.view;
  if (view === undefined) return null;
  const { caseNumber, service, provider, facts, head } = view;
  const first = facts[0];
  return (
    <Page title={t().receipt}>
      {waiting.value.length > 0 && <p class="said wait">{t().receiptWaits}</p>}
      <p>
        {t().caseNumber(caseNumber)} · {service}
        {provider !== null && ` · ${provider.name}`}
        {first !== undefined && ` · ${dayOf(first.recorded, locale.value)}`}
      </p>
      {facts.length === 0 && <p>{t().nothingYet}</p>}
      <dl class="receipt">
        {facts.map(({ fact, recorded, word, said }) => (
          <div key={fact}>
            <dt>
              {t().fact(fact)} {when(recorded)}
            </dt>
            <dd>
              {t().word(word)} {said?.what !== undefined && <q>{said.what}</q>}
            </dd>
          </div>
        ))}
        {head !== null && (
          <div>
            <dt>{t().fingerprint}</dt>
            <dd>
              <code>{head.hash}</code> ({head.count})
            </dd>
          </div>
        )}
      </dl>
      <button type="button" class="wide" onClick={() => print()}>
        {t().print}
      </button>
    </Page>
  );
}
