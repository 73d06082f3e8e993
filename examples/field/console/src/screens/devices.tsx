import { useEffect, useRef, useState } from 'preact/hooks';
import type { Device } from '../../../../http/devices.ts';
import type { QuarantineReply } from '../../../../http/replies.ts';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { get, post } from '../api.ts';
import { named, now, say, t, when } from '../app.ts';
import { providers, quarantined, rows } from '../board.ts';
import { UnsentFile } from '../unsent-file.tsx';
import { VouchForm } from '../vouch-form.tsx';

const nameOf = (providerId: string): string => providers.value.get(providerId)?.name ?? providerId;

/** The phones and their last contact, the revocation of one that was lost, and what was handed in by revoked ones. */
export function Devices() {
  const words = t();
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const [batches, setBatches] = useState<QuarantineReply['batches']>([]);
  async function read() {
    const [found, waiting] = await Promise.all([
      get<{ devices: readonly Device[] }>('/devices'),
      get<QuarantineReply>('/quarantine'),
    ]);
    if (found.ok) setDevices(found.value.devices);
    if (!waiting.ok) return;
    setBatches(waiting.value.batches);
    quarantined.value = waiting.value.batches.length;
  }
  useEffect(() => void read(), [now.value, quarantined.value]);
  return (
    <main class="screen">
      <div class="head">
        <Title app={words.title} page={words.devices} />
        <p>{words.devicesHint}</p>
      </div>
      <div class="case-columns">
        <div class="column">
          <UnsentFile batches={batches} changed={read} />
          <Quarantine batches={batches} decided={read} />
        </div>
        <section>
          <h2>{words.phones}</h2>
          {devices.length === 0 && <p class="hint">{words.noPhones}</p>}
          <ul class="notes">
            {devices.map((device) => (
              <Phone key={`${device.providerId} ${device.device}`} device={device} revoked={read} />
            ))}
          </ul>
        </section>
      </div>
    </main>
  );
}

function Quarantine({ batches, decided }: { batches: QuarantineReply['batches']; decided: () => void }) {
  const words = t();
  return (
    <section>
      <h2>{words.quarantine}</h2>
      <p class="hint">{batches.length === 0 ? words.quarantineNone : words.quarantineHint}</p>
      <ul class="notes">
        {batches.map((batch) => (
          <Batch key={batch.quarantineId} batch={batch} decided={decided} />
        ))}
      </ul>
    </section>
  );
}

function Phone({ device: { providerId, device, lastContactAt, revokedAt }, revoked }: PhoneProps) {
  const words = t();
  const [isAsked, setAsked] = useState<boolean | null>(null);
  const item = useRef<HTMLLIElement>(null);
  // The button that had the focus is gone: it goes to the answer that changes nothing, and back.
  useEffect(() => {
    if (isAsked !== null && item.current !== null && document.activeElement === document.body)
      item.current.querySelector<HTMLElement>('button:not(.primary)')?.focus();
  }, [isAsked]);
  async function revoke() {
    const answer = await post('/devices/revoke', { providerId, device });
    say(answer.ok ? words.revoked : answer.title || words.cannotReach);
    if (!answer.ok) return;
    setAsked(false);
    revoked();
  }
  const age = lastContactAt === null ? null : Math.max(0, now.value - Date.parse(lastContactAt));
  return (
    <li ref={item}>
      <b>{nameOf(providerId)}</b> <small>{device.slice(0, 8)}</small>{' '}
      {revokedAt !== null && <small class="chip">{words.revokedAt(when(revokedAt))}</small>}
      <p>{age === null ? words.notHeard : words.heard(lengthOf(age))}</p>
      {revokedAt === null && !isAsked && (
        <button type="button" onClick={() => setAsked(true)}>
          {words.revoke}
        </button>
      )}
      {isAsked && (
        <div class="unseen" role="alert">
          <p>{words.revokeMeaning}</p>
          <div class="buttons">
            <button type="button" class="primary" onClick={revoke}>
              {words.revokeYes}
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              {words.cancel}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}

type PhoneProps = Readonly<{ device: Device; revoked: () => void }>;

type BatchProps = Readonly<{ batch: QuarantineReply['batches'][number]; decided: () => void }>;

/** A batch of a revoked phone, or of a file, and the decision on it. */
function Batch({ batch, decided }: BatchProps) {
  const { visitId, sender, device, receivedAt, commands, signature } = batch;
  const isDoubted = signature?.state === 'mismatch' || signature?.state === 'missing';
  return (
    <li>
      <a href={hrefOf('visit', visitId)}>{rows.value.get(visitId)?.client ?? visitId}</a>{' '}
      <small>
        {nameOf(sender.id)} · {device.slice(0, 8)} · {when(receivedAt)}
      </small>
      <p class="detail">{commands.map(({ type, data }) => `${when(data.at)} ${named(type)}`).join(' · ')}</p>
      {signature && <p class={isDoubted ? 'unseen' : 'hint'}>{signature.message}</p>}
      <VouchForm batches={[batch]} decided={decided} />
    </li>
  );
}
