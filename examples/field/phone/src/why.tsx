import type { ClosedAct } from 'auxilio';
import { explain } from 'auxilio/core';
import { hrefOf } from '../../ui/route.ts';
import { named, t, usePhone } from './app.tsx';
import { Folded } from './folded.tsx';
import { reasonsOf } from './reasons.ts';

type WhyProps = Readonly<{ closed: readonly ClosedAct[]; visitId: string }>;

/** *¿Por qué no puedo…?*: each reason once, and beneath it the acts that wait for it. */
export function Why(props: WhyProps) {
  return (
    <Folded title={t().whyNot} kind="why">
      {() => <Reasons {...props} />}
    </Folded>
  );
}

function Reasons({ closed, visitId }: WhyProps) {
  const { language } = usePhone();
  const { reasons, waiver } = reasonsOf(closed, (rejection) => explain(rejection, language));
  return (
    <>
      {reasons.map(({ text, acts }, place) => (
        <section key={text}>
          <p id={`reason-${place}`}>{text}</p>
          <ul class="waiting" aria-labelledby={`reason-${place}`}>
            {acts.map((command) => (
              <li key={command}>
                <a class="act closed" href={hrefOf('closed', visitId, command)}>
                  {named(command)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {waiver !== null && <p class="hint">{waiver}</p>}
    </>
  );
}
