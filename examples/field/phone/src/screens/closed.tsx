import type { CommandType, Violation } from 'auxilio';
import { explain, type Language } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { Title } from '../../../ui/title.tsx';
import { centerPhone, named, t, usePhone } from '../app.tsx';
import { iconOf } from '../icons.ts';
import { isAct } from '../phone.ts';
import { refusal } from '../record.ts';
import { Header, Missing, useVisit } from './visit.tsx';

/** The reason why an act is refused, in one sentence; the acts that open it, the call, and *I did it already*. */
export function Closed({ visitId, command }: { visitId: string; command: string }) {
  const phone = usePhone();
  const visit = useVisit(visitId);
  const words = t();
  if (visit === undefined || !isAct(command)) return <Missing />;
  const { open, closed, suggested } = phone.guide(visit);
  const act = closed.find((one) => one.command === command);
  const isOpen = open.some((one) => one.command === command);
  const last = refusal.value;
  // Of an act that other data would open, the reason is what was refused of these.
  const refused =
    isOpen && last?.visitId === visitId && last.type === command ? last.violations : (act?.violations ?? []);
  const violations = refused.filter(({ rule }) => !visit.local.waivers.some((waiver) => waiver.rule === rule));
  if (isOpen && violations.length === 0) return <Opened visit={visit} type={command} />;
  const { reason, others, waiver } = explained(violations, phone.language);
  // What comes next opens, in the end, what is refused first: the credential, for the identity.
  const remedies = open.filter(({ command: next }) => act?.remedy.includes(next) || (act && next === suggested));
  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <Title app={words.title} page={words.notYet(phone.language.names.acts[command])} />
      {reason !== undefined && <p class="reason">{reason}</p>}
      {others.length > 0 && (
        <details>
          <summary>{words.opens}</summary>
          <ul>
            {others.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {remedies.length > 0 && (
        <ul class="acts">
          {remedies.map((one, place) => (
            <li key={one.command}>
              <a class={place === 0 && !isOpen ? 'button primary' : 'act'} href={hrefOf('act', visitId, one.command)}>
                <Icon name={iconOf(one.command)} /> {named(one.command)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <a class="button primary" href={hrefOf('act', visitId, command)}>
          <Icon name="back" /> {words.correct}
        </a>
      )}
      {waiver !== undefined && <p class="hint">{waiver}</p>}
      <a class="button wide" href={`tel:${centerPhone}`}>
        <Icon name="call" /> {words.call}
      </a>
      <a class="button wide" href={hrefOf('act', visitId, command, 'despite')}>
        {words.didIt}
      </a>
      <p class="hint">{words.didItHint}</p>
    </main>
  );
}

/** The reasons in words, each once, since two rules may say the same; and a sentence that names all of it that the center can waive. */
function explained([first, ...rest]: readonly Violation[], language: Language) {
  const lines = first === undefined ? [] : explain({ violations: [first, ...rest] }, language).split('\n');
  const [reason, ...others] = new Set(lines.slice(0, 1 + rest.length));
  return { reason, others, waiver: lines[1 + rest.length] };
}

/** The way on to an act that is open by now. */
function Opened({ visit, type }: { visit: ReplicaVisit; type: CommandType }) {
  const { language } = usePhone();
  const words = t();
  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visit.visitId)} />
      <Title app={words.title} page={words.openedNow(language.names.acts[type])} />
      <a class="button primary" href={hrefOf('act', visit.visitId, type)}>
        {words.continue}
      </a>
    </main>
  );
}
