import { formatWorkedTime } from '../clock.ts';
import { chip, data, type IconName, type Tone, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { findNumber, type VisitView } from '../visit-view.ts';
import type { LabelName } from '../words/en.ts';
import { describeFinding } from './findings.ts';
import { foundAnchor } from './found.ts';
import { integrityFault, standing } from './payment.ts';
import { person } from './values.ts';
import { tally } from './verdicts.ts';

/** The people, the service and the place. */
export function particulars(context: Context, view: VisitView): Html {
  const { words, clock } = context;
  const { state } = view.reading;
  const label = (name: LabelName, value: Part) => [words.labels[name], value] as const;
  return data(
    [
      label('client', person(state.client)),
      label('provider', [person(state.provider), ' ', html`<span class="m">${text(state.provider?.id)}</span>`]),
      label('service', text(state.service)),
      label('place', text(state.place)),
      label('arriveBy', timeElement(state.arriveBy, clock.short)),
      label('visit', text(state.visitId)),
      ...(state.instructions === null ? [] : [label('instructions', text(state.instructions))]),
      ...(state.policyId === null ? [] : [label('policy', text(state.policyId))]),
      label('edition', html`<code>${text(state.edition)}</code>`),
      ...(view.dossier.chain === null ? [] : [label('seal', seal(context, view))]),
    ],
    'p',
  );
}

/** The head of a sealed log, to be compared with the one that was kept; or in how many places the chain is broken. */
export function seal(context: Context, { dossier, log }: VisitView): Part {
  const { sealed, broken } = context.words.visit;
  if (dossier.chain === null) return context.words.seals.unverified;
  const { intact, head, sealedFrom } = dossier.chain;
  if (intact) return [chip('ok', 'ok', sealed(log.length, sealedFrom)), ' ', html`<code>${text(head?.hash)}</code>`];
  const faults = dossier.violations.filter(({ kind }) => kind === 'chain');
  // A missing end has no act to stand at.
  const beyond = faults
    .filter(({ index }) => index >= log.length)
    .map((fault) => html` ${describeFinding(context, fault)}`);
  return [chip('bad', 'bad', broken(faults.length)), ...beyond];
}

/** The phase of the visit, and its main figures. */
export function figures(context: Context, view: VisitView): Html {
  const { words } = context;
  const { workedMs, running, payment, protocol, integrity } = view.dossier;
  const fault = integrityFault(context, integrity, view.numbering, (index) => findNumber(view, index));
  const label = (name: LabelName, value: Part) => [words.labels[name], value] as const;
  const proven = (verdicts: typeof payment) => words.visit.proven(tally(verdicts).satisfied, tally(verdicts).of);
  const pairs = [
    label('phase', outcomeOrPhase(context, view)),
    label('worked', [formatWorkedTime(workedMs), running && html` <small>${words.visit.running}</small>`]),
    label('payment', [proven(payment), html`<small>${words.headings.protocol}: ${proven(protocol)}</small>`]),
    label('log', linkedFindings(context, view)),
    label('openDebts', words.visit.open(openDebts(view).length)),
  ];
  return html`
    ${data(pairs, 'g')}
    <p class="next">${standing(context, view.dossier, fault)}</p>`;
}

/** The number of grave findings, as a link to them. */
export function linkedFindings(context: Context, view: VisitView): Html {
  const content = cleanBadge(context, view);
  return view.clean ? content : html`<a href="#${foundAnchor(view)}">${content}</a>`;
}

export const openDebts = ({ dossier }: VisitView) => dossier.debts.filter(({ endedBy }) => endedBy === null);

/** The outcome of the visit, or its phase before the end. */
export function outcomeOrPhase({ words }: Context, { dossier }: VisitView): Html {
  const { outcome } = dossier;
  if (outcome === null) return chip('note', 'late', words.phases[dossier.phase]);
  const [tone, picture]: readonly [Tone, IconName] = outcome === 'completed' ? ['ok', 'ok'] : ['none', 'none'];
  return chip(tone, picture, words.outcomes[outcome]);
}

/** True if every entry is what `decide` would have written. */
function cleanBadge({ words }: Context, { clean, dossier }: VisitView): Html {
  return clean
    ? chip('ok', 'ok', words.visit.clean)
    : chip('bad', 'bad', words.visit.unclean(dossier.violations.length));
}
