import { randomUUID } from 'node:crypto';
import type { Id } from 'auxilio';
import type { ScreenRole } from './users.ts';

/** The person before a screen; a client is that of one visit. */
export type Listening = Readonly<{ actorId: Id; role: ScreenRole; visitId?: Id }>;

/** A message to the screens, and whose it is. */
export type Message = Readonly<{ name: string; data: object; isFor: (session: Listening) => boolean }>;

/** A screen that listens. */
type Listener = Readonly<{
  session: Listening;
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** False once it is to hear no more: logged out, expired, its device revoked. */
  mayGoOn: () => Promise<boolean>;
  close: () => void;
}>;

type Sent = Readonly<{ number: number; bytes: Uint8Array; isFor: Message['isFor'] }>;

export type HubOptions = Readonly<{
  heartbeatMs: number;
  /** The number of messages that are kept for screens that come back. */
  keeps: number;
  /** The bytes that may wait for a screen that reads slowly; then it is dropped, and comes back on its own. */
  mostBytes: number;
  mostPerPerson: number;
  closing: AbortSignal;
}>;

/**
 * The screens of this process: each message is written once, and goes to all whose it is. A message has a number, so that a screen
 * that comes back names the last one it has and gets those after it; if they are no longer here, it is asked to read all again.
 */
export interface Hub {
  publish(messages: readonly Message[]): void;
  /** Opens the stream of a screen; null if the person has too many. `lastId`: what it had last. */
  open(
    session: Listening,
    lastId: string | null,
    mayGoOn: () => Promise<boolean>,
  ): ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Drops the messages that are kept, and has all screens read all again. */
  forget(): void;
  /** Ends the streams of those who are to hear no more, without waiting for the next heartbeat. */
  review(): Promise<void>;
  /** The number of screens that listen. */
  readonly size: number;
}

const encoder = new TextEncoder();

/** Bytes of one event of a stream. JSON has no line break. */
const frameOf = (id: string, name: string, data: object) =>
  encoder.encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

export function createHub({ heartbeatMs, keeps, mostBytes, mostPerPerson, closing }: HubOptions): Hub {
  const boot = randomUUID().slice(0, 8);
  const listeners = new Set<Listener>();
  const sent: Sent[] = [];
  let count = 0;
  const idOf = (number: number) => `${boot}.${number}`;

  function write(listener: Listener, bytes: Uint8Array): void {
    // It reads too slowly: what waits for it is bounded.
    if ((listener.controller.desiredSize ?? 0) <= 0) listener.close();
    else listener.controller.enqueue(bytes);
  }

  /** The messages after the one that a screen had last; null if they are not all here, or too many to send at once. */
  function missedBy(lastId: string, session: Listening): readonly Uint8Array[] | null {
    const [from, text = ''] = lastId.split('.');
    const number = from === boot && /^\d{1,15}$/.test(text) ? Number(text) : -1;
    const oldest = sent[0]?.number ?? count + 1;
    if (number > count || number < oldest - 1) return null;
    const missed = sent.filter((each) => each.number > number && each.isFor(session)).map(({ bytes }) => bytes);
    const size = missed.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return size > mostBytes / 2 ? null : missed;
  }

  async function review(): Promise<void> {
    await Promise.all(
      [...listeners].map(async (listener) => {
        if (!(await listener.mayGoOn().catch(() => true))) listener.close();
      }),
    );
  }

  async function beat(): Promise<void> {
    await review();
    // Its number: a screen for which there was nothing need not read all again.
    for (const listener of listeners) write(listener, frameOf(idOf(count), 'beat', {}));
  }
  const timer = setInterval(() => void beat(), heartbeatMs);
  timer.unref();
  closing.addEventListener('abort', () => {
    clearInterval(timer);
    for (const { close } of listeners) close();
  });

  function publish(messages: readonly Message[]): void {
    for (const { name, data, isFor } of messages) {
      count += 1;
      const bytes = frameOf(idOf(count), name, data);
      sent.push({ number: count, bytes, isFor });
      for (const listener of listeners) if (isFor(listener.session)) write(listener, bytes);
    }
    if (sent.length > keeps) sent.splice(0, sent.length - keeps);
  }

  return {
    review,
    publish,
    get size() {
      return listeners.size;
    },
    forget() {
      sent.splice(0);
      publish([{ name: 'reset', data: {}, isFor: () => true }]);
    },
    open(session, lastId, mayGoOn) {
      const own = [...listeners].filter((each) => each.session.actorId === session.actorId);
      if (own.length >= mostPerPerson || closing.aborted) return null;
      let remove = () => {};
      return new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          start(controller) {
            const close = () => {
              if (listeners.delete(listener)) controller.close();
            };
            const listener: Listener = { session, controller, mayGoOn, close };
            listeners.add(listener);
            remove = () => listeners.delete(listener);
            const missed = lastId === null ? [] : missedBy(lastId, session);
            controller.enqueue(encoder.encode('retry: 1000\n'));
            // Its number is the last one only once what was missed has been sent.
            const hello = missed === null ? 'reset' : 'hello';
            const id = missed === null || lastId === null ? idOf(count) : lastId;
            controller.enqueue(frameOf(id, hello, {}));
            for (const bytes of missed ?? []) write(listener, bytes);
          },
          cancel: () => remove(),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: mostBytes }),
      );
    },
  };
}
