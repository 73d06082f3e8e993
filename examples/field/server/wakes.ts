/** Waits that end early when there is something new. */
export interface Wakes {
  wait(durationMs: number): Promise<void>;
  wake(): void;
}

export function createWakes(): Wakes {
  let isDue = false;
  let end = () => {};
  return {
    wait(durationMs) {
      if (isDue) {
        isDue = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => end(), durationMs);
        end = () => {
          clearTimeout(timer);
          end = () => {};
          isDue = false;
          resolve();
        };
      });
    },
    wake() {
      isDue = true;
      end();
    },
  };
}
