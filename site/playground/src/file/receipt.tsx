/** A receipt that was opened: what it says, and whether it holds. */
import { receiptEn } from '../../../../src/cli/words/en-receipt.ts';
import { receiptEsCR } from '../../../../src/cli/words/es-cr-receipt.ts';
import { words } from '../language.ts';
import { reportContext, upper } from '../visit/report.ts';
import type { Kept } from './state.ts';
import { t } from './words.ts';

export function Receipt({ kept: { source, checked } }: { kept: Kept }) {
  const texts = t();
  const said = words({ 'es-CR': receiptEsCR, en: receiptEn });
  const { codes, whose } = reportContext().words;
  const { receipt, findings, signatures, keyNames, log } = checked;
  const nameOf = (at: string) => {
    const [, list = '', index = ''] = at.split('/');
    const fact = receipt.facts[Number(index)]?.fact;
    if (list === 'lines') return said.line(Number(index) + 1);
    return list === 'facts' && fact !== undefined ? codes.fact[fact] : list;
  };
  return (
    <section class="sheet-box kept" aria-label={source.name}>
      <h2>{source.name}</h2>
      <p class={checked.sound ? 'verdict good' : 'verdict wait'} role="status">
        {checked.sound ? said.sound(log !== null) : said.unsound(findings.length)}
      </p>
      {findings.length > 0 && (
        <ul class="problems-of-rows">
          {findings.map(({ fault, at }) => (
            <li key={`${at} ${fault}`}>
              {upper(nameOf(at))}: {said.faults[fault]}
            </li>
          ))}
        </ul>
      )}
      <p>{log === null ? texts.receiptAlone : texts.receiptWith(log)}</p>
      <dl>
        {receipt.facts.map(({ fact, word }) => (
          <div key={fact}>
            <dt>{upper(codes.fact[fact])}</dt>
            <dd>{whose[word]}</dd>
          </div>
        ))}
      </dl>
      <ul class="problems-of-rows">
        {signatures.map(({ version, status }) => (
          <li key={version}>
            {upper(said.line(version))}: {said.statuses[status]}
          </li>
        ))}
        {keyNames.map((name) => (
          <li key={name} class="long">
            {upper(said.key(name))}
          </li>
        ))}
      </ul>
    </section>
  );
}
