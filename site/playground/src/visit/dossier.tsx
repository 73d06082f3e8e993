import { clause, type Dossier, dossier, type Verdict } from 'auxilio';
import { lengthOf } from '../../../../examples/field/ui/time.ts';
import { language } from '../language.ts';
import { describeFinding, reportContext, standing } from './report.ts';
import type { Log } from './table.ts';
import { t } from './words.ts';

/** What a log proves: payable or why not, and each clause with its verdict. */
export function DossierOf({ log, given }: { log: Log; given?: Dossier }) {
  const texts = t();
  const context = reportContext();
  const found = given ?? dossier(log);
  const findings = [...found.violations, ...found.deviations, ...found.remarks];
  return (
    <div class="dossier">
      <p class={found.payable ? 'verdict good' : 'verdict wait'}>
        <b>{found.payable ? texts.payable : texts.notPayable}</b>
      </p>
      <p>{standing(context, found)}</p>
      <p>
        {texts.worked}: <b>{lengthOf(found.workedMs)}</b>
        {found.running && ` ${context.words.visit.running}`}
      </p>
      {findings.length > 0 && (
        <>
          <h3>{texts.findings}</h3>
          <ul class="violations">
            {findings.map((finding) => (
              <li key={`${finding.index} ${finding.kind} ${finding.rule}`}>
                <p>
                  {finding.index + 1}. {describeFinding(context, finding)}
                </p>
                {finding.clause !== undefined && finding.clause !== null && <ClauseLine id={finding.clause} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{texts.paymentEvidence}</h3>
      <Verdicts verdicts={found.payment} />
      <details class="protocol-evidence">
        <summary>{texts.protocolEvidence}</summary>
        <Verdicts verdicts={found.protocol.filter(({ status }) => status !== 'not-applicable')} />
      </details>
    </div>
  );
}

function ClauseLine({ id }: { id: Verdict['clause'] }) {
  return (
    <p class="clause">
      <b>{t().clause(id)}</b> {clause(id).text[language.value]}
    </p>
  );
}

const toneOf = (status: Verdict['status']): string =>
  status === 'satisfied' ? 'good' : status === 'not-applicable' || status === 'waived' ? 'quiet' : 'wait';

function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  const texts = t();
  const { statuses } = reportContext().words;
  return (
    <ul class="verdicts">
      {verdicts.map(({ clause: id, status, evidence }) => (
        <li key={id}>
          <span class={`status ${toneOf(status)}`}>{statuses[status]}</span>
          <ClauseLine id={id} />
          {evidence.length > 0 && <small>{texts.actsOf(evidence.map((index) => index + 1))}</small>}
        </li>
      ))}
    </ul>
  );
}
