/** Two writers of one visit and the bad weather between them: `#writers?seed=10&moves=w:storm.20d.f`. */
import { useEffect } from 'preact/hooks';
import { route } from '../route.ts';
import { Center } from './center.tsx';
import { Controls } from './controls.tsx';
import { Phone } from './phone.tsx';
import type { Scene } from './scene.ts';
import { followAddress, isPlaying, scene, stopDay } from './state.ts';
import { Wire } from './wire.tsx';
import { t } from './words.ts';
import './writers.css';

export function TwoWriters() {
  const texts = t();
  const asked = route.value;
  const shown = scene.value;
  useEffect(followAddress, [asked]);
  useEffect(() => stopDay, []);
  return (
    <div class="writers" aria-busy={isPlaying.value || shown === null}>
      <section class="sheet">
        <h1>{texts.title}</h1>
        <p class="claim">
          {texts.claim} <b>{texts.tryToBreak}</b>
        </p>
        <details>
          <summary>{texts.why}</summary>
          <ul class="doubts">
            <li>{texts.doubt1}</li>
            <li>{texts.doubt2}</li>
            <li>{texts.doubt3}</li>
            <li>{texts.doubt4}</li>
          </ul>
        </details>
      </section>
      {shown !== null && (
        <>
          <Controls scene={shown} />
          <Heads scene={shown} />
          <div class="sides">
            <Phone scene={shown} />
            <Wire scene={shown} />
            <Center scene={shown} />
          </div>
        </>
      )}
    </div>
  );
}

/** The head of the log on both sides: the number of its events, and the hash of the last link of its chain. */
function Heads({ scene: { heads, phone } }: { scene: Scene }) {
  const texts = t();
  const isEqual = heads.phone?.hash === heads.center?.hash;
  const isSame = isEqual && phone.pending.length === 0;
  const sides = [
    ['phone', texts.headPhone, heads.phone],
    ['center', texts.headCenter, heads.center],
  ] as const;
  return (
    <section class={`sheet heads ${isSame ? 'same' : ''}`} aria-label={texts.heads}>
      {sides.map(([side, name, head]) => (
        <p key={side}>
          <b>{name}</b> {texts.events(head?.count ?? 0)}
          <code data-head={side}>{head?.hash ?? ''}</code>
        </p>
      ))}
      <p role="status">{isSame ? texts.same : isEqual ? texts.more : texts.differs}</p>
    </section>
  );
}
