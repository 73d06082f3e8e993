import type { AttestedFact, EventType, FactWord, Instant, VisitEvent } from '../../messages/index.ts';
import type { Attestation } from '../state.ts';
import type { ModelState } from './model-state.ts';

/** The event of each fact that stands until it is undone, or until the same is recorded again. */
const byEvent: { readonly [F in AttestedFact]?: EventType } = {
  arrival: 'ProviderArrived',
  identity: 'IdentityValidated',
  inspection: 'AreaInspected',
  explanation: 'WorkExplained',
  supply: 'MaterialsSupplied',
  tools: 'ToolsShown',
  start: 'WorkStarted',
  conformity: 'ClientConformed',
  handover: 'SiteHandedOver',
  belongings: 'BelongingsShown',
};

/** Facts of which the time can be corrected; of any other the last of several stands. */
const correctable: readonly EventType[] = ['ProviderArrived', 'WorkStarted'];

const ends = { completed: 'Completed', closed: 'VisitClosed' } as const;

/** The time that stands for a fact, if it does (PROTOCOL §4, *What the client says himself*). */
export function timeOfFact(now: ModelState, fact: AttestedFact): Instant | undefined {
  const { stands, times, lasts, materials, tests, ended } = now;
  if (fact === 'absence') return lasts.get('ClientAbsenceReported');
  if (fact === 'acceptance') return materials === 'accepted' ? lasts.get('MaterialsAccepted') : undefined;
  if (fact === 'tests') return tests === null ? undefined : lasts.get('QualityTested');
  if (fact === 'end') return ended === null ? undefined : times.get(ends[ended]);
  const type = byEvent[fact];
  if (type === undefined || !stands.has(type)) return undefined;
  return (correctable.includes(type) ? times : lasts).get(type);
}

/** The times after an event; an arrival that is annulled takes the absences before it along. */
export function lastsAfter({ type, data }: VisitEvent, { lasts }: ModelState): ModelState['lasts'] {
  if (type !== 'ActAnnulled' || data.act !== 'ProviderArrived') return new Map([...lasts, [type, data.at]]);
  return new Map([...lasts].filter(([other]) => other !== 'ClientAbsenceReported'));
}

const isOn =
  ({ fact, recorded }: Pick<FactWord, 'fact' | 'recorded'>) =>
  (word: FactWord) =>
    word.fact === fact && word.recorded === recorded;

/** The last word on each fact and time, at the place of the first. */
export function attest(now: ModelState, facts: readonly FactWord[], at: Instant): void {
  for (const said of facts) {
    const word: Attestation = { ...said, at };
    const isSame = isOn(said);
    now.words = now.words.some(isSame)
      ? now.words.map((other) => (isSame(other) ? word : other))
      : [...now.words, word];
  }
}
