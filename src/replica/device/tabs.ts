/** The tabs of one origin tell each other which visits changed. */
import type { Id } from '../../messages/index.ts';

export type Tabs = Readonly<{ tell: (visitId: Id) => void; close: () => void }>;

/** Connects the tabs of a name by a BroadcastChannel, if this runtime has one. */
export function connectTabs(name: string, onChange: (visitId: Id) => void): Tabs {
  if (typeof BroadcastChannel !== 'function') return { tell: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(`auxilio/${name}`);
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === 'string') onChange(data);
  };
  // In Node a channel would keep the process running.
  (channel as { unref?: () => void }).unref?.();
  let isClosed = false;
  return {
    tell(visitId) {
      // What was under way when the replica was closed is stored all the same.
      if (!isClosed) channel.postMessage(visitId);
    },
    close() {
      isClosed = true;
      channel.close();
    },
  };
}
