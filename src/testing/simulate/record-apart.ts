import { chooseMistakes } from './mistakes.ts';
import type { Mix } from './mix.ts';
import { recordStretch } from './offline.ts';
import type { Rng } from './prng.ts';
import type { SimulatedVisit } from './simulated-visit.ts';
import { chooseStretches } from './stretches.ts';
import { type Story, VisitRecorder } from './visit-recorder.ts';

/** Records a story as two writers do who make mistakes: live, and for stretches on a phone that is offline. */
export function recordApart(story: Story, dice: Rng, mix: Mix): SimulatedVisit {
  const { commands } = story;
  const mistakes = chooseMistakes(commands, dice, mix);
  const stretches = chooseStretches(commands, mistakes, dice, mix);
  const recorder = new VisitRecorder(story, dice);
  for (const [index, command] of commands.entries()) {
    const stretch = stretches.find(({ from, to }) => index >= from && index < to);
    const mistake = mistakes.get(index);
    if (stretch?.from === index) recordStretch(recorder, commands.slice(index, stretch.to), stretch, mix);
    else if (stretch !== undefined) continue;
    else if (mistake !== undefined) mistake(recorder, command);
    else recorder.recordOrDrop(recorder.timed(command));
  }
  return recorder.finished();
}
