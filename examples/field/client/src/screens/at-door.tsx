/** The two codes at the door: one to say, and one to check. Nothing of it is sent or kept. */
import { useEffect, useState } from 'preact/hooks';
import { doorCode, isDoorCode, spaced } from '../../../ui/door-codes.ts';
import { SixDigits } from '../../../ui/six-digits.tsx';
import { present, t, visit } from '../app.ts';
import { Call, Page } from '../parts.tsx';
import { Who } from '../who.tsx';

export function AtDoor() {
  const secret = visit.value?.door?.secret;
  const [own, setOwn] = useState('');
  const [theirs, setTheirs] = useState('');
  const [isRight, setRight] = useState<boolean | null>(null);
  useEffect(() => {
    if (secret !== undefined) doorCode(secret, 'client', Date.now()).then(setOwn, console.error);
  }, [secret, present.value]);
  // Another provider has other codes.
  useEffect(() => setRight(null), [secret]);
  const check = async (code: string) => setRight(await isDoorCode(secret ?? '', 'provider', code, Date.now()));
  return (
    <Page title={t().atDoor}>
      {secret === undefined ? (
        <p class="lead">{t().noCodes}</p>
      ) : (
        <>
          <SixDigits
            label={t().theirCode}
            submit={t().check}
            code={theirs}
            tooFew={t().sixDigits}
            change={(code) => {
              setTheirs(code);
              setRight(null);
            }}
            done={check}
          />
          <div role="alert">
            {isRight !== null && (
              <p class={`verdict ${isRight ? 'good' : 'bad'}`}>{isRight ? t().rightPerson : t().wrongPerson}</p>
            )}
          </div>
          {isRight === false && <Call class="primary" />}
          <h2>{t().yourCode}</h2>
          <p class="code">{spaced(own)}</p>
          <p>{t().yourCodeHint}</p>
        </>
      )}
      <Who />
      {isRight !== false && <Call />}
    </Page>
  );
}
