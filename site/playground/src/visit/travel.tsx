import { goTo } from './play.ts';
import { eventName } from './report.ts';
import { branches, current, log, place, switchTo } from './table.ts';
import { t } from './words.ts';

/** Goes to any moment of the history, and to the histories that were left. */
export function Travel() {
  const texts = t();
  const [of, at] = [log.value.length, place.value];
  const event = log.value[at - 1];
  const said = event === undefined ? texts.beginning : `${texts.momentOf(at, of)}: ${eventName(event.type)}`;
  return (
    <section class="travel" aria-label={texts.moment}>
      <div class="slider">
        <button type="button" aria-label={texts.previous} disabled={at === 0} onClick={() => goTo(at - 1)}>
          ◀
        </button>
        <input
          type="range"
          min={0}
          max={of}
          value={at}
          aria-label={texts.moment}
          aria-valuetext={said}
          disabled={of === 0}
          onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
        />
        <button type="button" aria-label={texts.next} disabled={at === of} onClick={() => goTo(at + 1)}>
          ▶
        </button>
        <output>{said}</output>
      </div>
      {at < of && (
        <p class="note" role="status">
          {texts.past(of - at)}
        </p>
      )}
      {branches.value.length > 0 && (
        <div class="branches">
          <span>{texts.histories}:</span>
          <span class="chip here" aria-current="true">
            {texts.history(current.value)}
          </span>
          {branches.value.map((branch) => (
            <button key={branch.id} type="button" class="chip" onClick={() => switchTo(branch)}>
              {texts.history(branch.id)} <small>{texts.sharedActs(branch.shared, branch.log.length)}</small>
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
