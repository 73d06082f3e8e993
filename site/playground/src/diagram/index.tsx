/** The state diagram to walk in: `#diagram?at=working&acts=TestQuality.1`. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { nameOfAct } from '../act-names.ts';
import { language } from '../language.ts';
import { addressOf, route } from '../route.ts';
import { writeAddress } from '../visit/address.ts';
import { Milestones } from './map.tsx';
import { Here, Place } from './place.tsx';
import { followAddress, goBack, steps } from './state.ts';
import { states } from './walk.ts';
import { t } from './words.ts';
import './diagram.css';

export function StateDiagram() {
  const texts = t();
  const asked = route.value;
  useEffect(followAddress, [asked]);
  return (
    <div class="diagram">
      <section class="sheet">
        <h1>{texts.title}</h1>
        <p class="claim">{texts.claim}</p>
        <details>
          <summary>{texts.what}</summary>
          <p>{texts.means}</p>
          <p>{texts.searched(states.toLocaleString(language.value))}</p>
          <p>{texts.leaves}</p>
        </details>
      </section>
      <Here />
      <Path />
      <div class="walked">
        <section class="sheet">
          <Milestones />
        </section>
        <Place />
      </div>
    </div>
  );
}

/** The acts that led here; each leads back to the state after it. */
function Path() {
  const texts = t();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => list.current?.scrollTo({ left: list.current.scrollWidth }), [steps.value]);
  return (
    <nav class="sheet path" aria-label={texts.path}>
      <ol ref={list}>
        <li>
          <button type="button" class="chip" onClick={() => goBack(0)}>
            {texts.begin}
          </button>
        </li>
        {steps.value.map(({ type }, index) => (
          <li key={`${index} ${type}`}>
            <button
              type="button"
              class="chip"
              aria-current={index === steps.value.length - 1 ? 'step' : undefined}
              onClick={() => goBack(index + 1)}
            >
              {nameOfAct(type)}
            </button>
          </li>
        ))}
      </ol>
      <PlayFromHere />
    </nav>
  );
}

/** The view of the visit with this history. */
function PlayFromHere() {
  const [address, setAddress] = useState(addressOf('visit', {}));
  const log = steps.value.map(({ event }) => event);
  useEffect(() => {
    let isCurrent = true;
    void writeAddress(log).then((text) => {
      if (isCurrent) setAddress(addressOf('visit', text === null ? {} : { log: text }));
    });
    return () => {
      isCurrent = false;
    };
  }, [steps.value]);
  return (
    <a class="button" href={address}>
      {t().play}
    </a>
  );
}
