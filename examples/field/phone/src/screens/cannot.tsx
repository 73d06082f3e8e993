import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { centerPhone, named, t, usePhone } from '../app.tsx';
import { iconOf } from '../icons.ts';
import { isTrouble, needsAbsentClient } from '../troubles.ts';
import { Header, Missing, useVisit } from './visit.tsx';

/** Cases of what goes wrong, and the act for each. */
export function Cannot({ visitId }: { visitId: string }) {
  const phone = usePhone();
  const visit = useVisit(visitId);
  const words = t();
  if (visit === undefined) return <Missing />;
  const open = phone
    .guide(visit)
    .open.map(({ command }) => command)
    .filter(isTrouble)
    .filter((command) => !needsAbsentClient(command, visit.local));
  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={words.title} page={words.cannot} />
      <p>{open.length === 0 ? words.cannotNone : words.cannotHint}</p>
      <ul class="acts">
        {open.map((command) => (
          <li key={command}>
            <a class="act" href={hrefOf('act', visitId, command)}>
              <Icon name={iconOf(command)} />
              <span>
                {words.cases(command)}
                <small>{named(command)}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.refuses}</summary>
        <p>{words.refusesText}</p>
      </details>
      <details>
        <summary>{words.noSignalHelp}</summary>
        <p>{words.noSignalHelpText}</p>
      </details>
      <a class="button" href={`tel:${centerPhone}`}>
        <Icon name="call" /> {words.call}
      </a>
    </main>
  );
}
