import { type Html, html } from './html.ts';

/** The pictures, drawn once a page; each has its own shape. */
export const icons: Html = html`
  <svg class="s" aria-hidden="true" width="0" height="0">
    <symbol id="i-ok" viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.2L13 4.8"/></symbol>
    <symbol id="i-bad" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
    <symbol id="i-lack" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.2" stroke-dasharray="2.6 2.2"/></symbol>
    <symbol id="i-late" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.3 1.6"/></symbol>
    <symbol id="i-note" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.7"/><path d="M8 7.4v3.4M8 4.9v.4"/></symbol>
    <symbol id="i-none" viewBox="0 0 16 16"><path d="M4 8h8"/></symbol>
  </svg>`;
