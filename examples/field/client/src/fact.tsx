/** A fact of the record, and the client's word on it. */
import { useId, useRef, useState } from 'preact/hooks';
import { inOneLine } from '../../ui/text.ts';
import { t, when } from './app.ts';
import { keepSaying } from './keep-saying.ts';
import { attest } from './say.ts';
import type { ShownFact } from './server.ts';

type Props = Readonly<{
  fact: ShownFact;
  /** Called when an answer is kept; by default the fact has the focus then. */
  answered?: () => void;
}>;

export function Fact({ fact, answered }: Props) {
  const self = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState<'change' | 'no' | null>(null);
  const isOpen = fact.agrees === undefined || asked === 'change';
  const answer = (agrees: boolean, what?: string) =>
    keepSaying(
      () => attest([fact], agrees, what),
      () => {
        setAsked(null);
        if (answered === undefined) self.current?.focus({ preventScroll: true });
        else answered();
      },
    );
  return (
    <article ref={self} class="fact" tabIndex={-1}>
      <p>
        <strong>{t().fact(fact.fact)}</strong>
        <time dateTime={fact.recorded}>{when(fact.recorded)}</time>
      </p>
      {asked === 'no' ? (
        <Denial save={(what) => answer(false, what)} leave={() => setAsked(null)} />
      ) : isOpen ? (
        <div class="answers">
          <button type="button" class="yes" onClick={() => answer(true)}>
            {t().yes}
          </button>
          <button type="button" class="no" onClick={() => setAsked('no')}>
            {t().no}
          </button>
        </div>
      ) : (
        <>
          <p class={fact.agrees ? 'said good' : 'said bad'}>
            {fact.agrees ? t().saidYes : t().saidNo} {fact.what !== undefined && <q>{fact.what}</q>}
          </p>
          <button type="button" class="quiet" onClick={() => setAsked('change')}>
            {t().change}
          </button>
        </>
      )}
    </article>
  );
}

function Denial({ save, leave }: { save: (what: string) => unknown; leave: () => void }) {
  const id = useId();
  const [what, setWhat] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(inOneLine(what));
      }}
    >
      <label class="field" for={id}>
        {t().whatHappened}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={1_000}
        value={what}
        ref={(field) => field?.focus()}
        onInput={({ currentTarget }) => setWhat(currentTarget.value)}
      />
      <button type="submit" class="primary">
        {t().saveNo}
      </button>
      <button type="button" class="quiet" onClick={leave}>
        {t().cancel}
      </button>
    </form>
  );
}
