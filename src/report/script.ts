/**
 * The script of a page of several visits: it filters and sorts the index, opens the visits that are compressed, and
 * prints those that are chosen. It uses no text of a log as markup unless `html` escaped it. It is sent exactly as
 * written, since its hash allows it: `test/report/hashes.test.ts` compares the two.
 */
export const script = `(() => {
'use strict';
const tools = document.getElementById('tools');
const body = document.querySelector('.o tbody');
const each = document.getElementById('each');
if (!tools || !body || !each) return;
document.getElementById('unrun')?.remove();
const heads = [...document.querySelectorAll('.o thead th')];
const plain = (text) => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
const items = [...body.rows].map((row, place) => {
  const visit = document.getElementById(row.querySelector('a').hash.slice(1));
  return { row, visit, place, text: plain(row.textContent) };
});
const byVisit = new Map(items.map((item) => [item.visit, item]));

const blocks = new Map();
const inflated = async (id) => {
  const bytes = Uint8Array.from(atob(document.getElementById(id).content.textContent), (one) => one.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json();
};
const blockOf = (id) => {
  if (!blocks.has(id)) blocks.set(id, inflated(id));
  return blocks.get(id);
};
const loading = new Map();
const load = async (visit) => {
  const [block, place] = visit.dataset.z.split('.');
  const said = document.createElement('p');
  said.textContent = tools.dataset.loading;
  visit.append(said);
  try {
    const [words, lists] = await Promise.all([blockOf('zt'), blockOf('z' + block)]);
    const parts = lists[place].map((one) => (typeof one === 'number' ? words[one] : one));
    said.remove();
    visit.insertAdjacentHTML('beforeend', parts.join('').replaceAll('\\u0001', visit.id + '-'));
    delete visit.dataset.z;
  } catch {
    said.textContent = tools.dataset.failed;
  }
};
const loaded = (visit) => {
  if (visit.dataset.z && !loading.has(visit)) loading.set(visit, load(visit));
  return loading.get(visit);
};
document.addEventListener('toggle', ({ target }) => {
  if (byVisit.has(target) && target.open) loaded(target);
}, true);

const reveal = async () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const visit = document.getElementById(id.split('-')[0]);
  if (!byVisit.has(visit)) return;
  visit.hidden = false;
  await loaded(visit);
  visit.open = true;
  const target = document.getElementById(id) || visit;
  target.scrollIntoView();
  if (target !== visit) target.tabIndex = -1;
  (target === visit ? visit.firstElementChild : target).focus({ preventScroll: true });
};
addEventListener('hashchange', reveal);

const bar = tools.content.firstElementChild.cloneNode(true);
const [search, all] = bar.querySelectorAll('input');
const [facet, order] = bar.querySelectorAll('select');
const shown = () => items.filter(({ row }) => !row.hidden);
const picked = () => items.filter(({ box }) => box.checked);
const tell = () => {
  const [seen, count] = [shown(), items.length];
  all.checked = seen.length > 0 && seen.every(({ box }) => box.checked);
  const values = { shown: seen.length, all: count, picked: picked().length };
  bar.querySelector('output').textContent = tools.dataset.count.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
};
const filter = () => {
  const words = plain(search.value).split(/\\s+/);
  for (const { row, visit, text } of items) {
    const fits = words.every((word) => text.includes(word));
    row.hidden = !fits || (facet.value !== '' && !row.dataset.f.split(' ').includes(facet.value));
    visit.hidden = row.hidden;
  }
  tell();
};
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });
const numbers = { 4: 'w', 5: 'h' };
const sort = (column, way) => {
  const key = numbers[column];
  const valueOf = ({ row }) => (key ? Number(row.dataset[key]) : row.cells[column].textContent);
  const compared = (one, other) => (key ? valueOf(one) - valueOf(other) : collator.compare(valueOf(one), valueOf(other)));
  const sign = way === 'down' ? -1 : 1;
  items.sort((one, other) => (column === '' ? 0 : sign * compared(one, other)) || one.place - other.place);
  body.append(...items.map(({ row }) => row));
  each.append(...items.map(({ visit }) => visit));
  for (const [place, head] of heads.entries()) {
    if (String(place) === column) head.ariaSort = way === 'down' ? 'descending' : 'ascending';
    else head.ariaSort = null;
  }
  const known = column + ' ' + way;
  order.value = [...order.options].some(({ value }) => value === known) ? known : '';
};
for (const [place, head] of heads.entries()) {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  head.append(button);
  button.onclick = () => sort(String(place), head.ariaSort === 'ascending' ? 'down' : 'up');
}
const pick = (item, isPicked) => {
  item.box.checked = isPicked;
  item.visit.classList.toggle('picked', isPicked);
};
for (const item of items) {
  const { row } = item;
  const label = document.createElement('label');
  item.box = document.createElement('input');
  item.box.type = 'checkbox';
  item.box.ariaLabel = tools.dataset.pick + ' ' + row.querySelector('a').textContent;
  label.className = 'pk np';
  label.append(item.box);
  row.cells[0].prepend(label);
  item.box.onchange = () => {
    pick(item, item.box.checked);
    if (item.box.checked) loaded(item.visit);
    tell();
  };
}
search.oninput = filter;
facet.onchange = filter;
order.onchange = () => sort(...(order.value === '' ? ['', 'up'] : order.value.split(' ')));
all.onchange = () => {
  for (const item of shown()) pick(item, all.checked);
  tell();
};
let opened = [];
addEventListener('beforeprint', () => {
  const chosen = picked();
  document.documentElement.classList.toggle('picking', chosen.length > 0);
  opened = chosen.map(({ visit }) => visit).filter(({ open }) => !open);
  for (const visit of opened) visit.open = true;
});
addEventListener('afterprint', () => {
  for (const visit of opened) visit.open = false;
  document.documentElement.classList.remove('picking');
});
bar.querySelector('button').onclick = async (event) => {
  event.target.disabled = true;
  for (const { visit } of picked()) await loaded(visit);
  event.target.disabled = false;
  print();
};
document.querySelector('.o').before(bar);
filter();
reveal();
})();`;

/** The hash by which the policy of the page allows the script. */
export const scriptHash = 'sha256-E9YhyYfLQT73aftrIDdiwKkZmuwnEguCfRGta4B/9A8=';
