import { Icon } from '../../ui/icon.tsx';
import { named, notice, t, usePhone } from './app.tsx';

/** Confirms the last act, and undoes it for some seconds. */
export function Toast() {
  const { last, undo } = usePhone();
  const act = last.value;
  if (act === null)
    return (
      <div class="toast-place" aria-live="polite">
        {notice.value !== null && <p class="toast">{notice.value}</p>}
      </div>
    );
  return (
    <div class="toast-place" aria-live="polite">
      <div class="toast" key={act.commandId}>
        <p>
          <strong>{named(act.type)}.</strong> {t().saved}
        </p>
        <button
          type="button"
          onClick={async () => {
            await undo();
            notice.value = t().undone;
            setTimeout(() => {
              notice.value = null;
            }, 4_000);
          }}
        >
          <Icon name="undo" /> {t().undo}
        </button>
      </div>
    </div>
  );
}
