import { actName, type CommandType, clause, explain, guide, type Role, type Violation } from 'auxilio';
import { useEffect, useRef } from 'preact/hooks';
import { language } from '../language.ts';
import { opened, outcome, role } from './play.ts';
import { eventName, upper } from './report.ts';
import { state } from './table.ts';
import { t } from './words.ts';

/** What became of the last act: on record, or refused with every reason. */
export function Outcome() {
  const texts = t();
  const shown = outcome.value;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const top = box.current?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2)
      box.current?.scrollIntoView({ block: shown?.kind === 'refused' ? 'start' : 'center' });
  }, [shown]);
  if (shown === null) return <div role="status" />;
  if (shown.kind === 'recorded') {
    return (
      <div role="status" class="recorded" ref={box}>
        {texts.recorded(eventName(shown.event))}
      </div>
    );
  }
  const { command, violations } = shown;
  const remedy = guide(state.value, { role: shown.role, locale: language.value }).closed.find(
    (act) => act.command === command,
  )?.remedy;
  return (
    <div role="alert" class="refused" ref={box}>
      <h3>{texts.refusal(actName(command, language.value))}</h3>
      <Violations violations={violations} remedy={remedy ?? []} />
      <button
        type="button"
        class="plain"
        onClick={() => {
          outcome.value = null;
        }}
      >
        {texts.closeRefusal}
      </button>
    </div>
  );
}

type ViolationsProps = Readonly<{ violations: readonly Violation[]; remedy: readonly CommandType[] }>;

/** Each rule that refuses an act: in words, with its clause; and the acts that would open the way. */
export function Violations({ violations, remedy }: ViolationsProps) {
  const texts = t();
  const locale = language.value;
  const [first, ...others] = violations;
  if (first === undefined) return null;
  const lines = explain({ violations: [first, ...others] }, locale, role.value).split('\n');
  return (
    <>
      <ul class="violations">
        {violations.map((violation, index) => (
          <li key={violation.rule}>
            <p>{lines[index]}</p>
            <p class="clause">
              <b>{texts.clause(violation.clause)}</b> {clause(violation.clause).text[locale]}
            </p>
          </li>
        ))}
      </ul>
      {lines.slice(violations.length).map((text) => (
        <p key={text}>{text}</p>
      ))}
      {remedy.length > 0 && (
        <div class="remedy">
          <span>{texts.remedy}:</span>
          {remedy.map((type) => (
            <button key={type} type="button" class="quiet-button" onClick={() => open(type)}>
              {upper(actName(type, locale))}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Opens an act of either role. */
export function open(type: CommandType): void {
  const mayBy = (one: Role) => guide(state.value, { role: one }).open.some(({ command }) => command === type);
  const other: Role = role.value === 'provider' ? 'contact-center' : 'provider';
  if (!mayBy(role.value) && mayBy(other)) role.value = other;
  opened.value = type;
  outcome.value = null;
}
