/** The screens before the visit: a code is asked for, or what to do where a link does not open. */
import { useState } from 'preact/hooks';
import { SixDigits } from '../../../ui/six-digits.tsx';
import { Title } from '../../../ui/title.tsx';
import { forgotten, session, t } from '../app.ts';
import { enterByCode, goOn, isEntering, stopped, tryAgain } from '../enter.ts';
import { Call } from '../parts.tsx';

export function NoEntry() {
  const reason = stopped.value;
  return (
    <main>
      <Title app={t().title} page={t().title} />
      <p class="lead" role="alert">
        {reason === null
          ? forgotten.value
            ? t().forgotten
            : t().noLink
          : reason === 'no-signal'
            ? t().noSignal
            : reason === 'too-many-tries'
              ? t().tooMany
              : `${t().badLink(reason)} ${t().newLink}`}
      </p>
      {reason === 'no-signal' && (
        <button type="button" class="primary" disabled={isEntering.value} onClick={tryAgain}>
          {t().tryAgain}
        </button>
      )}
      <GoOn />
      <Call />
    </main>
  );
}

export function CodeEntry() {
  const [code, setCode] = useState('');
  const reason = stopped.value;
  const problem =
    reason === null
      ? ''
      : reason === 'no-signal'
        ? t().noSignal
        : reason === 'too-many-tries'
          ? t().tooMany
          : t().wrongCode;
  return (
    <main>
      <Title app={t().title} page={t().askCode} />
      <p class="lead">{t().askCodeHow}</p>
      <SixDigits
        label={t().code}
        submit={t().enter}
        code={code}
        tooFew={t().sixDigits}
        problem={problem}
        isBusy={isEntering.value}
        change={setCode}
        done={enterByCode}
      />
      <GoOn />
      <Call />
    </main>
  );
}

/** Leads back to the visit that this device has already. */
const GoOn = () =>
  session.value === null ? null : (
    <button type="button" class="wide" onClick={goOn}>
      {t().goOn}
    </button>
  );
