import { actName, explain, guide, type Role, replay, type VisitEvent } from 'auxilio';
import { language } from '../language.ts';
import { reportContext, upper } from '../visit/report.ts';
import { t } from './words.ts';

const roles: readonly Role[] = ['provider', 'contact-center'];

/** What each role may do now, and why not the rest: to be read. */
export function ReadOnlyGuide({ log }: { log: readonly VisitEvent[] }) {
  const texts = t();
  const state = replay(log);
  const locale = language.value;
  return (
    <>
      <p>
        <b>{reportContext().words.phases[state.phase]}</b>
      </p>
      {roles.map((role) => {
        const { open, closed, suggested } = guide(state, { role, locale });
        return (
          <div key={role}>
            <h3>{role === 'provider' ? texts.provider : texts.center}</h3>
            <ul class="may">
              {open.map(({ command }) => (
                <li key={command} class={command === suggested ? 'next' : undefined}>
                  {upper(actName(command, locale))}
                  {command === suggested && <small> {texts.next}</small>}
                </li>
              ))}
              {open.length === 0 && <li>{texts.nothing}</li>}
            </ul>
            <details>
              <summary>{texts.closed(closed.length)}</summary>
              <ul>
                {closed.map(({ command, violations }) => (
                  <li key={command}>
                    <b>{upper(actName(command, locale))}</b>
                    {violations.slice(0, 1).map((violation) => (
                      <span key={violation.rule}>
                        {' '}
                        {explain(violation, locale, role)} ({violation.clause})
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            </details>
          </div>
        );
      })}
    </>
  );
}
