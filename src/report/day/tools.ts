import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import type { OrderName } from '../words/frame.ts';

/** The orders of the index that are offered: the column, from 0, and the direction. */
const orders: readonly (readonly [OrderName, string])[] = [
  ['case', '0 up'],
  ['provider', '2 up'],
  ['worked', '4 down'],
  ['findings', '5 down'],
  ['debts', '7 down'],
];

/** The controls that the script of the page puts before the index; absent where no script runs. */
export function tools({ words: { index } }: Context): Html {
  const { count, pick, failed, loading } = index;
  return html`
    <template id="tools" data-count="${count}" data-pick="${pick}" data-failed="${failed}" data-loading="${loading}">
      <div class="tools np" role="search">
        <label>${index.search} <input type="search" autocomplete="off" spellcheck="false"></label>
        <label>${index.show} <select class="facet"><option value="">${index.all}</option>
          ${Object.entries(index.facets).map(([facet, name]) => html`<option value="${facet}">${name}</option>`)}</select></label>
        <label>${index.sort} <select class="order"><option value="">${index.given}</option>
          ${orders.map(([name, order]) => html`<option value="${order}">${index.orders[name]}</option>`)}</select></label>
        <label class="pk"><input type="checkbox"> ${index.pickAll}</label>
        <button type="button">${index.print}</button>
        <output></output>
      </div>
    </template>`;
}
