import { useEffect, useRef, useState } from 'preact/hooks';
import type { QuarantineReply } from '../../../../http/replies.ts';
import type { FieldDevice } from '../../../server/devices.ts';
import { hrefOf } from '../../../ui/route.ts';
import { lengthOf } from '../../../ui/time.ts';
import { Title } from '../../../ui/title.tsx';
import { get, post } from '../api.ts';
import { named, now, say, t, when } from '../app.ts';
import { phones, quarantined, rows } from '../board.ts';
import { phoneName } from '../phone-name.ts';
import { UnsentFile } from '../unsent-file.tsx';
import { VouchForm } from '../vouch-form.tsx';

/** The phones and their last contact, the revocation of one that was lost, and what was handed in by revoked ones. */
export function Devices() {
  const words = t();
  const devices = phones.value;
  const [batches, setBatches] = useState<QuarantineReply['batches']>([]);
  async function read() {
    const [found, waiting] = await Promise.all([
      get<{ devices: readonly FieldDevice[] }>('/devices'),
      get<QuarantineReply>('/quarantine'),
    ]);
    if (found.ok) phones.value = found.value.devices;
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
  const section = useRef<HTMLElement>(null);
  // The form that had the focus is gone with its batch: the next one has it.
  useEffect(() => {
    if (document.activeElement === document.body) section.current?.querySelector<HTMLElement>('form input')?.focus();
  }, [batches.length]);
  return (
    <section ref={section}>
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
      <b title={device}>{phoneName({ providerId, device })}</b>{' '}
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

type PhoneProps = Readonly<{ device: FieldDevice; revoked: () => void }>;

type BatchProps = Readonly<{ batch: QuarantineReply['batches'][number]; decided: () => void }>;

/** A batch of a revoked phone, or of a file, and the decision on it. */
function Batch({ batch, decided }: BatchProps) {
  const { visitId, sender, device, receivedAt, commands, signature } = batch;
  const isDoubted = signature?.state === 'mismatch' || signature?.state === 'missing';
  const phone = phoneName({ providerId: sender.id, device });
  return (
    <li>
      <a href={hrefOf('visit', visitId)}>{rows.value.get(visitId)?.client ?? visitId}</a>{' '}
      <small>
        {phone} · {when(receivedAt)}
      </small>
      <p class="detail">{commands.map(({ type, data }) => `${when(data.at)} ${named(type)}`).join(' · ')}</p>
      {signature && <p class={isDoubted ? 'unseen' : 'hint'}>{t().ofPhone(signature.message, device, phone)}</p>}
      <VouchForm batches={[batch]} decided={decided} />
    </li>
  );
}
