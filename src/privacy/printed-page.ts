import type { Locale } from '../protocol/clause.ts';
import { type Html, html } from '../report/html.ts';
import { styleHash, styleSheet } from '../report/style.ts';

const contentPolicy = `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;

/** Renders a page to read and to print, which fetches nothing. */
export function printedPage(language: Locale, title: string, { lead, main }: Readonly<Record<'lead' | 'main', Html>>) {
  const { markup } = html`
    <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex, nofollow">
      <title>${title}</title>
      ${styleSheet}
    </head>
    <body>
      <header>
        <h1>${title}</h1>
        ${lead}
      </header>
      <main>
        ${main}
      </main>
    </body>`;
  return `<!doctype html>\n<html lang="${language}">${markup}</html>\n`;
}
