import { actName, type ClosedAct, type CommandType, explain, guide, type OpenAct, type Role } from 'auxilio';
import { language } from '../language.ts';
import { ActForm } from './act-form.tsx';
import { Outcome, open, Violations } from './outcome.tsx';
import { opened, outcome, playAsProposed, role } from './play.ts';
import { reportContext, upper } from './report.ts';
import { state } from './table.ts';
import { t } from './words.ts';

const roles: readonly Role[] = ['provider', 'contact-center'];

function chooseRole(chosen: Role): void {
  role.value = chosen;
  opened.value = null;
}

/** The acts that the chosen role may record now, and why not the others. */
export function Guide() {
  const texts = t();
  const found = guide(state.value, { role: role.value, locale: language.value });
  const suggested = found.open.find(({ command }) => command === found.suggested);
  const others = found.open.filter((act) => act !== suggested);
  return (
    <>
      <Standing />
      <fieldset class="roles">
        <legend>{texts.who}</legend>
        {roles.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="role" checked={role.value === one} onInput={() => chooseRole(one)} />
            <span>{one === 'provider' ? texts.provider : texts.center}</span>
          </label>
        ))}
      </fieldset>
      <Outcome />
      {suggested !== undefined && (
        <div class="next-act">
          <h3>{texts.suggested}</h3>
          <Act act={suggested} isFirst />
        </div>
      )}
      <Turn />
      {others.length > 0 && (
        <>
          <h3>{texts.open}</h3>
          <ul class="acts">
            {others.map((act) => (
              <li key={act.command}>
                <Act act={act} isFirst={false} />
              </li>
            ))}
          </ul>
        </>
      )}
      {found.open.length === 0 && <p class="hint">{texts.nothingOpen}</p>}
      {found.closed.length > 0 && (
        <details class="closed">
          <summary>{texts.closed(found.closed.length)}</summary>
          <ul class="acts">
            {found.closed.map((act) => (
              <li key={act.command}>
                <Closed act={act} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What the other role is to do next. */
function Turn() {
  const texts = t();
  const other: Role = role.value === 'provider' ? 'contact-center' : 'provider';
  const { suggested } = guide(state.value, { role: other });
  if (suggested === null) return null;
  return (
    <p class="turn">
      {other === 'provider' ? texts.turnOfProvider : texts.turnOfCenter}:
      <button type="button" class="quiet-button" onClick={() => hand(other, suggested)}>
        {nameOf(suggested)}
      </button>
    </p>
  );
}

/** Passes the visit to the other role, for that act. */
function hand(to: Role, act: CommandType): void {
  chooseRole(to);
  open(act);
}

/** The phase, and what is pending. */
function Standing() {
  const texts = t();
  const { words } = reportContext();
  const { phase, debts } = state.value;
  return (
    <dl class="standing">
      <div>
        <dt>{texts.phase}</dt>
        <dd class={`phase ${phase}`}>{words.phases[phase]}</dd>
      </div>
      {debts.length > 0 && (
        <div>
          <dt>{texts.debts}</dt>
          <dd>{debts.map(({ kind }) => words.debts[kind]).join(' · ')}</dd>
        </div>
      )}
    </dl>
  );
}

const nameOf = (type: CommandType): string => upper(actName(type, language.value));

function Act({ act, isFirst }: { act: OpenAct; isFirst: boolean }) {
  const texts = t();
  const type = act.command;
  const isOpen = opened.value === type;
  const name = nameOf(type);
  return (
    <div class={isFirst ? 'act first' : 'act'}>
      <div class="act-line">
        {isFirst ? (
          <b class="act-name">{name}</b>
        ) : (
          <button
            type="button"
            class="act-name"
            aria-expanded={isOpen}
            onClick={() => {
              opened.value = isOpen ? null : type;
            }}
          >
            {name}
          </button>
        )}
        {!isOpen && (
          <button
            type="button"
            class={isFirst ? 'primary' : 'quiet-button'}
            aria-label={texts.recordAct(name)}
            onClick={() => playAsProposed(type)}
          >
            {texts.record}
          </button>
        )}
      </div>
      {(isFirst || isOpen) && <Lines act={act} />}
      {isFirst && (
        <button
          type="button"
          class="plain data-button"
          aria-expanded={isOpen}
          aria-label={isOpen ? undefined : texts.dataOf(name)}
          onClick={() => {
            opened.value = isOpen ? null : type;
          }}
        >
          {isOpen ? texts.hideData : texts.data}
        </button>
      )}
      {isOpen && <ActForm key={type} type={type} />}
    </div>
  );
}

/** What to say and ask, in the words of the protocol. */
function Lines({ act: { say, ask } }: { act: OpenAct }) {
  const texts = t();
  return (
    <>
      {say.length > 0 && (
        <blockquote>
          <span class="hidden">{texts.say}: </span>
          {say.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </blockquote>
      )}
      {ask.length > 0 && (
        <p class="hint">
          {texts.ask}: {ask.join(' · ')}
        </p>
      )}
    </>
  );
}

function Closed({ act: { command, violations, remedy } }: { act: ClosedAct }) {
  const texts = t();
  const [first] = violations;
  const isOpen = opened.value === command;
  return (
    <details class="act closed-act">
      <summary>
        <b class="act-name">{nameOf(command)}</b>
        <span class="hint">{first && explain(first, language.value, role.value).split('\n')[0]}</span>
      </summary>
      <Violations violations={violations} remedy={remedy} />
      <button
        type="button"
        class="quiet-button"
        onClick={() => {
          outcome.value = null;
          playAsProposed(command);
        }}
      >
        {texts.tryAnyway}
      </button>
      {isOpen && <ActForm key={command} type={command} />}
    </details>
  );
}
