import { clause, explain, roleName } from 'auxilio';
import { nameOfAct } from '../act-names.ts';
import { language } from '../language.ts';
import { closed, goTo, here, onTheWay, open, steps, walk } from './state.ts';
import { type Closed, histories, type Open } from './walk.ts';
import { nameOfMilestone, t } from './words.ts';

/** The milestone where the walk is, and the next act on the way to completion. */
export function Here() {
  const texts = t();
  const way = onTheWay.value;
  const fewest = histories[here.value].length;
  return (
    <section class="sheet here" aria-labelledby="here">
      <div aria-live="polite">
        <h2 id="here">{nameOfMilestone(here.value)}</h2>
        <p class="hint">
          {texts.steps(steps.value.length)} {describeWay(way)}
        </p>
      </div>
      {fewest < steps.value.length && (
        <button type="button" class="plain" onClick={() => goTo(here.value)}>
          {texts.shortest(fewest)}
        </button>
      )}
      {way !== null && (
        <button type="button" class="primary" data-next onClick={() => walk(way.next)}>
          {texts.next}: {nameOfAct(way.next.type)}
        </button>
      )}
    </section>
  );
}

/** The acts that are open at the milestone, and those that are closed and why. */
export function Place() {
  const texts = t();
  const leading = open.value.filter(({ to }) => to !== here.value);
  const staying = open.value.filter(({ to }) => to === here.value);
  return (
    <section class="sheet place">
      <h3>{texts.open}</h3>
      {open.value.length === 0 && <p>{texts.nothingOpen}</p>}
      <Acts list={leading} />
      {staying.length > 0 && (
        <details>
          <summary>{texts.staying(staying.length)}</summary>
          <Acts list={staying} />
        </details>
      )}
      <h3>{texts.closed(closed.value.length)}</h3>
      <ul class="closed-acts">
        {closed.value.map((one) => (
          <li key={one.command}>
            <ClosedTo act={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const Acts = ({ list }: { list: readonly Open[] }) => (
  <ul class="open-acts">
    {list.map((one) => (
      <li key={`${one.type} ${one.to}`}>
        <button type="button" onClick={() => walk(one)}>
          <span>
            {nameOfAct(one.type)} <small>{roleName(one.role, language.value)}</small>
          </span>
          {one.to !== here.value && <span class="leads">→ {nameOfMilestone(one.to)}</span>}
        </button>
      </li>
    ))}
  </ul>
);

function describeWay(way: typeof onTheWay.value): string {
  if (here.value === 'completed') return t().done;
  return way === null ? t().noWay : t().left(way.left);
}

function ClosedTo({ act: { command, role, violations, remedy } }: { act: Closed }) {
  const locale = language.value;
  const ways = remedy.map((type) => ({ type, way: open.value.find((one) => one.type === type) }));
  return (
    <details class="closed-act">
      <summary>
        {nameOfAct(command)} <small>{violations.map((one) => one.clause).join(', ')}</small>
      </summary>
      <ul>
        {violations.map((violation) => (
          <li key={violation.rule}>
            {explain(violation, locale, role)}
            <small class="clause">
              {violation.clause}: {clause(violation.clause).text[locale]}
            </small>
          </li>
        ))}
      </ul>
      {ways.length > 0 && (
        <p class="remedies">
          {t().remedy}
          {ways.map(({ type, way }) =>
            way === undefined ? (
              <span key={type}>{nameOfAct(type)}</span>
            ) : (
              <button key={type} type="button" onClick={() => walk(way)}>
                {nameOfAct(type)}
              </button>
            ),
          )}
        </p>
      )}
    </details>
  );
}
