/**
 * `<auxilio-visit>`: a visit in any page, to be looked at. Its log is that of `src`, or of a script within it:
 *
 *     <script src="auxilio-visit.js" defer></script>
 *     <auxilio-visit src="visit.ndjson" lang="es-CR" view="timeline"></auxilio-visit>
 *
 * `view` is `timeline`, `log` or `guide`. All elements of a page are in one language: that of the last `lang`.
 */
import type { Locale } from 'auxilio';
import { render } from 'preact';
import { language } from '../language.ts';
import pageStyle from '../style.css?inline';
import { LogRows } from '../visit/log.tsx';
import { Timeline } from '../visit/timeline.tsx';
import visitStyle from '../visit/visit.css?inline';
import ownStyle from './embed.css?inline';
import { ReadOnlyGuide } from './guide.tsx';
import { type ReadLog, readLog } from './log.ts';
import { t } from './words.ts';

const views = ['timeline', 'log', 'guide'] as const;

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  [pageStyle, visitStyle, ownStyle]
    .join('\n')
    .replaceAll(/:root(\[[^\]]*\])/g, ':host($1)')
    .replaceAll(':root', ':host'),
);

class AuxilioVisit extends HTMLElement {
  static readonly observedAttributes = ['src', 'lang', 'view'];
  private read: ReadLog | null = null;
  private loading = 0;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    // The script within it may not have been parsed yet.
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => void this.load(), { once: true });
    else void this.load();
  }

  disconnectedCallback(): void {
    this.loading += 1;
    if (this.shadowRoot !== null) render(null, this.shadowRoot);
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected || this.shadowRoot === null) return;
    if (name === 'src') void this.load();
    else this.draw();
  }

  /** Reads the log of `src`, or of the script within the element. The last call counts. */
  private async load(): Promise<void> {
    this.loading += 1;
    const { loading } = this;
    this.read = null;
    this.draw();
    const read = await readLog(this.getAttribute('src'), this.querySelector('script')?.textContent ?? '');
    if (loading !== this.loading) return;
    this.read = read;
    this.draw();
  }

  private draw(): void {
    const root = this.shadowRoot;
    const tag = this.getAttribute('lang') ?? this.closest('[lang]')?.getAttribute('lang') ?? 'es-CR';
    language.value = (tag.toLowerCase().startsWith('en') ? 'en' : 'es-CR') satisfies Locale;
    const view = views.find((name) => name === this.getAttribute('view')) ?? 'timeline';
    if (root !== null) render(<Visit read={this.read} view={view} />, root);
  }
}

type VisitProps = Readonly<{ read: ReadLog | null; view: (typeof views)[number] }>;

function Visit({ read, view }: VisitProps) {
  const texts = t();
  if (read === null) return <p role="status">{texts.loading}</p>;
  if (!read.ok) return <p class="problem">{texts[read.problem]}</p>;
  const { log, unreadable } = read;
  return (
    <section class="embedded" aria-label={texts[view]}>
      {unreadable > 0 && <p class="problem">{texts.unreadable(unreadable)}</p>}
      {view === 'timeline' && <Timeline log={log} />}
      {view === 'log' && <LogRows log={log} seen={log.length} />}
      {view === 'guide' && <ReadOnlyGuide log={log} />}
    </section>
  );
}

if (customElements.get('auxilio-visit') === undefined) customElements.define('auxilio-visit', AuxilioVisit);
