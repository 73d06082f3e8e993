/** Forgets what this device has of a visit whose data were erased at the center, and confirms it. */
import { forgotten, forgottenKey } from './app.ts';
import { confirmForgotten, fetchForgotten } from './calls.ts';
import { forgetKey, knownDevice } from './key.ts';
import { forgetVisits } from './store.ts';

/** Asks what is to be forgotten. It needs no session: that has ended with the data. */
export async function forgetErased(): Promise<void> {
  const device = knownDevice();
  if (device === null) return;
  const { copies } = await fetchForgotten(device);
  if (copies.length > 0) {
    const isEmpty = await forgetVisits(new Set(copies.map(({ visitId }) => visitId)));
    if (isEmpty) {
      localStorage.setItem(forgottenKey, 'yes');
      forgotten.value = true;
    }
    await confirmForgotten(
      device,
      copies.map(({ copyId }) => copyId),
    );
  }
  // The name goes last: by it, a confirmation that was lost is sent again.
  if (forgotten.peek()) await forgetKey();
}
