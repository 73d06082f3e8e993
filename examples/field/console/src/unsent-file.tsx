import { useEffect, useRef, useState } from 'preact/hooks';
import type { QuarantineReply, UnsentReply } from '../../../http/replies.ts';
import { post } from './api.ts';
import { t, when } from './app.ts';
import { providers } from './board.ts';
import { nameOfProvider, phoneName } from './phone-name.ts';
import type { UnsentFile as Read } from './read-unsent.ts';
import { VouchForm } from './vouch-form.tsx';

type Batches = QuarantineReply['batches'];

/** The file that was chosen, and how far it is. */
type Stage =
  | Readonly<{ is: 'reading' }>
  | Readonly<{ is: 'refused'; why: string }>
  | Readonly<{ is: 'read'; file: File; read: Read; why?: string }>
  | Readonly<{ is: 'taken'; read: Read; reply: UnsentReply }>;

/** Takes in the file of a phone that can send no more: it is shown, handed to the server, and vouched for as a whole, or batch by batch. */
export function UnsentFile({ batches, changed }: { batches: Batches; changed: () => Promise<void> }) {
  const words = t();
  const [stage, setStage] = useState<Stage | null>(null);
  const [isOver, setOver] = useState(false);
  const answer = useRef<HTMLDivElement>(null);
  // The next key is for what was read of it.
  useEffect(() => answer.current?.querySelector<HTMLElement>('input, button')?.focus(), [stage?.is]);

  async function choose(file: File | undefined) {
    if (file === undefined) return;
    setStage({ is: 'reading' });
    try {
      const read = await (await import('./read-unsent.ts')).readUnsent(file);
      setStage(
        typeof read === 'string' ? { is: 'refused', why: words.unsentProblems(read) } : { is: 'read', file, read },
      );
    } catch {
      setStage({ is: 'refused', why: words.cannotReach });
    }
  }
  async function take(file: File, read: Read) {
    const taken = await post<UnsentReply>('/unsent', file);
    if (!taken.ok) {
      const why = [taken.title || words.cannotReach, ...taken.details].join('. ');
      return setStage({ is: 'read', file, read, why });
    }
    await changed();
    setStage({ is: 'taken', read, reply: taken.value });
  }
  const waiting =
    stage?.is === 'taken' ? batches.filter((one) => stage.reply.quarantineIds.includes(one.quarantineId)) : [];
  return (
    <section
      class={isOver ? 'unsent over' : 'unsent'}
      aria-labelledby="unsent"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void choose(event.dataTransfer?.files[0]);
      }}
    >
      <h2 id="unsent">{words.unsentFile}</h2>
      <p class="hint">{words.unsentHint}</p>
      <label class="button file">
        {words.chooseFile}
        <input
          type="file"
          class="file-input"
          accept=".ndjson,.jsonl,.json,.txt,application/x-ndjson"
          onChange={({ currentTarget }) => {
            void choose(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </label>{' '}
      <small>{words.dropFile}</small>
      <div role="status" ref={answer}>
        {stage?.is === 'reading' && <p>{words.loading}</p>}
        {(stage?.is === 'read' || stage?.is === 'taken') && <Contents read={stage.read} />}
        {stage?.is === 'read' && (
          <div class="buttons">
            <button type="button" class="primary" onClick={() => take(stage.file, stage.read)}>
              {words.takeIn}
            </button>
            <button type="button" onClick={() => setStage(null)}>
              {words.cancel}
            </button>
          </div>
        )}
        {stage?.is === 'taken' && (
          <>
            <p>
              {waiting.length > 0
                ? words.takenIn(nameOfProvider(stage.read.providerId))
                : words.takenBefore(stage.reply.quarantineIds.length)}
            </p>
            {waiting.length > 0 && <VouchForm batches={waiting} decided={() => void changed()} />}
          </>
        )}
      </div>
      {(stage?.is === 'refused' || (stage?.is === 'read' && stage.why !== undefined)) && (
        <p class="problem" role="alert">
          {stage.why}
        </p>
      )}
    </section>
  );
}

function Contents({ read }: { read: Read }) {
  const words = t();
  const { acts, visits, photos, leftOut, unread, exportedAt, providerId } = read;
  return (
    <>
      <p>
        <b>{words.unsentOf(phoneName(read), when(exportedAt))}</b>
      </p>
      <p>{words.unsentHas(acts, visits, photos)}</p>
      {!providers.value.has(providerId) && <p class="unseen">{words.unknownProvider}</p>}
      {leftOut > 0 && <p class="unseen">{words.leftOut(leftOut)}</p>}
      {unread > 0 && <p class="unseen">{words.unreadVisits(unread)}</p>}
    </>
  );
}
