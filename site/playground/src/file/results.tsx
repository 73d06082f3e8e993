import { clause, type VisitEvent } from 'auxilio';
import type { LineFinding } from 'auxilio/logs';
import { useMemo, useState } from 'preact/hooks';
import { integrityText } from '../../../../src/report/visit/plain-text.ts';
import { language } from '../language.ts';
import { save } from '../save.ts';
import { DossierOf } from '../visit/dossier.tsx';
import { describeFinding, reportContext, upper } from '../visit/report.ts';
import { putDown } from '../visit/table.ts';
import type { Audited } from './audit.ts';
import { reasonsOf } from './problems.ts';
import { type Opened, report } from './state.ts';
import { t } from './words.ts';

const filters = ['all', 'unclean', 'unpayable'] as const;
type Filter = (typeof filters)[number];
const passes: Readonly<Record<Filter, (visit: Audited) => boolean>> = {
  all: () => true,
  unclean: ({ clean }) => !clean,
  unpayable: ({ dossier }) => dossier?.payable !== true,
};

const page = 50;

/** The visits of a file: how many are payable, which have findings, and each of them in full. */
export function Results({ opened: { source, visits } }: { opened: Opened }) {
  const texts = t();
  const [filter, setFilter] = useState<Filter>('all');
  const [sought, setSought] = useState('');
  const [most, setMost] = useState(page);
  const known = visits.filter(({ visitId }) => visitId !== null);
  const sealed = known.filter(({ chain }) => chain !== undefined);
  const broken = sealed.filter(({ chain }) => chain?.faults.length !== 0);
  const shown = useMemo(() => {
    const text = sought.trim().toLowerCase();
    const isSought = ({ visitId, caseNumber }: Audited) =>
      [visitId, caseNumber].some((name) => name?.toLowerCase().includes(text));
    return visits.filter((visit) => passes[filter](visit) && (text === '' || isSought(visit)));
  }, [visits, filter, sought]);
  const payable = known.filter(({ dossier }) => dossier?.payable).length;
  return (
    <section class="sheet-box results" aria-label={source.name}>
      <h2>{source.name}</h2>
      <p class="summary" role="status">
        {texts.summary(known.length, payable, visits.filter(({ clean }) => !clean).length)}
      </p>
      <p>{texts.seals(sealed.length, broken.length)}</p>
      <button
        type="button"
        onClick={async () => {
          const made = await report();
          if (made !== null) save(made, `${source.name.replace(/\.\w+$/, '')}.html`, 'text/html');
        }}
      >
        {texts.report}
      </button>
      <div class="filters">
        <label>
          {texts.show}
          <select value={filter} onInput={({ currentTarget }) => setFilter(currentTarget.value as Filter)}>
            {filters.map((name) => (
              <option key={name} value={name}>
                {texts[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.search}
          <input type="search" value={sought} onInput={({ currentTarget }) => setSought(currentTarget.value)} />
        </label>
      </div>
      {shown.length === 0 && <p class="hint">{texts.none}</p>}
      <ul class="visits">
        {shown.slice(0, most).map((visit, index) => (
          <li key={`${visit.visitId} ${visit.lines[0] ?? index}`}>
            <Visit visit={visit} isSheet={source.kind === 'sheet'} />
          </li>
        ))}
      </ul>
      {shown.length > most && (
        <button type="button" onClick={() => setMost(most + page)}>
          {texts.more(shown.length - most)}
        </button>
      )}
    </section>
  );
}

function Visit({ visit, isSheet }: { visit: Audited; isSheet: boolean }) {
  const texts = t();
  const [isOpen, setOpen] = useState(false);
  const { visitId, caseNumber, clean, findings, dossier } = visit;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <b>{visitId ?? texts.noVisit}</b>
        {caseNumber !== null && <span>{caseNumber}</span>}
        {dossier !== null && (
          <span class={`status ${dossier.payable ? 'good' : 'wait'}`}>
            {dossier.payable ? texts.payable : texts.notPayable}
          </span>
        )}
        <span class={`status ${clean ? 'quiet' : 'bad'}`}>
          {clean ? texts.noFindings : texts.findings(countFindings(findings))}
        </span>
      </summary>
      {isOpen && <Inside visit={visit} isSheet={isSheet} />}
    </details>
  );
}

const informs: ReadonlySet<string> = new Set(['measure', 'deviation', 'correction', 'repeated']);

/** The findings that make a log unclean. */
const countFindings = (findings: readonly LineFinding[]): number =>
  findings.filter(({ kind }) => !informs.has(kind)).length;

const mostFindings = 100;

function Inside({ visit, isSheet }: { visit: Audited; isSheet: boolean }) {
  const texts = t();
  const context = reportContext();
  const { findings, integrity, dossier, lines } = visit;
  const numberAt = (index: number) => lines[index] ?? index + 1;
  const placed = (line: number) => (isSheet ? texts.row(line) : texts.line(line));
  return (
    <div class="inside">
      <ul class="violations">
        {findings.slice(0, mostFindings).map((finding, index) => (
          <li
            // Several findings may say the same.
            key={`${index} ${finding.line}`}
          >
            <p>
              {placed(finding.line)}: {describeFinding(context, finding)} {reasonsOf(finding)}
            </p>
            {finding.clause && (
              <p class="clause">
                <b>{finding.clause}</b> {clause(finding.clause).text[language.value]}
              </p>
            )}
          </li>
        ))}
      </ul>
      {findings.length > mostFindings && <p class="hint">{texts.moreFindings(findings.length - mostFindings)}</p>}
      <p>
        {texts.integrity}: <b>{upper(integrityText(context, integrity, isSheet ? 'row' : 'line', numberAt) ?? '')}</b>
      </p>
      {dossier !== null && <DossierOf log={[]} given={dossier} numberAt={numberAt} isBrief />}
      {dossier !== null && (
        <button type="button" onClick={() => play(visit)}>
          {texts.play}
        </button>
      )}
    </div>
  );
}

/** Puts a visit on the table: what of it can be read. */
function play({ events }: Audited): void {
  putDown((JSON.parse(events) as readonly (VisitEvent | null)[]).filter((event) => event !== null));
  location.hash = 'visit';
}
