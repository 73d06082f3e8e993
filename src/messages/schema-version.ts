/** The newest version of the shape of events, and so the newest that this release reads. @since 0.1.0 */
export const schemaVersion = 2;
