// A screen without a signal: all its files are kept when a version is installed, and served from there. A new version takes over
// when the last page of the old one is closed, so that no page ever loads parts of two. Each file is compared with its hash: a host
// between two versions may answer with those of the other, or with a page in the place of a file that it does not have.
const name = `${SCREEN}-${VERSION}`;

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) =>
        cache.addAll(FILES.map(([file, integrity]) => new Request(file, { cache: 'reload', integrity }))),
      ),
  );
});

addEventListener('activate', (event) => {
  const removeOthers = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((one) => one.startsWith(`${SCREEN}-`) && one !== name).map((one) => caches.delete(one))),
    );
  event.waitUntil(removeOthers.then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || !pathname.startsWith(`/${SCREEN}/`)) return;
  const key = request.mode === 'navigate' ? `/${SCREEN}/` : request;
  event.respondWith(
    caches
      .open(name)
      .then((cache) => cache.match(key))
      .then((known) => known ?? fetch(request)),
  );
});
