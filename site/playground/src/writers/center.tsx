import { explain, type UnsettledAct } from 'auxilio';
import { nameOfEvent } from '../act-names.ts';
import { language } from '../language.ts';
import { Newest, timeOf } from './common.tsx';
import { Refused } from './phone.tsx';
import type { Scene } from './scene.ts';
import { make } from './state.ts';
import { t } from './words.ts';

export function Center({ scene }: { scene: Scene }) {
  const texts = t();
  const { log, openAtCenter, time, refusal } = scene;
  return (
    <section class="sheet side" aria-labelledby="center">
      <header>
        <h2 id="center">{texts.center}</h2>
        <time dateTime={time}>{timeOf(time)}</time>
      </header>
      {openAtCenter.length > 0 && <h3>{texts.write}</h3>}
      <div class="buttons">
        {openAtCenter.map((name) => (
          <button key={name} type="button" onClick={() => make(`c:${name}`)}>
            {texts[name]}
          </button>
        ))}
      </div>
      {refusal?.by === 'center' && <Refused title={texts.refusedCenter} refusal={refusal} />}
      <Discrepancies acts={scene.case.acts} />
      <h3>{texts.log}</h3>
      <Newest label={texts.log}>
        {log.map((event, index) => (
          <li key={event.metadata?.eventId ?? index} class="entry">
            <b>#{index + 1}</b>
            <span class="what">
              {nameOfEvent(event.type)}
              <small>
                <code>{event.type}</code>
              </small>
            </span>
            <time dateTime={event.data.at}>{timeOf(event.data.at)}</time>
          </li>
        ))}
      </Newest>
    </section>
  );
}

/** The open reports: the first, which is settled by a button, and those after it. */
function Discrepancies({ acts }: { acts: readonly UnsettledAct[] }) {
  const texts = t();
  const [first, ...others] = [...new Set(acts.map(({ discrepancyId }) => discrepancyId))];
  if (first === undefined) return null;
  const listActs = (id: string) => (
    <ul key={id} class="discrepancy">
      {acts
        .filter(({ discrepancyId }) => discrepancyId === id)
        .map((act) => (
          <Unsettled key={act.commandId} act={act} />
        ))}
    </ul>
  );
  return (
    <div class="discrepancies">
      <h3>{texts.discrepancies}</h3>
      <p class="hint">{texts.discrepancyHint}</p>
      {listActs(first)}
      <div class="buttons">
        <button type="button" class="primary" onClick={() => make('x:take')}>
          {texts.take}
        </button>
        <button type="button" onClick={() => make('x:leave')}>
          {texts.leave}
        </button>
      </div>
      {others.length > 0 && (
        <details>
          <summary>{texts.earlierActs(others.length)}</summary>
          {others.map(listActs)}
        </details>
      )}
    </div>
  );
}

function Unsettled({ act: { type, at, kind, violations, lawfulThen } }: { act: UnsettledAct }) {
  const texts = t();
  return (
    <li>
      <b>{nameOfEvent(type)}</b> <small>{`${timeOf(at)} · ${kind === 'twin' ? texts.twinKind : texts[kind]}`}</small>
      {violations.map((violation) => (
        <p key={violation.rule}>
          {explain(violation, language.value, 'contact-center')} <small>{violation.clause}</small>
        </p>
      ))}
      {lawfulThen && violations.length > 0 && <small>{texts.lawfulThen}</small>}
    </li>
  );
}
