import { guide, initialState } from 'auxilio/core';
import { useMemo, useState } from 'preact/hooks';
import { goTo } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { ActForm } from '../act-form.tsx';
import { instant, policy, t, useLanguage } from '../app.ts';

/** A visit that begins here: it is assigned by the form of that act, and opened. */
export function NewVisit() {
  const language = useLanguage();
  const [visitId] = useState(() => crypto.randomUUID());
  const log = useMemo(() => ({ visitId, events: [], state: initialState() }), [visitId]);
  const { open } = guide(log.state, { role: 'contact-center', language, now: instant(), policy });
  const line = open.find(({ command }) => command === 'AssignVisit');
  return (
    <main class="screen new-visit">
      <div class="head">
        <Title app={t().title} page={t().newVisit} />
      </div>
      {line && (
        <ActForm
          log={log}
          line={line}
          waives={[]}
          close={(isRecorded) => (isRecorded ? goTo('visit', visitId) : goTo('visits'))}
        />
      )}
    </main>
  );
}
