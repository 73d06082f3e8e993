import { Icon } from '../../ui/icon.tsx';
import { clock, t, usePhone } from './app.tsx';
import { hrefOf } from './route.ts';
import { isExpired } from './session.ts';

/** Says in one line, on every screen, what the center has. Losing the signal changes nothing else. */
export function StatusBar() {
  const { status } = usePhone();
  const { online, syncing, waiting, photosWaiting, lastSyncAt, revoked, failing } = status.value;
  const words = t();
  const isOffline = online === false || !navigator.onLine;
  const left = waiting + photosWaiting;
  const text = revoked
    ? words.revoked
    : isExpired.value
      ? words.sessionEnded
      : isOffline
        ? words.noSignal(waiting, photosWaiting)
        : left > 0
          ? syncing
            ? words.sending
            : words.toSend(waiting, photosWaiting)
          : lastSyncAt === null
            ? words.sending
            : words.received(clock(lastSyncAt));
  const kind =
    revoked || isExpired.value || failing.length > 0 ? 'bad' : isOffline ? 'offline' : left > 0 ? 'waits' : 'sent';
  return (
    <a class={`status ${kind}`} href={hrefOf('waiting')}>
      <Icon name={kind === 'sent' ? 'work' : kind === 'bad' ? 'warn' : 'send'} />
      <span role="status">{text}</span>
    </a>
  );
}
