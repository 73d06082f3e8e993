import { Newest, timeOf } from './common.tsx';
import type { Message } from './network.ts';
import type { Scene } from './scene.ts';
import { t } from './words.ts';

/** Questions that reached the server say nothing here: they are left out. */
const isTold = ({ call, fate }: Message): boolean => call === 'sync' || call === 'photo' || fate === 'request-lost';

/** The messages as they travelled: from the phone on the left to the server on the right, and back. */
export function Wire({ scene: { messages, underway } }: { scene: Scene }) {
  const texts = t();
  return (
    <section class="sheet side" aria-labelledby="wire">
      <header>
        <h2 id="wire">{texts.wire}</h2>
      </header>
      {underway > 0 && <p class="verdict saved">{texts.underway(underway)}</p>}
      {messages.length === 0 && <p class="hint">{texts.noMessages}</p>}
      <Newest label={texts.messages}>
        {messages.filter(isTold).map((message) => (
          <Sent key={message.number} message={message} />
        ))}
      </Newest>
    </section>
  );
}

function Sent({ message }: { message: Message }) {
  const texts = t();
  const { call, commandIds, sentAt } = message;
  return (
    <li class="message">
      <span>
        <time>{timeOf(sentAt)}</time> {call === 'sync' ? texts.carriesActs(commandIds.length) : texts[call]}
      </span>
      <Travel message={message} />
      <small class={message.fate === 'answered' ? '' : 'mishap'}>{describeFate(message)}</small>
    </li>
  );
}

function describeFate({ fate, arrivals }: Message): string {
  const texts = t();
  if (fate === 'late') return arrivals.length > 0 ? texts.lateArrived : texts.lateFate;
  return fate === 'doubled' ? texts.doubledFate : texts[fate];
}

const width = 240;
/** The ends of the ways that a message takes. */
const [left, right, lostAt, lostBackAt] = [8, width - 8, width * 0.6, width * 0.4];

function Travel({ message: { fate, arrivals } }: { message: Message }) {
  const isUnderway = fate === 'late' && arrivals.length === 0;
  return (
    <svg class="travel" viewBox={`0 0 ${width} 30`} aria-hidden="true">
      <circle class="end" cx={4} cy={15} r={4} />
      <circle class={arrivals.length > 0 ? 'end reached' : 'end'} cx={width - 4} cy={15} r={4} />
      {fate === 'request-lost' && <Way from={left} to={lostAt} y={9} lost />}
      {fate === 'late' && <Way from={left} to={isUnderway ? lostAt : right} y={9} late />}
      {(fate === 'answered' || fate === 'doubled' || fate === 'answer-lost') && <Way from={left} to={right} y={9} />}
      {fate === 'doubled' && <Way from={left} to={right} y={3} />}
      {(fate === 'answered' || fate === 'doubled') && <Way from={right} to={left} y={21} back />}
      {(fate === 'answer-lost' || (fate === 'late' && !isUnderway)) && (
        <Way from={right} to={lostBackAt} y={21} lost back />
      )}
    </svg>
  );
}

type WayProps = Readonly<{ from: number; to: number; y: number; lost?: boolean; late?: boolean; back?: boolean }>;

function Way({ from, to, y, lost = false, late = false, back = false }: WayProps) {
  const tip = to > from ? -6 : 6;
  return (
    <g class={lost ? 'way lost' : late ? 'way late' : 'way'}>
      <line x1={from} x2={to} y1={y} y2={y} pathLength={1} class={back ? 'back' : ''} />
      {lost ? (
        <path d={`M${to - 4} ${y - 4}l8 8m0 -8l-8 8`} />
      ) : (
        <path d={`M${to + tip} ${y - 4}L${to} ${y}l${tip} 4`} />
      )}
    </g>
  );
}
