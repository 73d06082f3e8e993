/** Reads a file of what a phone had not sent, as the server will: its parser is loaded with the first file. */
import { parseUnsent } from 'auxilio/replica';

/** Contents of a file, for the person who decides to take it in. */
export type UnsentFile = Readonly<{
  providerId: string;
  device: string;
  exportedAt: string;
  acts: number;
  visits: number;
  photos: number;
  /** The photographs that are named and not in it. */
  leftOut: number;
  /** The visits of which something could not be read on the phone. */
  unread: number;
}>;

type Refused = Exclude<Awaited<ReturnType<typeof parseUnsent>>, { ok: true }>['reason'];

export type UnsentProblem = Exclude<Refused, 'signature-invalid'> | 'too-large' | 'unreadable';

/** The most bytes that the server takes. */
const mostBytes = 64 * 1024 * 1024;

export async function readUnsent(file: File): Promise<UnsentFile | UnsentProblem> {
  if (file.size > mostBytes) return 'too-large';
  const parsed = await parseUnsent(file).catch(() => null);
  if (parsed === null) return 'unreadable';
  if (!parsed.ok) return parsed.reason === 'signature-invalid' ? 'seal-broken' : parsed.reason;
  const { actor, device, exportedAt, commands, photos, leftOut, unread } = parsed.value;
  return {
    providerId: actor.id,
    device,
    exportedAt,
    acts: commands.length,
    visits: new Set([...commands, ...photos, ...leftOut].map(({ visitId }) => visitId)).size,
    photos: photos.length,
    leftOut: leftOut.length,
    unread: unread.length,
  };
}
