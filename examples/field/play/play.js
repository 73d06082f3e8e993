const [login, play, status, progress] = ['login', 'play', 'status', 'progress'].map((id) =>
  document.getElementById(id),
);

async function ask(method, path, body) {
  const headers = { 'x-field': '1', 'accept-language': 'es-CR', ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(`/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const reply = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw Object.assign(new Error(reply.title), { status: response.status });
  return reply;
}

function show({ morning, sent, refused, of }) {
  progress.max = Math.max(1, of);
  progress.value = sent;
  const counts = `${sent} de ${of} envíos, ${refused} ${refused === 1 ? 'rechazado' : 'rechazados'}`;
  status.textContent = morning === null ? (of === 0 ? '' : `Terminó: ${counts}.`) : `Simulando: ${counts}.`;
}

async function refresh() {
  try {
    show(await ask('GET', '/play'));
    login.hidden = true;
    play.hidden = false;
  } catch (error) {
    login.hidden = error.status !== 401 && error.status !== 403;
    play.hidden = true;
    if (error.status !== 401) status.textContent = error.message;
  }
}

const valuesOf = (form) => Object.fromEntries(new FormData(form));
const attempt = (act) =>
  act().catch((error) => {
    status.textContent = error.message;
  });

login.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(async () => {
    await ask('POST', '/session', valuesOf(login));
    status.textContent = '';
    await refresh();
  });
});

play.addEventListener('submit', (event) => {
  event.preventDefault();
  const numbers = Object.entries(valuesOf(play)).map(([name, value]) => [name, Number(value)]);
  attempt(async () => show(await ask('POST', '/play', Object.fromEntries(numbers))));
});

document.getElementById('stop').addEventListener('click', () => attempt(() => ask('DELETE', '/play')));

await refresh();
setInterval(() => {
  if (!play.hidden && document.visibilityState === 'visible') refresh();
}, 1000);
