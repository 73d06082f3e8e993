import { clause, type Dossier, dossier, type Verdict } from 'auxilio';
import { lengthOf } from '../../../../examples/field/ui/time.ts';
import { language } from '../language.ts';
import { describeFinding, reportContext, standing } from './report.ts';
import type { Log } from './table.ts';
import { t } from './words.ts';

type DossierProps = Readonly<{
  log: Log;
  /** The dossier, where it was made before. */
  given?: Dossier;
  /** The number by which an act is named, by its index. */
  numberAt?: (index: number) => number;
  /** True where the findings are shown elsewhere. */
  isBrief?: boolean;
}>;

const placeIn = (index: number): number => index + 1;

/** What a log proves: payable or why not, and each clause with its verdict. */
export function DossierOf({ log, given, numberAt = placeIn, isBrief = false }: DossierProps) {
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
      {findings.length > 0 && !isBrief && (
        <>
          <h3>{texts.findings}</h3>
          <ul class="violations">
            {findings.map((finding) => (
              <li key={`${finding.index} ${finding.kind} ${finding.rule}`}>
                <p>
                  {numberAt(finding.index)}. {describeFinding(context, finding)}
                </p>
                {finding.clause !== undefined && finding.clause !== null && <ClauseLine id={finding.clause} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{texts.paymentEvidence}</h3>
      <Verdicts verdicts={found.payment} numberAt={numberAt} />
      <details class="protocol-evidence">
        <summary>{texts.protocolEvidence}</summary>
        <Verdicts verdicts={found.protocol.filter(({ status }) => status !== 'not-applicable')} numberAt={numberAt} />
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

type VerdictsProps = Readonly<{ verdicts: readonly Verdict[]; numberAt: (index: number) => number }>;

function Verdicts({ verdicts, numberAt }: VerdictsProps) {
  const texts = t();
  const { statuses } = reportContext().words;
  return (
    <ul class="verdicts">
      {verdicts.map(({ clause: id, status, evidence }) => (
        <li key={id}>
          <span class={`status ${toneOf(status)}`}>{statuses[status]}</span>
          <ClauseLine id={id} />
          {evidence.length > 0 && <small>{texts.actsOf(evidence.map(numberAt))}</small>}
        </li>
      ))}
    </ul>
  );
}
