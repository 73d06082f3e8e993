import type { CommandType } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { goTo, hrefOf, route } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { ActForm } from '../act-form.tsx';
import { centerPhone, named, present, t, usePhone } from '../app.tsx';
import { iconOf } from '../icons.ts';
import { isAct } from '../phone.ts';
import { Say } from '../speech.tsx';
import { Header, Missing, useVisit } from './visit.tsx';

/** The screen of an act that is not the next one, or that is recorded with more than a touch. */
export function Act({ visitId, command }: { visitId: string; command: string }) {
  const visit = useVisit(visitId);
  if (visit === undefined || !isAct(command)) return <Missing />;
  return <ActScreen visit={visit} type={command} />;
}

/** Acts that are said to the center by telephone, and whose data have no call. */
const called: readonly CommandType[] = ['ReportTransitIssue', 'EscalateClientImpact'];

function ActScreen({ visit, type }: { visit: ReplicaVisit; type: CommandType }) {
  const phone = usePhone();
  const words = t();
  const { visitId, local } = visit;
  const say = useMemo(() => {
    const isOpen = phone.guide(visit).open.some(({ command }) => command === type);
    return isOpen ? phone.lines(type, visit).say : [];
  }, [phone, type, local, present.value]);
  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={words.title} page={named(type)}>
        <Icon name={iconOf(type)} /> {named(type)}
      </Title>
      <Say lines={say} />
      {called.includes(type) && (
        <a class="button wide" href={`tel:${centerPhone}`}>
          <Icon name="call" /> {words.call}
        </a>
      )}
      <ActForm
        visit={visit}
        type={type}
        isDespite={route.value.option === 'despite'}
        leave={() => goTo('visit', visitId)}
      />
    </main>
  );
}
