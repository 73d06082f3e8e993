import type { FactOnRecord, Verdict, VisitEvent } from 'auxilio';
import { type ClauseTexts, dossier } from 'auxilio/core';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { lengthOf } from '../../ui/time.ts';
import { instant, namedEvent, policy, t, when } from './app.ts';
import { paymentText } from './changes.ts';
import { ClientSessions, useClientSessions } from './client-page.tsx';
import { locale } from './session.ts';
import type { Log } from './visit-log.ts';

/** The texts of the clauses, loaded when they are to be read. */
function useClauseTexts(): ClauseTexts | null {
  const [texts, setTexts] = useState<ClauseTexts | null>(null);
  const language = locale();
  useEffect(() => {
    const loading = language === 'en' ? import('auxilio/en') : import('auxilio/es-CR');
    loading.then((module) => setTexts(module.clauseTexts), console.error);
  }, [language]);
  return texts;
}

/** The evidence of a visit for its payment, clause by clause. */
export function DossierBox({ log }: { log: Log }) {
  const { events } = log;
  const words = t();
  const client = useClientSessions(log);
  const signatures = client?.version === events.length ? client.signatures : undefined;
  const texts = useClauseTexts();
  const found = useMemo(
    () => dossier(events, { policy, until: instant(), ...(signatures && { signatures }) }),
    [events, signatures],
  );
  const { phase, payment, protocol, workedMs, unmetForPayment, deviations, violations, corrections } = found;
  const against = protocol.filter(
    ({ status }) => status === 'contradicted' || status === 'missing' || status === 'late',
  );
  return (
    <section>
      <h2>{words.dossier}</h2>
      <p>
        <b>{lengthOf(workedMs)}</b> · {paymentText(unmetForPayment, phase)}
      </p>
      <p class="hint">{words.dossierCounts(deviations.length, violations.length, corrections.length)}</p>
      {client !== null &&
        (client.sessions.length === 0 ? (
          <p class="hint">{words.clientEnteredNot}</p>
        ) : (
          <ClientSessions found={client} />
        ))}
      <Facts facts={found.facts} events={events} />
      <h3>{words.paymentEvidence}</h3>
      <Verdicts verdicts={payment} texts={texts} />
      {against.length > 0 && (
        <>
          <h3>{words.toWeighHere}</h3>
          <Verdicts verdicts={against} texts={texts} />
        </>
      )}
    </section>
  );
}

/** The facts that stand, and whose word each is: those that the client denies first. */
function Facts({ facts, events }: { facts: readonly FactOnRecord[]; events: readonly VisitEvent[] }) {
  const words = t();
  const isDenied = ({ word }: FactOnRecord) => word === 'denied';
  const sorted = [...facts.filter(isDenied), ...facts.filter((fact) => !isDenied(fact))];
  return (
    <>
      <h3>{words.whoseWord}</h3>
      <ul class="notes">
        {sorted.map(({ fact, index, recorded, word, said, signed }) => (
          <li key={`${fact} ${recorded}`}>
            <small class={word === 'denied' ? 'chip' : 'chip good'}>{words.whose(word)}</small>{' '}
            {namedEvent((events[index] as VisitEvent).type)} <small>{when(recorded)}</small>
            {said !== null && signed !== undefined && <small> · {words.signedWord(signed)}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Verdicts({ verdicts, texts }: { verdicts: readonly Verdict[]; texts: ClauseTexts | null }) {
  const words = t();
  return (
    <ul class="notes">
      {verdicts
        .filter(({ status }) => status !== 'not-applicable')
        .map(({ clause, status }) => (
          <li key={clause}>
            <small class={status === 'satisfied' ? 'chip good' : 'chip'}>{words.verdicts(status)}</small>{' '}
            {texts?.[clause] ?? clause} <small>{clause}</small>
          </li>
        ))}
    </ul>
  );
}
