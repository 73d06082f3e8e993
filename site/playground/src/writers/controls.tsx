import { useState } from 'preact/hooks';
import { troubles, weathers } from './network.ts';
import type { Scene } from './scene.ts';
import { isPlaying, make, parseSeed, playDay, stopDay, story, tell, undo } from './state.ts';
import { mostSkew } from './story.ts';
import { t } from './words.ts';

export function Controls({ scene }: { scene: Scene }) {
  const texts = t();
  return (
    <section class="sheet controls" aria-labelledby="controls">
      <h2 id="controls" class="hidden">
        {texts.controls}
      </h2>
      <div class="sliders">
        <label>
          <span>
            {texts.weather}: <output>{texts[scene.weather]}</output>
          </span>
          <input
            type="range"
            min={0}
            max={weathers.length - 1}
            value={weathers.indexOf(scene.weather)}
            aria-valuetext={texts[scene.weather]}
            onInput={({ currentTarget }) => make(`w:${weathers[Number(currentTarget.value)]}`)}
          />
        </label>
        <label>
          <span>
            {texts.skew}: <output>{texts.skewOf(scene.skewMinutes)}</output>
          </span>
          <input
            type="range"
            min={-60}
            max={60}
            step={5}
            value={Math.min(Math.max(scene.skewMinutes, -mostSkew), mostSkew)}
            aria-valuetext={texts.skewOf(scene.skewMinutes)}
            onChange={({ currentTarget }) => make(`k:${currentTarget.value}`)}
          />
        </label>
      </div>
      <div class="troubles">
        {troubles.map((trouble) => (
          <label key={trouble} class="choice">
            <input type="checkbox" checked={scene.troubles.includes(trouble)} onChange={() => make(`t:${trouble}`)} />
            {texts[trouble]}
          </label>
        ))}
      </div>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => (isPlaying.value ? stopDay() : void playDay())}>
          {isPlaying.value ? texts.stop : texts.day}
        </button>
        <button type="button" class="primary" onClick={() => make('f')}>
          {texts.back}
        </button>
        <button type="button" disabled={story.value.moves.length === 0} onClick={undo}>
          {texts.undo}
        </button>
        <button type="button" onClick={() => tell({ seed: story.peek().seed, moves: [] })}>
          {texts.restart}
        </button>
        <label class="seed">
          {texts.seed}
          <input
            type="number"
            min={0}
            max={9999}
            value={story.value.seed}
            onChange={({ currentTarget }) => tell({ ...story.peek(), seed: parseSeed(currentTarget.value) })}
          />
        </label>
        <Share />
      </div>
    </section>
  );
}

function Share() {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(location.href).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <button type="button" onClick={copy}>
      <span role="status">{copied ? t().copied : t().share}</span>
    </button>
  );
}
