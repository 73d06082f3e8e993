/**
 * Leaves out of idb what our store does not call: shortcuts on a database, and iteration over cursors. They are set up when the
 * module is loaded, so that no bundler can leave them out.
 */
export function leaveOutShortcuts(text: string): string {
  const [from, to] = [text.indexOf('const readMethods ='), text.lastIndexOf('export {')];
  if (from < 0 || to < from) throw new Error('idb is of another make than expected');
  return text.slice(0, from) + text.slice(to);
}

/** The module of idb that {@link leaveOutShortcuts} makes smaller. */
export const idbModule = /node_modules.idb.build.index\.js$/;
