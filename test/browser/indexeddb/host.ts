/** The host of the store suite in a browser: a crash takes the frame of a store away, and a process is a worker. */
import type { indexedDbStore } from 'auxilio/indexeddb';
import { type StoreCapability, type StoreHost, type StoreProcess, storeCapabilities } from 'auxilio/testing';
import { indexedDbHost, inPage, newName, type Handle as PageHandle } from '../../stores/indexeddb-host.ts';

type Frame = {
  src: string;
  onload: (() => void) | null;
  remove(): void;
  readonly contentWindow: { readonly auxilioPage: { readonly indexedDbStore: typeof indexedDbStore } };
};

type Worker = {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
};

declare const document: {
  createElement(name: 'iframe'): Frame;
  readonly body: { append(element: Frame): void };
};
declare const Worker: new (url: string) => Worker;

type Handle = PageHandle & { readonly frame?: Frame };

const unclaimed: readonly StoreCapability[] = ['held', 'copies', 'immutability'];
const base = indexedDbHost(storeCapabilities.filter((one) => !unclaimed.includes(one)));

/** A store in a frame of its own. */
async function inFrame(): Promise<Handle> {
  const frame = document.createElement('iframe');
  frame.src = '/';
  await new Promise<void>((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  const name = newName();
  const store = frame.contentWindow.auxilioPage.indexedDbStore({ name });
  const close = async () => {
    if (taken.has(frame)) return; // its store never answers that it is closed
    await store.close();
    frame.remove();
  };
  return { name, store, close, frame };
}

/** The frames that were taken away. */
const taken = new WeakSet<Frame>();

/** Takes the frame away, whatever is under way in it: nothing that was begun there is answered any more. */
function crashed({ name, frame }: Handle): Handle {
  if (frame !== undefined) taken.add(frame);
  frame?.remove();
  return inPage(name);
}

function inWorker({ name }: Handle, task: string): StoreProcess {
  const worker = new Worker('/page.js');
  const received: unknown[] = [];
  let wake: () => void = () => undefined;
  const receive = (data: unknown) => {
    received.push(data);
    wake();
  };
  worker.onmessage = ({ data }) => {
    receive(data);
    worker.postMessage('received');
  };
  worker.postMessage({ name, task });
  async function* output() {
    for (;;) {
      const next = received.shift();
      if (typeof next === 'string') yield next;
      else if (next === null) return;
      else if (next !== undefined) throw new Error(JSON.stringify(next));
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const kill = () => {
    worker.terminate();
    receive(null);
  };
  return { output: output(), kill };
}

const hooks = { crash: crashed, process: inWorker };

/** Stores in the page. */
export const pageHost = { ...base, ...hooks } satisfies StoreHost<Handle>;

/** Stores in frames, for the cases of a crash. */
export const frameHost = { ...pageHost, open: inFrame } satisfies StoreHost<Handle>;
