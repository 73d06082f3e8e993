/** The version of the shape of events that this release writes, and the newest that it reads. @since 0.1.0 */
export const schemaVersion = 1;
