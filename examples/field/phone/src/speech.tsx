import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { withErased } from '../../ui/erased.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from './app.tsx';
import { session } from './session.ts';

const isSpeaking = signal(false);

/** A voice of the device itself, which needs no signal; of Costa Rica if there is one. */
function voiceOf(locale: string): SpeechSynthesisVoice | undefined {
  const [language = ''] = locale.split('-');
  const voices = speechSynthesis.getVoices().filter(({ lang }) => lang.startsWith(language));
  const rank = ({ lang, localService }: SpeechSynthesisVoice) => (localService ? 0 : 2) + (lang === locale ? 0 : 1);
  return voices.sort((one, other) => rank(one) - rank(other))[0];
}

/** Removes the cue of a sentence, which is not for the client's ears. */
const spoken = (line: string) => line.replace(/^\([^)]*\)\s*/, '');

function hush(): void {
  if (!isSpeaking.peek()) return;
  isSpeaking.value = false;
  speechSynthesis.cancel();
}

/** Reads the words to say aloud. */
function Listen({ lines }: { lines: readonly string[] }) {
  const text = lines.map(spoken).join(' ');
  // The words of another act are not read on.
  useEffect(() => hush, [text]);
  if (typeof speechSynthesis === 'undefined' || lines.length === 0) return null;
  function speak() {
    if (isSpeaking.value) return hush();
    speechSynthesis.cancel();
    const speech = new SpeechSynthesisUtterance(withErased(text));
    speech.lang = session.value?.locale ?? 'es-CR';
    speech.voice = voiceOf(speech.lang) ?? null;
    speech.onend = speech.onerror = () => {
      isSpeaking.value = false;
    };
    isSpeaking.value = true;
    speechSynthesis.speak(speech);
  }
  return (
    <button type="button" class="listen" onClick={speak}>
      <Icon name="speak" /> {isSpeaking.value ? t().stop : t().listen}
    </button>
  );
}

/** The words to say, large; a cue in brackets is shown apart from them. */
export function Say({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="say">
      {lines.map((line) => {
        const [cue] = /^\([^)]*\)/.exec(line) ?? [];
        return (
          <p key={line}>
            {cue !== undefined && <small>{cue.slice(1, -1)}</small>}
            {spoken(line)}
          </p>
        );
      })}
      <Listen lines={lines} />
    </div>
  );
}
