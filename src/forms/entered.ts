import type { CommandOf, CommandType } from '../messages/index.ts';

/** The data of acts that the host adds, apart from the visit: of a report of a discrepancy, all. */
const byHost = {
  AssignVisit: ['edition', 'policyId'],
  SettleDiscrepancy: ['discrepancyId'],
  ReportDiscrepancy: ['at', 'discrepancyId', 'basedOn', 'acts'],
} as const satisfies { readonly [T in CommandType]?: readonly (keyof CommandOf<T>['data'])[] };

type PathsWithin = { readonly [T in CommandType]?: readonly `${keyof CommandOf<T>['data'] & string}.${string}`[] };

/** The data of acts that the device fills in, within a field of the form. */
export const byDevice = {
  RecordArrival: ['position.latitude', 'position.longitude', 'position.accuracyMeters'],
  TakePhotos: ['photos.photoId', 'photos.sha256', 'photos.takenAt', 'photos.mediaType'],
} as const satisfies PathsWithin;

/**
 * The data that no person enters but the host: the visit, the rules by which it is judged, the discrepancy that is settled,
 * and all of a report of a discrepancy, which reconciling alone makes.
 *
 * @since 0.5.0
 */
export type HostField<T extends CommandType> =
  | 'visitId'
  | (T extends keyof typeof byHost ? (typeof byHost)[T][number] : never);

/** The data of a command that people enter: all but those of {@link HostField}. @since 0.5.0 */
export type EnteredData<T extends CommandType = CommandType> = T extends CommandType
  ? Omit<CommandOf<T>['data'], HostField<T>>
  : never;

const host: Partial<Record<CommandType, readonly string[]>> = byHost;
const device: Partial<Record<CommandType, readonly string[]>> = byDevice;

/**
 * Lists the data of an act that no person enters, by their paths: those that the host adds ({@link HostField}), and those that
 * the device fills in, of photographs and a position. Every other datum has a field.
 *
 * @since 0.5.0
 */
export function notForPeople(command: CommandType): readonly string[] {
  return ['visitId', ...(host[command] ?? []), ...(device[command] ?? [])];
}
