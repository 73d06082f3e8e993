/** Reports of what went wrong: nobody came, something was damaged, somebody behaved badly. */
import { useState } from 'preact/hooks';
import { goTo } from '../../../ui/route.ts';
import { inOneLine } from '../../../ui/text.ts';
import { hour, t } from '../app.ts';
import { keepSaying } from '../keep-saying.ts';
import { Call, Page } from '../parts.tsx';
import { attest, factsWithWords, say } from '../say.ts';

type Kind = 'nobody' | 'other' | 'discourtesy';

export function Trouble() {
  const [kind, setKind] = useState<Kind | null>(null);
  const choice = (one: Kind, text: string) => (
    <button type="button" class="way" onClick={() => setKind(one)}>
      {text}
    </button>
  );
  if (kind === null)
    return (
      <Page title={t().trouble}>
        {choice('nobody', t().nobody)}
        {choice('other', t().damaged)}
        {choice('discourtesy', t().discourteous)}
        <Call />
      </Page>
    );
  return kind === 'nobody' ? <Nobody /> : <Breach kind={kind} />;
}

/** An arrival that is on record is denied; without one the center is called. */
function Nobody() {
  const arrival = factsWithWords().find(({ fact, agrees }) => fact === 'arrival' && agrees !== false);
  return (
    <Page title={t().nobody}>
      <p class="lead">{arrival === undefined ? t().nobodyCall : t().nobodyDenies(hour(arrival.recorded))}</p>
      {arrival !== undefined && (
        <button
          type="button"
          class="primary"
          onClick={() =>
            keepSaying(
              () => attest([arrival], false, t().nobody),
              () => goTo('spoken'),
            )
          }
        >
          {t().nobodySave}
        </button>
      )}
      <Call class={arrival === undefined ? 'primary' : ''} />
    </Page>
  );
}

function Breach({ kind }: { kind: 'other' | 'discourtesy' }) {
  const [detail, setDetail] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  return (
    <Page title={kind === 'other' ? t().damaged : t().discourteous}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const told = inOneLine(detail);
          setEmpty(told === '');
          if (told === '') return;
          void keepSaying(
            () => say({ type: 'ReportConductBreach', kind, detail: told }),
            () => goTo('spoken'),
          );
        }}
      >
        <label class="field">
          {t().tell}
          <textarea
            rows={5}
            maxLength={1_000}
            value={detail}
            aria-invalid={isEmpty}
            aria-describedby="tell-problem"
            onInput={({ currentTarget }) => setDetail(currentTarget.value)}
          />
        </label>
        <div id="tell-problem" role="alert">
          {isEmpty && <p class="problem">{t().tellNeeded}</p>}
        </div>
        <button type="submit" class="primary">
          {t().send}
        </button>
      </form>
    </Page>
  );
}
