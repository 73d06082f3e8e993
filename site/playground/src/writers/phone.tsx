import { type CommandType, explain } from 'auxilio';
import { useState } from 'preact/hooks';
import { nameOfAct } from '../act-names.ts';
import { language } from '../language.ts';
import { Newest, timeOf } from './common.tsx';
import type { ActFate, Scene } from './scene.ts';
import { make } from './state.ts';
import { t } from './words.ts';

export function Phone({ scene }: { scene: Scene }) {
  const texts = t();
  const { phone, phoneTime, suggested, open, question, refusal } = scene;
  const hasEnded = ['completed', 'closed'].includes(phone.local.phase);
  return (
    <section class="sheet side" aria-labelledby="phone">
      <header>
        <h2 id="phone">{texts.phone}</h2>
        <time dateTime={phoneTime}>{timeOf(phoneTime)}</time>
      </header>
      {question !== null && (
        <div class="question" role="alert">
          <p>{texts.question(timeOf(question.shown), timeOf(question.estimate))}</p>
          <button type="button" class="primary" onClick={() => make('q:estimate')}>
            {timeOf(question.estimate)}
          </button>
          <button type="button" onClick={() => make('q:shown')}>
            {timeOf(question.shown)}
          </button>
        </div>
      )}
      {suggested !== null && (
        <button type="button" class="primary wide" onClick={() => make(`p:${suggested}`)}>
          {texts.next}: {nameOfAct(suggested)}
        </button>
      )}
      {hasEnded && <p>{texts.over}</p>}
      <div class="buttons">
        <OtherActs open={open} />
        <button type="button" onClick={() => make('s')}>
          {texts.sync}
        </button>
      </div>
      {refusal?.by === 'phone' && <Refused title={texts.refusedPhone} refusal={refusal} />}
      <p class={`verdict ${phone.verdict}`}>
        <Verdict scene={scene} /> <small>{texts.knows(phone.events.length, scene.log.length)}</small>
      </p>
      <h3>{texts.acts}</h3>
      {scene.fates.length === 0 && <p class="hint">{texts.noActs}</p>}
      <Newest label={texts.acts}>
        {scene.fates.map((fate) => (
          <Fate key={fate.commandId} fate={fate} />
        ))}
      </Newest>
    </section>
  );
}

function Verdict({ scene: { phone } }: { scene: Scene }) {
  const texts = t();
  if (phone.verdict === 'received') return texts.verdictReceived;
  if (phone.verdict === 'saved') return texts.verdictSaved(phone.pending.length);
  return phone.verdict === 'attention' ? texts.verdictAttention : texts.verdictUnknown;
}

function OtherActs({ open }: { open: readonly CommandType[] }) {
  const [chosen, setChosen] = useState<CommandType | null>(null);
  const type = chosen !== null && open.includes(chosen) ? chosen : open[0];
  if (type === undefined) return null;
  return (
    <span class="other-acts">
      <select
        aria-label={t().otherActs}
        value={type}
        onChange={({ currentTarget }) => setChosen(currentTarget.value as CommandType)}
      >
        {open.map((one) => (
          <option key={one} value={one}>
            {nameOfAct(one)}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => make(`p:${type}`)}>
        {t().record}
      </button>
    </span>
  );
}

export function Refused({ title, refusal }: { title: string; refusal: NonNullable<Scene['refusal']> }) {
  const role = refusal.by === 'phone' ? 'provider' : 'contact-center';
  return (
    <div class="problem" role="alert">
      {title}
      <ul>
        {refusal.violations.map((violation) => (
          <li key={violation.rule}>
            {explain(violation as Parameters<typeof explain>[0], language.value, role)}{' '}
            <small>{violation.clause}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fate({ fate }: { fate: ActFate }) {
  const { type, at, state, position } = fate;
  return (
    <li class="entry">
      <time dateTime={at}>{timeOf(at)}</time>
      <span class="what">
        {nameOfAct(type)}
        <small>{describeTravel(fate)}</small>
      </span>
      <span class={`state ${state}`}>
        {t()[state]}
        {position !== null && <b>#{position}</b>}
      </span>
    </li>
  );
}

function describeTravel({ state, sent, arrived, isKnown }: ActFate): string {
  const texts = t();
  if (sent === 0) return '';
  const travel = state !== 'waiting' && arrived > 1 ? texts.once(arrived) : texts.arrivals(sent, arrived);
  return state === 'waiting' || isKnown ? travel : `${travel}; ${texts.unknown}`;
}
