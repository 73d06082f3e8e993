import { onAbort } from './aborts.ts';

/** Says an event of that name; waits while the reader is behind. */
export type Say = (name: string, data: object) => Promise<void>;

type Options = Readonly<{
  /** Whose stream it is. */
  call: object;
  /** Any of them ends the stream. */
  ends: readonly AbortSignal[];
  heartbeatMs: number;
  onFailure: (error: unknown) => void;
}>;

/** The callers with open streams. A `Request` of Node forwards an abort only while it is referenced. */
const open = new Set<object>();

/**
 * Server-sent events, until the reader disconnects or the signal ends the stream. Then `release` is called, and no
 * timer or listener is left.
 */
export function eventStream(
  { call, ends, heartbeatMs, onFailure }: Options,
  tell: (say: Say, signal: AbortSignal) => Promise<void>,
  release: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  const ended = new AbortController();
  const encoder = new TextEncoder();
  let goOn = () => {};

  function end(): void {
    ended.abort();
    goOn();
  }

  async function run(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const hasRoom = () => (controller.desiredSize ?? 0) > 0;
    const write = (text: string) => {
      if (!ended.signal.aborted) controller.enqueue(encoder.encode(text));
    };
    const say: Say = async (name, data) => {
      write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      if (hasRoom() || ended.signal.aborted) return;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    };
    const heart = setInterval(() => hasRoom() && write(': still here\n\n'), heartbeatMs);
    open.add(call);
    const forget = ends.map((signal) => onAbort(signal, end));
    if (ends.some(({ aborted }) => aborted)) end();
    try {
      await tell(say, ended.signal);
    } catch (error) {
      onFailure(error);
    } finally {
      clearInterval(heart);
      open.delete(call);
      release();
      for (const each of forget) each();
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        run(controller).then(() => {
          ended.abort();
          try {
            controller.close();
          } catch {
            // The reader has cancelled it.
          }
        });
      },
      pull: () => goOn(),
      cancel: end,
    },
    { highWaterMark: 16 },
  );
}
