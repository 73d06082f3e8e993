export type { Facts, Json } from './kernel/index.ts';
