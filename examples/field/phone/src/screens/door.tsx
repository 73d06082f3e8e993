import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { centerPhone, t, usePhone } from '../app.tsx';
import type { DoorCodesProps } from '../door-codes.tsx';
import { doorOf } from '../doors.ts';
import { session } from '../session.ts';
import { Header, isBeforeDoor, Missing, useVisit } from './visit.tsx';

const loaded = signal<FunctionComponent<DoorCodesProps> | null>(null);

/** The screen at the door. What it says is loaded when it is first opened; the service worker has it without a signal, too. */
export function Door({ visitId }: { visitId: string }) {
  const { actorId } = usePhone();
  const visit = useVisit(visitId);
  useEffect(() => {
    import('../door-codes.tsx').then(({ DoorCodes }) => {
      loaded.value = DoorCodes;
    }, console.error);
  }, []);
  if (visit === undefined) return <Missing />;
  const Codes = loaded.value;
  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={t().title} page={t().atDoor} />
      {Codes !== null && (
        <Codes door={doorOf(visit)} isBefore={isBeforeDoor(visit, actorId)} locale={session.value?.locale} />
      )}
      <a class="button wide" href={`tel:${centerPhone}`}>
        <Icon name="call" /> {t().call}
      </a>
    </main>
  );
}
