/** The two codes at the door: one to show, and one to check. Nothing of it is sent or kept. */
import type { Locale } from 'auxilio';
import { useEffect, useState } from 'preact/hooks';
import type { ProviderDoor } from '../../server/client-links.ts';
import { doorCode, isDoorCode, spaced } from '../../ui/door-codes.ts';
import { SixDigits } from '../../ui/six-digits.tsx';
import { type DoorTexts, doorTexts } from './door-words.ts';
import { Qr } from './qr.tsx';

export type DoorCodesProps = Readonly<{
  door: ProviderDoor | undefined;
  isBefore: boolean;
  locale: Locale | undefined;
}>;

/** The codes of a visit before the identity is validated, or the reason why they are missing. */
export function DoorCodes({ door, isBefore, locale }: DoorCodesProps) {
  const texts = doorTexts(locale);
  if (!isBefore) return <p>{texts.later}</p>;
  if (door === undefined) return <p class="news">{texts.noCodes}</p>;
  // Another assignment has other codes.
  return (
    <>
      <Codes key={door.secret} secret={door.secret} texts={texts} />
      <ClientPage doorId={door.doorId} texts={texts} />
    </>
  );
}

/** The code to show now; it is made again when the screen is looked at again. */
function useOwnCode(secret: string): string {
  const [code, setCode] = useState('');
  useEffect(() => {
    const make = () => void doorCode(secret, 'provider', Date.now()).then(setCode, console.error);
    make();
    const timer = setInterval(make, 5_000);
    document.addEventListener('visibilitychange', make);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', make);
    };
  }, [secret]);
  return code;
}

function Codes({ secret, texts }: { secret: string; texts: DoorTexts }) {
  const own = useOwnCode(secret);
  const [theirs, setTheirs] = useState('');
  const [isRight, setRight] = useState<boolean | null>(null);
  const { yourCode, yourCodeHint, theirCode, check, sixDigits, right, wrong } = texts;
  return (
    <section class="door">
      <h2>{yourCode}</h2>
      <p class="code">{spaced(own)}</p>
      <p>{yourCodeHint}</p>
      <SixDigits
        label={theirCode}
        submit={check}
        code={theirs}
        tooFew={sixDigits}
        change={(code) => {
          setTheirs(code);
          setRight(null);
        }}
        done={async (code) => setRight(await isDoorCode(secret, 'client', code, Date.now()))}
      />
      <div role="alert">
        {isRight !== null && <p class={`verdict ${isRight ? 'good' : 'bad'}`}>{isRight ? right : wrong}</p>}
      </div>
    </section>
  );
}

/** The address of the client's page, which asks for a code that the center tells the client: the address alone opens nothing. */
function ClientPage({ doorId, texts }: { doorId: string; texts: DoorTexts }) {
  const address = `${location.origin}/client/?v=${doorId}`;
  return (
    <details>
      <summary>{texts.clientPage}</summary>
      <p>{texts.clientPageHint}</p>
      <Qr text={address} label={texts.qr} />
      <p class="small">{address}</p>
    </details>
  );
}
