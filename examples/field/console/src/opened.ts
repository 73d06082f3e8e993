/** The screens of one visit, which judge and preview: loaded once the board is shown, or when the first of them is opened. */
export { CaseScreen } from './screens/case.tsx';
export { Causes } from './screens/causes.tsx';
export { ErasureList } from './screens/erasures.tsx';
export { NewVisit } from './screens/new-visit.tsx';
export { Visit } from './screens/visit.tsx';
