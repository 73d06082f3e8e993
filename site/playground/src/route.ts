/** The address of the page: `#visit?lang=en&log=…`. All of it stands in the fragment, which no browser sends to a server. */
import { signal } from '@preact/signals';

export type Route = Readonly<{ view: string; parameters: URLSearchParams }>;

function read(fragment: string): Route {
  const [view = '', ...rest] = fragment.replace(/^#/, '').split('?');
  return { view, parameters: new URLSearchParams(rest.join('?')) };
}

export const route = signal<Route>(read(location.hash));

addEventListener('hashchange', () => {
  route.value = read(location.hash);
});

const written = ({ view, parameters }: Route): string => {
  const text = parameters.toString();
  return `#${view}${text === '' ? '' : `?${text}`}`;
};

/** The address of a place in the page. */
export const addressOf = (view: string, parameters: Readonly<Record<string, string>>): string =>
  written({ view, parameters: new URLSearchParams(parameters) });

/** Writes the state of a view into the address, without a step of the history of the browser. */
export function rewrite(view: string, parameters: Readonly<Record<string, string>>): void {
  route.value = { view, parameters: new URLSearchParams(parameters) };
  history.replaceState(null, '', written(route.value));
}
