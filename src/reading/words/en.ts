/** All that is said in English. Each language lies together: next to its like, a text takes less room where it is sent. */
export { en as wording } from '../explain/en.ts';
export { en as phrases } from '../script/en.ts';
