import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { language } from '../language.ts';
import { route } from '../route.ts';
import { DossierOf } from './dossier.tsx';
import { Guide } from './guide.tsx';
import { firstAttempt, type HistoryName, histories, playHistory } from './histories.ts';
import { LogRows } from './log.tsx';
import { goTo, opened, outcome, playAsProposed, role } from './play.ts';
import { badAddress, followAddress, isOpening, Share } from './share.tsx';
import { StateTree } from './state-tree.tsx';
import { log, place, putDown, shown } from './table.ts';
import { Timeline } from './timeline.tsx';
import { Travel } from './travel.tsx';
import { t } from './words.ts';
import './visit.css';

const panels = ['guide', 'log', 'timeline', 'state', 'dossier'] as const;
type Panel = (typeof panels)[number];

/** The part that a phone shows; a wider screen shows them all. */
const panel = signal<Panel>('guide');

function begin(name: HistoryName): void {
  outcome.value = null;
  opened.value = null;
  badAddress.value = null;
  const attempt = firstAttempt[name];
  putDown(playHistory(name, language.value));
  role.value =
    attempt?.[1] ?? (name === 'plain' || name === 'corrected' || name === 'empty' ? 'contact-center' : 'provider');
  panel.value = 'guide';
  if (attempt !== undefined) playAsProposed(attempt[0]);
}

/** A visit that is played: what may be done, what was, and what follows from it. */
export function PlayedVisit() {
  const texts = t();
  useEffect(() => {
    // A first look is at a visit that is going on.
    if (log.peek().length === 0 && !route.peek().parameters.has('log')) {
      role.value = 'provider';
      putDown(playHistory('refused', language.peek()));
    }
    return followAddress();
  }, []);
  return (
    <div class="visit" data-panel={panel.value}>
      <div class="lead">
        <h1>{texts.heading}</h1>
        <p>{texts.lead}</p>
      </div>
      {badAddress.value !== null && (
        <p class="problem" role="alert">
          {texts[`bad-${badAddress.value}`]} {log.value.length > 0 && texts.kept}
        </p>
      )}
      {isOpening.value && <p role="status">{texts.opening}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: the legend of a fieldset stands above it, and not beside it */}
      <div class="begin" role="group" aria-labelledby="begin">
        <b id="begin">{texts.begin}</b>
        {histories.map((name) => (
          <button key={name} type="button" class="chip" onClick={() => begin(name)}>
            {texts[name]}
          </button>
        ))}
      </div>
      <div class="tools">
        <Travel />
        <Share />
      </div>
      <fieldset class="tabs" aria-label={texts.panels}>
        {panels.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={panel.value === name}
            onClick={() => {
              panel.value = name;
            }}
          >
            {texts[name === 'timeline' ? 'time' : name]}
          </button>
        ))}
      </fieldset>
      <div class="panels">
        <div class="column">
          <Part name="guide">
            <Guide />
          </Part>
        </div>
        <div class="column">
          <Part name="log">
            <LogRows log={log.value} seen={place.value} goTo={goTo} />
          </Part>
          <Part name="dossier">
            <DossierOf log={shown.value} />
          </Part>
        </div>
        <div class="column">
          <Part name="timeline">
            <Timeline log={shown.value} />
          </Part>
          <Part name="state">
            <StateTree />
          </Part>
        </div>
      </div>
    </div>
  );
}

function Part({ name, children }: { name: Panel; children: ComponentChildren }) {
  return (
    <section class={`part part-${name}`} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{t()[name]}</h2>
      {children}
    </section>
  );
}
