import { Icon } from '../../ui/icon.tsx';
import { hrefOf, route } from '../../ui/route.ts';
import { hasNetwork, hour, named, notice, t, usePhone } from './app.tsx';
import { disagreements } from './disagreements.ts';
import { isOwn } from './entries.ts';
import type { LastAct } from './phone.ts';
import { isExpired } from './session.ts';

/** On every screen: what was just recorded, and for some seconds can be undone; else what the center has. */
export function StatusBar() {
  const { last, status, isClosed } = usePhone();
  const isOver = status.value.revoked || isClosed.value;
  const saved = isOver || route.value.screen === 'waiting' ? null : last.value;
  return (
    <>
      <header class="top">{saved === null ? <Sent /> : <Saved act={saved} key={saved.commandId} />}</header>
      <p class="hidden" role="status">
        {saved === null ? spoken() : `${named(saved.type)}. ${t().saved}`}
      </p>
    </>
  );
}

/** The text that is read aloud. The time at which all was received is another one each minute, and is not. */
function spoken(): string {
  const { kind, text } = describe();
  return notice.value ?? (kind === 'sent' && hasRecorded() ? t().allReceived : text);
}

function Saved({ act: { type, visitId, commandId } }: { act: LastAct }) {
  const { undo } = usePhone();
  async function takeBack() {
    const { ok } = await undo(visitId, commandId);
    notice.value = ok ? t().undone : t().mistakeLate;
    setTimeout(() => {
      notice.value = null;
    }, 4_000);
  }
  return (
    <div class="status saved">
      <span>
        <strong>{named(type)}</strong> {t().saved}
      </span>
      <button type="button" onClick={takeBack}>
        <Icon name="undo" /> {t().undo}
      </button>
    </div>
  );
}

/** True if the center has an act that the user recorded. */
function hasRecorded(): boolean {
  const { visits, actorId } = usePhone();
  return visits.value.some(({ events, own }) => [...events, ...own].some((event) => isOwn(event, actorId)));
}

type Kind = 'sent' | 'waits' | 'offline' | 'bad';

function Sent() {
  const { kind, text } = describe();
  return (
    <a class={`status ${kind}`} href={hrefOf('waiting')}>
      <Icon name={kind === 'sent' ? 'work' : kind === 'bad' ? 'warn' : 'send'} />
      <span>{notice.value ?? text}</span>
    </a>
  );
}

/** Losing the signal changes nothing else on the screens. */
function describe(): { kind: Kind; text: string } {
  const { status, isClosed } = usePhone();
  const { verdict, problems, losses, online, syncing, lastSyncAt, lastResult, revoked, failing } = status.value;
  const [waiting, photosWaiting] = [status.value.waiting ?? 0, status.value.photosWaiting ?? 0];
  const disagreeing = disagreements.value.filter(({ status: state }) => state === 'waiting').length;
  const words = t();
  if (isClosed.value) return { kind: 'bad', text: words.storeClosed };
  if (revoked) return { kind: 'bad', text: words.revoked };
  if (isExpired.value) return { kind: 'bad', text: words.sessionEnded };
  // Where the server still answers other calls, it is the failure of a visit.
  const kinds = [lastResult, ...failing.map(({ failure }) => failure.kind)];
  if (kinds.includes('upgrade-required')) return { kind: 'bad', text: words.failures('upgrade-required') };
  if (verdict === 'attention') {
    const acts = problems.filter(({ what }) => what === 'act').length;
    const lost = losses.flatMap((loss) => (loss.kind === 'store' ? [] : loss.commandIds)).length;
    return { kind: 'bad', text: words.attention(acts + lost, problems.length - acts, failing.length) };
  }
  if (!hasNetwork.value) return { kind: 'offline', text: words.noSignal(waiting, photosWaiting) };
  if (online === false) return { kind: 'offline', text: words.noAnswer(waiting, photosWaiting) };
  if (verdict === 'saved') {
    const kind = failing.length > 0 ? 'bad' : 'waits';
    return { kind, text: syncing ? words.sending : words.toSend(waiting, photosWaiting) };
  }
  if (disagreeing > 0) return { kind: 'waits', text: `${words.disagreementsWaiting}: ${disagreeing}` };
  if (verdict !== 'received' || lastSyncAt === null) return { kind: 'waits', text: words.unknown };
  return { kind: 'sent', text: (hasRecorded() ? words.received : words.upToDate)(hour(lastSyncAt)) };
}
