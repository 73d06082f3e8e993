/** A journal in a file of a fixed size that is written in place, so that a full disk cannot refuse a write. */

/** The file of a journal, as a worker or Node opens it. Each function is synchronous, and throws where the disk fails. */
export type JournalFile = Readonly<{
  size: () => number;
  /** Fills the bytes from a place in the file. */
  read: (bytes: Uint8Array, at: number) => void;
  /** Writes all of the bytes, or throws. */
  write: (bytes: Uint8Array, at: number) => void;
  /** Gives the file another size, or throws. */
  resize: (size: number) => void;
  /** Returns once the bytes are on the disk. */
  flush: () => void;
}>;

export type OpenedJournal = Readonly<{
  /** The entries as they are on the disk. */
  read: () => ReadonlyMap<string, string>;
  /** Gives the file its size, once, before the first write. Where there is no room for all of it, the file stays empty. */
  allocate: () => void;
  /** Writes entries (`null` removes one) durably; false if they do not fit, and then nothing was written. */
  write: (changes: Readonly<Record<string, string | null>>) => boolean;
}>;

/**
 * Opens a journal in a file, which several processes may use in turn: each call reads what another has written since.
 *
 * The file has two slots of 4 MiB. A slot is a list of records, each with its checksum, its generation and its length. The first record
 * of a slot has all entries, the later ones the changes. What is added is written after the last record; what is removed makes the other
 * slot the current one, of the next generation, and the old one is overwritten with zeros, so that nothing of it can be read. A torn
 * write leaves a record whose checksum is wrong: it and what follows count for nothing, and the earlier records are as they were.
 *
 * STORAGE: files of earlier releases must stay readable.
 *
 * The text of this function is also the script of a worker: it uses nothing from outside.
 */
export function openJournalFile(file: JournalFile): OpenedJournal {
  const slotBytes = 4 * 1024 * 1024;
  const headerBytes = 12;
  let entries = new Map<string, string>();
  let generation = 0;
  let slot = 0;
  let end = 0;

  const slotStart = (one: number) => one * slotBytes;

  /** FNV-1a, of 32 bits. */
  const checksum = (bytes: Uint8Array) => {
    let sum = 0x811c9dc5;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
    return sum >>> 0;
  };

  const encodeRecord = (number: number, changes: Readonly<Record<string, string | null>>) => {
    const text = new TextEncoder().encode(JSON.stringify(changes));
    const bytes = new Uint8Array(headerBytes + text.length);
    const header = new DataView(bytes.buffer);
    header.setUint32(4, number);
    header.setUint32(8, text.length);
    bytes.set(text, headerBytes);
    header.setUint32(0, checksum(bytes.subarray(4)));
    return bytes;
  };

  const readGeneration = (at: number) => {
    const bytes = new Uint8Array(headerBytes);
    if (at + headerBytes <= file.size()) file.read(bytes, at);
    return new DataView(bytes.buffer).getUint32(4);
  };

  /** Reads the record at a place of a slot; `null` if there is none. */
  const readRecord = (at: number, limit: number) => {
    if (at + headerBytes > Math.min(limit, file.size())) return null;
    const head = new Uint8Array(headerBytes);
    file.read(head, at);
    const header = new DataView(head.buffer);
    const length = header.getUint32(8);
    const next = at + headerBytes + length;
    if (header.getUint32(4) === 0 || next > Math.min(limit, file.size())) return null;
    const bytes = new Uint8Array(headerBytes + length);
    file.read(bytes, at);
    if (checksum(bytes.subarray(4)) !== header.getUint32(0)) return null;
    const changes: Record<string, string | null> = JSON.parse(new TextDecoder().decode(bytes.subarray(headerBytes)));
    return { generation: header.getUint32(4), changes, next };
  };

  const apply = (to: Map<string, string>, changes: Readonly<Record<string, string | null>>) => {
    for (const [key, text] of Object.entries(changes)) {
      if (text === null) to.delete(key);
      else to.set(key, text);
    }
  };

  const load = () => {
    const first = [0, 1].map((one) => readRecord(slotStart(one), slotStart(one + 1)));
    slot = (first[1]?.generation ?? 0) > (first[0]?.generation ?? 0) ? 1 : 0;
    generation = first[slot]?.generation ?? 0;
    entries = new Map();
    end = slotStart(slot);
    for (let one = first[slot]; one?.generation === generation; one = readRecord(end, slotStart(slot + 1))) {
      apply(entries, one.changes);
      end = one.next;
    }
  };

  /** Reads the file again, if another process has written since. */
  const refresh = () => {
    const isSame =
      generation > 0 &&
      readGeneration(slotStart(slot)) === generation &&
      readGeneration(slotStart(1 - slot)) < generation &&
      (end + headerBytes > slotStart(slot + 1) || readGeneration(end) !== generation);
    if (!isSame) load();
  };

  /** Writes all entries into the other slot, and overwrites the current one. */
  const change = (after: ReadonlyMap<string, string>) => {
    const bytes = encodeRecord(generation + 1, Object.fromEntries(after));
    if (bytes.length > slotBytes) return false;
    const [before, used] = [slot, end - slotStart(slot)];
    file.write(bytes, slotStart(1 - slot));
    file.flush();
    slot = 1 - slot;
    generation += 1;
    end = slotStart(slot) + bytes.length;
    if (used > 0) {
      file.write(new Uint8Array(used), slotStart(before));
      file.flush();
    }
    return true;
  };

  return {
    read() {
      refresh();
      return entries;
    },
    allocate() {
      const size = 2 * slotBytes;
      if (file.size() >= size) return;
      try {
        // A quota refuses the size before any of it is taken. The last byte shows that all was written.
        file.resize(size - 1);
        const block = new Uint8Array(slotBytes / 4);
        for (let at = 0; at < size; at += block.length) file.write(block, at);
        file.flush();
      } catch (error) {
        file.resize(0);
        throw error;
      }
    },
    write(changes) {
      refresh();
      const isRemoving = Object.values(changes).includes(null);
      const bytes = encodeRecord(generation, changes);
      if (generation === 0 || isRemoving || end + bytes.length > slotStart(slot + 1)) {
        const after = new Map(entries);
        apply(after, changes);
        if (!change(after)) return false;
        entries = after;
        return true;
      }
      file.write(bytes, end);
      file.flush();
      end += bytes.length;
      apply(entries, changes);
      return true;
    },
  };
}
