/** All that is said in Spanish of Costa Rica. */
export { esCR as wording } from '../explain/es-cr.ts';
export { esCR as phrases } from '../script/es-cr.ts';
