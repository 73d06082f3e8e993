import { type Level, titled } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html } from './html.ts';

/** Space on paper for the decision of the auditor and their signature; not shown on a screen. */
export function decision({ words }: Context, level: Level): Html {
  const { choices, reasons, name, signature, date } = words.decision;
  const line = (label: string) => html`<div class="ln"><dt>${label}</dt><dd></dd></div>`;
  return html`
    <section class="dec">
      ${titled(level, words.headings.decision)}
      <ul>${choices.map((choice) => html`<li><span class="bx"></span>${choice}</li>`)}</ul>
      <dl>${line(reasons)}<div class="ln"></div>${[name, signature, date].map(line)}</dl>
    </section>`;
}
