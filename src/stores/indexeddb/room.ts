/** The bytes that are written to find out if there is room. */
const PROBE_BYTES = 65_536;
const PROBE = 'auxilio-room';

type Writable = { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
type Directory = {
  getFileHandle(name: string, options: { create: true }): Promise<{ createWritable(): Promise<Writable> }>;
  removeEntry(name: string): Promise<void>;
};
type Browser = { navigator?: { storage?: { getDirectory?(): Promise<Directory> } } };

/**
 * True if the disk has no room: Chromium calls it an unknown error, closes the connection, and does not open the database again; its
 * estimate of the quota knows nothing of it. A file of OPFS is tried.
 */
export async function isDiskFull(): Promise<boolean> {
  const { storage } = (globalThis as Browser).navigator ?? {};
  if (storage?.getDirectory === undefined) return false;
  try {
    const directory = await storage.getDirectory();
    const writable = await (await directory.getFileHandle(PROBE, { create: true })).createWritable();
    await writable.write(new Uint8Array(PROBE_BYTES));
    await writable.close();
    await directory.removeEntry(PROBE);
    return false;
  } catch (error) {
    // Chromium has the second name for it where the file cannot even be created.
    return ['QuotaExceededError', 'InvalidStateError'].includes((error as Error).name);
  }
}
