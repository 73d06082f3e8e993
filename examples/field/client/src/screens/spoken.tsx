/** All that the client said on this device, and what became of it. */
import type { ClientOutcome } from '../../../client-contract.ts';
import { said, t, waiting, when } from '../app.ts';
import { Call, Page } from '../parts.tsx';
import { type ClientCommand, isRefused } from '../server.ts';
import { send } from '../sync.ts';

export function Spoken() {
  return (
    <Page title={t().yourWords}>
      {said.value.length === 0 && <p>{t().nothingSaid}</p>}
      {waiting.value.length > 0 && (
        <section class="now">
          <p>{t().waitingHint}</p>
          <button type="button" onClick={() => send()}>
            {t().sendNow}
          </button>
        </section>
      )}
      <ol class="facts">
        {said.value.toReversed().map(({ command, outcome }) => (
          <li key={command.metadata.commandId} class="fact">
            <Words command={command} />
            <p class={`said ${outcome === null ? 'wait' : isRefused(outcome) ? 'bad' : 'good'}`}>{stateOf(outcome)}</p>
            {isRefused(outcome) && (
              <p>{t().whyRefused(outcome?.outcome === 'refused' ? (outcome.rules[0] ?? '') : '')}</p>
            )}
          </li>
        ))}
      </ol>
      {said.value.some(({ outcome }) => isRefused(outcome)) && <Call />}
    </Page>
  );
}

const stateOf = (outcome: ClientOutcome | null): string =>
  outcome === null ? t().stateWaiting : isRefused(outcome) ? t().stateRefused : t().stateSent;

function Words({ command: { type, data } }: { command: ClientCommand }) {
  return (
    <>
      <time dateTime={data.at}>{when(data.at)}</time>
      {type === 'AttestFacts' ? (
        data.facts.map(({ fact, recorded, agrees, what }) => (
          <p key={`${fact} ${recorded}`}>
            {t().saidOn(t().fact(fact), agrees)} {what !== undefined && <q>{what}</q>}
          </p>
        ))
      ) : (
        <p>
          {data.kind === 'discourtesy' ? t().discourteous : t().damaged}: <q>{data.detail}</q>
        </p>
      )}
    </>
  );
}
