import { storeRuntime } from '../../util/runtime.ts';
import { ignore, type ListeningClient, withTimeout } from './pool.ts';

/** A connection that hears which processes have appended. */
export type Listening = Readonly<{
  /** True once it has heard this process itself: a pooler in between may take LISTEN and pass on nothing. */
  isHeard(): boolean;
  /** Notes that an event came of which it has heard nothing: if it does not even hear this process, it connects again. */
  doubt(): void;
  stop(): void;
}>;

export type ListeningOptions = Readonly<{
  /** Creates a connection; undefined where there can be none. */
  create(): Promise<ListeningClient | undefined>;
  connectTimeoutMs: number;
  /** The message of this process. */
  own: string;
  /** Sends the message of this process. */
  notify(): void;
  /** Called when there may be news: another process has appended, or what was said before the connection was not heard. */
  onNews(message?: string): void;
}>;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Listens until it is stopped; a connection that is lost is made again, after pauses that double until one is heard. */
export function startListening(options: ListeningOptions): Listening {
  const { create, connectTimeoutMs, own, notify, onNews } = options;
  let client: ListeningClient | undefined;
  let isHeard = false;
  let isStopped = false;
  let failures = 0;
  let cancelPause = ignore;
  /** Ends the wait on a connection, also one that went silent. */
  let abandon = ignore;

  function hear({ payload }: { readonly payload?: string | undefined }): void {
    if (payload === own) {
      isHeard = true;
      failures = 0;
    } else onNews(payload);
  }

  async function listen(): Promise<void> {
    client = await create();
    if (client === undefined) return;
    const one = client;
    const lost = new Promise<void>((resolve) => {
      abandon = resolve;
      one.on('error', () => resolve());
      one.on('end', () => resolve());
    });
    one.on('notification', hear);
    const connecting = one.connect().then(() => one.query('LISTEN auxilio'));
    await Promise.race([withTimeout(connectTimeoutMs, 'no connection', connecting), lost]);
    if (isStopped) return;
    notify();
    onNews();
    await lost;
  }

  function leave(): void {
    isHeard = false;
    void client?.end().catch(ignore);
    client = undefined;
    abandon();
  }

  async function run(): Promise<void> {
    await listen().catch(ignore);
    leave();
    if (isStopped) return;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 30));
    failures += 1;
    cancelPause = storeRuntime.setTimer(() => void run(), pauseMs * (0.5 + storeRuntime.random() / 2));
  }

  void run();
  return {
    isHeard: () => isHeard,
    doubt() {
      if (!isHeard) return leave();
      isHeard = false;
      notify();
    },
    stop() {
      isStopped = true;
      cancelPause();
      leave();
    },
  };
}
