/** The form that its fields stand in. */
import type { Signal } from '@preact/signals';
import type { FormField } from 'auxilio/forms';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Values that were entered, by the names of the fields: a list has a value an entry. */
export type Entered = Readonly<Record<string, readonly string[]>>;

/** The texts around the fields. */
type FormTexts = Readonly<{
  choose: string;
  other: string;
  addRow: string;
  remove: string;
  onePerLine: string;
  callNow: string;
  now: string;
  day: string;
  hour: string;
  photoOf: (place: number) => string;
}>;

/** A photograph of the visit, to be chosen, and a note on it. */
type ChosenPhoto = Readonly<{ photoId: string; sha256: string; note?: string }>;

/** The camera of a device. */
export type Camera = Readonly<{
  texts: Readonly<Record<'takePhoto' | 'readingPhotos', string>> &
    Readonly<{ missingShots: (names: readonly string[]) => string }>;
  /** Keeps a photograph on the device, and answers what the act names of it. @throws with words for the user */
  keepPhoto: (file: File) => Promise<Readonly<Record<'photoId' | 'sha256' | 'takenAt' | 'mediaType', string>>>;
  /** True while photographs are read: the form is not to be saved. */
  reading: Signal<boolean>;
  /** The required shots that were not taken before. */
  missing: readonly string[];
  /** The names that a photograph may have, to choose from. */
  names: readonly string[];
}>;

export type FormHost = Readonly<{
  texts: FormTexts;
  entered: Entered;
  /** Replaces what was entered under some names; those of `undefined` are removed. */
  enter: (changes: Readonly<Record<string, readonly string[] | undefined>>) => void;
  problems: Readonly<Record<string, string>>;
  /** True for a field that is asked for, by its name; the host asks for the others in its own way, or knows them. */
  isAsked: (name: string) => boolean;
  /** Texts that were entered before, to choose from. */
  suggestions: (name: string) => readonly string[];
  /** Ids to choose from, with their captions. */
  people?: (name: string) => readonly Readonly<{ id: string; name: string }>[];
  centerPhone?: string;
  /** Texts of a device that is where the act is done, so that its position is that of the act. */
  position?: Readonly<Record<'useHere' | 'located' | 'notLocated', string>>;
  /** A device on which photographs are taken; elsewhere none is added. */
  camera?: Camera;
  photosOfVisit?: readonly ChosenPhoto[];
  /** Says what of the chosen photographs there is. */
  countPhotos?: (chosen: readonly string[]) => string;
  /** The bytes of a photograph, for its picture. */
  readPhoto?: (sha256: string) => Promise<Blob | null>;
}>;

export const Host = createContext<FormHost | null>(null);

export function useHost(): FormHost {
  const host = useContext(Host);
  if (host === null) throw new Error('A field stands in a form');
  return host;
}

export const first = (entered: Entered, name: string): string => entered[name]?.[0] ?? '';

/** True for a field that is marked as one to answer, by the data or by a rule, whatever else is answered. */
export const isMarked = ({ required, clauses, neededWhen }: FormField): boolean =>
  required || (clauses.length > 0 && neededWhen === undefined);

export type Of<K extends FormField['kind']> = Extract<FormField, { kind: K }>;
