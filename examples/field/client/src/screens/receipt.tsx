/** The facts on record, whose word each fact is, and the head of the log: to print, and to keep. */
import { useState } from 'preact/hooks';
import { saveFile } from '../../../ui/save-file.ts';
import { dayOf } from '../../../ui/time.ts';
import { locale, t, visit, waiting, when } from '../app.ts';
import { fetchReceipt } from '../calls.ts';
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
      <Save />
      <button type="button" class="wide" onClick={() => print()}>
        {t().print}
      </button>
    </Page>
  );
}

/** Saves the receipt as a file, which the server makes of the log as it stands. */
function Save() {
  const [problem, setProblem] = useState<string | null>(null);
  async function save(): Promise<void> {
    setProblem(null);
    const receipt = await fetchReceipt();
    saveFile(t().receiptFile(receipt.visitId), JSON.stringify(receipt, null, 2), 'application/json');
  }
  return (
    <>
      <button type="button" class="wide" onClick={() => save().catch(() => setProblem(t().notSaved))}>
        {t().saveReceipt}
      </button>
      <div role="alert">{problem !== null && <p class="problem">{problem}</p>}</div>
    </>
  );
}
