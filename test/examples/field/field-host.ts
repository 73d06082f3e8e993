import { commands } from 'auxilio';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { memoryWrappingKeys } from 'auxilio/privacy';
import { createFieldApp } from '../../../examples/field/server/app.ts';
import { demoUsers, seedUsers } from '../../../examples/field/server/demo.ts';
import { createField, type FieldOptions, type FieldPhotos } from '../../../examples/field/server/field.ts';
import { memoryPhotoStore } from '../../../examples/http/photo-store.ts';

const ORIGIN = 'https://field.test';
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 17, 14) + minutes * 60_000).toISOString();

/** The cost of a hash of scrypt in tests. */
const COST = 2 ** 4;

type Init = { method?: string; body?: unknown; headers?: Record<string, string | undefined> };

/** Photographs in memory, of which a test can add one. */
function memoryPhotos(): FieldPhotos & { add: FieldPhotos['add'] } {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = memoryPhotoStore();
  return {
    ...store,
    async add(upload, offset, bytes) {
      const before = kept.get(upload.sha256) ?? new Uint8Array();
      kept.set(upload.sha256, new Uint8Array([...before.subarray(0, offset), ...bytes]));
      return store.add(upload, offset, bytes);
    },
    remove: async (sha256) => void kept.delete(sha256),
    async read(sha256) {
      const [size, begin] = [await store.size(sha256), kept.get(sha256)];
      return size === null || begin === undefined ? null : { size, begin, body: new Blob([begin]).stream() };
    },
  };
}

/** The host in memory with the people of the demo, each of whom can ask. */
export async function fieldHost(options: Partial<FieldOptions> = {}) {
  const failures: unknown[] = [];
  const time = { minutes: 0 };
  const closing = new AbortController();
  const field = await createField({
    store: memoryStore(),
    keys: { keys: memoryKeyStore(), wrapping: memoryWrappingKeys() },
    photos: memoryPhotos,
    now: () => at(time.minutes),
    origin: ORIGIN,
    closing: closing.signal,
    onFailure: (error) => failures.push(error),
    ...options,
  });
  await seedUsers(field, 'prueba', COST);
  const hono = createFieldApp({ field, screens: () => new Response(null, { status: 404 }) });

  /** A request of a screen, with its header; one set to undefined is left out. */
  async function send(path: string, { method = 'GET', body, headers = {} }: Init = {}) {
    const isBytes = body instanceof Uint8Array;
    const type = body === undefined ? {} : { 'content-type': isBytes ? 'image/jpeg' : 'application/json' };
    const given = Object.entries({ 'x-field': '1', ...type, ...headers }).filter((each) => each[1] !== undefined);
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const payload = isRaw ? (body as string | Uint8Array<ArrayBuffer> | undefined) : JSON.stringify(body);
    return hono.request(`${ORIGIN}${path}`, {
      method,
      headers: given as [string, string][],
      ...(payload !== undefined && { body: payload }),
    });
  }

  const cookies = new Map<string, string>();

  /** Logs a person of the demo in, once. */
  async function cookieOf(login: string): Promise<string> {
    const known = cookies.get(login);
    if (known !== undefined) return known;
    const response = await send('/api/session', {
      method: 'POST',
      body: { login, password: 'prueba', device: `${login}-1` },
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    cookies.set(login, cookie);
    return cookie;
  }

  const as = async (login: string, path: string, init: Init = {}) =>
    send(path, { ...init, headers: { cookie: await cookieOf(login), ...init.headers } });

  async function assign(visitId: string, login: string, caseNumber = `EXP-${visitId}`, client = 'Ana Rojas') {
    const user = demoUsers.find((each) => each.login === login);
    if (user === undefined) throw new Error(`No ${login}`);
    const provider = { id: user.actorId, name: user.name };
    const data = {
      visitId,
      at: at(0),
      caseNumber,
      client: { name: client },
      provider,
      service: 'fontanería',
      place: 'Barva',
    };
    const operator = { role: 'contact-center', id: 'op-03' } as const;
    await field.service.handle(commands.assignVisit({ ...data, arriveBy: at(60) }, operator, `assign-${visitId}`));
  }

  return { field, hono, send, as, cookieOf, assign, time, closing, failures };
}
